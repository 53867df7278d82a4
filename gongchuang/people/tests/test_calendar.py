"""The working calendar is corrected by the city, and what is reckoned from then on follows it."""

from __future__ import annotations

from datetime import date

import pytest

from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Event, Holiday, due_on
from gongchuang.people import calendar

MONDAY, FRIDAY, SATURDAY = date(2027, 3, 1), date(2027, 3, 5), date(2027, 3, 6)


def test_days_off_and_days_made_up_for_move_what_is_due(city_officer, key):
    assert due_on(MONDAY, 3) == date(2027, 3, 4)
    calendar.set_days(date(2027, 3, 2), FRIDAY, is_working=False, name="停电检修", by=city_officer, key=key)
    calendar.set_days(SATURDAY, is_working=True, name="调休", by=city_officer, key=f"{key}:2")
    assert due_on(MONDAY, 1) == SATURDAY
    assert due_on(MONDAY, 3) == date(2027, 3, 9)
    assert Event.objects.filter(action="calendar.set").count() == 2


def test_the_last_word_on_a_day_holds(city_officer, key):
    calendar.set_days(SATURDAY, is_working=True, name="调休", by=city_officer, key=key)
    calendar.set_days(SATURDAY, is_working=False, name="不调了", by=city_officer, key=f"{key}:2")
    assert [(one.is_working, one.name) for one in Holiday.objects.all()] == [(False, "不调了")]
    assert due_on(FRIDAY, 1) == date(2027, 3, 8)


def test_the_same_press_twice_is_one(city_officer, key):
    for _ in range(2):
        calendar.set_days(MONDAY, FRIDAY, is_working=False, name="放假", by=city_officer, key=key)
    assert Holiday.objects.count() == 5
    assert Event.objects.filter(action="calendar.set").count() == 1


@pytest.mark.parametrize("last", [date(2027, 2, 28), date(2027, 4, 1)])
def test_backwards_and_more_than_a_month_are_refused(city_officer, key, last):
    with pytest.raises(Refused) as refused:
        calendar.set_days(MONDAY, last, is_working=False, name="放假", by=city_officer, key=key)
    assert refused.value.field == "to_on"
    assert not Holiday.objects.exists()


def test_an_enterprise_cannot_move_the_citys_calendar(officer, district_officer, key):
    for person in (officer, district_officer):
        with pytest.raises(NotYours):
            calendar.set_days(MONDAY, is_working=False, name="放假", by=person, key=key)
