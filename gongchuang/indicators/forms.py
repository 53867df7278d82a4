"""The inputs of observations."""

from __future__ import annotations

from typing import Any

from django import forms

from gongchuang.indicators import catalogue
from gongchuang.kernel.choosing import RecordField, narrow
from gongchuang.kernel.desk import ActForm
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.period import Period
from gongchuang.kernel.quantity import yuan_to_fen
from gongchuang.kernel.text import Text
from gongchuang.people import unit as tree
from gongchuang.people.models import Unit

MOST = 10**17  # in fen, or pieces: a hundred times what a province earns in a year


class EnterForm(ActForm):
    """A number from before the platform; money is typed in yuan."""

    indicator = forms.ChoiceField(label=Text("指标", "Figure"))
    unit = RecordField(Text("单位", "Unit"), Unit.objects.none(), to_field_name="code")
    period = forms.CharField(
        label=Text("期间", "Period"),
        max_length=40,
        help_text=Text("如 2023、2018–2023、2024-05", "Such as 2023, 2018–2023, 2024-05"),
    )
    value = forms.CharField(label=Text("数值", "Value"), max_length=30)
    source = forms.CharField(label=Text("来源文件", "Source document"), max_length=200)
    source_no = forms.CharField(label=Text("文号", "Document no."), max_length=60, required=False)
    source_on = forms.DateField(label=Text("文件日期", "Date of the document"), required=False)
    note = forms.CharField(label=Text("说明", "Note"), max_length=300, required=False, widget=forms.Textarea)

    def prepare(self) -> None:
        self.fields["indicator"].choices = [(one.key, one.label) for one in catalogue.INDICATORS.values() if one.is_published]  # type: ignore[attr-defined]
        narrow(self, "unit", _units_of(self.person))

    def clean_period(self) -> Period:
        try:
            return Period.parse(self.cleaned_data["period"])
        except ValueError:
            raise forms.ValidationError(
                str(Text("看不懂这个期间。请写成 2023、2018–2023 或 2024-05。", "Not a period. Write 2023, 2018–2023 or 2024-05."))
            ) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        definition = catalogue.INDICATORS.get(cleaned.get("indicator", ""))
        if definition is not None and "value" in cleaned:
            cleaned["value"] = self._number(cleaned["value"], is_money=definition.is_money)
        period = cleaned.pop("period", None)
        if period is not None:
            cleaned |= {"start_on": period.start, "last_on": period.last_day}
        return cleaned

    def _number(self, said: str, *, is_money: bool) -> int | None:
        try:
            number = yuan_to_fen(said) if is_money else int(said.replace(",", "").replace("，", "").strip())
        except (ValueError, Refused):
            self.add_error("value", str(Text("请填一个数字。", "Please enter a number.")))
            return None
        if abs(number) > MOST:
            self.add_error("value", str(Text("这个数太大，请核对。", "This number is too large. Please check it.")))
            return None
        return number


def _units_of(person: Any) -> Any:
    """The units a person may enter numbers for, down to enterprises."""
    spans = [(low, high) for role, low, high in person.grants() if role in {"leader", "officer", "district", "city"}]
    found = Unit.objects.none()
    for low, high in spans:
        found = found | Unit.objects.filter(path__range=(low, high), level__lte=tree.ENTERPRISE)
    return found.order_by("path")
