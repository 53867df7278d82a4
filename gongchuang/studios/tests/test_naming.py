"""From application to naming and striking off: each step by somebody else, each by document and day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongchuang.kernel import waiting
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Notice, Waiting
from gongchuang.studios import actions, rules
from gongchuang.studios.models import Studio
from gongchuang.studios.tests.conftest import applied


def test_a_studio_is_named_in_three_steps_by_three_persons(applying, master, officer, district_officer, city_officer, key):
    assert Waiting.objects.get().act == "recommend"
    actions.recommend(applying, by=officer, key="a")
    actions.review(applying, by=district_officer, key="b")
    assert waiting.of(city_officer).get().act == "name"
    actions.name(applying, document_no="海工发〔2018〕7号", named_on=date(2018, 3, 1), by=city_officer, key=key)
    applying.refresh_from_db()
    assert (applying.state, applying.document_no, applying.named_by) == ("named", "海工发〔2018〕7号", city_officer)
    assert applying.members.get().part == "leader"
    assert Notice.objects.filter(person_uid=master.uid).exists()
    assert not Waiting.objects.exists()


def test_nobody_decides_on_their_own_studio(applying, master, officer, cast, factory, key):
    cast.person(factory, "他人", "officer")
    for role in ("officer", "district", "city"):
        cast_post(cast, master, role, factory)
    with pytest.raises(NotYours):
        actions.recommend(applying, by=master, key=key)
    actions.recommend(applying, by=officer, key="a")
    with pytest.raises(NotYours):
        actions.review(applying, by=master, key="b")


def cast_post(cast, person, role, unit):
    from gongchuang.people.models import Post

    Post.objects.bulk_create([Post(person=person, role=role, unit=unit, start_on=date(2020, 1, 1))])
    person.forget_grants()


def test_one_person_does_not_take_two_steps(applying, officer, district_officer, cast, factory, key):
    cast_post(cast, officer, "district", factory)
    actions.recommend(applying, by=officer, key="a")
    with pytest.raises(NotYours):
        actions.review(applying, by=officer, key=key)


def test_a_city_studio_is_not_named_by_the_district(applying, officer, district_officer, key):
    actions.recommend(applying, by=officer, key="a")
    with pytest.raises(NotYours):
        actions.name(applying, document_no="文1", named_on=date(2018, 3, 1), by=district_officer, key=key)


def test_an_enterprise_names_its_own_by_a_second_officer(master, officer, second_officer, key):
    own = applied(master, "赵铁山工作室", level="enterprise")
    actions.recommend(own, by=officer, key="a")
    with pytest.raises(NotYours):
        actions.name(own, document_no="厂工〔2018〕1号", named_on=date(2018, 3, 1), by=officer, key="b")
    actions.name(own, document_no="厂工〔2018〕1号", named_on=date(2018, 3, 1), by=second_officer, key=key)
    assert own.state == "named"


def test_a_person_leads_one_named_studio_a_level(studio, master, key):
    with pytest.raises(Refused, match="已领衔市级工作室") as refused:
        applied(master, "第二个")
    assert refused.value.field == "leader"
    assert applied(master, "区里的", level="district").state == "applied"


def test_the_database_refuses_a_second_named_studio_of_one_level(studio, master):
    other = applied(master, "另一个", level="district")
    with pytest.raises(IntegrityError), transaction.atomic():
        Studio.objects.filter(pk=other.pk).update(level="city", state="named", named_on=date(2020, 1, 1), document_no="文2")


def test_the_database_refuses_a_name_without_document(applying):
    with pytest.raises(IntegrityError), transaction.atomic():
        Studio.objects.filter(pk=applying.pk).update(state="named", named_on=date(2020, 1, 1))


def test_returned_with_a_reason_it_comes_back_put_right(applying, officer, master, key):
    actions.send_back(applying, reason="缺场地照片", by=officer, key="a")
    assert waiting.of(master).get().act == "reapply"
    actions.reapply(applying, field="叶轮装配", introduction="场地 60 平方米", by=master, key=key)
    assert (applying.state, applying.recommended_by) == ("applied", None)


@pytest.mark.parametrize(("named_on", "field"), [(date(2026, 6, 13), "named_on"), (date(2010, 1, 1), "named_on")])
def test_a_naming_day_lies_between_founding_and_today(applying, officer, district_officer, city_officer, named_on, field, key):
    actions.recommend(applying, by=officer, key="a")
    actions.review(applying, by=district_officer, key="b")
    with pytest.raises(Refused) as refused:
        actions.name(applying, document_no="文", named_on=named_on, by=city_officer, key=key)
    assert refused.value.field == field


def test_struck_off_leaves_the_count_from_that_day(studio, city_officer, key):
    assert Studio.objects.standing_on(date(2018, 3, 1)).count() == 1
    assert Studio.objects.standing_on(date(2018, 2, 28)).count() == 0
    actions.strike_off(studio, reason="一年无成果", struck_off_on=date(2025, 1, 10), by=city_officer, key=key)
    assert Studio.objects.standing_on(date(2025, 1, 9)).count() == 1
    assert Studio.objects.standing_on(date(2025, 1, 10)).count() == 0
    with pytest.raises(Refused):
        actions.log(studio, function="study", title="学习", held_on=date(2025, 2, 1), persons=[studio.leader], by=studio.leader, key="x")


def test_a_studio_asked_to_put_things_right_still_counts(studio, district_officer, key):
    actions.rectify(studio, reason="台账不全", by=district_officer, key="a")
    assert Studio.objects.standing().count() == 1
    assert Waiting.objects.get().act == "restore"
    actions.restore(studio, by=district_officer, key=key)
    assert studio.state == "named"


def test_everybody_sees_named_studios_and_only_those_concerned_the_rest(applying, studio, stranger, worker2, master):
    waiting_one = applied(master, "申报中的", level="district")
    seen = rules.SEE.among(None, Studio.objects.all())
    assert list(seen) == [studio]
    assert list(rules.SEE.among(stranger, Studio.objects.all())) == [studio]
    assert set(rules.SEE.among(master, Studio.objects.all())) == {studio, waiting_one}


def test_a_district_studio_waits_for_its_naming_by_the_district(master, officer, district_officer, city_officer, key):
    own = applied(master, "赵铁山工作室", level="district")
    actions.recommend(own, by=officer, key="a")
    assert waiting.of(district_officer).get().act == "name"
    with pytest.raises(Refused):
        actions.review(own, by=city_officer, key="b")
    actions.name(own, document_no="东工字〔2018〕1号", named_on=date(2018, 3, 1), by=district_officer, key=key)
    assert own.state == "named"
