"""Choosing one record: in sight where there are few, typed where there are many, never a page with a whole city in it."""

from __future__ import annotations

import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongchuang.kernel import choosing
from gongchuang.kernel.choosing import RecordField, narrow
from gongchuang.kernel.text import Text
from gongchuang.people.fields import PersonField, PersonsField
from gongchuang.people.models import Person, Unit


class Form(forms.Form):
    unit = RecordField(Text("单位", "Unit"), Unit.objects.none(), to_field_name="code")
    person = PersonField(label="人", required=False)
    persons = PersonsField(label="人员", required=False)


def form_of(rows, data=None):
    form = Form(data)
    narrow(form, "unit", rows)
    return form


@pytest.fixture
def few(monkeypatch):
    """Three are many here."""
    monkeypatch.setattr(choosing, "MOST", 2)
    monkeypatch.setattr("gongchuang.people.fields.MOST", 2)


def test_few_stand_in_a_select_read_once(cast, factory, workshop):
    with CaptureQueriesContext(connection) as asked:
        form = form_of(Unit.objects.inside(factory).order_by("path"))
        drawn = str(form["unit"])
    assert drawn.count("<option") == 1 + 2
    assert "<select" in drawn
    assert len(asked) == 1


def test_many_are_typed_and_no_more_than_one_over_the_most_is_read(cast, factory, workshop, few):
    cast.unit(workshop, "team", "叶轮装配班")
    with CaptureQueriesContext(connection) as asked:
        form = form_of(Unit.objects.inside(factory).order_by("path"))
        drawn = str(form["unit"])
    assert 'data-options="unit"' in drawn
    assert "<option" not in drawn
    assert len(asked) == 1
    assert "LIMIT 3" in asked[0]["sql"]


def test_what_leaves_no_choice_is_filled_in(factory):
    assert form_of(Unit.objects.filter(pk=factory.pk))["unit"].initial == factory.code


@pytest.mark.parametrize("said", ["HYFJ", "海岳风机有限公司", "海岳风机", " 海岳风机 "])
def test_a_number_or_a_whole_name_is_the_one(factory, few, said):
    form = form_of(Unit.objects.all(), {"unit": said})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["unit"] == factory


def test_a_name_of_several_and_one_that_nobody_has_are_told_with_their_cure(cast, factory, workshop):
    one = cast.unit(workshop, "team", "叶轮装配班")
    cast.unit(factory, "team", "叶轮装配班")
    assert form_of(Unit.objects.all(), {"unit": "叶轮装配班"}).errors["unit"] == ["有几项同名，请改填编号。"]
    assert form_of(Unit.objects.all(), {"unit": one.code}).is_valid()
    assert form_of(Unit.objects.all(), {"unit": "叶轮"}).errors["unit"] == ["没有这一项，或不在您的范围内。请填编号或完整名称。"]


@pytest.mark.parametrize("said", ["\0", "x" * 5000, "' OR 1=1 --", "%"])
def test_odd_words_mean_nobody(factory, said):
    assert "unit" in form_of(Unit.objects.all(), {"unit": said}).errors


def test_nothing_outside_of_what_the_form_allows_is_meant_or_suggested(factory, other_factory):
    inside = Unit.objects.inside(factory)
    assert "unit" in form_of(inside, {"unit": other_factory.code}).errors
    assert "unit" in form_of(inside, {"unit": other_factory.name}).errors
    field = form_of(inside).fields["unit"]
    assert list(field.suggested("风机", None)) == [(factory.code, "海岳风机")]
    assert list(field.suggested(other_factory.code, None)) == []
    assert list(field.suggested("曲轴", None)) == []


def test_persons_are_suggested_by_name_and_by_work_number(worker, worker2, leader):
    field = PersonField()
    field.among = Person.objects.active().exclude(pk=leader.pk)
    assert list(field.suggested("张伟", leader)) == [("A001", "张伟明 · 叶轮装配班")]
    assert list(field.suggested("a002", leader)) == [("A002", "刘建军 · 叶轮装配班")]
    assert list(field.suggested("李国栋", leader)) == []


def test_a_field_for_anybody_in_the_city_suggests_nobody(worker):
    assert list(PersonField().suggested("张伟明", worker)) == []
    assert PersonField().clean("A001") == worker  # whoever knows the number may write it


def test_nobody_is_suggested_whose_name_the_reader_may_not_read_whole(worker, judge, stranger, district_officer):
    field = PersonField()
    field.among = Person.objects.active()
    assert list(field.suggested("张伟明", judge)) == []  # works for the city, leads nobody
    assert list(field.suggested("张伟明", stranger)) == []
    assert [said for said, _ in field.suggested("张伟明", district_officer)] == ["A001"]


def test_several_persons_are_chosen_from_a_teams_few_or_named(worker, worker2, leader, monkeypatch):
    form = Form()
    form.fields["persons"].narrow(Person.objects.active().order_by("name"))
    assert f'value="{worker.uid}"' in str(form["persons"])
    assert form.fields["persons"].clean([str(worker.uid), "A002"]) == [worker, worker2]
    monkeypatch.setattr("gongchuang.people.fields.MOST", 2)
    assert "<textarea" in str(form["persons"])
    assert form.fields["persons"].clean(["张伟明、刘建军"]) == [worker, worker2]
