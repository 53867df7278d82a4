"""A state changes only as the flow's moves allow, in the application and in the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from gongchuang.kernel import clock, verify
from gongchuang.kernel.flow import Flow, Wait
from gongchuang.kernel.models import Waiting
from gongchuang.kernel.text import Text
from gongchuang.people import actions
from gongchuang.people.models import SkillRecord


@pytest.fixture
def skill(worker, officer):
    return actions.recommend_level(worker, level=5, source="", by=officer, key="skill")


@pytest.mark.parametrize("source, target, allowed", [
    ("recommended", "confirmed", True), ("recommended", "refused", True), ("confirmed", "recommended", False),
    ("refused", "confirmed", False), ("recommended", "invented", False),
])  # fmt: skip
def test_the_database_refuses_a_move_that_the_flow_does_not_know(skill, source, target, allowed):
    with connection.cursor() as cursor:
        if source != "recommended":
            cursor.execute("UPDATE people_skillrecord SET state = %s, obtained_on = '2026-06-01' WHERE id = %s", [source, skill.pk])
        move = "UPDATE people_skillrecord SET state = %s, obtained_on = '2026-06-01' WHERE id = %s"
        if allowed:
            cursor.execute(move, [target, skill.pk])
            return
        with pytest.raises(DatabaseError, match="no such move"), transaction.atomic():
            cursor.execute(move, [target, skill.pk])
    assert SkillRecord.objects.get(pk=skill.pk).state == source


def test_a_flow_with_an_unknown_state_is_refused_when_it_is_written():
    with pytest.raises(ValueError, match="unknown states"):
        Flow("wrong", initial="a", states={"a": Text("甲", "A")}, moves={"go": ({"a"}, "b")})


def test_verify_names_a_to_do_that_is_missing_or_left_over(skill):
    assert all(finding.holds for finding in verify.run())
    Waiting.objects.all().delete()
    broken = {f.name: f.breaks for f in verify.run() if not f.holds}
    assert [(one.table, one.record) for one in broken["waiting"]] == [("people_skillrecord", str(skill.pk))]


def test_a_wait_without_days_has_no_due_day():
    assert Wait("sign", role="officer").working_days is None


@pytest.mark.parametrize("day, count, wanted", [
    ("2026-06-05", 1, "2026-06-08"),  # over a weekend
    ("2026-09-30", 1, "2026-10-08"),  # over the National Day week
    ("2026-10-09", 1, "2026-10-10"),  # a make-up working Saturday
    ("2031-06-06", 1, "2031-06-09"),  # a year whose calendar is not published: weekdays
    ("2026-06-05", 0, "2026-06-05"),
])  # fmt: skip
def test_working_days(day, count, wanted):
    moment = clock.parse_moment(day)
    assert clock.add_working_days(moment.date(), count).isoformat() == wanted


def test_the_office_may_correct_the_calendar():
    day = clock.parse_moment("2026-06-05").date()
    monday = clock.parse_moment("2026-06-08").date()
    assert clock.add_working_days(day, 1, {monday: False}).isoformat() == "2026-06-09"
