"""A list at once keeps every rule of one by one."""

import pytest

from gongchuang.academy import actions
from gongchuang.academy.models import Attendance, Enrolment
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Event, Notice


@pytest.fixture
def three(training, worker, worker2, leader, office):
    actions.enrol_many(training, [worker, worker2, leader, worker], by=office, key="many")
    return list(training.enrolments.order_by("seat"))


def test_a_list_takes_a_seat_each_and_tells_each(three, training, worker, worker2, leader):
    training.refresh_from_db()
    assert [(row.seat, row.person) for row in three] == [(1, worker), (2, worker2), (3, leader)]
    assert training.taken == 3
    assert Notice.objects.filter(event__action="class.enrol_many").count() == 3


def test_a_list_longer_than_the_seats_takes_none(training, worker, worker2, leader, officer, office, key):
    with pytest.raises(Refused, match="还有 3 个名额"):
        actions.enrol_many(training, [worker, worker2, leader, officer], by=office, key=key)
    assert not Enrolment.objects.exists()


def test_a_list_with_a_double_takes_none(seated, training, worker, worker2, office, key):
    with pytest.raises(Refused, match="张伟明"):
        actions.enrol_many(training, [worker2, worker], by=office, key=key)
    assert training.enrolments.count() == 1


def test_a_stranger_or_a_leader_of_others_enrols_nobody(training, worker, officer, leader, stranger, key):
    for by, persons in ((stranger, [worker]), (leader, [worker, officer])):
        with pytest.raises(NotYours):
            actions.enrol_many(training, persons, by=by, key=key)


def test_the_same_press_twice_is_one_list(three, training, worker, worker2, leader, office):
    actions.enrol_many(training, [worker, worker2, leader, worker], by=office, key="many")
    assert training.enrolments.count() == 3


def test_a_signed_sheet_ticks_all_of_it_once(three, held, lecturer, stranger, key):
    with pytest.raises(NotYours):
        actions.tick_many(held, three[:2], by=stranger, key=f"{key}x")
    actions.tick_many(held, three[:2], by=lecturer.person, key=key)
    actions.tick_many(held, three[:2], by=lecturer.person, key=key)
    assert Attendance.objects.count() == 2
    assert Event.objects.filter(action="session.tick_many").count() == 1
    assert [row.is_high_skilled for row in Enrolment.objects.trained().order_by("seat")] == [False, True]
    with pytest.raises(Refused):
        actions.tick_many(held, three, by=lecturer.person, key=f"{key}2")
    assert Attendance.objects.count() == 2


def test_nobody_is_ticked_before_the_meeting_begins(three, meeting, lecturer, key):
    with pytest.raises(Refused):
        actions.tick_many(meeting, three, by=lecturer.person, key=key)
