"""One plan per person."""

from datetime import date

import pytest

from gongchuang.academy import actions
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Waiting
from gongchuang.people import actions as people

TARGET = date(2027, 6, 1)


@pytest.fixture
def plan(worker, worker2, leader):
    return actions.open_plan(worker, worker2, "焊工", 4, TARGET, by=leader, key="plan")


def test_a_plan_leads_from_the_level_held_and_waits_for_the_mentor(plan, worker, worker2):
    assert (plan.present_rank, plan.target_rank, plan.mentor) == (3, 4, worker2)
    assert Waiting.objects.get(table="academy_learningplan").person_uid == worker2.uid


def test_plans_are_made_by_those_who_lead_the_person(worker, worker2, stranger, leader, plan, key):
    with pytest.raises(NotYours):
        actions.open_plan(worker, worker2, "焊工", 4, TARGET, by=stranger, key=key)
    assert actions.open_plan(worker, worker2, "焊工", 4, TARGET, by=leader, key="plan") == plan
    with pytest.raises(Refused) as refused:
        actions.open_plan(worker, worker2, "焊工", 4, TARGET, by=leader, key=f"{key}2")
    assert refused.value.field == "person"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"target_rank": 2}, "target_rank"), ({"target_on": date(2026, 6, 2)}, "target_on"), ({"mentor": None}, "mentor")],
)
def test_a_plan_that_cannot_be_is_refused(worker, worker2, leader, key, change, field):
    given = {"mentor": worker2, "target_rank": 4, "target_on": TARGET} | change
    given["mentor"] = given["mentor"] or worker
    with pytest.raises(Refused) as refused:
        actions.open_plan(worker, trade="焊工", by=leader, key=key, **given)
    assert refused.value.field == field


def test_lines_are_added_and_ticked_off_by_mentor_not_by_oneself(plan, worker, worker2, stranger, key):
    with pytest.raises(NotYours):
        actions.add_line(plan, "上氩弧焊课", TARGET, by=stranger, key=f"{key}x")
    line = actions.add_line(plan, "上氩弧焊课", TARGET, by=worker, key=key)
    assert actions.add_line(plan, "上氩弧焊课", TARGET, by=worker, key=key) == line
    with pytest.raises(NotYours):
        actions.do_line(plan, line, by=worker, key=f"{key}d")
    actions.do_line(plan, line, by=worker2, key=f"{key}d")
    line.refresh_from_db()
    assert str(line.done_on) == "2026-06-02"
    with pytest.raises(Refused):
        actions.do_line(plan, line, by=worker2, key=f"{key}e")


def test_a_line_is_fulfilled_only_by_a_class_the_person_passed(plan, seated, worker2, key):
    line = actions.add_line(plan, "上氩弧焊课", TARGET, by=worker2, key=key)
    with pytest.raises(Refused) as refused:
        actions.do_line(plan, line, seated, by=worker2, key=f"{key}d")
    assert refused.value.field == "enrolment"


def test_a_plan_is_reached_when_the_level_is_held(plan, worker, worker2, officer, stranger, key):
    with pytest.raises(NotYours):
        actions.reach(plan, by=stranger, key=f"{key}x")
    with pytest.raises(Refused, match="没有达到"):
        actions.reach(plan, by=worker2, key=key)
    skill = people.recommend_level(worker, level=4, source="", by=officer, key=f"{key}r")
    people.confirm_level(skill, certificate_no="37-1", issuer="评价中心", obtained_on=date(2026, 6, 1), by=officer, key=f"{key}c")
    plan.refresh_from_db()
    actions.reach(plan, by=worker2, key=f"{key}2")
    assert plan.state == "reached"
    with pytest.raises(Refused):
        actions.reach(plan, by=worker2, key=f"{key}3")


def test_a_plan_ends_with_a_reason_and_another_may_begin(plan, worker, worker2, leader, stranger, key):
    with pytest.raises(NotYours):
        actions.end(plan, "调岗", by=stranger, key=f"{key}x")
    actions.end(plan, "调岗", by=leader, key=key)
    with pytest.raises(Refused):
        actions.end(plan, "调岗", by=leader, key=f"{key}2")
    assert actions.open_plan(worker, worker2, "钳工", 4, TARGET, by=leader, key=f"{key}n").pk != plan.pk
