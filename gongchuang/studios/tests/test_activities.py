"""Members, activities and results: what a studio did, counted once another person has confirmed it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongchuang.kernel import waiting
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.studios import actions, rules
from gongchuang.studios.models import Activity, Studio


def test_an_activity_counts_once_the_officer_has_confirmed_it(activity, officer, with_member, key):
    assert waiting.of(officer).get().act == "accept"
    assert Studio.objects.silent(date(2026, 6, 12)).count() == 1
    actions.accept_activity(activity, by=officer, key=key)
    assert Studio.objects.silent(date(2026, 6, 12)).count() == 0
    assert {part.person.name for part in activity.parts.all()} == {"张伟明", "赵铁山"}


def test_neither_who_logged_it_nor_the_leader_confirms_it(activity, worker, master, key):
    for person in (worker, master):
        with pytest.raises(NotYours):
            actions.accept_activity(activity, by=person, key=key)


def test_the_database_refuses_a_confirmation_by_who_logged_it(activity):
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(state="accepted", accepted_by=activity.logged_by)


def test_a_returned_activity_is_put_right_with_its_persons(activity, officer, worker, worker2, key):
    actions.send_back_activity(activity, reason="人员不全", by=officer, key="a")
    actions.correct_activity(
        activity, function="problem", title="攻关例会", held_on=date(2026, 6, 2), persons=[worker, worker2], by=worker, key=key
    )
    assert activity.state == "logged"
    assert {part.person.name for part in activity.parts.all()} == {"张伟明", "刘建军"}


@pytest.mark.parametrize(("day", "field"), [(date(2026, 6, 13), "held_on"), (date(2015, 1, 1), "held_on")])
def test_an_activity_lies_between_founding_and_today(with_member, master, day, field, key):
    with pytest.raises(Refused) as refused:
        actions.log(with_member, function="study", title="学习", held_on=day, persons=[master], by=master, key=key)
    assert refused.value.field == field


def test_an_activity_without_anybody_is_refused(with_member, master, key):
    with pytest.raises(Refused) as refused:
        actions.log(with_member, function="study", title="学习", held_on=date(2026, 6, 1), persons=[], by=master, key=key)
    assert refused.value.field == "persons"


def test_one_person_twice_in_the_list_counts_once(with_member, master, key):
    held = actions.log(with_member, function="study", title="学习", held_on=date(2026, 6, 1), persons=[master, master], by=master, key=key)
    assert held.parts.count() == 1


def test_a_member_joins_once_and_leaves_with_a_day(with_member, worker, master, key):
    with pytest.raises(Refused, match="已是成员"):
        actions.join(with_member, person=worker, part="member", joined_on=date(2020, 1, 1), by=master, key="a")
    member = with_member.members.get(person=worker)
    actions.leave(with_member, member=member, left_on=date(2023, 1, 1), by=master, key="b")
    assert with_member.members_on(date(2022, 12, 31)).count() == 2
    assert with_member.members_on(date(2023, 1, 1)).count() == 1
    with pytest.raises(Refused):
        actions.leave(with_member, member=member, left_on=date(2023, 1, 1), by=master, key=key)


def test_the_leader_does_not_leave(with_member, master, key):
    own = with_member.members.get(person=master)
    with pytest.raises(Refused, match="领衔人"):
        actions.leave(with_member, member=own, left_on=date(2023, 1, 1), by=master, key=key)


def test_visitors_see_confirmed_activities_only(activity, officer, stranger, key):
    assert not rules.SEE_ACTIVITY.among(stranger, Activity.objects.all()).exists()
    actions.accept_activity(activity, by=officer, key=key)
    assert rules.SEE_ACTIVITY.among(None, Activity.objects.all()).get() == activity
