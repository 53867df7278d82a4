"""Check-in by code and by hand count the same."""

from datetime import timedelta

import pytest

from gongchuang.academy import actions
from gongchuang.academy.checkin import code_at, is_good
from gongchuang.academy.models import Attendance
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused


def test_the_code_renews_every_20_seconds_and_is_good_for_a_minute_more(held):
    now = clock.now()
    code = code_at(held.uid, now)
    assert len(code) == 6
    assert code == code_at(held.uid, now + timedelta(seconds=19))
    assert code != code_at(held.uid, now + timedelta(seconds=20))
    assert is_good(held.uid, code, now + timedelta(seconds=79))
    assert not is_good(held.uid, code, now + timedelta(seconds=80))
    assert not is_good(held.uid, code_at(held.uid, now + timedelta(seconds=20)), now)


def test_one_by_code_and_one_by_hand_are_two_person_times(training, worker, worker2, meeting, lecturer, key):
    scanned = actions.sign_up(training, by=worker, key=key)
    ticked = actions.sign_up(training, by=worker2, key=key)
    actions.open_session(meeting, by=lecturer.person, key=f"{key}o")
    actions.check_in(meeting, code_at(meeting.uid, clock.now()), by=worker, key=f"{key}c")
    actions.tick(meeting, ticked, by=lecturer.person, key=f"{key}t")
    for enrolment in (scanned, ticked):
        enrolment.refresh_from_db()
        assert (enrolment.sessions_attended, str(enrolment.attended_on)) == (1, "2026-06-18")
    assert set(Attendance.objects.values_list("way", flat=True)) == {"code", "hand"}


def test_a_wrong_or_old_code_is_refused_with_its_cure(seated, held, worker, key):
    old = code_at(held.uid, clock.now() - timedelta(minutes=5))
    for code in ("000000" if old != "000000" else "000001", old):
        with pytest.raises(Refused) as refused:
            actions.check_in(held, code, by=worker, key=f"{key}{code}")
        assert refused.value.field == "code"
        assert refused.value.cure


def test_who_is_not_signed_up_cannot_check_in(held, stranger, key):
    with pytest.raises(NotYours):
        actions.check_in(held, code_at(held.uid, clock.now()), by=stranger, key=key)


def test_no_check_in_before_the_lecturer_opens_and_after_closing(seated, meeting, worker, lecturer, key):
    code = code_at(meeting.uid, clock.now())
    with pytest.raises(Refused):
        actions.check_in(meeting, code, by=worker, key=key)
    actions.open_session(meeting, by=lecturer.person, key=f"{key}o")
    actions.close_session(meeting, by=lecturer.person, key=f"{key}c")
    with pytest.raises(Refused):
        actions.check_in(meeting, code, by=worker, key=f"{key}2")


def test_two_check_ins_are_one(seated, held, worker, lecturer, key):
    code = code_at(held.uid, clock.now())
    first = actions.check_in(held, code, by=worker, key=key)
    assert actions.check_in(held, code, by=worker, key=key) == first
    seated.refresh_from_db()
    with pytest.raises(Refused):
        actions.tick(held, seated, by=lecturer.person, key=f"{key}t")
    assert Attendance.objects.count() == 1


def test_only_the_lecturer_or_the_academy_opens_ticks_and_closes(seated, meeting, stranger, worker, lecturer, key):
    for act in (actions.open_session, actions.close_session):
        with pytest.raises(NotYours):
            act(meeting, by=worker, key=key)
    actions.open_session(meeting, by=lecturer.person, key=f"{key}o")
    with pytest.raises(NotYours):
        actions.tick(meeting, seated, by=stranger, key=key)
    with pytest.raises(NotYours):
        actions.untick(meeting, seated, "点错", by=stranger, key=key)
    with pytest.raises(Refused):
        actions.open_session(meeting, by=lecturer.person, key=f"{key}p")


def test_a_mistaken_tick_is_taken_back_and_leaves_no_person_time(seated, held, lecturer, key):
    actions.tick(held, seated, by=lecturer.person, key=key)
    seated.refresh_from_db()
    actions.untick(held, seated, "点错了人", by=lecturer.person, key=f"{key}u")
    assert (seated.sessions_attended, seated.attended_on, seated.is_high_skilled) == (0, None, False)
    with pytest.raises(Refused):
        actions.untick(held, seated, "点错了人", by=lecturer.person, key=f"{key}v")


def test_a_trainee_of_another_class_cannot_be_ticked(academy, seated, lecturer, office, held, worker2, key):
    from gongchuang.academy.tests.conftest import FIRST_AT

    other = actions.open_class(academy, "钳工班", lecturer, "into_college", "楼", 5, FIRST_AT, by=office, key=key)
    elsewhere = actions.sign_up(other, by=worker2, key=key)
    with pytest.raises(Refused):
        actions.tick(held, elsewhere, by=lecturer.person, key=f"{key}t")


def test_a_senior_worker_counts_as_high_skilled_and_a_junior_does_not(training, worker, worker2, held, office, lecturer, key):
    junior, senior = (actions.enrol(training, person, by=office, key=f"{key}{person.pk}") for person in (worker, worker2))
    for enrolment in (junior, senior):
        actions.tick(held, enrolment, by=lecturer.person, key=f"{key}t{enrolment.pk}")
        enrolment.refresh_from_db()
    assert (junior.is_high_skilled, senior.is_high_skilled) == (False, True)


def test_a_dropped_meeting_is_not_opened(meeting, lecturer, stranger, key):
    with pytest.raises(NotYours):
        actions.drop_session(meeting, "停电", by=stranger, key=f"{key}x")
    actions.drop_session(meeting, "停电", by=lecturer.person, key=key)
    with pytest.raises(Refused):
        actions.open_session(meeting, by=lecturer.person, key=f"{key}o")


def test_a_meeting_is_added_while_the_class_is_under_way(training, lecturer, stranger, key):
    from gongchuang.academy.tests.conftest import FIRST_AT

    with pytest.raises(NotYours):
        actions.add_session(training, FIRST_AT, 2, by=stranger, key=f"{key}x")
    third = actions.add_session(training, FIRST_AT + timedelta(days=7), 2, by=lecturer.person, key=key)
    assert actions.add_session(training, FIRST_AT + timedelta(days=7), 2, by=lecturer.person, key=key) == third
    assert third.number == 3


def test_who_runs_the_academy_and_sits_in_the_class_does_not_tick_themselves(cast, factory, training, meeting, lecturer, key):
    office = cast.person(factory, "院办", "academy")
    own = actions.sign_up(training, by=office, key=key)
    actions.open_session(meeting, by=lecturer.person, key=f"{key}o")
    with pytest.raises(NotYours):
        actions.tick(meeting, own, by=office, key=f"{key}t")
    with pytest.raises(NotYours):
        actions.tick_many(meeting, [own], by=office, key=f"{key}m")
    assert not Attendance.objects.exists()
