"""Training both ways, counted by hand, and verified."""

from datetime import timedelta

import pytest

from gongchuang.academy import actions, invariants
from gongchuang.academy.checkin import code_at
from gongchuang.academy.models import Attendance, Enrolment
from gongchuang.academy.tests.conftest import FIRST_AT
from gongchuang.kernel import clock, verify
from gongchuang.kernel.verify import Break


def broken(check) -> list[str]:
    return [found.record for found in check() if isinstance(found, Break)]


@pytest.fixture
def trained(academy, lecturer, office, leader, worker, worker2, team):
    """An order becomes a class in the enterprise; one of its trainees goes to a class in the college too."""
    order = actions.place(team, academy, "焊工", 3, "new", "能独立施焊", FIRST_AT.date(), by=leader, key="order")
    actions.accept(order, by=office, key="accept")
    inside = actions.open_class(
        academy, "订单班", lecturer, "into_enterprise", "车间", 3, FIRST_AT, meetings=2, hours=3, order=order,
        pass_mark_tenths=0, by=office, key="inside",
    )  # fmt: skip
    college = actions.open_class(
        academy, "高级工提升班", lecturer, "into_college", "实训楼", 2, FIRST_AT + timedelta(days=7), hours=6, aim_rank=4,
        by=office, key="college",
    )  # fmt: skip
    actions.enrol_many(inside, [worker, worker2, leader], by=leader, key="list")
    actions.sign_up(college, by=worker, key="self")
    for session, present in zip(inside.sessions.order_by("number"), ([worker, worker2], [worker]), strict=True):
        with clock.frozen(session.starts_at):
            actions.open_session(session, by=lecturer.person, key=f"open{session.pk}")
            actions.check_in(session, code_at(session.uid, clock.now()), by=worker, key=f"in{session.pk}")
            for person in present[1:]:
                row = inside.enrolments.get(person=person)
                actions.tick(session, row, by=lecturer.person, key=f"tick{session.pk}{person.pk}")
            actions.close_session(session, by=lecturer.person, key=f"close{session.pk}")
    with clock.frozen("2026-06-26T17:00"):
        only = college.sessions.get()
        actions.open_session(only, by=lecturer.person, key="open")
        row = college.enrolments.get()
        actions.tick(only, row, by=lecturer.person, key="tick")
        actions.close_session(only, by=lecturer.person, key="close")
        row.refresh_from_db()
        actions.mark(row, 800, 850, by=lecturer.person, key="mark")
        for training in (inside, college):
            training.refresh_from_db()
            actions.finish(training, by=lecturer.person, key=f"finish{training.pk}")
    return inside, college


def test_three_person_times_are_two_persons(trained):
    came = Enrolment.objects.trained()
    # worker in both classes, worker2 in one; the leader never came
    assert came.count() == 3
    assert came.values("person").distinct().count() == 2
    assert sorted(came.values_list("training__direction", flat=True)) == [
        "into_college",
        "into_enterprise",
        "into_enterprise",
    ]


def test_high_skilled_are_the_senior_worker_and_whoever_aims_there(trained, worker, worker2):
    found = Enrolment.objects.high_skilled().values_list("person__name", "training__direction")
    assert sorted(found) == sorted([(worker2.name, "into_enterprise"), (worker.name, "into_college")])


def test_hours_are_those_attended(trained):
    inside, college = trained
    hours = dict(Enrolment.objects.values_list("person__name", "hours").filter(training=inside))
    # two meetings of 3 hours: both, one, none
    assert hours == {"张伟明": 6, "刘建军": 3, "李国栋": 0}
    assert college.enrolments.get().hours == 6
    assert dict(inside.enrolments.values_list("person__name", "state")) == {
        "张伟明": "passed",
        "刘建军": "passed",
        "李国栋": "absent",
    }


def test_everything_holds_and_a_change_behind_the_actions_is_named(trained):
    for _, check in invariants.INVARIANTS:
        assert broken(check) == []
    inside, _ = trained
    assert [found.name for found in verify.run() if not found.holds] == []
    type(inside).objects.filter(pk=inside.pk).update(taken=2)
    Attendance.objects.filter(session__training=inside, way="code").delete()
    assert broken(invariants.seats) == [inside.no]
    uid = str(inside.enrolments.get(person__name="张伟明").uid)
    assert broken(invariants.attendance) == [uid]
    assert broken(invariants.hours) == [uid]
