"""Certifying: what is shown before the press is what happens, once, and never by one's own hand."""

from __future__ import annotations

import pytest

from gongchuang.bank.models import Account, Due, Transfer
from gongchuang.kernel.errors import NotYours, Refused, Stale
from gongchuang.kernel.models import Event, Hands, Waiting
from gongchuang.people.models import Person
from gongchuang.results import certification, rewards
from gongchuang.results.models import Benefit


def test_the_demo_benefit_is_certified_with_points_and_reward(
    checked: Benefit, certifier: Person, worker: Person, worker2: Person, rules_in_force: None
) -> None:
    before = rewards.effect(checked)
    certification.certify(checked, by=certifier, key="c1")
    assert (checked.state, checked.amount_fen) == ("certified", 600_000_00)
    points = dict(Account.objects.filter(kind="worker").values_list("person__name", "balance"))
    assert points == {"张伟明": 72, "刘建军": 48}
    dues = {due.person.name: (due.amount_fen, due.state) for due in Due.objects.select_related("person")}
    assert dues == {"张伟明": (14_400_00, "due"), "刘建军": (9_600_00, "due")}
    assert (before.points, before.reward_fen, before.counted_fen) == (120, 24_000_00, 600_000_00)
    assert str(before.text) == (
        "通过后：全市效益加 60万元；张伟明存入 72 积分，刘建军存入 48 积分；计奖 24,000.00 元（600,000.00 × 4% = 24,000.00）。"
    )
    assert {part.person.name: part.amount for part in before.reward_parts} == {"张伟明": 14_400_00, "刘建军": 9_600_00}


def test_a_second_press_changes_nothing(checked: Benefit, certifier: Person, rules_in_force: None) -> None:
    for _ in range(5):
        fresh = Benefit.objects.get(pk=checked.pk)
        certification.certify(fresh, by=certifier, key="c1")
    assert Transfer.objects.count() == 2
    assert Due.objects.count() == 2
    with pytest.raises(Refused):
        certification.certify(Benefit.objects.get(pk=checked.pk), by=certifier, key="c2")
    assert Transfer.objects.count() == 2


def test_two_who_opened_it_at_once_do_not_both_certify(checked: Benefit, certifier: Person) -> None:
    other = Benefit.objects.get(pk=checked.pk)
    certification.certify(checked, by=certifier, key="c1")
    with pytest.raises((Stale, Refused)):
        certification.certify(other, by=certifier, key="c2")


@pytest.mark.parametrize("who", ["stranger", "officer", "worker", "leader", "district_officer"])
def test_nobody_else_certifies(who: str, checked: Benefit, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotYours):
        certification.certify(checked, by=request.getfixturevalue(who), key="c1")
    assert not Event.objects.filter(action="benefit.certify").exists()


def test_a_certifier_who_is_a_maker_cannot(checked: Benefit, worker: Person, cast: object, factory: object) -> None:
    from gongchuang.people import actions as people

    people.appoint(worker, role="certifier", over=factory, by=cast.admin, key="post")  # type: ignore[attr-defined]
    worker.forget_grants()
    with pytest.raises(NotYours):
        certification.certify(checked, by=worker, key="c1")


def test_one_person_one_part(checked: Benefit, certifier: Person, rules_in_force: None) -> None:
    certification.certify(checked, by=certifier, key="c1")
    parts = Hands.objects.filter(table="results_benefit", pk_of_row=checked.pk).values_list("part", flat=True)
    assert sorted(parts) == ["certifier", "checker", "maker", "maker"]


def test_a_claim_of_a_maker_waits_for_the_officer_first(result: object, worker: Person, officer: Person, certifier: Person) -> None:
    from gongchuang.results.tests.conftest import FROM, SHEET, TO

    benefit = certification.claim(result, from_on=FROM, to_on=TO, lines=SHEET, by=worker, key="k")  # type: ignore[arg-type]
    assert benefit.state == "claimed"
    with pytest.raises(Refused):
        certification.certify(benefit, by=certifier, key="c")
    benefit = Benefit.objects.get(pk=benefit.pk)
    certification.check(benefit, by=officer, key="x")
    waiting = Waiting.objects.get(table="results_benefit", pk_of_row=benefit.pk)
    assert (waiting.act, waiting.role, waiting.due_on.isoformat()) == ("certify", "certifier", "2026-06-22")


def test_without_rules_only_the_figure_moves(checked: Benefit, certifier: Person) -> None:
    assert rewards.effect(checked).points == 0
    certification.certify(checked, by=certifier, key="c1")
    assert Benefit.objects.counted().total_fen() == 600_000_00
    assert not Transfer.objects.exists()
    assert not Due.objects.exists()
