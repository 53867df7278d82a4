"""Every rule of bank and results in its two readings: the filter and the predicate name the same records."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongchuang.bank import actions as bank
from gongchuang.bank import rules as bank_rules
from gongchuang.bank import settlement
from gongchuang.bank.models import Account, Due, Policy, Settlement, Transfer
from gongchuang.kernel.access import Rule
from gongchuang.people.models import Person, Unit
from gongchuang.results import actions, rules
from gongchuang.results.models import Benefit, Result, Spread

WHO = [
    "worker", "worker2", "leader", "officer", "certifier", "stranger", "district_officer", "city_officer", "auditor",
]  # fmt: skip
RULES: list[tuple[Any, Any, set[str]]] = [
    (rules, Result, {"SEE", "OPEN", "RECOGNISE", "SEND_BACK", "RESUBMIT", "REVOKE", "PATENT", "CONFIRM_PATENT", "OFFER", "CLAIM"}),
    (rules, Benefit, {"SEE_BENEFIT", "OPEN_BENEFIT", "RECLAIM", "WITHDRAW", "CHECK", "RETURN", "CERTIFY", "AUDIT", "OVERTURN", "GROUP"}),
    (rules, Spread, {"SEE_SPREAD", "TAKE_UP", "TURN_DOWN"}),
    (bank_rules, Account, {"SEE_ACCOUNT", "REDEEM"}),
    (bank_rules, Transfer, {"SEE_TRANSFER"}),
    (bank_rules, Policy, {"SEE_POLICY", "APPROVE_POLICY", "DROP_POLICY"}),
    (bank_rules, Due, {"SEE_DUE", "APPROVE_DUE", "PAY_DUE", "CANCEL_DUE", "RECOVER_DUE"}),
    (bank_rules, Settlement, {"SEE_SETTLEMENT", "APPROVE_SETTLEMENT", "PAY_SETTLEMENT", "DROP_SETTLEMENT"}),
]
ASKED_OF_UNITS = {"REGISTER", "MAKE", "FILL", "EXPIRE", "PROPOSE_POLICY", "OWE", "SETTLE"}


@pytest.fixture
def auditor(cast: Any, factory: Unit) -> Person:
    return cast.person(factory, "审计", "auditor")  # type: ignore[no-any-return]


@pytest.fixture
def full(
    certified: Benefit, result: Result, cast: Any, workshop: Unit, worker: Person, officer: Person, certifier: Person, factory: Unit,
    leader: Person,
) -> None:  # fmt: skip
    """At least one record of each kind, in more than one state."""
    other = cast.unit(workshop, "team", "机加二班")
    cast.person(other, "赵强", "leader")
    actions.spread(result, to_unit=other, by=officer, key="s")
    own = actions.register(
        leader.unit, kind="invention", title="x", problem="x", solution="x", makers=[(leader, 10_000)], by=leader, key="r",
    )  # fmt: skip
    actions.send_back(own, reason="补材料", by=officer, key="b")
    bank.redeem(Account.objects.get(kind="worker", person=worker), points=5, by=worker, key="p")
    bank.award(factory, payee=worker, amount_fen=100, about="奖", document_no="1", by=officer, key="a")
    bank.approve_due(Due.objects.get(kind="prize"), by=officer, key="d")
    bank.propose_policy(factory, plan="share", name="新", from_on=date(2027, 1, 1), bands=[(0, 300)], by=officer, key="n")
    settlement.settle(factory, period="2026", by=officer, key="t")


@pytest.mark.parametrize("who", WHO)
def test_the_two_readings_agree(who: str, full: None, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    person.forget_grants()
    for module, model, named in RULES:
        assert model.objects.exists(), model
        for name in sorted(named):
            rule: Rule = getattr(module, name)
            listed = set(rule.among(person, model.objects.all()).values_list("pk", flat=True))
            asked = {row.pk for row in model.objects.all() if rule.allows(person, row)}
            assert listed == asked, (rule, who)


def test_a_visitor_reads_what_is_open_and_nothing_else(full: None) -> None:
    for module, model, named in RULES:
        for name in sorted(named - {"OPEN", "OPEN_BENEFIT", "SEE_POLICY"}):
            rule: Rule = getattr(module, name)
            assert not rule.among(None, model.objects.all()).exists(), rule
            assert not any(rule.allows(None, row) for row in model.objects.all()), rule
    assert rules.OPEN.among(None, Result.objects.all()).get().state == "recognised"
    assert {policy.state for policy in bank_rules.SEE_POLICY.among(None, Policy.objects.all())} == {"in_force"}


def test_no_rule_is_left_out() -> None:
    for module in (rules, bank_rules):
        declared = {name for name, value in vars(module).items() if isinstance(value, Rule)}
        tried = set().union(*(named for one, _, named in RULES if one is module))
        assert declared - tried <= ASKED_OF_UNITS
