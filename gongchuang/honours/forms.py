"""What is filled in about selections (表单)."""

from __future__ import annotations

from typing import Any

from django import forms

from gongchuang.honours import rules
from gongchuang.honours.models import Nomination
from gongchuang.kernel.choosing import RecordField, narrow
from gongchuang.kernel.desk import ActForm
from gongchuang.kernel.fields import SeveralField, YuanField, day
from gongchuang.kernel.text import Text
from gongchuang.people.fields import PersonField
from gongchuang.people.models import Person, Title, Unit
from gongchuang.results.models import Result


class RoundForm(ActForm):
    unit = RecordField(Text("主办单位", "Held by"), Unit.objects.none(), to_field_name="code")
    name = forms.CharField(label=Text("评选名称", "Name"), max_length=80)
    title = RecordField(Text("称号", "Title"), Title.objects.order_by("pk"))
    quota = forms.IntegerField(label=Text("名额", "Quota"), min_value=1, max_value=5000)
    recommend_until = day(Text("推荐截止", "Recommend until"))
    issuers = forms.CharField(
        label=Text("授予单位", "Issuers"),
        max_length=80,
        required=False,
        help_text=Text("几家联合授予时用顿号隔开。", "Several are parted by 、."),
    )
    publicity_days = forms.IntegerField(label=Text("公示天数（工作日）", "Working days of notice"), min_value=1, max_value=30, initial=5)
    prize_fen = YuanField(label=Text("每项奖金（元）", "Prize each (yuan)"), required=False)

    def prepare(self) -> None:
        narrow(self, "unit", rules.OPEN.among(self.person, Unit.objects.all()).order_by("path"))


class RecommendForm(ActForm):
    person = PersonField(label=Text("推荐谁", "Whom"))
    collective = RecordField(Text("推荐哪个集体", "Which team or unit"), Unit.objects.none(), to_field_name="code")
    result = RecordField(Text("推荐哪项成果", "Which result"), Result.objects.none(), to_field_name="no")
    deeds = forms.CharField(label=Text("事迹", "Deeds"), max_length=500, widget=forms.Textarea({"rows": 3}))

    def prepare(self) -> None:
        """Only the field of the kind that the title is for."""
        holder = self.record.holder if self.record is not None else "person"
        wanted = "collective" if holder == "unit" else holder
        for name in {"person", "collective", "result"} - {wanted}:
            del self.fields[name]
        units = rules.RECOMMEND.among(self.person, Unit.objects.all())
        fields: Any = self.fields
        if wanted == "person":
            fields["person"].among = Person.objects.active().filter(unit__in=units)
        elif wanted == "collective":
            fields["collective"].queryset = units.order_by("path")
        else:
            fields["result"].queryset = Result.objects.filter(state="recognised", is_confidential=False, unit__in=units).order_by("-pk")


class PublishForm(ActForm):
    nominations = SeveralField(label=Text("拟命名", "To be named"), queryset=Nomination.objects.none(), widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        if self.record is not None:
            rows = self.record.nominations.filter(state="recommended")
            self.fields["nominations"].queryset = rows.select_related("person", "collective", "result")  # type: ignore[attr-defined]

    def clean_nominations(self) -> list[Nomination]:
        return list(self.cleaned_data["nominations"])


class DocumentForm(ActForm):
    document_no = forms.CharField(
        label=Text("文号", "Document number"),
        max_length=60,
        help_text=Text("例如 海工发〔2026〕12号", "As printed on it"),
    )


class ObjectForm(ActForm):
    text = forms.CharField(
        label=Text("异议", "Objection"),
        min_length=5,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=Text(
            "请写明事实；以您的实名提交，只有主办单位看得到。",
            "State the facts; your name is shown to the organiser only.",
        ),
    )


class GrantForm(ActForm):
    title = RecordField(Text("称号", "Title"), Title.objects.exclude(holder="result").order_by("pk"))
    person = PersonField(label=Text("授予谁", "To whom"), required=False)
    collective = forms.CharField(
        label=Text("授予哪个集体", "To which team or unit"),
        max_length=120,
        required=False,
        help_text=Text("集体称号填单位全称或代码。", "For a collective title: full name or code."),
    )
    issuer = forms.CharField(label=Text("授予单位", "Issuer"), max_length=80)
    document_no = forms.CharField(label=Text("文号", "Document number"), max_length=60)
    granted_on = day(Text("授予日期", "Granted on"))

    def clean_collective(self) -> Unit | None:
        said = self.cleaned_data["collective"].strip()
        found = Unit.objects.by_name_or_code(said) if said else None
        if said and found is None:
            raise forms.ValidationError(
                str(Text(f"没有“{said}”。请填单位全称或代码。", f"No unit “{said}”. Give the full name or the code."))
            )
        return found


class ReplyForm(ActForm):
    reply = forms.CharField(label=Text("核查结论", "Finding"), min_length=2, max_length=500, widget=forms.Textarea({"rows": 3}))
