"""Every act refuses the stranger and the wrong state, and takes the second press for the first."""

from datetime import date

import pytest

from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Event
from gongchuang.studios import actions, groups
from gongchuang.studios.desk import DESKS

D = date(2026, 6, 1)
NUMBERS = {"stations_total": 10, "stations_automated": 5, "output_fen": 100, "basis": "output", "heads_tenths": 10, "evidence": "表"}
LOG = {"function": "study", "title": "学习", "held_on": D}

# desk, act, the record's fixture, who may, what is filled in, whether the state refuses a second time
ACTS = [
    ("studios", "recommend", "applying", "officer", {}, True),
    ("studios", "send_back", "applying", "officer", {"reason": "缺照片"}, True),
    ("studios", "review", "recommended", "district_officer", {}, True),
    ("studios", "name", "reviewed", "city_officer", {"document_no": "文", "named_on": D}, True),
    ("studios", "reapply", "returned", "master", {"field": "焊接", "introduction": ""}, True),
    ("studios", "rectify", "studio", "district_officer", {"reason": "台账不全"}, True),
    ("studios", "restore", "rectified", "district_officer", {}, True),
    ("studios", "strike_off", "studio", "city_officer", {"reason": "无成果", "struck_off_on": D}, True),
    ("studios", "join", "studio", "master", {"person": "worker2", "part": "member", "joined_on": D}, True),
    ("studios", "leave", "with_member", "master", {"member": "member", "left_on": D}, True),
    ("studios", "log", "studio", "master", {**LOG, "persons": ["master"]}, False),
    ("studios", "set_mother", "later_child", "district_officer", {"mother": "studio"}, False),
    ("activities", "accept", "activity", "officer", {}, True),
    ("activities", "send_back", "activity", "officer", {"reason": "人员不全"}, True),
    ("activities", "correct", "returned_activity", "worker", {**LOG, "persons": ["worker"]}, True),
    ("groups", "confirm", "group", "officer", {}, True),
    ("groups", "join", "group", "worker", {"person": "leader", "joined_on": D}, True),
    ("groups", "disband", "group", "officer", {"reason": "完成"}, True),
    ("mentorships", "agree", "mentorship", "worker", {}, True),
    ("mentorships", "complete", "agreed", "officer", {"outcome": "出师"}, True),
    ("mentorships", "end", "mentorship", "master", {"reason": "调离"}, True),
    ("measures", "confirm", "measure", "officer", {}, True),
    ("measures", "send_back", "measure", "officer", {"reason": "不符"}, True),
    ("measures", "enter_again", "returned_measure", "leader", NUMBERS, True),
]


@pytest.fixture
def recommended(applying, officer):
    return actions.recommend(applying, by=officer, key="r1")


@pytest.fixture
def reviewed(recommended, district_officer):
    return actions.review(recommended, by=district_officer, key="r2")


@pytest.fixture
def returned(applying, officer):
    return actions.send_back(applying, reason="补材料", by=officer, key="r3")


@pytest.fixture
def rectified(studio, district_officer):
    return actions.rectify(studio, reason="台账", by=district_officer, key="r4")


@pytest.fixture
def member(with_member, worker):
    return with_member.members.get(person=worker)


@pytest.fixture
def later_child(with_member, worker, naming):
    from gongchuang.studios.tests.conftest import applied

    return naming(applied(worker, "张伟明创新工作室", founded_on=date(2021, 1, 1)), date(2021, 6, 1))


@pytest.fixture
def returned_activity(activity, officer):
    return actions.send_back_activity(activity, reason="人员", by=officer, key="r5")


@pytest.fixture
def agreed(mentorship, worker):
    return groups.agree(mentorship, by=worker, key="r6")


@pytest.fixture
def returned_measure(measure, officer):
    return groups.send_back_measure(measure, reason="不符", by=officer, key="r7")


def filled(request, given):
    """The input with the names of fixtures replaced by what they stand for."""
    named = {"worker", "worker2", "leader", "master", "member", "studio"}

    def one(value):
        if isinstance(value, list):
            return [one(each) for each in value]
        return request.getfixturevalue(value) if isinstance(value, str) and value in named else value

    return {name: one(value) if name in {"person", "persons", "member", "mother"} else value for name, value in given.items()}


@pytest.mark.parametrize(("desk", "name", "record", "who", "given", "once"), ACTS)
def test_stranger_second_press_and_wrong_state(request, desk, name, record, who, given, once, stranger):
    act = next(each for each in DESKS if each.key == desk).act(name)
    subject, person = request.getfixturevalue(record), request.getfixturevalue(who)
    said = filled(request, given)
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
    tried = {(desk, name) for desk, name, *_ in ACTS} | {("studios", "note_result")}
    assert {(desk.key, act.name) for desk in DESKS for act in desk.acts if not act.creates} == tried


@pytest.mark.parametrize("creating", ["apply", "propose", "register", "enter"])
def test_the_stranger_makes_nothing_here(creating, master, worker, team, stranger):
    calls = {
        "apply": lambda: actions.apply(
            leader=master, name="甲", level="city", kind="worker", field="乙", founded_on=D, by=stranger, key="k"
        ),
        "propose": lambda: groups.propose(
            apprentice=stranger, trade="钳工", goals="目标", starts_on=D, ends_on=date(2027, 1, 1), by=stranger, key="k"
        ),
        "register": lambda: groups.register(
            unit=team, kind="group", name="甲", leader=worker, field="乙", founded_on=D, members=[], by=stranger, key="k"
        ),
        "enter": lambda: groups.enter(unit=team, ends_on=D, by=stranger, key="k", **NUMBERS),
    }
    with pytest.raises(Refused):
        calls[creating]()
