"""What is filled in at the bank."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from gongchuang.bank.credits import policy_on
from gongchuang.bank.models import MODES, PLANS
from gongchuang.bank.policy import POINTS
from gongchuang.kernel import clock
from gongchuang.kernel.choosing import RecordField
from gongchuang.kernel.desk import ActForm
from gongchuang.kernel.fields import YuanField, day
from gongchuang.kernel.period import Period
from gongchuang.kernel.rows import RowsField
from gongchuang.kernel.text import Choices, Text
from gongchuang.people.fields import PersonField
from gongchuang.people.models import Person, Unit

# What fixed points may be given for; the kinds of results stand a step above and are named here as plain codes.
CONTRIBUTIONS = Choices(
    [
        ("technical_innovation", Text("技术革新", "Technical innovation")),
        ("proposal", Text("合理化建议", "Rationalisation proposal")),
        ("invention", Text("发明创造", "Invention")),
        ("operating_method", Text("先进操作法", "Advanced operating method")),
        ("patent", Text("专利", "Patent")),
        ("spread", Text("成果推广", "Result spread")),
    ]
)


CHOOSE = Text("请选择", "Choose")
NONE = Text("不选", "None")


def percent(label: Text, **options: Any) -> forms.DecimalField:
    """A percentage with up to two decimals; its form turns it into basis points."""
    options.setdefault("max_digits", 6)
    options.setdefault("decimal_places", 2)
    options.setdefault("min_value", Decimal(0))
    options.setdefault("max_value", Decimal(100))
    return forms.DecimalField(label=label, widget=forms.TextInput({"inputmode": "decimal"}), **options)


class PolicyForm(ActForm):
    plan = forms.ChoiceField(label=Text("方式", "Plan"), choices=PLANS.choices)
    name = forms.CharField(label=Text("名称", "Name"), max_length=100)
    document_no = forms.CharField(label=Text("文号", "Document"), max_length=60, required=False)
    from_on = day(Text("生效日期", "In force from"))
    mode = forms.ChoiceField(label=Text("套档方法", "How bands are read"), choices=MODES.choices, required=False)
    bands = RowsField(
        {
            "from_fen": YuanField(label=Text("效益从（元）", "From (yuan)")),
            "rate": percent(Text("比例（%）", "Rate (%)")),
        },
        label=Text("比例档", "Bands"),
        help_text=Text("效益提成在 1%—5% 之内；利润分成填一档，从 0 起。", "A share is 1%–5%; a profit share has one band, from 0."),
        shown=5,
        required=False,
    )
    lump_fen = YuanField(label=Text("一次性奖励（元）", "One-off reward (yuan)"), required=False)
    years = forms.IntegerField(label=Text("连续几年", "For how many years"), min_value=1, max_value=10, required=False)
    cap_fen = YuanField(label=Text("每年每项最高（元）", "Most a year and result (yuan)"), required=False)
    fen_per_point = YuanField(label=Text("多少元效益计 1 分", "Yuan of benefit a point"), required=False)
    cap_points = forms.IntegerField(label=Text("每年每项最高分", "Most points a year and result"), min_value=1, required=False)
    points = RowsField(
        {
            "kind": forms.ChoiceField(label=Text("贡献", "Contribution"), choices=CONTRIBUTIONS.choices),
            "points": forms.IntegerField(label=Text("固定分", "Fixed points"), min_value=1, max_value=100_000),
        },
        label=Text("固定分", "Fixed points"),
        shown=3,
        required=False,
    )
    fen_for_point = YuanField(label=Text("1 分兑多少元", "Yuan for a point"), required=False)
    valid_years = forms.IntegerField(label=Text("积分有效年数", "Points live for years"), min_value=0, max_value=10, required=False)

    more = ("document_no", "cap_fen", "cap_points", "points", "valid_years")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["unit"] = self.person.unit.enterprise
        cleaned["bands"] = sorted((row["from_fen"], int(row["rate"] * 100)) for row in cleaned.get("bands") or ())
        cleaned["points"] = {row["kind"]: row["points"] for row in cleaned.get("points") or ()}
        for name in ("lump_fen", "fen_per_point", "fen_for_point"):
            cleaned[name] = cleaned.get(name) or 0
        cleaned["years"] = cleaned.get("years") or 1
        cleaned["mode"] = cleaned.get("mode") or "whole"
        return cleaned


class VoucherForm(ActForm):
    voucher_no = forms.CharField(label=Text("凭证号", "Voucher no."), max_length=40)


class FillForm(ActForm):
    amount_fen = YuanField(label=Text("拨入金额（元）", "Amount (yuan)"), min_value=Decimal("0.01"))
    document_no = forms.CharField(label=Text("依据文号", "Document"), max_length=60)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["unit"] = self.person.unit.enterprise
        return cleaned


class AwardForm(ActForm):
    winner = PersonField(label=Text("发给（个人）", "To a person"), required=False)
    team = RecordField(Text("发给（集体）", "To a team"), Unit.objects.none(), to_field_name="code", required=False, empty_label=NONE)
    amount_fen = YuanField(label=Text("金额（元）", "Amount (yuan)"), min_value=Decimal("0.01"))
    about = forms.CharField(label=Text("事由", "For"), max_length=100)
    document_no = forms.CharField(label=Text("依据文号", "Document"), max_length=60)

    def prepare(self) -> None:
        if self.person is not None:
            unit = self.person.unit.enterprise
            self.fields["winner"].among = Person.objects.active().inside(unit)  # type: ignore[attr-defined]
            self.fields["team"].queryset = Unit.objects.inside(unit).order_by("path")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        winner, team = cleaned.pop("winner", None), cleaned.pop("team", None)
        if (winner is None) == (team is None):
            self.add_error("winner", str(Text("个人和集体选一个。", "Choose a person or a team, one of them.")))
        cleaned["unit"], cleaned["payee"] = self.person.unit.enterprise, winner or team
        return cleaned


class RedeemForm(ActForm):
    points = forms.IntegerField(label=Text("兑换多少分", "How many points"), min_value=1)

    def prepare(self) -> None:
        if self.record is not None and self.record.pk:
            policy = policy_on(self.record.unit, POINTS, clock.today())
            if policy and policy.fen_for_point:
                price = policy.fen_for_point // 100
                self.fields["points"].help_text = Text(f"每分 {price} 元，审批后发放。", f"{price} yuan a point, paid after approval.")


class SettleForm(ActForm):
    period = forms.CharField(label=Text("年度", "Year"), max_length=24)
    fen_for_point = YuanField(label=Text("1 分兑多少元（不填按规则）", "Yuan for a point (empty: by the rule)"), required=False)

    def prepare(self) -> None:
        self.fields["period"].initial = str(clock.today().year)

    def clean_period(self) -> str:
        try:
            return str(Period.parse(self.cleaned_data["period"]))
        except ValueError:
            raise forms.ValidationError(str(Text("写成 2026 这样的年度。", "Write a year, such as 2026."))) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["unit"] = self.person.unit.enterprise
        return cleaned


class ExpireForm(ActForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["unit"] = self.person.unit.enterprise
        return cleaned
