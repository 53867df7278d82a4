"""How results, benefits and spreads are shown, in every door."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, Prefetch, When

from gongchuang.kernel.quantity import percent_text
from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Text
from gongchuang.people.sight import Named
from gongchuang.results.models import CERTIFIED, KINDS, PATENT_KINDS, Benefit, Maker

MAKERS: Prefetch[Any] = Prefetch("makers", Maker.objects.select_related("person__unit").order_by("pk"))
CLAIMS: Prefetch[Any] = Prefetch("benefits", Benefit.objects.select_related("unit"))


def makers(result: Any) -> list[Named]:
    """Names with shares, as whole as on the result's page: each as far as this reader may know it."""
    return [Named(one.person, percent_text(one.share_bp)) for one in result.makers.all()]


def counted(benefit: Any) -> int:
    """What it adds to the public figure today: nothing before finance has certified it."""
    return int(benefit.counted_fen) if benefit.state in CERTIFIED else 0


def patent(result: Any) -> str:
    found = getattr(result, "patent", None)
    return f"{found} · {PATENT_KINDS.label(found.kind)}" if found else ""


RESULTS = Table(
    [
        Column("no", Text("编号", "No."), kind="code", public=True),
        Column("title", Text("名称", "Title"), link=True, public=True),
        Column("kind", Text("类型", "Kind"), get=lambda row: KINDS.label(row.kind), public=True),
        Column("unit", Text("单位", "Unit"), kind="unit", public=True),
        Column("makers", Text("完成人", "Makers"), kind="persons", get=makers),
        Column("used_from_on", Text("启用", "In use from"), kind="date"),
        Column("recognised_on", Text("认定日期", "Recognised"), kind="date", public=True),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    order=("-pk",),
    joins=("unit", "proposal__unit", "registered_by__unit", "derived_from", "patent"),
    prefetch=(MAKERS,),
)
RESULT_FACTS = [
    Column("problem", Text("解决什么问题", "The problem")),
    Column("solution", Text("怎么做的", "The solution")),
    Column("registered_by", Text("登记人", "Entered by"), kind="person"),
    Column("proposal", Text("来自建议", "From the proposal"), get=lambda row: row.proposal.no if row.proposal_id else ""),
    Column("derived_from", Text("由哪项成果而来", "Derived from"), get=lambda row: row.derived_from.no if row.derived_from_id else ""),
    Column("patent", Text("专利", "Patent"), get=patent),
    Column("social_effect", Text("社会效益", "Social effect")),
]
BENEFITS = Table(
    [
        Column("no", Text("编号", "No."), kind="code"),
        Column("result", Text("成果", "Result"), get="result__title", link=True),
        Column("result_no", Text("成果编号", "Result no."), kind="code", get="result__no"),
        Column("unit", Text("单位", "Unit"), kind="unit"),
        Column("year", Text("年度", "Year"), kind="number"),
        Column("amount_fen", Text("效益", "Benefit"), kind="money", total=True),
        Column(
            "counted_fen",
            Text("计入", "Counted"),
            kind="money",
            get=counted,
            total=True,
            adds=Case(When(state__in=CERTIFIED, is_owner=True, then=F("amount_fen")), default=0),
        ),
        Column("certified_on", Text("认证日期", "Certified"), kind="date"),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    order=("-pk",),
    joins=("result__unit", "result__proposal", "unit", "claimed_by__unit", "certified_by__unit", "checked_by__unit", "overlap_group"),
)
BENEFIT_FACTS = [
    Column("from_on", Text("认证期从", "From"), kind="date"),
    Column("to_on", Text("到", "To"), kind="date"),
    Column("claimed_by", Text("申报人", "Claimed by"), kind="person"),
    Column("checked_by", Text("审核人", "Checked by"), kind="person"),
    Column("certified_by", Text("认证人", "Certified by"), kind="person"),
    Column("profit_fen", Text("当年利润", "Profit of the year"), kind="money"),
    Column("is_recurring", Text("每年都有", "Every year"), get=lambda row: _yes(row.is_recurring)),
    Column("is_hard", Text("能在账上看到", "In the accounts"), get=lambda row: _yes(row.is_hard)),
    Column("overlap_group", Text("重复效益组", "Overlap group"), get=lambda row: str(row.overlap_group or "")),
    Column("note", Text("说明", "Note")),
]


def _yes(value: bool) -> str:
    return str(Text("是", "yes") if value else Text("否", "no"))


SPREADS = Table(
    [
        Column("no", Text("编号", "No."), kind="code"),
        Column("result", Text("成果", "Result"), get="result__title", link=True),
        Column("unit", Text("来自", "From"), kind="unit"),
        Column("to_unit", Text("推广到", "To"), kind="unit"),
        Column("taken_up_on", Text("接收日期", "Taken up"), kind="date"),
        Column("word", Text("说明", "A word")),
        Column("answer", Text("答复", "Answer")),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    order=("-pk",),
    joins=("result", "unit", "to_unit"),
)
