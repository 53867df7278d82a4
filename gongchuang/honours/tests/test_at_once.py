"""Two clerks enter the same award document, and two found the same unit, in the same moment: one is told, nothing is a fault."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from gongchuang.honours import actions
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action
from gongchuang.kernel.models import Event, Hands
from gongchuang.people import actions as people
from gongchuang.people.models import Grant, Person, Title, Unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def title(city: Unit, admin: Person, city_officer: Person) -> Title:
    return people.define_title(
        city, title_key="model_worker", name_zh="市劳动模范", name_en="Model worker", level="city", by=city_officer, key="t"
    )


def both(run: Callable[[int], Any]) -> list[str]:
    """What became of two presses at once: done, or the field that the refusal names."""

    def one(number: int) -> str:
        try:
            with clock.frozen("2026-06-12T09:00"):
                run(number)
        except Refused as refused:
            assert str(refused)
            return refused.field or str(refused)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, range(2)))


def enter(title: Title, worker: Person, clerk: Person, number: int, document_no: str) -> Grant:
    return actions.enter_grant(
        title, "市总工会", document_no, date(2026, 5, 1), person=worker, by=clerk, key=f"{document_no} {number}"
    )  # fmt: skip


def test_the_same_award_document_is_entered_once(title: Title, worker: Person, city: Unit, city_officer: Person, cast) -> None:
    clerks = [city_officer, cast.person(city, "何静", "city")]
    for at in range(6):  # the moment is not always met
        assert both(lambda number, at=at: enter(title, worker, clerks[number], number, f"海工发{at}号")) == ["document_no", "done"]
    assert Grant.objects.count() == 6
    assert Event.objects.filter(action="grant.enter").count() == 6


def test_two_units_of_one_name_are_one(factory: Unit, admin: Person) -> None:
    for at in range(6):
        found = both(
            lambda number, at=at: people.found_unit(
                Unit.objects.get(pk=factory.pk), kind="workshop", name=f"{at}车间", by=admin, key=f"{at} {number}"
            )
        )
        assert found in (["done", "name"], ["code", "done"])  # whichever of the two the database meets first
    assert Unit.objects.filter(parent=factory).count() == 6


@action
def granted_twice(title: Title, *, unit: Unit, person: Person, by: Person, key: str) -> None:
    """What the database alone refuses: the second of two equal rows."""
    for number in range(2):
        people.grant(title, granting=unit, issuer="市总", document_no="1号", person=person, by=by, key=f"{key}:{number}")


def test_what_the_database_refuses_names_the_field_and_the_cure(title: Title, city: Unit, worker: Person, city_officer: Person) -> None:
    with pytest.raises(Refused, match="有人刚刚登记过同样的一条。 请打开已有的那一条") as refused:
        granted_twice(title, unit=city, person=worker, by=city_officer, key="k")
    assert (refused.value.field, refused.value.status) == ("document_no", 422)
    assert not Grant.objects.exists() and not Event.objects.filter(action="grant.grant").exists()


@action
def two_hands(title: Title, *, by: Person, key: str) -> None:
    for part in ("maker", "payer"):
        Hands.objects.create(table="t", pk_of_row=title.pk, person_uid=by.uid, part=part)


def test_what_two_did_to_one_record_reads_as_changed_meanwhile(title: Title, city_officer: Person) -> None:
    with pytest.raises(Refused) as refused, transaction.atomic():
        two_hands(title, by=city_officer, key="h")
    assert refused.value.status == 409
