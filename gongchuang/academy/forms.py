"""What is filled in at the academy's desks (表单), for page, JSON, sheet and command alike."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongchuang.academy import codes, rules
from gongchuang.academy.models import Academy, Course, Enrolment, IndustryCollege, Lecturer, Order, PlanLine
from gongchuang.kernel.choosing import RecordField, narrow
from gongchuang.kernel.desk import ActForm
from gongchuang.kernel.fields import SeveralField, day, moment
from gongchuang.kernel.text import Text
from gongchuang.people.fields import PersonField, PersonsField
from gongchuang.people.models import LEVEL_CHOICES, Person, Unit

_AIMS = [("", Text("不定", "None")), *LEVEL_CHOICES[1:]]


def units_named(said: str) -> list[Unit]:
    """The units of a list of names or codes, one a line or between commas."""
    names = [name.strip() for name in re.split(r"[\n,，、;；]+", said) if name.strip()]
    found = {name: Unit.objects.by_name_or_code(name) for name in names}
    missing = [name for name, unit in found.items() if unit is None]
    if missing:
        said = Text(
            f"没有这些单位：{'、'.join(missing)}。请填单位全称或代码。",
            f"No such units: {', '.join(missing)}. Give the full name or the code.",
        )
        raise forms.ValidationError(str(said))
    return [unit for unit in found.values() if unit is not None]


class ApplyForm(ActForm):
    unit = RecordField(Text("依托单位", "Host unit"), Unit.objects.none(), to_field_name="code")
    name = forms.CharField(label=Text("学院名称", "Name"), max_length=80)
    level = forms.ChoiceField(label=Text("申报级别", "Level"), choices=codes.LEVELS.choices)
    kind = forms.ChoiceField(label=Text("类型", "Kind"), choices=codes.ACADEMY_KINDS.choices)
    founders = forms.CharField(
        label=Text("共建单位", "Founding units"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=Text("每行一家，填全称或代码；外部院校也可以。", "One a line, by full name or code; outside institutes too."),
    )
    self_score = forms.IntegerField(label=Text("自评分", "Self-assessment"), min_value=0, max_value=100)
    brand = forms.CharField(label=Text("特色工种", "Known for"), max_length=80, required=False)
    capacity = forms.IntegerField(label=Text("年培训能力（人）", "Persons a year"), min_value=0, max_value=1_000_000, required=False)

    def prepare(self) -> None:
        narrow(self, "unit", rules.APPLY.among(self.person, Unit.objects.all()).order_by("path"))

    def clean_founders(self) -> list[Unit]:
        return units_named(self.cleaned_data["founders"])

    def clean_capacity(self) -> int:
        return self.cleaned_data["capacity"] or 0


class ReapplyForm(ActForm):
    self_score = forms.IntegerField(label=Text("自评分", "Self-assessment"), min_value=0, max_value=100)
    brand = forms.CharField(label=Text("特色工种", "Known for"), max_length=80, required=False)


class ReviewForm(ActForm):
    review_score = forms.IntegerField(label=Text("审核评分", "Review score"), min_value=0, max_value=100)


class DocumentForm(ActForm):
    document_no = forms.CharField(
        label=Text("文号", "Document number"),
        max_length=40,
        help_text=Text("例如 海工发〔2026〕12号", "As printed on the document"),
    )


class CollegeForm(ActForm):
    name = forms.CharField(label=Text("产业学院名称", "Name"), max_length=80)
    industry = forms.CharField(label=Text("产业链", "Industry or chain"), max_length=60)
    founded_on = day(Text("设立日期", "Founded on"), required=False)


class EnlistForm(ActForm):
    person = PersonField(label=Text("讲师", "Lecturer"))
    source = forms.ChoiceField(label=Text("来源", "From"), choices=codes.LECTURER_SOURCES.choices)
    topics = forms.CharField(label=Text("课题", "Topics"), max_length=200)


class CourseForm(ActForm):
    title = forms.CharField(label=Text("课程", "Course"), max_length=80)
    trade = forms.CharField(label=Text("工种", "Trade"), max_length=40)
    method = forms.ChoiceField(label=Text("教学方式", "Method"), choices=codes.METHODS.choices)
    hours = forms.IntegerField(label=Text("学时", "Hours"), min_value=1, max_value=400)
    outcome = forms.CharField(label=Text("学完能做什么", "Outcome"), max_length=200, required=False)


class OrderForm(ActForm):
    unit = RecordField(Text("下单单位", "Ordering unit"), Unit.objects.none(), to_field_name="code")
    academy = RecordField(Text("学院", "Academy"), Academy.objects.standing())
    trade = forms.CharField(label=Text("工种", "Trade"), max_length=40)
    heads = forms.IntegerField(label=Text("人数", "Heads"), min_value=1, max_value=2000)
    trainees = forms.ChoiceField(label=Text("培训对象", "Trainees"), choices=codes.TRAINEES.choices)
    goal = forms.CharField(label=Text("学完要能做什么", "Goal"), max_length=300)
    wanted_on = day(Text("期望开班", "Wanted on"))
    course = RecordField(Text("菜单课程", "Course from the menu"), Course.objects.filter(state="offered"), required=False)
    aim_rank = forms.TypedChoiceField(label=Text("目标等级", "Level aimed at"), choices=_AIMS, coerce=int, empty_value=None, required=False)

    def prepare(self) -> None:
        narrow(self, "unit", rules.PLACE.among(self.person, Unit.objects.all()).order_by("path"))


class ClassForm(ActForm):
    title = forms.CharField(label=Text("班次名称", "Title"), max_length=80)
    order = RecordField(Text("按订单", "From an order"), Order.objects.none(), required=False)
    course = RecordField(Text("菜单课程", "Course from the menu"), Course.objects.none(), required=False)
    lecturer = RecordField(Text("讲师", "Lecturer"), Lecturer.objects.filter(state="active").select_related("person"))
    direction = forms.ChoiceField(label=Text("方向", "Direction"), choices=codes.DIRECTIONS.choices)
    trade = forms.CharField(label=Text("工种", "Trade"), max_length=40, required=False)
    trainees = forms.ChoiceField(label=Text("培训对象", "Trainees"), choices=codes.TRAINEES.choices, initial="in_post")
    method = forms.ChoiceField(label=Text("教学方式", "Method"), choices=codes.METHODS.choices, initial="hands_on")
    aim_rank = forms.TypedChoiceField(label=Text("目标等级", "Level aimed at"), choices=_AIMS, coerce=int, empty_value=None, required=False)
    place = forms.CharField(label=Text("地点", "Place"), max_length=80)
    seats = forms.IntegerField(label=Text("名额", "Seats"), min_value=1, max_value=2000, initial=30)
    first_at = moment(Text("首次上课", "First meeting"))
    meetings = forms.IntegerField(label=Text("上课次数", "Meetings"), min_value=1, max_value=60, initial=1)
    every_days = forms.IntegerField(label=Text("间隔天数", "Days between"), min_value=1, max_value=31, initial=1)
    hours = forms.IntegerField(label=Text("每次学时", "Hours each"), min_value=1, max_value=12, initial=4)
    college = RecordField(Text("产业学院", "Industry college"), IndustryCollege.objects.none(), required=False)

    def prepare(self) -> None:
        if isinstance(self.record, Academy):
            fields: Any = self.fields
            fields["order"].queryset = self.record.orders.filter(state="accepted")
            fields["course"].queryset = self.record.courses.filter(state="offered")
            fields["college"].queryset = self.record.colleges.filter(state="open")


class SessionForm(ActForm):
    starts_at = moment(Text("上课时间", "Starts at"))
    hours = forms.IntegerField(label=Text("学时", "Hours"), min_value=1, max_value=12, initial=4)
    topic = forms.CharField(label=Text("内容", "Topic"), max_length=80, required=False)


class EnrolForm(ActForm):
    person = PersonField(label=Text("职工", "Worker"))

    def prepare(self) -> None:
        self.fields["person"].among = _enrollable(self)  # type: ignore[attr-defined]


class EnrolManyForm(ActForm):
    persons = PersonsField(label=Text("职工名单", "Workers"))

    def prepare(self) -> None:
        self.fields["persons"].among = _enrollable(self)  # type: ignore[attr-defined]


def _enrollable(form: ActForm) -> QuerySet[Person]:
    """Those whom the person leads; everybody, for who runs the class."""
    persons = Person.objects.active()
    if form.record is not None and rules.RUN_CLASS.allows(form.person, form.record):
        return persons
    return rules.LEAD.among(form.person, persons)


class CheckInForm(ActForm):
    code = forms.CharField(
        label=Text("签到码", "Code"),
        min_length=6,
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class TickForm(ActForm):
    enrolment = RecordField(Text("学员", "Trainee"), Enrolment.objects.none())

    def prepare(self) -> None:
        if self.record is not None:
            rows = self.record.training.enrolments.filter(state="signed_up").select_related("person", "training")
            self.fields["enrolment"].queryset = self.among(rows)  # type: ignore[attr-defined]

    def among(self, rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
        return rows.exclude(attendances__session=self.record)


class TickManyForm(ActForm):
    enrolments = SeveralField(label=Text("到课学员", "Present"), queryset=Enrolment.objects.none(), widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        if self.record is not None:
            rows = self.record.training.enrolments.filter(state="signed_up").exclude(attendances__session=self.record)
            self.fields["enrolments"].queryset = rows.select_related("person", "training").order_by("seat")  # type: ignore[attr-defined]

    def clean_enrolments(self) -> list[Enrolment]:
        return list(self.cleaned_data["enrolments"])


class UntickForm(TickForm):
    reason = forms.CharField(label=Text("更正原因", "Reason"), max_length=200)

    def among(self, rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
        return rows.filter(attendances__session=self.record)


class MarkForm(ActForm):
    theory_tenths = forms.DecimalField(label=Text("理论成绩", "Theory"), min_value=0, max_value=100, decimal_places=1, required=False)
    practice_tenths = forms.DecimalField(label=Text("实操成绩", "Practice"), min_value=0, max_value=100, decimal_places=1, required=False)

    def clean_theory_tenths(self) -> int | None:
        return _tenths(self.cleaned_data["theory_tenths"])

    def clean_practice_tenths(self) -> int | None:
        return _tenths(self.cleaned_data["practice_tenths"])


def _tenths(points: Decimal | None) -> int | None:
    return None if points is None else int(points * 10)


class CertificateForm(ActForm):
    number = forms.CharField(label=Text("证书号", "Certificate number"), max_length=40)
    issuer = forms.CharField(
        label=Text("发证机构", "Issued by"),
        max_length=80,
        help_text=Text("职业技能等级认定机构；工会只登记，不发证。", "The certifying body; the union only writes it down."),
    )
    issued_on = day(Text("发证日期", "Issued on"))


class PlanForm(ActForm):
    person = PersonField(label=Text("职工", "Worker"))
    mentor = PersonField(label=Text("师傅", "Mentor"))
    trade = forms.CharField(label=Text("工种", "Trade"), max_length=40)
    target_rank = forms.TypedChoiceField(label=Text("目标等级", "Level aimed at"), choices=LEVEL_CHOICES[1:], coerce=int)
    target_on = day(Text("目标日期", "By"))

    def prepare(self) -> None:
        self.fields["person"].among = rules.OPEN_PLAN.among(self.person, Person.objects.active())  # type: ignore[attr-defined]


class LineForm(ActForm):
    what = forms.CharField(label=Text("做什么", "What"), max_length=120)
    due_on = day(Text("完成期限", "Due on"))
    course = RecordField(Text("菜单课程", "Course"), Course.objects.filter(state="offered"), required=False)


class DoLineForm(ActForm):
    line = RecordField(Text("条目", "Line"), PlanLine.objects.none())
    enrolment = RecordField(Text("凭哪个班次", "By which class"), Enrolment.objects.none(), required=False)

    def prepare(self) -> None:
        if self.record is not None:
            fields: Any = self.fields
            fields["line"].queryset = self.record.lines.filter(done_on=None)
            fields["enrolment"].queryset = self.record.person.enrolments.filter(state="passed").select_related("training", "person")
