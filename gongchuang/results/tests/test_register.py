"""Entering a result, directly and from a proposal; its patent; its spreading."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongchuang.bank.models import Account
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.people.models import Person, Unit
from gongchuang.proposals import actions as proposals
from gongchuang.proposals.models import Proposal
from gongchuang.results import actions
from gongchuang.results.models import Patent, Result, Spread

WHAT = {"kind": "technical_innovation", "title": "快换工装", "problem": "找正费时", "solution": "锥销"}


@pytest.fixture
def implemented(team: Unit, worker: Person, worker2: Person, leader: Person) -> Proposal:
    made = proposals.submit(
        team, problem="装夹定位要逐个找正", idea="定位块改成锥销快换", title="锥销快换", coauthors=[worker2], by=worker, key="s"
    )
    proposals.adopt(made, by=leader, key="a")
    return proposals.implement(made, by=leader, key="i")


def test_from_a_proposal_without_retyping(implemented: Proposal, officer: Person, worker: Person, worker2: Person) -> None:
    result = actions.make_from_proposal(implemented, kind="technical_innovation", by=officer, key="m")
    assert (result.title, result.problem, result.solution) == ("锥销快换", implemented.problem, implemented.idea)
    assert result.shares() == [(worker, 5_000), (worker2, 5_000)]
    assert (result.state, result.proposal, result.used_from_on) == ("recognised", implemented, date(2026, 6, 12))
    implemented.refresh_from_db()
    assert implemented.state == "resulted"


def test_five_presses_make_one_result(implemented: Proposal, officer: Person) -> None:
    for _ in range(5):
        fresh = Proposal.objects.get(pk=implemented.pk)
        actions.make_from_proposal(fresh, kind="technical_innovation", by=officer, key="m")
    assert Result.objects.count() == 1


def test_only_an_implemented_proposal(team: Unit, worker: Person, officer: Person) -> None:
    made = proposals.submit(team, problem="装夹定位", idea="锥销快换法", by=worker, key="s")
    with pytest.raises(Refused):
        actions.make_from_proposal(made, kind="technical_innovation", by=officer, key="m")
    assert not Result.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "worker", "leader", "district_officer"])
def test_others_make_no_result_of_it(who: str, implemented: Proposal, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotYours):
        actions.make_from_proposal(implemented, kind="technical_innovation", by=request.getfixturevalue(who), key="m")


def test_a_worker_enters_and_the_officer_recognises(team: Unit, worker: Person, officer: Person) -> None:
    result = actions.register(team, makers=[(worker, 10_000)], by=worker, key="r", **WHAT)
    assert result.state == "registered"
    with pytest.raises(NotYours):
        actions.recognise(result, by=worker, key="x")
    actions.recognise(result, by=officer, key="x2")
    assert Result.objects.counted().get() == result
    with pytest.raises(Refused):
        actions.recognise(Result.objects.get(), by=officer, key="x3")


def test_an_officer_who_made_it_does_not_recognise_it(team: Unit, officer: Person, cast: Any, factory: Unit) -> None:
    result = actions.register(factory, makers=[(officer, 10_000)], by=officer, key="r", **WHAT)
    assert result.state == "registered"
    with pytest.raises(NotYours):
        actions.recognise(result, by=officer, key="x")
    other = cast.person(factory, "孙玉梅", "officer")
    assert actions.recognise(result, by=other, key="x2").state == "recognised"


@pytest.mark.parametrize("shares", [[6_000, 3_000], [10_000, 1], [12_000, -2_000], []])
def test_shares_are_a_whole(shares: list[int], team: Unit, worker: Person, worker2: Person) -> None:
    makers = list(zip((worker, worker2), shares, strict=False))
    with pytest.raises(Refused) as refused:
        actions.register(team, makers=makers, by=worker, key="r", **WHAT)
    assert refused.value.field == "makers"
    assert not Result.objects.exists()


def test_sent_back_and_handed_in_again(team: Unit, worker: Person, worker2: Person, officer: Person) -> None:
    result = actions.register(team, makers=[(worker, 10_000)], by=worker, key="r", **WHAT)
    actions.send_back(result, reason="漏了合作人", by=officer, key="b")
    actions.resubmit(result, makers=[(worker, 7_000), (worker2, 3_000)], by=worker, key="r2")
    actions.recognise(result, by=officer, key="x")
    assert result.shares() == [(worker, 7_000), (worker2, 3_000)]


def test_a_stranger_enters_nothing_in_our_team(team: Unit, stranger: Person, worker: Person) -> None:
    with pytest.raises(NotYours):
        actions.register(team, makers=[(worker, 10_000)], by=stranger, key="r", **WHAT)


def test_a_revoked_result_counts_no_more(result: Result, officer: Person, stranger: Person) -> None:
    with pytest.raises(NotYours):
        actions.revoke(result, reason="重复登记", by=stranger, key="v0")
    actions.revoke(result, reason="重复登记", by=officer, key="v")
    assert not Result.objects.counted().exists()


def test_a_result_with_certified_benefit_is_not_revoked(certified: object, result: Result, officer: Person) -> None:
    with pytest.raises(Refused):
        actions.revoke(Result.objects.get(pk=result.pk), reason="重复登记", by=officer, key="v")


def test_a_patent_with_a_right_number_is_granted_by_an_officer(result: Result, worker: Person, officer: Person) -> None:
    patent = actions.add_patent(result, number="ZL 2016 1 0018402.3", filed_on=date(2016, 1, 12), by=worker, key="p")
    assert (patent.number, patent.kind, patent.state) == ("201610018402.3", "invention", "filed")
    with pytest.raises(NotYours):
        actions.grant_patent(result, granted_on=date(2018, 1, 2), by=worker, key="g")
    assert actions.grant_patent(result, granted_on=date(2018, 1, 2), by=officer, key="g2").state == "granted"


@pytest.mark.parametrize("number", ["201610018402.4", "2016", "201640018402.3"])
def test_a_wrong_number_is_refused_with_the_field(number: str, result: Result, worker: Person) -> None:
    with pytest.raises(Refused) as refused:
        actions.add_patent(result, number=number, filed_on=date(2016, 1, 12), by=worker, key="p")
    assert refused.value.field == "number"
    assert not Patent.objects.exists()


def test_spreading_pays_the_makers_once(
    result: Result, officer: Person, cast: Any, workshop: Unit, worker: Person, rules_in_force: None, stranger: Person
) -> None:
    other_team = cast.unit(workshop, "team", "机加二班")
    other_leader = cast.person(other_team, "赵强", "leader")
    offered = actions.spread(result, to_unit=other_team, by=officer, key="t")
    with pytest.raises(NotYours):
        actions.take_up(offered, by=stranger, key="u0")
    actions.take_up(offered, by=other_leader, key="u")
    assert Spread.objects.get().state == "taken_up"
    assert Account.objects.get(kind="worker", person=worker).balance == 6
    with pytest.raises(Refused):
        actions.take_up(Spread.objects.get(), by=other_leader, key="u2")
    with pytest.raises(Refused):
        actions.spread(result, to_unit=other_team, by=officer, key="t2")


def test_turning_down_says_why_and_leaves_room_for_another_try(
    result: Result, officer: Person, cast: Any, workshop: Unit, leader: Person
) -> None:
    other_team = cast.unit(workshop, "team", "机加二班")
    other_leader = cast.person(other_team, "赵强", "leader")
    offered = actions.spread(result, to_unit=other_team, by=officer, key="t")
    with pytest.raises(NotYours):
        actions.turn_down(offered, answer="机型不同", by=leader, key="d0")
    actions.turn_down(offered, answer="机型不同", by=other_leader, key="d")
    actions.spread(result, to_unit=other_team, by=officer, key="t2")
    assert Spread.objects.count() == 2


def test_a_proposal_becomes_a_result_of_one_kind_once_and_says_which(implemented, officer):
    first = actions.make_from_proposal(implemented, kind="technical_innovation", by=officer, key="m")
    with pytest.raises(Refused, match=first.no):
        actions.make_from_proposal(implemented, kind="technical_innovation", by=officer, key="again")
