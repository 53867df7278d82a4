"""What is filled in about studios, groups, apprenticeships and team measures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongchuang.kernel.choosing import RecordField, narrow
from gongchuang.kernel.desk import ActForm, ReasonForm
from gongchuang.kernel.fields import YuanField, box, day, line
from gongchuang.kernel.text import Text
from gongchuang.people.fields import PersonField, PersonsField
from gongchuang.people.models import Person, Unit
from gongchuang.results.models import Result
from gongchuang.studios import models, rules
from gongchuang.studios.models import Studio, StudioMember


def among(form: forms.Form, name: str, rows: QuerySet[Person]) -> None:
    form.fields[name].among = rows  # type: ignore[attr-defined]


def colleagues(person: Person | None) -> QuerySet[Person]:
    """The active persons of the person's own enterprise, or of their federation."""
    return Person.objects.active().inside(person.unit.enterprise) if person else Person.objects.none()


class ApplyForm(ActForm):
    name = line(Text("工作室名称", "Name"), 60, help_text=Text("例如 赵铁山创新工作室", "Usually the leader's name"))
    leader = PersonField(label=Text("领衔人", "Leader"))
    level = forms.ChoiceField(label=Text("申报级别", "Level"), choices=models.LEVELS.choices)
    kind = forms.ChoiceField(label=Text("类别", "Kind"), choices=models.KINDS.choices)
    field = line(Text("攻关方向", "What it tackles"), 80)
    founded_on = day(Text("成立日期", "Founded on"))
    mother = RecordField(
        Text("母工作室", "Grown out of"),
        Studio.objects.none(),
        required=False,
        to_field_name="no",
        help_text=Text("领衔人曾是哪个工作室的成员（1+N）。", "The studio its leader was a member of (1+N)."),
    )
    industry = line(Text("行业", "Industry"), 40, required=False)
    introduction = box(Text("简介", "Introduction"), 2000, required=False)

    more = ("industry", "introduction")

    def prepare(self) -> None:
        among(self, "leader", colleagues(self.person))
        narrow(self, "mother", Studio.objects.standing().order_by("name"))
        if self.person is not None:
            self.fields["leader"].initial = self.person.work_no or self.person.name


class ReapplyForm(ActForm):
    field = line(Text("攻关方向", "What it tackles"), 80)
    introduction = box(Text("简介", "Introduction"), 2000, required=False)

    def prepare(self) -> None:
        if self.record is not None:
            self.fields["field"].initial = self.record.field
            self.fields["introduction"].initial = self.record.introduction


class NameForm(ActForm):
    document_no = line(Text("命名文号", "Document number"), 40, help_text=Text("例如 海工发〔2026〕12号", "As printed on the document"))
    named_on = day(Text("命名日期", "Named on"))


class StrikeOffForm(ReasonForm):
    struck_off_on = day(Text("摘牌日期", "Struck off on"))


class MotherForm(ActForm):
    mother = RecordField(Text("母工作室", "Grown out of"), Studio.objects.none(), to_field_name="no")

    def prepare(self) -> None:
        rows = Studio.objects.standing().order_by("name")
        narrow(self, "mother", rows.exclude(pk=self.record.pk) if self.record else rows)


class JoinForm(ActForm):
    person = PersonField(label=Text("成员", "Member"))
    part = forms.ChoiceField(label=Text("身份", "Part"), choices=models.PARTS.choices[1:])
    joined_on = day(Text("加入日期", "Joined on"))

    def prepare(self) -> None:
        if self.record is not None:
            among(self, "person", Person.objects.active().inside(self.record.unit))


class LeaveForm(ActForm):
    member = RecordField(Text("成员", "Member"), StudioMember.objects.none())
    left_on = day(Text("退出日期", "Left on"))

    def prepare(self) -> None:
        if self.record is not None:
            rows = self.record.members.filter(left_on=None).exclude(part="leader").select_related("person", "studio")
            narrow(self, "member", rows)


class LogForm(ActForm):
    function = forms.ChoiceField(label=Text("活动类型", "Function"), choices=models.FUNCTIONS.choices, widget=forms.RadioSelect)
    title = line(Text("活动名称", "What was done"), 80)
    held_on = day(Text("日期", "Day"))
    persons = PersonsField(label=Text("参加人", "Who took part"))
    note = box(Text("记录", "Notes"), 2000, required=False)

    def prepare(self) -> None:
        studio = getattr(self.record, "studio", self.record)
        if studio is not None:
            among(self, "persons", Person.objects.active().inside(studio.unit))
            members = studio.members.filter(left_on=None).select_related("person").order_by("person__name")
            self.fields["persons"].initial = "\n".join(member.person.work_no or member.person.name for member in members)


class CorrectActivityForm(LogForm):
    def prepare(self) -> None:
        super().prepare()
        if self.record is not None:
            for name in ("function", "title", "held_on", "note"):
                self.fields[name].initial = getattr(self.record, name)
            parts = self.record.parts.select_related("person")
            self.fields["persons"].initial = "\n".join(part.person.work_no or part.person.name for part in parts)


