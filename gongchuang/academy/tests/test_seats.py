"""Sign-up: seats never exceed capacity."""

import pytest
from django.db import IntegrityError, transaction

from gongchuang.academy import actions
from gongchuang.academy.models import TrainingClass
from gongchuang.academy.tests.conftest import FIRST_AT
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Event, Notice


def test_a_worker_signs_up_and_is_told(seated, training, worker):
    training.refresh_from_db()
    assert (seated.seat, seated.unit, seated.source, training.taken) == (1, worker.unit, "self", 1)


def test_five_presses_are_one_seat(training, worker):
    for _ in range(5):
        actions.sign_up(training, by=worker, key="same")
    training.refresh_from_db()
    assert (training.taken, training.enrolments.count()) == (1, 1)
    assert Event.objects.filter(action="enrolment.sign_up").count() == 1


def test_another_key_of_the_same_person_is_refused(seated, training, worker, key):
    with pytest.raises(Refused) as refused:
        actions.sign_up(training, by=worker, key=key)
    assert refused.value.field == "person"


def test_the_fourth_of_three_seats_is_refused_and_the_freed_one_is_given_again(training, worker, worker2, leader, officer, key):
    seats = [actions.sign_up(training, by=person, key=key) for person in (worker, worker2, leader)]
    with pytest.raises(Refused, match="名额已满"):
        actions.sign_up(training, by=officer, key=key)
    actions.withdraw(seats[1], by=worker2, key=f"{key}w")
    assert actions.sign_up(training, by=officer, key=f"{key}2").seat == 2
    training.refresh_from_db()
    assert training.taken == training.enrolments.exclude(state="withdrawn").count() == 3


def test_the_database_refuses_one_seat_too_many(seated, training):
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingClass.objects.filter(pk=training.pk).update(taken=4)


def test_the_database_refuses_one_seat_twice(training, worker, worker2, key):
    actions.sign_up(training, by=worker, key=key)
    second = actions.sign_up(training, by=worker2, key=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(second).objects.filter(pk=second.pk).update(seat=1)


def test_sign_ups_of_others_make_nobodys_form_stale(training, worker, key):
    version = training.version
    actions.sign_up(training, by=worker, key=key)
    training.refresh_from_db()
    assert training.version == version


def test_who_left_before_the_first_meeting_may_come_back(seated, training, worker, key):
    actions.withdraw(seated, by=worker, key=key)
    again = actions.sign_up(training, by=worker, key=f"{key}2")
    assert again.pk == seated.pk
    assert again.state == "signed_up"


def test_nobody_takes_back_the_seat_of_another(seated, worker2, key):
    with pytest.raises(NotYours):
        actions.withdraw(seated, by=worker2, key=key)


def test_a_seat_is_not_given_back_after_attending(seated, held, lecturer, worker, key):
    actions.tick(held, seated, by=lecturer.person, key=key)
    seated.refresh_from_db()
    with pytest.raises(Refused):
        actions.withdraw(seated, by=worker, key=f"{key}w")


def test_a_leader_enrols_their_own_worker_who_is_told(training, leader, worker, key):
    enrolment = actions.enrol(training, worker, by=leader, key=key)
    assert (enrolment.person, enrolment.source) == (worker, "unit")
    assert Notice.objects.filter(person_uid=worker.uid).exists()
    actions.enrol(training, worker, by=leader, key=key)
    assert training.enrolments.count() == 1


def test_a_stranger_enrols_nobody_of_another_enterprise(training, stranger, worker, key):
    with pytest.raises(NotYours):
        actions.enrol(training, worker, by=stranger, key=key)


def test_sign_up_ends_when_the_class_starts_but_the_academy_may_still_enrol(held, training, worker2, office, key):
    with pytest.raises(Refused):
        actions.sign_up(training, by=worker2, key=key)
    assert actions.enrol(training, worker2, by=office, key=f"{key}e").state == "signed_up"


def test_a_lecturer_cannot_sit_in_their_own_class(training, lecturer, key):
    with pytest.raises(Refused):
        actions.sign_up(training, by=lecturer.person, key=key)


def test_an_order_class_takes_the_ordering_unit_only(academy, lecturer, office, leader, team, worker, officer, key):
    order = actions.place(team, academy, "焊工", 20, "new", "能独立施焊", FIRST_AT.date(), by=leader, key=key)
    actions.accept(order, by=office, key=f"{key}a")
    training = actions.open_class(
        academy, "订单班", lecturer, "into_enterprise", "车间", 20, FIRST_AT, order=order, by=office, key=f"{key}o"
    )
    order.refresh_from_db()
    assert (order.state, training.trainees, training.trade) == ("served", "new", "焊工")
    assert actions.sign_up(training, by=worker, key=key).source == "order"
    with pytest.raises(Refused):
        actions.sign_up(training, by=officer, key=key)


def test_only_the_academy_opens_a_class_and_not_in_the_past(academy, lecturer, office, stranger, key):
    given = ("焊工班", lecturer, "into_college", "实训楼", 30, FIRST_AT)
    with pytest.raises(NotYours):
        actions.open_class(academy, *given, by=stranger, key=key)
    with clock.frozen("2026-06-19T09:00"), pytest.raises(Refused) as refused:
        actions.open_class(academy, *given, by=office, key=key)
    assert refused.value.field == "first_at"
    first, second = (actions.open_class(academy, *given, by=office, key=key) for _ in range(2))
    assert first.pk == second.pk
    assert first.sessions.count() == 1


def test_a_lecturer_who_left_gets_no_class(academy, lecturer, office, key):
    actions.leave(lecturer, by=lecturer.person, key=key)
    with pytest.raises(Refused) as refused:
        actions.open_class(academy, "焊工班", lecturer, "into_college", "实训楼", 30, FIRST_AT, by=office, key=f"{key}o")
    assert refused.value.field == "lecturer"


def test_a_cancelled_class_tells_everybody_signed_up(seated, training, office, worker, stranger, key):
    with pytest.raises(NotYours):
        actions.cancel(training, "停电", by=stranger, key=f"{key}x")
    training.refresh_from_db()
    actions.cancel(training, "停电", by=office, key=key)
    assert "停电" in Notice.objects.filter(person_uid=worker.uid).latest("pk").text_zh
    assert set(training.sessions.values_list("state", flat=True)) == {"dropped"}
    with pytest.raises(Refused):
        actions.cancel(training, "停电", by=office, key=f"{key}2")


def test_starting_a_class_from_an_older_copy_loses_no_seat(training, meeting, worker, lecturer, key):
    older = meeting
    assert older.training.taken == 0
    actions.sign_up(training, by=worker, key=key)
    actions.open_session(older, by=lecturer.person, key=f"{key}o")
    training.refresh_from_db()
    assert (training.state, training.taken) == ("running", 1)
