"""The forms find the persons meant, and name the field that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gongchuang.contests import actions, forms
from gongchuang.contests.models import Contest
from gongchuang.contests.tests.conftest import fresh_key, sheet_of
from gongchuang.people.models import Person, Unit

pytestmark = pytest.mark.django_db


def test_a_leader_enters_others_by_work_number_or_name_and_nobody_else(
    make: Callable[..., Contest], worker: Person, leader: Person, rival: Person, district_officer: Person
) -> None:
    contest = make()
    for said, person in (("", None), ("A001", worker), ("张伟明", worker), (leader.name, leader)):
        form = forms.EnterForm({"person": said}, person=leader, record=contest)
        assert form.is_valid(), form.errors
        assert form.cleaned_data == {"person": person}
    for said in (rival.name, "没有这个人"):
        form = forms.EnterForm({"person": said}, person=leader, record=contest)
        assert list(form.errors) == ["person"]


def test_a_team_is_a_list_of_names(make: Callable[..., Contest], worker: Person, worker2: Person, leader: Person) -> None:
    contest = make(entrants="team")
    form = forms.EnterForm({"members": "A001\n 刘建军", "name": "叶轮先锋"}, person=leader, record=contest)
    assert form.is_valid()
    assert form.cleaned_data == {"members": [worker, worker2], "name": "叶轮先锋"}


def test_a_unit_enters_with_a_product_and_only_ones_own(
    make: Callable[..., Contest], officer: Person, factory: Unit, other_factory: Unit
) -> None:
    contest = make(entrants="unit")
    assert forms.EnterForm({"unit": factory.code, "product": "风机叶片"}, person=officer, record=contest).is_valid()
    wrong = forms.EnterForm({"unit": other_factory.code, "product": ""}, person=officer, record=contest)
    assert set(wrong.errors) == {"unit", "product"}


def test_one_organises_for_the_units_of_ones_posts(
    officer: Person, district_officer: Person, worker: Person, factory: Unit, team: Unit, district: Unit
) -> None:
    assert {factory, team} <= set(forms.organising(officer))
    assert list(forms.organising(district_officer)) == [district]
    assert not forms.organising(worker).exists()


def test_a_form_makes_a_contest(district_officer: Person, district: Unit) -> None:
    said: dict[str, Any] = {
        "unit": district.code, "title": "焊工技能竞赛", "kind": "labour", "level": "industry", "tags": ["green"],
        "entrants": "person", "template": "fitter", "prize_table": "skill", "opens_on": "2026-06-01",
        "closes_on": "2026-06-20", "held_on": "2026-06-28",
    }  # fmt: skip
    form = forms.CreateForm(said, person=district_officer)
    assert form.is_valid(), form.errors
    contest = actions.create(by=district_officer, key=fresh_key(), **form.cleaned_data)
    assert (contest.tags, len(contest.scheme().criteria), len(contest.prize_table())) == (["green"], 7, 3)


def test_a_judge_s_form_has_a_field_a_criterion_and_names_the_wrong_one(begun: Contest, judges: list[Person], worker: Person) -> None:
    sheet = sheet_of(begun, worker, judges[0])
    form = forms.MarkForm({"mark_fit": "60", "mark_theory": " "}, person=judges[0], record=sheet)
    assert form.is_valid()
    assert form.cleaned_data == {"marks": {"fit": "60", "theory": None}, "note": ""}
    for said in ("61", "-1", "0.5", "很好", "1e9"):
        form = forms.MarkForm({"mark_fit": said}, person=judges[0], record=sheet)
        assert list(form.errors) == ["mark_fit"]
