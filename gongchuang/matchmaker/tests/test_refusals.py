"""Every act refuses the stranger and the wrong state, and takes the second press for the first."""

from datetime import date

import pytest

from gongchuang.kernel.desk import Desk
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Event
from gongchuang.matchmaker import actions, intake
from gongchuang.matchmaker import desk as desks
from gongchuang.matchmaker.tests.conftest import NEED

DESKS = {value.key: value for value in vars(desks).values() if isinstance(value, Desk)}
D = date(2026, 6, 12)
SIGN = {"title": "合同", "kind": "service", "party_b": "乙", "amount_fen": 100, "signed_on": D, "ends_on": D}

# desk, act, the record's fixture, who may, what is filled in, whether it is refused a second time
ACTS = [
    ("needs", "publish", "need", "matchmaker", {}, True),
    ("needs", "send_back", "need", "matchmaker", {"reason": "指标不清"}, True),
    ("needs", "correct", "returned_need", "officer", {"title": "甲", "abstract": "乙", "text": "丙", "aims": [("率", "1", "2", "")]}, True),
    ("needs", "withdraw", "need", "officer", {}, True),
    ("needs", "close", "published", "matchmaker", {"reason": "已解决"}, True),
    ("needs", "put_forward", "published", "matchmaker", {"candidate": "EXPERT"}, True),
    ("needs", "volunteer", "published", "solver", {}, True),
    ("institutions", "unboard", "institution", "matchmaker", {"left_on": D, "reason": "到期"}, True),
    ("experts", "add_item", "expert", "solver", {"kind": "patent", "title": "一种预热装置"}, True),
    ("experts", "retire", "expert", "matchmaker", {"left_on": D, "reason": "调离"}, True),
    ("offers", "publish", "drafted", "other_matchmaker", {}, True),
    ("offers", "withdraw", "offer", "solver", {"reason": "已转让"}, True),
    ("matches", "want", "match", "officer", {}, True),
    ("matches", "accept", "wanted", "solver", {}, True),
    ("matches", "welcome", "volunteered", "officer", {}, True),
    ("matches", "meet", "agreed", "matchmaker", {"met_on": D, "meeting": "谈过"}, True),
    ("matches", "sign", "met", "matchmaker", SIGN, True),
    ("matches", "decline", "match", "officer", {"reason": "unfit", "note": "方向不合"}, True),
    ("contracts", "claim", "contract", "officer", {"year": 2026, "amount_fen": 100, "basis": "凭证"}, True),
    ("match-benefits", "confirm", "benefit", "certifier", {}, True),
    ("match-benefits", "send_back", "benefit", "certifier", {"reason": "缺凭证"}, True),
    ("match-benefits", "claim_again", "returned_benefit", "officer", {"amount_fen": 5, "basis": "凭证"}, True),
]


@pytest.fixture
def solver(expert):
    return expert.person


@pytest.fixture
def other_matchmaker(cast, city):
    return cast.person(city, "何媒", "matchmaker")


@pytest.fixture
def returned_need(need, matchmaker):
    return intake.send_back(need, reason="不清", by=matchmaker, key="r1")


@pytest.fixture
def drafted(city, matchmaker):
    return intake.draft_offer(unit=city, title="成果", text="简介", stage="early", way="consult", by=matchmaker, key="r2")


@pytest.fixture
def volunteered(published, expert):
    return actions.volunteer(published, by=expert.person, key="r3")


@pytest.fixture
def returned_benefit(benefit, certifier):
    return actions.send_back_benefit(benefit, reason="缺", by=certifier, key="r4")


@pytest.mark.parametrize(("desk", "name", "record", "who", "given", "once"), ACTS)
def test_stranger_second_press_and_wrong_state(request, desk, name, record, who, given, once, stranger, expert):
    act = DESKS[desk].act(name)
    subject, person = request.getfixturevalue(record), request.getfixturevalue(who)
    said = {key: f"expert:{expert.no}" if value == "EXPERT" else value for key, value in given.items()}
    before = Event.objects.count()
    with pytest.raises(NotYours):
        act.run(subject, by=stranger, key="stranger", **said)
    assert Event.objects.count() == before
    assert act.offered_to(person, subject)
    assert not act.offered_to(stranger, subject)
    act.run(subject, by=person, key="press", **said)
    after = Event.objects.count()
    assert after > before
    act.run(type(subject).objects.get(pk=subject.pk), by=person, key="press", **said)
    assert Event.objects.count() == after
    if once:
        with pytest.raises(Refused):
            act.run(type(subject).objects.get(pk=subject.pk), by=person, key="another", **said)
        assert Event.objects.count() == after


def test_every_act_stands_in_the_table():
    tried = {(desk, name) for desk, name, *_ in ACTS}
    assert {(desk.key, act.name) for desk in DESKS.values() for act in desk.acts if not act.creates} == tried


@pytest.mark.parametrize("creating", ["visit", "collect", "board", "enlist", "draft_offer"])
def test_the_stranger_makes_nothing_here(creating, factory, city, stranger, outside):
    calls = {
        "visit": lambda: intake.visit(unit=factory, visited_on=D, note="看过", by=stranger, key="k"),
        "collect": lambda: intake.collect(unit=factory, by=stranger, key="k", **NEED),
        "board": lambda: intake.board(unit=city, name="甲", kind="university", agreement="乙", joined_on=D, by=stranger, key="k"),
        "enlist": lambda: intake.enlist(unit=city, kind="skilled", name="甲", direction="乙", joined_on=D, by=stranger, key="k"),
        "draft_offer": lambda: intake.draft_offer(unit=city, title="甲", text="乙", stage="early", way="consult", by=stranger, key="k"),
    }
    with pytest.raises(NotYours):
        calls[creating]()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"signed_on": date(2026, 6, 13)}, "signed_on"),
        ({"signed_on": date(2026, 6, 1)}, "signed_on"),
        ({"ends_on": date(2026, 6, 1)}, "ends_on"),
        ({"amount_fen": 0}, "amount_fen"),
    ],
)
def test_a_contract_that_cannot_be_is_refused_at_its_field(met, matchmaker, changed, field):
    with pytest.raises(Refused) as refused:
        actions.sign(met, by=matchmaker, key="k", **(SIGN | changed))
    assert refused.value.field == field


def test_whoever_collected_a_need_does_not_publish_it(need, officer, cast, city):
    from gongchuang.people import actions as people

    people.appoint(officer, role="matchmaker", over=city, by=cast.admin, key="post")
    with pytest.raises(NotYours):
        intake.publish(need, by=officer, key="k")
