"""Marks, hours, outcomes, certificates, the contest that follows."""

from datetime import date

import pytest

from gongchuang.academy import actions
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused


@pytest.fixture
def taught(training, worker, worker2, leader, lecturer):
    """Two meetings of 4 hours are over: the worker came to both, worker2 to the first, the leader to none."""
    seats = [actions.sign_up(training, by=person, key="seat") for person in (worker, worker2, leader)]
    for number, present in ((1, seats[:2]), (2, seats[:1])):
        session = training.sessions.get(number=number)
        actions.open_session(session, by=lecturer.person, key=f"open{number}")
        for seat in present:
            actions.tick(session, seat, by=lecturer.person, key=f"tick{number}{seat.pk}")
            seat.refresh_from_db()
        actions.close_session(session, by=lecturer.person, key=f"close{number}")
    training.refresh_from_db()
    return seats


def test_hours_are_those_attended_and_a_missing_mark_is_not_a_zero(taught, training, lecturer, key):
    first, second, third = taught
    actions.mark(first, 700, 805, by=lecturer.person, key=f"{key}1")
    assert first.mark_tenths == 752
    with pytest.raises(Refused, match="还有 1 名"):
        actions.finish(training, by=lecturer.person, key=key)
    actions.mark(second, practice_tenths=595, by=lecturer.person, key=f"{key}2")
    training.refresh_from_db()
    actions.finish(training, by=lecturer.person, key=f"{key}f")
    for enrolment in taught:
        enrolment.refresh_from_db()
    assert [one.state for one in taught] == ["passed", "failed", "absent"]
    assert [one.hours for one in taught] == [8, 4, 0]
    assert [one.sessions_attended for one in taught] == [2, 1, 0]
    with pytest.raises(Refused):
        actions.finish(training, by=lecturer.person, key=f"{key}g")


def test_a_class_is_not_finished_while_meetings_are_open(seated, held, training, lecturer, stranger, key):
    training.refresh_from_db()
    with pytest.raises(Refused, match="没上完"):
        actions.finish(training, by=lecturer.person, key=key)
    with pytest.raises(NotYours):
        actions.finish(training, by=stranger, key=f"{key}x")


def test_nobody_marks_who_may_not_or_out_of_range_or_who_never_came(taught, lecturer, worker, key):
    first, _, third = taught
    with pytest.raises(NotYours):
        actions.mark(first, 1000, by=worker, key=key)
    with pytest.raises(Refused) as refused:
        actions.mark(first, 1001, by=lecturer.person, key=f"{key}r")
    assert refused.value.field == "theory_tenths"
    with pytest.raises(Refused):
        actions.mark(third, 900, by=lecturer.person, key=f"{key}t")
    with pytest.raises(Refused):
        actions.mark(first, by=lecturer.person, key=f"{key}n")


@pytest.fixture
def passed(taught, training, lecturer):
    for number, seat in enumerate(taught[:2]):
        actions.mark(seat, 900, 900, by=lecturer.person, key=f"mark{number}")
    actions.finish(training, by=lecturer.person, key="finish")
    for seat in taught:
        seat.refresh_from_db()
    return taught


def test_a_certificate_is_written_down_once_for_one_person_who_passed(passed, office, stranger, key):
    first, second, absent = passed
    given = ("3701-2026-0001", "海岳技能评价中心", date(2026, 6, 1))
    with pytest.raises(NotYours):
        actions.record_certificate(first, *given, by=stranger, key=f"{key}x")
    actions.record_certificate(first, *given, by=office, key=key)
    assert actions.record_certificate(first, *given, by=office, key=key).certificate_no == given[0]
    for enrolment in (first, second, absent):
        with pytest.raises(Refused):
            actions.record_certificate(enrolment, *given, by=office, key=f"{key}{enrolment.pk}")


def test_a_class_is_followed_by_one_contest(training, lecturer, stranger, key):
    contest, other = clock.new_uid(), clock.new_uid()
    with pytest.raises(NotYours):
        actions.link_contest(training, contest, by=stranger, key=f"{key}x")
    actions.link_contest(training, contest, by=lecturer.person, key=key)
    actions.link_contest(training, contest, by=lecturer.person, key=key)
    with pytest.raises(Refused):
        actions.link_contest(training, other, by=lecturer.person, key=f"{key}2")
    training.refresh_from_db()
    assert training.contest_uid == contest
