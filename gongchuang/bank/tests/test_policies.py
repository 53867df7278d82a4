"""Policy versions: written by one, put in force by another, within 1%–5%, never changed afterwards."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from gongchuang.bank import actions, forms
from gongchuang.bank.credits import policy_on
from gongchuang.bank.models import Policy
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.people.models import Person, Unit

TERMS = {"plan": "share", "name": "办法", "from_on": date(2026, 1, 1), "bands": [(20_000_00, 500)]}


@pytest.mark.parametrize("rate", [99, 501, 1_000])
def test_a_rate_outside_one_to_five_percent_is_refused(rate: int, factory: Unit, officer: Person) -> None:
    with pytest.raises(Refused, match="1%—5%") as refused:
        actions.propose_policy(factory, **{**TERMS, "bands": [(0, rate)]}, by=officer, key="p")  # type: ignore[arg-type]
    assert refused.value.field == "bands"
    assert not Policy.objects.exists()


def test_the_database_refuses_it_too(factory: Unit, officer: Person) -> None:
    made = actions.propose_policy(factory, **TERMS, by=officer, key="p")  # type: ignore[arg-type]
    with pytest.raises(DatabaseError, match="1% to 5%"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bank_policyband (uid, version, policy_id, from_fen, rate_bp) VALUES (%s, 1, %s, 1, 600)",
            ["0" * 32, made.pk],
        )


def test_another_person_puts_it_in_force(factory: Unit, officer: Person, certifier: Person, stranger: Person) -> None:
    made = actions.propose_policy(factory, **TERMS, by=officer, key="p")  # type: ignore[arg-type]
    for person in (officer, stranger):
        with pytest.raises(NotYours):
            actions.approve_policy(made, by=person, key="a0")
    assert policy_on(factory, "share", date(2026, 6, 1)) is None
    actions.approve_policy(made, by=certifier, key="a")
    assert policy_on(factory, "share", date(2026, 6, 1)) == made
    with pytest.raises(Refused):
        actions.approve_policy(Policy.objects.get(), by=certifier, key="a2")


@pytest.mark.parametrize("who", ["stranger", "worker", "leader", "certifier"])
def test_others_write_no_policy(who: str, factory: Unit, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotYours):
        actions.propose_policy(factory, **TERMS, by=request.getfixturevalue(who), key="p")  # type: ignore[arg-type]


def test_the_version_of_the_day_and_the_nearest_unit_hold(
    factory: Unit, team: Unit, city: Unit, share_policy: Policy, officer: Person, certifier: Person, city_officer: Person, cast: object
) -> None:
    second = cast.person(city, "任洪", "city")  # type: ignore[attr-defined]
    wide = actions.propose_policy(city, **{**TERMS, "from_on": date(2018, 8, 1)}, by=city_officer, key="c")  # type: ignore[arg-type]
    actions.approve_policy(wide, by=second, key="ca")
    later = actions.propose_policy(factory, **{**TERMS, "from_on": date(2026, 7, 1)}, by=officer, key="l")  # type: ignore[arg-type]
    actions.approve_policy(later, by=certifier, key="la")
    assert policy_on(team, "share", date(2025, 6, 1)) == wide
    assert policy_on(team, "share", date(2026, 6, 30)) == share_policy
    assert policy_on(team, "share", date(2026, 7, 1)) == later
    assert (share_policy.label_no, later.label_no) == ("1.1", "1.2")


RAW = {
    "rate": "UPDATE bank_policyband SET rate_bp = 450",
    "price": "UPDATE bank_policy SET cap_fen = 1",
    "gone": "DELETE FROM bank_policyband",
}


@pytest.mark.parametrize("statement", RAW.values(), ids=RAW)
def test_what_is_in_force_is_not_changed(statement: str, share_policy: Policy) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_version_may_be_dropped_before(factory: Unit, officer: Person, stranger: Person, share_policy: Policy) -> None:
    made = actions.propose_policy(factory, **TERMS, by=officer, key="p")  # type: ignore[arg-type]
    with pytest.raises(NotYours):
        actions.drop_policy(made, reason="写错了", by=stranger, key="d0")
    assert actions.drop_policy(made, reason="写错了", by=officer, key="d").state == "dropped"
    with pytest.raises(Refused):
        actions.drop_policy(share_policy, reason="写错了", by=officer, key="d2")


def test_the_form_reads_yuan_and_percent(officer: Person, factory: Unit) -> None:
    data = {
        "plan": "share",
        "name": "办法",
        "from_on": "2026-01-01",
        "bands": [{"from_fen": "500,000", "rate": "4"}, {"from_fen": "20000", "rate": "5"}],
    }
    form = forms.PolicyForm(data, person=officer)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["bands"] == [(20_000_00, 500), (500_000_00, 400)]
    assert form.cleaned_data["unit"] == factory
