"""Reviewed, named, sent back, struck off."""

import pytest
from django.db import IntegrityError, transaction

from gongchuang.academy import actions
from gongchuang.academy.models import Academy
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Event, Waiting


def events(name: str) -> int:
    return Event.objects.filter(action=name).count()


def test_an_application_waits_for_the_district_and_then_for_the_city(applied, district_officer, key):
    row = Waiting.objects.get(table="academy_academy", pk_of_row=applied.pk)
    assert (row.act, row.role) == ("review", "district")
    actions.review(applied, 88, by=district_officer, key=key)
    row = Waiting.objects.get(table="academy_academy", pk_of_row=applied.pk)
    assert (row.act, row.role) == ("name", "city")


def test_a_stranger_cannot_review(applied, stranger, key):
    with pytest.raises(NotYours):
        actions.review(applied, 88, by=stranger, key=key)


def test_a_review_below_80_is_sent_back_instead(applied, district_officer, key):
    with pytest.raises(Refused) as refused:
        actions.review(applied, 79, by=district_officer, key=key)
    assert refused.value.field == "review_score"
    actions.send_back(applied, "缺佐证材料", by=district_officer, key=f"{key}b")
    assert applied.state == "sent_back"


def test_a_second_review_is_one_review(applied, district_officer, key):
    actions.review(applied, 88, by=district_officer, key=key)
    actions.review(applied, 88, by=district_officer, key=key)
    assert events("academy.review") == 1
    with pytest.raises(Refused):
        actions.review(applied, 88, by=district_officer, key=f"{key}2")


def test_only_the_applicant_applies_again(applied, officer, district_officer, leader, key):
    actions.send_back(applied, "缺佐证材料", by=district_officer, key=key)
    with pytest.raises(NotYours):
        actions.reapply(applied, 95, by=leader, key=f"{key}x")
    actions.reapply(applied, 95, by=officer, key=f"{key}r")
    assert (applied.state, applied.self_score) == ("applied", 95)
    with pytest.raises(Refused):
        actions.reapply(applied, 95, by=officer, key=f"{key}s")


def test_the_one_who_reviewed_does_not_name(applied, city_officer, cast, city, key):
    actions.review(applied, 88, by=city_officer, key=key)
    with pytest.raises(NotYours):
        actions.name(applied, "海工发〔2026〕8号", by=city_officer, key=f"{key}n")
    colleague = cast.person(city, "宋岚", "city")
    actions.name(applied, "海工发〔2026〕8号", by=colleague, key=f"{key}m")
    assert applied.state == "named"


def test_a_city_academy_is_not_named_by_the_district(applied, city_officer, district_officer, key):
    actions.review(applied, 88, by=city_officer, key=key)
    with pytest.raises(NotYours):
        actions.name(applied, "文", by=district_officer, key=f"{key}n")


def test_named_before_review_is_refused(applied, city_officer, key):
    with pytest.raises(Refused):
        actions.name(applied, "海工发〔2026〕8号", by=city_officer, key=key)
    applied.refresh_from_db()
    assert (applied.state, applied.named_on) == ("applied", None)


def test_naming_twice_is_once(academy, city_officer):
    again = actions.name(academy, "海工发〔2026〕8号", by=city_officer, key="name")
    assert again.pk == academy.pk
    assert events("academy.name") == 1


def test_the_database_refuses_a_named_academy_without_document(applied):
    with pytest.raises(IntegrityError), transaction.atomic():
        Academy.objects.filter(pk=applied.pk).update(state="reviewed")
        Academy.objects.filter(pk=applied.pk).update(state="named")


def test_striking_off_ends_the_colleges_too(academy, office, city_officer, stranger, key):
    college = actions.found_college(academy, "海上风电产业学院", "海上风电", by=office, key=key)
    with pytest.raises(NotYours):
        actions.strike_off(academy, "年度评价不合格", by=stranger, key=f"{key}x")
    actions.strike_off(academy, "年度评价不合格", by=city_officer, key=f"{key}s")
    college.refresh_from_db()
    assert (academy.state, college.state) == ("struck_off", "closed")
    assert academy.struck_on == college.closed_on
    with pytest.raises(Refused):
        actions.strike_off(academy, "年度评价不合格", by=city_officer, key=f"{key}t")


def test_an_academy_with_classes_under_way_is_not_struck_off(training, academy, city_officer, key):
    with pytest.raises(Refused):
        actions.strike_off(academy, "年度评价不合格", by=city_officer, key=key)


def test_a_name_is_free_again_after_striking_off(academy, officer, institute, factory, city_officer, key):
    actions.strike_off(academy, "年度评价不合格", by=city_officer, key=key)
    again = actions.apply(factory, academy.name, "city", "enterprise", [institute], 90, by=officer, key=f"{key}a")
    assert again.pk != academy.pk
