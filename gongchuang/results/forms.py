"""What is filled in about results and benefits: the same on a page, in JSON and in a sheet's row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from gongchuang.bank.forms import CHOOSE, NONE, percent
from gongchuang.kernel import clock
from gongchuang.kernel.choosing import RecordField
from gongchuang.kernel.desk import ActForm
from gongchuang.kernel.fields import FilesField, YuanField, box, day
from gongchuang.kernel.rows import RowsField
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person, Unit
from gongchuang.proposals.models import Proposal
from gongchuang.results.models import KINDS, LINE_KINDS, OverlapGroup, Result

__all__ = [
    "ClaimForm", "FindingForm", "GrantForm", "GroupForm", "MakeForm", "NoteForm", "PatentForm",
    "ReclaimForm", "RegisterForm", "ResubmitForm", "SpreadForm", "TurnDownForm", "WordForm",
]  # fmt: skip


def decimal(label: Text, **options: Any) -> forms.DecimalField:
    options.setdefault("max_digits", 15)
    options.setdefault("decimal_places", 4)
    options.setdefault("min_value", Decimal(0))
    return forms.DecimalField(label=label, widget=forms.TextInput({"inputmode": "decimal"}), **options)


# --------------------------------------------------------------------------------------------------------- makers


def makers_field(**options: Any) -> RowsField:
    """Makers by work number or name, with their shares in percent."""
    return RowsField(
        {
            "who": forms.CharField(label=Text("完成人（工号或姓名）", "Maker (work no. or name)"), max_length=60),
            "share": percent(Text("贡献（%）", "Share (%)")),
        },
        label=Text("完成人和贡献比例", "Makers and shares"),
        help_text=Text("合计 100%。", "They add up to 100%."),
        **options,
    )


def found_person(said: str, unit: Unit) -> Person:
    """The one person of an enterprise with this work number, name or identifier; ValidationError says what is wrong."""
    wanted = Q(work_no=said) | Q(name=said)
    if len(said) == 36:
        wanted |= Q(uid=said)
    found = list(Person.objects.active().inside(unit.enterprise).filter(wanted)[:2])
    if not found:
        raise ValidationError(str(Text(f"{unit.enterprise} 没有“{said}”。", f"{unit.enterprise} has nobody called {said!r}.")))
    if len(found) > 1:
        raise ValidationError(str(Text(f"有多人叫“{said}”，请填工号。", f"Several are called {said!r}; give the work number.")))
    return found[0]


def makers_of(rows: Iterable[Mapping[str, Any]], unit: Unit) -> list[tuple[Person, int]]:
    """Cleaned rows as persons and basis points."""
    return [(found_person(row["who"].strip(), unit), int(row["share"] * 100)) for row in rows]


def shown_makers(makers: Iterable[tuple[Person, int]]) -> list[dict[str, Any]]:
    return [{"who": person.work_no or person.name, "share": Decimal(share) / 100} for person, share in makers]


class RegisterForm(ActForm):
    kind = forms.ChoiceField(label=Text("成果类型", "Kind"), choices=KINDS.choices)
    title = forms.CharField(label=Text("名称", "Title"), max_length=100)
    problem = box(Text("解决什么问题", "The problem"), 1000)
    solution = box(Text("怎么做的", "The solution"), 2000)
    makers = makers_field()
    used_from_on = day(Text("启用日期", "In use from"), required=False)
    derived_from = forms.CharField(label=Text("由哪项成果而来（编号）", "Derived from (no.)"), max_length=20, required=False)
    social_effect = box(Text("社会效益", "Social effect"), 300, required=False)
    is_confidential = forms.BooleanField(label=Text("涉及商业秘密，不公开", "A trade secret: not public"), required=False)
    proofs = FilesField(label=Text("证明材料", "Proofs"), most=10)

    more = ("derived_from", "social_effect", "is_confidential", "proofs")

    def prepare(self) -> None:
        if self.person is not None:
            self.fields["makers"].initial = shown_makers([(self.person, 10_000)])

    def clean_makers(self) -> list[tuple[Person, int]]:
        return makers_of(self.cleaned_data["makers"], self.person.unit)

    def clean_derived_from(self) -> Result | None:
        said = self.cleaned_data["derived_from"].strip()
        found = Result.objects.filter(no=said).first() if said else None
        if said and found is None:
            raise ValidationError(str(Text(f"没有成果 {said}。", f"There is no result {said}.")))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        makers = cleaned.get("makers") or []
        cleaned["unit"] = makers[0][0].unit if makers else self.person.unit
        return cleaned


class MakeForm(ActForm):
    proposal = RecordField(Text("建议", "Proposal"), Proposal.objects.none(), to_field_name="no", empty_label=CHOOSE)
    kind = forms.ChoiceField(label=Text("成果类型", "Kind"), choices=KINDS.choices, initial="technical_innovation")
    title = forms.CharField(label=Text("名称", "Title"), max_length=100, required=False)
    makers = makers_field(required=False)
    used_from_on = day(Text("启用日期", "In use from"), required=False)
    is_confidential = forms.BooleanField(label=Text("涉及商业秘密，不公开", "A trade secret: not public"), required=False)
    proofs = FilesField(label=Text("证明材料", "Proofs"), most=10)

    more = ("is_confidential", "proofs")

    def prepare(self) -> None:
        if self.person is None:
            return
        inside = Proposal.objects.filter(state__in=["implemented", "resulted"]).filter(
            unit__in=Unit.objects.inside(self.person.unit.enterprise)
        )
        self.fields["proposal"].queryset = inside.order_by("-pk")  # type: ignore[attr-defined]
        self.fields["proposal"].label_from_instance = lambda one: f"{one.no} {one.title}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        proposal = cleaned.get("proposal")
        if proposal is not None and cleaned.get("makers"):
            try:
                cleaned["makers"] = makers_of(cleaned["makers"], proposal.unit)
            except ValidationError as wrong:
                self.add_error("makers", wrong)
        return cleaned


class ResubmitForm(ActForm):
    title = forms.CharField(label=Text("名称", "Title"), max_length=100)
    problem = box(Text("解决什么问题", "The problem"), 1000)
    solution = box(Text("怎么做的", "The solution"), 2000)
    makers = makers_field()

    def prepare(self) -> None:
        if self.record is not None and self.record.pk:
            for name in ("title", "problem", "solution"):
                self.fields[name].initial = getattr(self.record, name)
            self.fields["makers"].initial = shown_makers(self.record.shares())

    def clean_makers(self) -> list[tuple[Person, int]]:
        return makers_of(self.cleaned_data["makers"], self.record.unit)


class PatentForm(ActForm):
    number = forms.CharField(label=Text("专利申请号", "Application no."), max_length=24)
    filed_on = day(Text("申请日", "Filed on"))
    granted_on = day(Text("授权日", "Granted on"), required=False)


class GrantForm(ActForm):
    granted_on = day(Text("授权日", "Granted on"))


class SpreadForm(ActForm):
    to_unit = RecordField(Text("推广到", "Spread to"), Unit.objects.none(), to_field_name="code", empty_label=CHOOSE)
    word = box(Text("说明", "A word"), 300, required=False)

    def prepare(self) -> None:
        if self.person is not None:
            teams = Unit.objects.inside(self.person.unit.enterprise).filter(kind__in=["team", "workshop"])
            self.fields["to_unit"].queryset = teams.order_by("path")  # type: ignore[attr-defined]


class WordForm(ActForm):
    answer = box(Text("说明", "A word"), 300, required=False)


class TurnDownForm(ActForm):
    answer = box(Text("为什么不用", "Why not"), 300, min_length=2)


class NoteForm(ActForm):
    text = box(Text("备注", "Remark"), 300, min_length=2)


# ------------------------------------------------------------------------------------------------------- benefits


def lines_field() -> RowsField:
    """The sheet: before and after a piece, how many, at which price, with which proof."""
    return RowsField(
        {
            "kind": forms.ChoiceField(label=Text("类别", "Kind"), choices=LINE_KINDS.choices, initial="saving"),
            "label": forms.CharField(label=Text("项目", "Item"), max_length=60),
            "before": decimal(Text("改前", "Before"), required=False),
            "after": decimal(Text("改后", "After"), required=False),
            "measure": forms.CharField(label=Text("单位", "Measure"), max_length=12, required=False),
            "quantity": decimal(Text("数量", "Quantity")),
            "quantity_measure": forms.CharField(label=Text("数量单位", "Quantity in"), max_length=12, required=False),
            "price": decimal(Text("单价（元）", "Price (yuan)"), decimal_places=6),
            "price_source": forms.CharField(label=Text("单价来源", "Source of price"), max_length=60, required=False),
            "proof_text": forms.CharField(label=Text("凭据", "Proof"), max_length=100, required=False),
            "proof": forms.FileField(label=Text("凭据文件", "Proof file"), required=False),
        },
        label=Text("效益单", "Benefit sheet"),
        help_text=Text(
            "节支＝（改前－改后）×数量×单价；增收＝（改后－改前）×数量×单价；投入＝数量×单价。",
            "Saving = (before − after) × quantity × price; gain = (after − before) × quantity × price; cost = quantity × price.",
        ),
        shown=4,
    )


def priced(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Prices as people write them, in yuan, to fen with decimals."""
    return [{**{key: value for key, value in row.items() if key != "price"}, "price_fen": row["price"] * 100} for row in rows]


