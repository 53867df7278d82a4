"""What is filled in about contests (表单): the same for page, JSON, sheet row and command."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from gongchuang.contests import rules
from gongchuang.contests.models import Contest
from gongchuang.contests.presets import ENTRANTS, KINDS, LEVELS, PRIZE_TABLES, TAGS, TEMPLATES
from gongchuang.contests.scheme import Criterion, number
from gongchuang.kernel.choosing import RecordField, narrow
from gongchuang.kernel.desk import ActForm, ReasonForm
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.fields import day
from gongchuang.kernel.text import Text
from gongchuang.people import unit as tree
from gongchuang.people.models import Person, Unit

MARK = "mark_"


def organising(person: Person | None) -> QuerySet[Unit]:
    """The units somebody may organise for: those of their posts, and within an enterprise its workshops and teams."""
    found = Unit.objects.none()
    for role, low, high in person.grants() if person is not None else ():
        if role in rules.ORGANISERS:
            last = high if tree.level_of(low) >= tree.ENTERPRISE else low
            found |= Unit.objects.filter(path__range=(low, last), valid_to=None)
    return found.order_by("path")


class CreateForm(ActForm):
    unit = RecordField(Text("主办单位", "Organiser"), Unit.objects.none(), to_field_name="code")
    title = forms.CharField(label=Text("竞赛名称", "Title"), max_length=120)
    kind = forms.ChoiceField(label=Text("类型", "Kind"), choices=KINDS.choices)
    level = forms.ChoiceField(label=Text("层级", "Level"), choices=LEVELS.choices)
    tags = forms.MultipleChoiceField(
        label=Text("专题", "Topics"), choices=TAGS.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    entrants = forms.ChoiceField(label=Text("谁来参赛", "Who enters"), choices=ENTRANTS.choices)
    trade = forms.CharField(label=Text("工种", "Trade"), max_length=60, required=False)
    occupation_code = forms.CharField(label=Text("职业编码", "Occupation code"), max_length=20, required=False)
    template = forms.ChoiceField(label=Text("评分模板", "Marking scheme"), choices=TEMPLATES.choices)
    prize_table = forms.ChoiceField(label=Text("奖项", "Prizes"), choices=PRIZE_TABLES.choices)
    opens_on = day(Text("报名开始", "Entries from"))
    closes_on = day(Text("报名截止", "Entries until"))
    held_on = day(Text("比赛日期", "Contest day"))
    capacity = forms.IntegerField(label=Text("名额", "Places"), min_value=1, max_value=10_000, required=False)
    higher = RecordField(Text("上级竞赛", "Higher contest"), Contest.objects.none(), required=False, to_field_name="no")
    places_up = forms.IntegerField(label=Text("前几名晋级", "How many advance"), min_value=0, max_value=1000, required=False)

    def prepare(self) -> None:
        narrow(self, "unit", organising(self.person))
        self.fields["higher"].queryset = Contest.objects.filter(state__in=["draft", "open"]).order_by("-pk")  # type: ignore[attr-defined]

    def clean_places_up(self) -> int:
        return self.cleaned_data["places_up"] or 0


class AppointForm(ActForm):
    person = RecordField(
        Text("评委", "Judge"),
        Person.objects.active().filter(posts__role__in=["judge", "chief_judge"]).distinct().order_by("name"),
    )
    is_judge = forms.BooleanField(label=Text("评分", "Marks"), required=False, initial=True)
    is_chief = forms.BooleanField(label=Text("裁判长", "Chief judge"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("is_judge") and not cleaned.get("is_chief"):
            raise forms.ValidationError(Text("请选择评分或裁判长。", "Choose marking, chief judge, or both."))
        return cleaned


class EnterForm(ActForm):
    person = forms.CharField(
        label=Text("参赛人", "Entrant"),
        required=False,
        max_length=60,
        help_text=Text(
            "不填就是自己；班组长、工会干事可填工号或姓名。",
            "Empty means yourself; leaders may give a work number or name.",
        ),
    )
    name = forms.CharField(label=Text("团队名称", "Team's name"), required=False, max_length=80)
    members = forms.CharField(
        label=Text("成员", "Members"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=Text("一行一个工号或姓名。", "One work number or name a line."),
    )
    unit = RecordField(Text("参赛单位", "Unit"), Unit.objects.none(), required=False, to_field_name="code")
    product = forms.CharField(label=Text("产品", "Product"), required=False, max_length=80)

    wanted = {"person": ("person",), "team": ("name", "members"), "unit": ("unit", "product")}

    def prepare(self) -> None:
        for name in set(self.fields) - set(self.wanted[self.record.entrants]):
            del self.fields[name]
        me = self.me()
        if "unit" in self.fields and me is not None:
            mine = Unit.objects.none()
            for role, low, high in me.grants():
                if role in ("leader", *rules.ORGANISERS):
                    mine |= Unit.objects.filter(path__range=(low, high))
            self.fields["unit"].queryset = mine.order_by("path")  # type: ignore[attr-defined]
            self.fields["unit"].required = self.fields["product"].required = True

    def me(self) -> Person | None:
        """Who fills in; the field `person` is who enters."""
        return cast("Person | None", self.__dict__["person"])

    def clean_person(self) -> Person | None:
        return self._named(self.cleaned_data["person"]) if self.cleaned_data["person"] else None

    def clean_members(self) -> list[Person]:
        said = [one for one in re.split(r"[\n,，、;；]+", self.cleaned_data["members"]) if one.strip()]
        return [self._named(one) for one in said]

    def _named(self, said: str) -> Person:
        """The one person meant by a work number or a whole name: oneself, or one of those one leads."""
        said = said.strip()
        me = self.me()
        if me is not None and said in (me.name, me.work_no):
            return me
        among = rules.ENTER_FOR.among(me, Person.objects.active())
        found = list(among.filter(work_no=said)[:2]) or list(among.filter(name=said)[:2])
        if len(found) != 1:
            raise forms.ValidationError(
                Text(f"有几位“{said}”，请改填工号。", f"Several are called {said}: give the work number.")
                if found
                else Text(f"您的单位里没有“{said}”。", f"Nobody of yours is called {said}.")
            )
        return found[0]


class EnterListForm(EnterForm):
    """Names or work numbers pasted from a sheet, one a line."""

    wanted = {"person": ("members",), "team": ("members",), "unit": ("members",)}


class VetoForm(ReasonForm):
    code = forms.IntegerField(label=Text("选手号", "Contestant number"), min_value=1)

    field_order = ("code", "reason")


class MarkForm(ActForm):
    """One field a criterion. An empty field is unscored, which is not zero."""

    note = forms.CharField(label=Text("备注", "Note"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def prepare(self) -> None:
        given = {one.aspect: one.value for one in self.record.marks.all()} if self.record is not None else {}
        for one in self.criteria():
            field = forms.CharField(label=one.label, required=False, max_length=12, help_text=words(one))
            field.widget.attrs |= {"inputmode": "decimal"}
            if one.key in given:
                field.initial = plain(given[one.key])
            self.fields[MARK + one.key] = field
        self.order_fields([MARK + one.key for one in self.criteria()])
        if self.record is not None:
            self.fields["note"].initial = self.record.note

    def criteria(self) -> tuple[Criterion, ...]:
        return self.record.contest.scheme().criteria if self.record is not None else ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        marks: dict[str, str | None] = {}
        for one in self.criteria():
            said = (cleaned.get(MARK + one.key) or "").strip()
            marks[one.key] = said or None
            try:
                if said:
                    one.check(number(said, one.key))
            except Refused as refused:
                self.add_error(MARK + one.key, str(refused))
        return {"marks": marks, "note": cleaned.get("note", "")}


def words(one: Criterion) -> Text:
    """What a judge reads below a criterion's name: its maximum and its note."""
    top = plain(one.top)
    tail = f" · {one.note}" if one.note else ""
    return Text(f"满分 {top}{tail}", f"of {top}{tail}")


def plain(value: Any) -> str:
    """A mark as it is typed: 18, 18.5."""
    return f"{float(value):g}"
