import pytest

from gongchuang.academy import actions
from gongchuang.academy.models import Academy
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Event


def test_an_academy_is_founded_by_several_units_an_outside_institute_among_them(applied, factory, institute):
    assert applied.state == "applied"
    assert applied.no == "XY-2026-00001"
    assert {unit.code for unit in applied.founders.all()} == {factory.code, institute.code}


def test_a_stranger_cannot_apply_for_another_enterprise(stranger, factory, institute, key):
    with pytest.raises(NotYours):
        actions.apply(factory, "假学院", "city", "enterprise", [institute], 90, by=stranger, key=key)
    assert not Academy.objects.exists()


def test_a_self_assessment_of_79_is_not_accepted(officer, factory, institute, key):
    with pytest.raises(Refused) as refused:
        actions.apply(factory, "海岳学院", "city", "enterprise", [institute], 79, by=officer, key=key)
    assert refused.value.field == "self_score"
    actions.apply(factory, "海岳学院", "city", "enterprise", [institute], 80, by=officer, key=f"{key}2")


def test_one_founder_alone_is_not_enough(officer, factory, key):
    with pytest.raises(Refused) as refused:
        actions.apply(factory, "海岳学院", "city", "enterprise", [factory], 90, by=officer, key=key)
    assert refused.value.field == "founders"


def test_a_second_press_makes_no_second_academy(officer, factory, institute, key):
    first, second = (actions.apply(factory, "海岳学院", "city", "enterprise", [institute], 90, by=officer, key=key) for _ in range(2))
    assert first == second
    assert Event.objects.filter(action="academy.apply").count() == 1


def test_a_name_is_taken_once(applied, officer, factory, institute, key):
    with pytest.raises(Refused) as refused:
        actions.apply(factory, applied.name, "city", "enterprise", [institute], 90, by=officer, key=key)
    assert refused.value.field == "name"
