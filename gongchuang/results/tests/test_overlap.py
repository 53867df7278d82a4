"""A yuan counts once: one owner a year and group, the others cite it; declared and after overlap stand side by side."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from gongchuang.bank.models import Due, Transfer
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.people.models import Person, Unit
from gongchuang.results import actions, certification, overlap
from gongchuang.results.models import Benefit, OverlapGroup, Result
from gongchuang.results.tests.conftest import FROM, SHEET, TO


@pytest.fixture
def method(result: Result, team: Unit, worker2: Person, officer: Person) -> Result:
    """The same improvement again, written up as an operating method."""
    return actions.register(
        team, kind="operating_method", title="刘建军快换操作法", problem="同上", solution="同上", makers=[(worker2, 10_000)],
        derived_from=result, by=officer, key="m",
    )  # fmt: skip


@pytest.fixture
def owned(checked: Benefit, officer: Person) -> OverlapGroup:
    certification.group(checked, group=None, name="快换", is_owner=True, by=officer, key="g")
    return OverlapGroup.objects.get()


def cite(method: Result, group: OverlapGroup, officer: Person) -> Benefit:
    return certification.claim(method, from_on=FROM, to_on=TO, lines=SHEET, overlap_group=group, is_owner=False, by=officer, key="c2")


def test_a_cited_yuan_counts_once_and_earns_once(
    checked: Benefit, owned: OverlapGroup, method: Result, officer: Person, certifier: Person, factory: Unit,
    rules_in_force: None,
) -> None:  # fmt: skip
    other = cite(method, owned, officer)
    certification.certify(Benefit.objects.get(pk=checked.pk), by=certifier, key="c1")
    certification.certify(other, by=certifier, key="c3")
    assert Benefit.objects.certified().total_fen() == 1_200_000_00
    assert Benefit.objects.counted().total_fen() == 600_000_00
    assert Due.objects.filter(about_ref=method.no).count() == 0
    assert Transfer.objects.filter(about_ref=method.no).count() == 0
    shown = overlap.ledger(factory)
    assert (shown.declared_fen, shown.counted_fen) == (1_200_000_00, 600_000_00)
    assert [(group.name, group.owner_no, group.cited_nos) for group in shown.groups] == [("快换", checked.result.no, [method.no])]


def test_a_second_owner_is_refused_with_the_first_named(checked: Benefit, owned: OverlapGroup, method: Result, officer: Person) -> None:
    with pytest.raises(Refused, match=checked.result.no):
        certification.claim(method, from_on=FROM, to_on=TO, lines=SHEET, overlap_group=owned, by=officer, key="c2")
    assert Benefit.objects.count() == 1


def test_the_database_refuses_a_second_owner_too(owned: OverlapGroup, method: Result, officer: Person) -> None:
    other = cite(method, owned, officer)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE results_benefit SET is_owner = %s WHERE id = %s", [True, other.pk])


def test_a_certified_benefit_keeps_its_group(certified: Benefit, officer: Person) -> None:
    with pytest.raises(Refused):
        certification.group(certified, group=None, name="x", is_owner=False, by=officer, key="g")


def test_a_stranger_cannot_group(checked: Benefit, stranger: Person) -> None:
    with pytest.raises(NotYours):
        certification.group(checked, group=None, name="x", is_owner=True, by=stranger, key="g")


def test_citing_needs_a_group(result: Result, officer: Person) -> None:
    with pytest.raises(Refused):
        certification.claim(result, from_on=FROM, to_on=TO, lines=SHEET, is_owner=False, by=officer, key="c")
