"""Public notice and objections."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongchuang.honours import actions, rules
from gongchuang.honours.models import Nomination, Objection
from gongchuang.honours.tests.conftest import NAMED, PUBLISHED, UNTIL
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused


def test_the_notice_runs_for_five_working_days(published, nominated):
    assert (str(published.public_from), str(published.public_until)) == (PUBLISHED, UNTIL)
    assert nominated.state == "listed"


def test_a_stranger_publishes_nothing(selection, nominated, stranger, key):
    with pytest.raises(NotYours):
        actions.publish(selection, [nominated], by=stranger, key=key)


def test_no_more_than_the_quota_and_the_others_are_passed_over(selection, worker, worker2, leader, officer, city_officer, key):
    rows = [
        actions.recommend(selection, "事迹", person=person, by=officer, key=f"{key}{person.pk}") for person in (worker, worker2, leader)
    ]
    with pytest.raises(Refused, match="名额 2 个"):
        actions.publish(selection, rows, by=city_officer, key=key)
    actions.publish(selection, rows[:2], by=city_officer, key=f"{key}p")
    assert list(Nomination.objects.order_by("pk").values_list("state", flat=True)) == [
        "listed",
        "listed",
        "passed_over",
    ]


def test_published_once(published, nominated, city_officer, key):
    assert actions.publish(published, [nominated], by=city_officer, key="publish") == published
    with pytest.raises(Refused):
        actions.publish(published, [nominated], by=city_officer, key=key)


def test_nobody_publishes_a_list_they_stand_on(selection, city_officer, colleague, key):
    own = actions.recommend(selection, "事迹", person=city_officer, by=colleague, key=key)
    with pytest.raises(NotYours):
        actions.publish(selection, [own], by=city_officer, key=f"{key}p")


def test_before_the_notice_only_those_concerned_see_a_nominee_and_then_everybody(nominated, stranger, worker):
    rows = Nomination.objects.all()
    assert rules.SEE_NOMINATION.among(stranger, rows).count() == 0
    assert rules.SEE_NOMINATION.among(worker, rows).count() == 1
    assert rules.SEE_NOMINATION.among(None, rows).count() == 0


def test_on_the_notice_a_visitor_sees_it(published):
    assert rules.SEE_NOMINATION.among(None, Nomination.objects.all()).count() == 1


@pytest.fixture
def objection(published, nominated, stranger):
    with clock.frozen(f"{UNTIL}T20:00"):
        return actions.lodge(nominated, "该项目不是本人完成", by=stranger, key="lodge")


def test_no_objection_before_the_notice_or_after_its_last_day(nominated, selection, city_officer, stranger, key):
    with pytest.raises(Refused):
        actions.lodge(nominated, "该项目不是本人完成", by=stranger, key=key)
    with clock.frozen(f"{PUBLISHED}T09:00"):
        actions.publish(selection, [nominated], by=city_officer, key=f"{key}p")
    nominated.refresh_from_db()
    with clock.frozen(f"{NAMED}T00:10"), pytest.raises(Refused):
        actions.lodge(nominated, "该项目不是本人完成", by=stranger, key=f"{key}2")


def test_the_database_takes_no_objection_without_a_notice(nominated, stranger):
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.bulk_create([Objection(nomination=nominated, text="无公示", lodged_by=stranger, lodged_on=date(2026, 6, 2))])


def test_one_person_objects_once_at_a_time_and_nobody_to_themselves(objection, nominated, stranger, worker, key):
    with clock.frozen(f"{UNTIL}T21:00"):
        assert actions.lodge(nominated, "该项目不是本人完成", by=stranger, key="lodge") == objection
        with pytest.raises(Refused):
            actions.lodge(nominated, "再提一次异议", by=stranger, key=key)
        with pytest.raises(NotYours):
            actions.lodge(nominated, "我不配", by=worker, key=key)


def test_no_naming_while_an_objection_is_open(objection, published, colleague, key):
    with clock.frozen(f"{NAMED}T09:00"), pytest.raises(Refused, match="异议没有结论"):
        actions.name(published, "海政发〔2026〕15号", by=colleague, key=key)


def test_an_objection_upheld_takes_the_nominee_off_the_list(objection, published, nominated, colleague, key):
    with clock.frozen(f"{NAMED}T09:00"):
        actions.uphold(objection, "经核查属实", by=colleague, key=key)
        nominated.refresh_from_db()
        assert nominated.state == "removed"
        with pytest.raises(Refused, match="没有人"):
            actions.name(published, "海政发〔2026〕15号", by=colleague, key=f"{key}n")
        with pytest.raises(Refused):
            actions.uphold(objection, "经核查属实", by=colleague, key=f"{key}u")


def test_an_objection_dismissed_lets_the_naming_go_on(objection, published, nominated, colleague, key):
    with clock.frozen(f"{NAMED}T09:00"):
        actions.dismiss(objection, "核查不属实", by=colleague, key=key)
        actions.name(published, "海政发〔2026〕15号", by=colleague, key=f"{key}n")
    nominated.refresh_from_db()
    assert nominated.state == "named"
    with pytest.raises(Refused):
        actions.dismiss(objection, "核查不属实", by=colleague, key=f"{key}d")


def test_the_recommender_the_nominee_and_strangers_decide_no_objection(objection, stranger, officer, worker, key):
    for by in (stranger, officer, worker):
        for act in (actions.uphold, actions.dismiss):
            with pytest.raises(NotYours):
                act(objection, "自己说了算", by=by, key=key)
