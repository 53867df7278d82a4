"""What is remembered is forgotten as soon as a sealed Event touched its table, and never taken from another chain."""

import pytest
from django.db import transaction

from gongchuang.kernel import history, remembered
from gongchuang.people import actions
from gongchuang.people.models import Unit

UNITS = ("people_unit",)


class Asked:
    """A reader that counts how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return Unit.objects.count()


def read(asked: Asked, tables: tuple[str, ...] | None = UNITS) -> int:
    return remembered.kept("test.units", tables, asked)


def test_it_is_read_once_until_its_table_is_touched(cast, district):
    history.seal()
    asked = Asked()
    before = read(asked)
    assert read(asked) == before and asked.times == 1
    cast.unit(district, "enterprise", "新厂")
    history.seal()
    assert read(asked) == before + 1 and asked.times == 2


def test_events_of_other_tables_leave_it_alone(cast, district):
    history.seal()
    asked = Asked()
    read(asked)
    worker = cast.person(district, "丁一")
    actions.appoint(worker, role="officer", over=district, by=cast.admin, key="post")
    history.seal()
    read(asked)
    assert asked.times == 1


def test_what_stands_on_the_whole_chain_is_forgotten_by_any_event(cast, district):
    history.seal()
    asked = Asked()
    read(asked, None)
    cast.person(district, "丁一")
    history.seal()
    read(asked, None)
    assert asked.times == 2


def test_nothing_is_remembered_without_a_chain(cast):
    asked = Asked()
    read(asked)
    read(asked)
    assert asked.times == 2


def test_another_chain_of_the_same_length_is_not_taken_for_this_one(cast, district):
    history.seal()
    asked = Asked()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        cast.unit(district, "enterprise", "甲厂")
        history.seal()
        many = read(asked)
        raise ZeroDivisionError
    cast.person(district, "丁一")
    history.seal()
    assert read(asked) == many - 1


def test_a_value_read_before_somebody_looked_further_is_not_kept(cast, district):
    history.seal()

    def slow() -> int:
        count = Unit.objects.count()
        cast.unit(district, "enterprise", "乙厂")
        history.seal()
        remembered.MEMORY.look()  # another thread's request
        return count

    old = remembered.kept("test.units", UNITS, slow)
    assert read(Asked()) == old + 1


def test_many_changes_at_once_forget_everything(cast, district, monkeypatch):
    history.seal()
    asked = Asked()
    read(asked)
    monkeypatch.setattr(remembered, "FAR", 3)
    for number in range(3):
        cast.person(district, f"丁{number}")
    history.seal()
    read(asked)
    assert asked.times == 2


def test_many_are_read_together_and_only_those_missing(cast, district, factory, django_assert_num_queries):
    history.seal()
    reads: list[list[int]] = []

    def names(pks: list[int]) -> dict[int, str]:
        reads.append(pks)
        return dict(Unit.objects.filter(pk__in=pks).values_list("pk", "name"))

    assert remembered.kept_many("test.names", [district.pk], UNITS, names) == {district.pk: district.name}
    both = remembered.kept_many("test.names", [district.pk, factory.pk, 0], UNITS, names)
    assert both == {district.pk: district.name, factory.pk: factory.name}
    assert reads == [[district.pk], [factory.pk, 0]]
    with django_assert_num_queries(1):
        assert remembered.kept_many("test.names", [factory.pk], UNITS, names) == {factory.pk: factory.name}
