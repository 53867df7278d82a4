"""Academies, colleges and training: totals worked out by hand."""

from __future__ import annotations

from datetime import datetime

from gongchuang.academy import actions
from gongchuang.academy.tests.conftest import (  # noqa: F401
    academy,
    applied,
    held,
    in_june,
    institute,
    lecturer,
    meeting,
    office,
    seated,
    training,
)
from gongchuang.academy.tests.test_finish import taught  # noqa: F401
from gongchuang.indicators import listing, reading
from gongchuang.indicators.rules import OPERATOR
from gongchuang.indicators.tests.counted import Y2026, counted
from gongchuang.kernel import clock
from gongchuang.kernel.period import Period


def test_an_academy_counts_once_it_is_named(applied, city, district_officer, city_officer, town):
    assert counted(city, "city_academies") == [0]
    actions.review(applied, 90, by=district_officer, key=town.key())
    actions.name(applied, "海工发〔2026〕8号", by=city_officer, key=town.key())
    assert counted(city, "city_academies") == [1]
    actions.strike_off(applied, "年度评价不合格", by=city_officer, key=town.key())
    assert counted(city, "city_academies") == [0]


def test_a_college_counts_while_it_is_open(academy, city, office, town):
    college = actions.found_college(academy, "焊接产业学院", "装备制造", by=office, key=town.key())
    assert counted(city, "industry_colleges") == [1]
    actions.close_college(college, "并入另一学院", by=office, key=town.key())
    assert counted(city, "industry_colleges") == [0]


def test_person_times_are_those_who_came_and_high_skilled_people_count_once(
    taught,
    academy,
    lecturer,
    office,
    worker2,
    city,
    district,
    factory,
    town,
):
    # two of three came; of them worker2 is 高级工, the worker 中级工
    with clock.frozen("2026-06-30T18:00"):
        for unit in (city, district, factory):
            assert counted(unit, "training_person_times", "high_skilled_trained") == [2, 1]
    again = actions.open_class(
        academy, "焊工夜校", lecturer, "into_college", "实训楼 202", 5, datetime(2026, 6, 25, 18, 0, tzinfo=clock.ZONE), meetings=1,
        every_days=1, hours=2, trade="焊工", aim_rank=None, by=office, key=town.key(),
    )  # fmt: skip
    seat = actions.sign_up(again, by=worker2, key=town.key())
    session = again.sessions.get()
    actions.open_session(session, by=lecturer.person, key=town.key())
    actions.tick(session, seat, by=lecturer.person, key=town.key())
    with clock.frozen("2026-06-30T18:00"):
        assert counted(city, "training_person_times", "high_skilled_trained") == [3, 1]
        assert counted(city, "training_person_times", "high_skilled_trained", period=Period.parse("2026Q2")) == [3, 1]
        assert counted(city, "training_person_times", period=Period.parse("2026Q1")) == [0]
        figure = reading.figure("high_skilled_trained", city, Y2026, OPERATOR)
        assert [row.record for row in listing.everything(figure, OPERATOR)] == [worker2]
