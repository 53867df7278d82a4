"""What is filled in about units, persons, posts and levels."""

from __future__ import annotations

from typing import Any

from django import forms

from gongchuang.kernel import clock
from gongchuang.kernel.choosing import RecordField
from gongchuang.kernel.desk import ActForm
from gongchuang.kernel.fields import box, day, line, pick
from gongchuang.kernel.text import Choices, Text
from gongchuang.people import passwords, roster_values, rules
from gongchuang.people import unit as tree
from gongchuang.people.models import LEVEL_CHOICES, Person, Post, Unit
from gongchuang.people.posts import ROLES

ENTERPRISE_ROLES = Choices([(role, ROLES.texts[role]) for role in ("leader", "officer", "certifier", "studio_lead")])


class UnitBelow(RecordField):
    """A unit at or below the one the form is about, or where the person works."""

    def __init__(self, label: Text) -> None:
        super().__init__(label, Unit.objects.none(), to_field_name="code")


class CalendarForm(ActForm):
    from_on = day(Text("从", "From"))
    to_on = day(Text("到", "To"), required=False, help_text=Text("只有一天可以不填。", "Empty for a single day."))
    is_working = pick(
        Text("这些天", "These days are"), Choices([("no", Text("放假", "days off")), ("yes", Text("上班（调休）", "worked"))])
    )
    name = line(Text("说明", "Word"), 40, help_text=Text("例如 春节、国庆调休", "Such as Spring Festival"))

    def clean_is_working(self) -> bool:
        return bool(self.cleaned_data["is_working"] == "yes")


class FoundUnitForm(ActForm):
    kind = forms.ChoiceField(label=Text("类别", "Kind"), choices=tree.KINDS.choices)
    name = forms.CharField(label=Text("名称", "Name"), max_length=120)
    short_name = forms.CharField(label=Text("简称", "Short name"), max_length=60, required=False)

    def prepare(self) -> None:
        below = [(kind, text) for kind, text in tree.KINDS.choices if tree.LEVEL_OF[kind] > self.record.level]
        self.fields["kind"].choices = below  # type: ignore[attr-defined]


class MoveUnitForm(ActForm):
    to = UnitBelow(Text("划到", "Move below"))

    def prepare(self) -> None:
        self.fields["to"].queryset = Unit.objects.filter(level__lt=self.record.level).order_by("path")  # type: ignore[attr-defined]


class EnrolForm(ActForm):
    name = forms.CharField(label=Text("姓名", "Name"), max_length=60)
    work_no = forms.CharField(label=Text("工号", "Work number"), max_length=30, required=False)
    id_number = forms.CharField(label=Text("身份证号", "Identity number"), max_length=30, required=False)
    phone = forms.CharField(label=Text("手机号", "Phone"), max_length=20, required=False, widget=forms.TextInput({"inputmode": "tel"}))
    skill_level = forms.TypedChoiceField(
        label=Text("技能等级", "Skill level"), choices=LEVEL_CHOICES, coerce=int, required=False, empty_value=0
    )
    hired_on = day(Text("入职日期", "Hired on"), required=False)

    def clean_id_number(self) -> str:
        return _checked(roster_values.identity(self.cleaned_data["id_number"], clock.today()))

    def clean_phone(self) -> str:
        return _checked(roster_values.phone(self.cleaned_data["phone"]))


def _checked(cell: roster_values.Checked) -> str:
    """A number by the same check as a roster's cell; its problem becomes the field's error."""
    if cell.problem:
        raise forms.ValidationError(f"{cell.problem.expected} {cell.problem.cure}")
    return cell.value


class AppointForm(ActForm):
    role = forms.ChoiceField(label=Text("角色", "Role"), choices=ROLES.choices)
    over = UnitBelow(Text("范围", "Over"))

    def prepare(self) -> None:
        mine = self.person.roles() if self.person else set()
        if not mine & {"city", "admin", "district"}:
            self.fields["role"].choices = ENTERPRISE_ROLES.choices  # type: ignore[attr-defined]
        scope = Unit.objects.none()
        for role, low, high in self.person.grants() if self.person else ():
            if role in {"officer", "district", "city", "admin"}:
                scope |= Unit.objects.filter(path__range=(low, high))
        self.fields["over"].queryset = scope.order_by("path")  # type: ignore[attr-defined]


class PostHeld(RecordField):
    """One of a person's posts: the role and over which unit."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{ROLES.label(obj.role)} · {obj.unit}"


class EndPostForm(ActForm):
    post = PostHeld(Text("职务", "Post"), Post.objects.none(), to_field_name="uid")
    on = day(
        Text("卸任日期", "Ends on"),
        required=False,
        help_text=Text("不填就是今天；从这一天起不再担任。", "Today if empty; not held from that day on."),
    )
    reason = box(Text("原因", "Reason"), 200, min_length=2)

    def prepare(self) -> None:
        """What the person holds over units where the one who presses may appoint; to be a worker there is no such post."""
        held = Post.objects.filter(
            person=self.record, end_on=None, unit__in=rules.APPOINT.among(self.person, Unit.objects.all()).values("pk")
        )
        self.fields["post"].queryset = held.exclude(role="member").select_related("unit").order_by("start_on", "pk")  # type: ignore[attr-defined]


class LeaveForm(ActForm):
    on = day(Text("离职日期", "Left on"), required=False)


class RevealForm(ActForm):
    field = forms.ChoiceField(
        label=Text("查看", "Show"),
        choices=[("id_number", Text("身份证号", "Identity number")), ("phone", Text("手机号", "Phone"))],
    )
    reason = forms.CharField(label=Text("原因", "Reason"), min_length=2, max_length=200)


class OpenAccountForm(ActForm):
    login = forms.RegexField(r"^[a-zA-Z0-9_.-]{3,40}$", label=Text("账号", "Login"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["password"] = passwords.new_password()
        return cleaned


class NewPasswordForm(ActForm):
    """Nothing to fill in: the system makes the password."""

    def clean(self) -> dict[str, Any]:
        return {"password": passwords.new_password()}


class ConfirmLevelForm(ActForm):
    certificate_no = forms.CharField(label=Text("证书编号", "Certificate number"), max_length=60)
    issuer = forms.CharField(label=Text("发证机构", "Issuer"), max_length=80)
    obtained_on = day(Text("取得日期", "Obtained on"))


class PublicForm(ActForm):
    is_public = forms.BooleanField(label=Text("同意公开展示姓名", "Show my name in public"), required=False)

    def prepare(self) -> None:
        if isinstance(self.record, Person):
            self.fields["is_public"].initial = self.record.is_public