class ResultForm(ActForm):
    result = RecordField(Text("成果", "Result"), Result.objects.none(), to_field_name="no")

    def prepare(self) -> None:
        if self.record is not None:
            members = self.record.members.values("person")
            narrow(self, "result", Result.objects.filter(makers__person__in=members, studio_link=None).distinct().order_by("-pk"))


class ProposeForm(ActForm):
    apprentice = PersonField(label=Text("徒弟", "Apprentice"))
    trade = line(Text("工种", "Trade"), 40)
    goals = box(Text("带徒目标", "Goals"), 300)
    starts_on = day(Text("开始日期", "From"))
    ends_on = day(Text("结束日期", "To"))
    studio = RecordField(Text("所在工作室", "Studio"), Studio.objects.none(), required=False, to_field_name="no")

    def prepare(self) -> None:
        among(self, "apprentice", colleagues(self.person))
        if self.person is not None:
            narrow(self, "studio", Studio.objects.standing().filter(members__person=self.person).distinct())


class OutcomeForm(ActForm):
    outcome = box(Text("带徒成效", "What was reached"), 300)


class RegisterForm(ActForm):
    kind = forms.ChoiceField(label=Text("类别", "Kind"), choices=models.GROUP_KINDS.choices)
    name = line(Text("名称", "Name"), 60)
    unit = RecordField(Text("所在单位", "Unit"), Unit.objects.none(), to_field_name="code")
    leader = PersonField(label=Text("负责人", "Leader"))
    members = PersonsField(label=Text("成员", "Members"), required=False)
    field = line(Text("攻关方向", "What it tackles"), 80)
    founded_on = day(Text("成立日期", "Founded on"))
    studio = RecordField(Text("带出它的工作室", "Grown out of the studio"), Studio.objects.none(), required=False, to_field_name="no")

    def prepare(self) -> None:
        rows = Unit.objects.filter(kind__in=["enterprise", "public_body", "school", "workshop", "team"])
        narrow(self, "unit", rules.REGISTER.among(self.person, rows).order_by("path"))
        narrow(self, "studio", Studio.objects.standing().order_by("name"))
        among(self, "leader", colleagues(self.person))
        among(self, "members", colleagues(self.person))
        if self.person is not None:
            self.fields["unit"].initial = self.person.unit.code


class JoinGroupForm(ActForm):
    person = PersonField(label=Text("成员", "Member"))
    joined_on = day(Text("加入日期", "Joined on"))

    def prepare(self) -> None:
        if self.record is not None:
            among(self, "person", Person.objects.active().inside(self.record.unit))


class NumbersForm(ActForm):
    """The numbers of a team measure; the rates are reckoned, never typed."""

    stations_total = forms.IntegerField(label=Text("工位总数", "Stations"), min_value=1, max_value=100_000)
    stations_automated = forms.IntegerField(label=Text("自动化工位数", "Automated stations"), min_value=0, max_value=100_000)
    output_fen = YuanField(label=Text("十二个月产出（元）", "Output of the twelve months (yuan)"))
    basis = forms.ChoiceField(label=Text("产出口径", "Basis of the output"), choices=models.BASES.choices)
    heads_tenths = forms.DecimalField(
        label=Text("平均人数", "Average heads"), min_value=Decimal("0.1"), max_value=100_000, decimal_places=1
    )
    evidence = line(Text("数据来源", "Source document"), 120, help_text=Text("文件名称和编号", "Name and number of the document"))

    def clean_heads_tenths(self) -> int:
        return int(self.cleaned_data["heads_tenths"] * 10)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        total, automated = cleaned.get("stations_total"), cleaned.get("stations_automated")
        if total is not None and automated is not None and automated > total:
            self.add_error(
                "stations_automated",
                str(Text(f"自动化工位 {automated} 多于工位总数 {total}。", f"{automated} automated of {total} stations.")),
            )
        return cleaned


class MeasureForm(NumbersForm):
    unit = RecordField(Text("班组", "Team"), Unit.objects.none(), to_field_name="code")
    ends_on = day(
        Text("截止日期", "Twelve months before"), help_text=Text("统计到这一天之前的十二个月。", "The twelve months before this day.")
    )

    field_order = ("unit", "ends_on")

    def prepare(self) -> None:
        rows = Unit.objects.filter(kind__in=["workshop", "team"])
        narrow(self, "unit", rules.ENTER.among(self.person, rows).order_by("path"))


class NumbersAgainForm(NumbersForm):
    def prepare(self) -> None:
        if self.record is not None:
            for name in ("stations_total", "stations_automated", "basis", "evidence"):
                self.fields[name].initial = getattr(self.record, name)
            self.fields["output_fen"].initial = Decimal(self.record.output_fen) / 100
            self.fields["heads_tenths"].initial = Decimal(self.record.heads_tenths) / 10