class ClaimForm(ActForm):
    from_on = day(Text("认证期从", "From"))
    to_on = day(Text("到", "To"))
    lines = lines_field()
    profit_fen = YuanField(label=Text("当年利润（元，利润分成用）", "Profit of the year (yuan)"), required=False, min_value=None)
    is_recurring = forms.BooleanField(label=Text("每年都有", "Comes every year"), required=False, initial=True)
    is_hard = forms.BooleanField(label=Text("能在账上看到", "Shows in the accounts"), required=False, initial=True)
    note = box(Text("说明", "A word"), 500, required=False)
    overlap_group = RecordField(Text("与哪组效益重复", "The same yuan as"), OverlapGroup.objects.none(), required=False, empty_label=NONE)
    cites = forms.BooleanField(label=Text("只引用，不计入", "Cite only: does not count"), required=False)

    more = ("profit_fen", "is_recurring", "is_hard", "note", "overlap_group", "cites")

    def prepare(self) -> None:
        if self.record is not None and self.record.pk:
            inside = Unit.objects.inside(self.record.unit.enterprise)
            self.fields["overlap_group"].queryset = OverlapGroup.objects.filter(unit__in=inside).order_by("-pk")  # type: ignore[attr-defined]
            begins = self.record.used_from_on or clock.today()
            self.fields["from_on"].initial = begins
            self.fields["to_on"].initial = begins + timedelta(days=364)

    def clean_lines(self) -> list[dict[str, Any]]:
        return priced(self.cleaned_data["lines"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["is_owner"] = not cleaned.pop("cites", False)
        return cleaned


class ReclaimForm(ActForm):
    lines = lines_field()
    profit_fen = YuanField(label=Text("当年利润（元）", "Profit of the year (yuan)"), required=False, min_value=None)
    note = box(Text("说明", "A word"), 500, required=False)

    def prepare(self) -> None:
        if self.record is not None and self.record.pk:
            names = ("kind", "label", "before", "after", "measure", "quantity", "quantity_measure", "price_source", "proof_text")
            self.fields["lines"].initial = [
                {**{name: getattr(line, name) for name in names}, "price": line.price_fen / 100}
                for line in self.record.lines.order_by("place")
            ]
            self.fields["note"].initial = self.record.note

    def clean_lines(self) -> list[dict[str, Any]]:
        return priced(self.cleaned_data["lines"])


class FindingForm(ActForm):
    finding = box(Text("抽查结论", "Finding"), 300, min_length=2)


class GroupForm(ActForm):
    group = RecordField(Text("重复效益组", "Overlap group"), OverlapGroup.objects.none(), required=False, empty_label=NONE)
    name = forms.CharField(label=Text("或新建一组", "Or a new group"), max_length=100, required=False)
    cites = forms.BooleanField(label=Text("只引用，不计入", "Cite only: does not count"), required=False)

    def prepare(self) -> None:
        if self.record is not None and self.record.pk:
            inside = Unit.objects.inside(self.record.unit.enterprise)
            self.fields["group"].queryset = OverlapGroup.objects.filter(unit__in=inside).order_by("-pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["is_owner"] = not cleaned.pop("cites", False)
        return cleaned
