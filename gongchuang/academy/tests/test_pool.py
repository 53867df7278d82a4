"""Colleges, the lecturer pool, the menu, orders."""

from datetime import date

import pytest

from gongchuang.academy import actions
from gongchuang.academy.models import IndustryCollege, Lecturer
from gongchuang.kernel.errors import NotYours, Refused


@pytest.fixture
def second(cast, city, factory, officer, institute, district_officer, city_officer):
    """Another named academy, at the same enterprise."""
    other = actions.apply(factory, "焊接工匠学院", "city", "school", [institute], 85, by=officer, key="apply2")
    actions.review(other, 85, by=district_officer, key="review2")
    return actions.name(other, "海工发〔2026〕9号", by=city_officer, key="name2")


def test_a_lecturer_shared_by_two_academies_is_one_person_of_the_pool(lecturer, second, office, key):
    again = actions.enlist(second, lecturer.person, "teacher", "焊接工艺", by=office, key=key)
    assert again.pk == lecturer.pk
    assert Lecturer.objects.count() == 1
    assert lecturer.academies.count() == 2


def test_a_lecturer_is_in_a_pool_once(lecturer, academy, office, key):
    with pytest.raises(Refused) as refused:
        actions.enlist(academy, lecturer.person, "teacher", "焊接工艺", by=office, key=key)
    assert refused.value.field == "person"


def test_a_stranger_enlists_nobody(academy, stranger, worker, key):
    with pytest.raises(NotYours):
        actions.enlist(academy, worker, "craftsman", "装配", by=stranger, key=key)


def test_an_academy_that_is_not_named_has_no_pool(applied, office, worker, key):
    with pytest.raises(Refused):
        actions.enlist(applied, worker, "craftsman", "装配", by=office, key=key)


def test_a_second_press_enlists_once(lecturer, academy, office):
    again = actions.enlist(academy, lecturer.person, "teacher", "焊接工艺", by=office, key="enlist")
    assert again.pk == lecturer.pk
    assert lecturer.places.count() == 1


def test_a_lecturer_leaves_and_comes_back(lecturer, academy, office, stranger, key):
    with pytest.raises(NotYours):
        actions.leave(lecturer, by=stranger, key=f"{key}x")
    actions.leave(lecturer, by=lecturer.person, key=key)
    assert lecturer.left_on is not None
    with pytest.raises(Refused):
        actions.leave(lecturer, by=lecturer.person, key=f"{key}y")
    back = actions.enlist(academy, lecturer.person, "teacher", "激光焊", by=office, key=f"{key}b")
    assert (back.state, back.left_on, back.topics) == ("active", None, "激光焊")


def test_a_lecturer_with_a_class_under_way_stays(training, lecturer, key):
    with pytest.raises(Refused):
        actions.leave(lecturer, by=lecturer.person, key=key)


def test_a_college_stands_below_a_named_academy_only(applied, academy, office, stranger, key):
    college = actions.found_college(academy, "海上风电产业学院", "海上风电", by=office, key=key)
    assert (college.state, college.unit) == ("open", academy.unit)
    with pytest.raises(NotYours):
        actions.found_college(academy, "别家的学院", "轮胎", by=stranger, key=f"{key}x")
    with pytest.raises(Refused) as refused:
        actions.found_college(academy, "海上风电产业学院", "海上风电", by=office, key=f"{key}y")
    assert refused.value.field == "name"
    with pytest.raises(Refused) as refused:
        actions.found_college(academy, "明天的学院", "轮胎", founded_on=date(2026, 6, 3), by=office, key=f"{key}z")
    assert refused.value.field == "founded_on"
    actions.found_college(academy, "海上风电产业学院", "海上风电", by=office, key=key)
    assert IndustryCollege.objects.count() == 1


def test_a_college_is_closed_once_and_not_by_a_stranger(academy, office, stranger, key):
    college = actions.found_college(academy, "海上风电产业学院", "海上风电", by=office, key=key)
    with pytest.raises(NotYours):
        actions.close_college(college, "合并", by=stranger, key=f"{key}x")
    actions.close_college(college, "合并", by=office, key=f"{key}c")
    with pytest.raises(Refused):
        actions.close_college(college, "合并", by=office, key=f"{key}d")


def test_a_course_is_offered_once_and_withdrawn_once(academy, office, stranger, key):
    course = actions.offer_course(academy, "氩弧焊", "焊工", "hands_on", 16, by=office, key=key)
    assert actions.offer_course(academy, "氩弧焊", "焊工", "hands_on", 16, by=office, key=key) == course
    with pytest.raises(Refused):
        actions.offer_course(academy, "氩弧焊", "焊工", "hands_on", 16, by=office, key=f"{key}2")
    with pytest.raises(NotYours):
        actions.withdraw_course(course, by=stranger, key=f"{key}x")
    actions.withdraw_course(course, by=office, key=f"{key}w")
    with pytest.raises(Refused):
        actions.withdraw_course(course, by=office, key=f"{key}v")


@pytest.fixture
def order(academy, factory, leader, team):
    return actions.place(team, academy, "焊工", 20, "new", "能独立施焊", date(2026, 7, 1), aim_rank=4, by=leader, key="order")


def test_a_stranger_cannot_order_for_a_team_of_another_enterprise(academy, team, stranger, key):
    with pytest.raises(NotYours):
        actions.place(team, academy, "焊工", 20, "new", "能独立施焊", date(2026, 7, 1), by=stranger, key=key)


def test_an_order_for_a_day_gone_by_is_refused(academy, team, leader, key):
    with pytest.raises(Refused) as refused:
        actions.place(team, academy, "焊工", 20, "new", "能独立施焊", date(2026, 6, 1), by=leader, key=key)
    assert refused.value.field == "wanted_on"


def test_an_order_is_taken_on_by_the_academy_once(order, office, stranger, key):
    with pytest.raises(NotYours):
        actions.accept(order, by=stranger, key=f"{key}x")
    actions.accept(order, by=office, key=key)
    actions.accept(order, by=office, key=key)
    with pytest.raises(Refused):
        actions.accept(order, by=office, key=f"{key}2")
    assert order.state == "accepted"


def test_a_declined_order_tells_why(order, office, stranger, key):
    with pytest.raises(NotYours):
        actions.decline(order, "师资不够", by=stranger, key=f"{key}x")
    actions.decline(order, "师资不够", by=office, key=key)
    assert order.state == "declined"
    with pytest.raises(Refused):
        actions.decline(order, "师资不够", by=office, key=f"{key}2")


def test_an_order_is_taken_back_only_before_it_is_accepted(order, leader, office, stranger, key):
    with pytest.raises(NotYours):
        actions.withdraw_order(order, by=stranger, key=f"{key}x")
    actions.accept(order, by=office, key=key)
    with pytest.raises(Refused):
        actions.withdraw_order(order, by=leader, key=f"{key}w")
