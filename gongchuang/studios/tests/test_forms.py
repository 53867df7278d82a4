"""Bad input gets a clear word at its field and loses nothing."""

from datetime import date

import pytest

from gongchuang.studios import forms

NUMBERS = {
    "stations_total": "31",
    "stations_automated": "30",
    "output_fen": "38,000,000.00",
    "basis": "output",
    "heads_tenths": "10",
    "evidence": "报表",
}


def measure(leader, **changed):
    given = {"unit": leader.unit.code, "ends_on": "2024-04-01", **NUMBERS, **changed}
    return forms.MeasureForm(given, person=leader)


def test_numbers_are_cleaned_to_fen_and_tenths(leader):
    form = measure(leader)
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["output_fen"], form.cleaned_data["heads_tenths"]) == (3_800_000_000, 100)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stations_total", "0"),
        ("stations_total", "三十一"),
        ("stations_automated", "32"),
        ("output_fen", "-1"),
        ("heads_tenths", "0"),
        ("basis", "profit"),
        ("evidence", ""),
        ("evidence", "长" * 121),
        ("ends_on", "2024-13-01"),
        ("unit", "NOWHERE"),
    ],
)
def test_a_wrong_number_is_named_at_its_field(leader, field, value):
    form = measure(leader, **{field: value})
    assert not form.is_valid()
    assert field in form.errors


def test_a_leader_chooses_only_own_teams(leader, other_factory, stranger):
    assert list(measure(leader).fields["unit"].queryset) == [leader.unit]


def test_persons_are_named_by_work_number_or_full_name(studio, worker, worker2, master):
    given = {"function": "study", "title": "学习", "held_on": "2026-06-01", "persons": "A001、刘建军\nA001"}
    form = forms.LogForm(given, person=master, record=studio)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["persons"] == [worker, worker2]


def test_a_name_nobody_or_several_bear_is_refused_with_a_cure(studio, worker, master, cast, team):
    cast.person(team, "张伟明", work_no="A777")
    given = {"function": "study", "title": "学习", "held_on": "2026-06-01"}
    nobody = forms.LogForm({**given, "persons": "李四"}, person=master, record=studio)
    several = forms.LogForm({**given, "persons": "张伟明"}, person=master, record=studio)
    assert "没有找到“李四”" in str(nobody.errors["persons"])
    assert "请改填工号" in str(several.errors["persons"])


def test_people_of_another_enterprise_are_not_found(studio, stranger, master):
    given = {"function": "study", "title": "学习", "held_on": "2026-06-01", "persons": stranger.name}
    assert not forms.LogForm(given, person=master, record=studio).is_valid()


def test_an_application_says_which_fields_are_missing(master):
    form = forms.ApplyForm({}, person=master)
    assert not form.is_valid()
    assert {"name", "leader", "level", "kind", "field", "founded_on"} <= set(form.errors)


def test_an_application_names_its_mother_by_number(with_member, worker):
    given = {
        "name": "张伟明创新工作室", "leader": "A001", "level": "city", "kind": "worker", "field": "锥销", "founded_on": "2021-01-01",
        "mother": with_member.no,
    }  # fmt: skip
    form = forms.ApplyForm(given, person=worker)
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["mother"], form.cleaned_data["founded_on"]) == (with_member, date(2021, 1, 1))
