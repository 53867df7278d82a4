"""Bad input gets a clear word at its field; aims are read from the lines people write."""

import pytest

from gongchuang.matchmaker import forms

NEED = {
    "title": "球铁曲轴微裂纹", "abstract": "求预热工艺", "text": "六缸球铁曲轴", "kind": "process", "industry": "汽车零部件", "way": "develop",
    "tier": "open", "valid_until": "2027-06-01", "contact_name": "钱进", "contact_phone": "138 1234-5678", "budget_fen": "400,000",
    "aims": "开裂率：1.8% → 0.3%\n节拍: 90 秒->60 秒",
}  # fmt: skip


def collect(officer, **changed):
    return forms.CollectForm({"unit": officer.unit.code, **NEED, **changed}, person=officer)


def test_lines_become_aims_and_yuan_become_fen(officer):
    form = collect(officer)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["aims"] == [("开裂率", "1.8%", "0.3%", ""), ("节拍", "90 秒", "60 秒", "")]
    assert (form.cleaned_data["budget_fen"], form.cleaned_data["contact_phone"]) == (40_000_000, "13812345678")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "长" * 81),
        ("abstract", "长" * 301),
        ("kind", "魔法"),
        ("tier", ""),
        ("valid_until", "明年"),
        ("contact_phone", "12345"),
        ("contact_phone", "打我电话"),
        ("budget_fen", "面议"),
        ("budget_fen", "-5"),
        ("aims", "越高越好"),
        ("unit", "NOWHERE"),
        ("visit", "ZF-2026-99999"),
    ],
)
def test_a_wrong_entry_is_named_at_its_field(officer, field, value):
    form = collect(officer, **{field: value})
    assert not form.is_valid()
    assert field in form.errors


def test_an_aim_without_target_names_its_line_and_the_cure(officer):
    said = str(collect(officer, aims="开裂率：1.8% → 0.3%\n寿命很长").errors["aims"])
    assert "第 2 行" in said
    assert "名称：现值 → 目标" in said


def test_an_officer_collects_for_their_own_enterprise_only(officer, factory, stranger):
    form = collect(officer)
    assert list(form.fields["unit"].queryset) == [factory]
    assert form["unit"].initial == factory.code
    assert not collect(officer, unit=stranger.unit.code).is_valid()


def test_a_decline_needs_reason_and_words(officer):
    form = forms.DeclineForm({"reason": "", "note": ""}, person=officer)
    assert not form.is_valid()
    assert set(form.errors) == {"reason", "note"}


def test_a_returned_need_comes_back_filled_in(need, officer):
    form = forms.CorrectForm(person=officer, record=need)
    assert form.fields["aims"].initial == "开裂率：1.8% → 0.3%"
    assert "415" in form.fields["text"].initial
