"""What is counted of incentives: money that reached workers, and what the rules promise (激励资金、激励政策)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from gongchuang.bank import policy, rules
from gongchuang.bank.models import Policy, PolicyBand, PolicyPoint, Transfer
from gongchuang.indicators.definition import CUMULATIVE, UNITS, Counted, Indicator, RuleFigure
from gongchuang.indicators.models import CERTIFIED
from gongchuang.kernel.table import Column
from gongchuang.kernel.text import Text
from gongchuang.people.models import Unit

TERMS = (Policy, PolicyBand, PolicyPoint, Unit)


def _paid(transfer: Transfer) -> Iterator[Counted]:
    yield Counted(transfer.unit_id, transfer.on, transfer.signed_amount, CERTIFIED)


def _in_force(day: date, plan: str, *, of_the_city: bool) -> QuerySet[Policy]:
    """The last version of each unit's plan on a day: the city's own policy, or those of enterprises."""
    later = (
        Policy.objects.in_force()
        .filter(unit=OuterRef("unit"), plan=plan, from_on__lte=day)
        .order_by("-from_on", "-number")
        .values("pk")[:1]
    )
    at_the_top = Q(unit__parent=None) if of_the_city else Q(unit__parent__isnull=False)
    rows = Policy.objects.in_force().filter(at_the_top, plan=plan, pk=Subquery(later)).order_by("pk")
    return rows.prefetch_related("bands", "points")


def _city_share(day: date) -> QuerySet[Policy]:
    return _in_force(day, policy.SHARE, of_the_city=True)


def _enterprise_profit(day: date) -> QuerySet[Policy]:
    return _in_force(day, policy.PROFIT, of_the_city=False)


COLUMNS = (
    Column("no", Text("编号", "No."), public=True),
    Column("name", Text("政策", "Policy"), public=True),
    Column("document_no", Text("文号", "Document"), public=True),
    Column("from_on", Text("施行日期", "In force from"), kind="date", public=True),
)

FUND = Indicator(
    key="bank.incentives_paid",
    measure=301,
    label=Text("激励职工创新创效的资金", "Money spent on incentives"),
    article=("incentive_fund",),
    measured_in="fen",
    kind=CUMULATIVE,
    topic="incentives",
    public=UNITS,
    headline=False,
    definition=Text(
        "奖励资金账户付给职工和班组的奖励、奖金与兑换款，冲正的减去。",
        "Rewards, prizes and redemptions that reached workers and teams from incentive funds, less reversals.",
    ),
    excludes=Text("不含：拨入未付的资金、尚未兑换的积分。", "Without money filled in and not paid, and points not redeemed."),
    signed_by=Text("企业财务", "Enterprise finance"),
    model=Transfer,
    records=lambda: Transfer.objects.paid_out(),
    facts=_paid,
    see=rules.SEE_TRANSFER,
    columns=(Column("about", Text("事由", "Cause")),),
    wording="超",
    digits=2,
)
SHARE_MIN = RuleFigure(
    key="bank.share_min",
    label=Text("成果效益用于奖励的最低比例", "Lowest share of a result's benefit paid as reward"),
    article=("incentive_share_min",),
    measured_in="percent",
    topic="incentives",
    definition=Text("市激励政策各档中的最低比例。", "The lowest rate in the bands of the city's incentive policy."),
    signed_by=Text("市总工会，以文件为准", "The city federation, by its document"),
    model=Policy,
    stands_in=TERMS,
    rows=_city_share,
    value=lambda row: min((band.rate_bp for band in row.bands.all() if band.rate_bp), default=0),
    pick=min,
    columns=COLUMNS,
)
SHARE_MAX = RuleFigure(
    key="bank.share_max",
    label=Text("成果效益用于奖励的最高比例", "Highest share of a result's benefit paid as reward"),
    article=("incentive_share_max",),
    measured_in="percent",
    topic="incentives",
    definition=Text("市激励政策各档中的最高比例。", "The highest rate in the bands of the city's incentive policy."),
    signed_by=Text("市总工会，以文件为准", "The city federation, by its document"),
    model=Policy,
    stands_in=TERMS,
    rows=_city_share,
    value=lambda row: max((band.rate_bp for band in row.bands.all()), default=0),
    columns=COLUMNS,
)
LUMP = RuleFigure(
    key="bank.profit_share_lump",
    label=Text("利润分成方案的一次性奖励", "One-off reward of a profit-share plan"),
    article=("profit_share_lump",),
    measured_in="fen",
    topic="incentives",
    definition=Text(
        "企业利润分成方案中每项成果的一次性奖励；有几家时取最高的。",
        "The one-off reward per result in an enterprise's profit-share plan; of several, the highest.",
    ),
    signed_by=Text("企业，以文件为准", "The enterprise, by its document"),
    model=Policy,
    stands_in=TERMS,
    rows=_enterprise_profit,
    value=lambda row: row.lump_fen,
    columns=COLUMNS,
)
PROFIT_RATE = RuleFigure(
    key="bank.profit_share_rate",
    label=Text("连续数年的利润提成比例", "Share of the result's profit for years running"),
    article=("profit_share_rate",),
    measured_in="percent",
    topic="incentives",
    definition=Text(
        "企业利润分成方案中按成果利润提成的比例；有几家时取最高的。",
        "The share of a result's profit in an enterprise's profit-share plan; of several, the highest.",
    ),
    signed_by=Text("企业，以文件为准", "The enterprise, by its document"),
    model=Policy,
    stands_in=TERMS,
    rows=_enterprise_profit,
    value=lambda row: max((band.rate_bp for band in row.bands.all()), default=0),
    columns=COLUMNS,
)

ALL = [FUND, SHARE_MIN, SHARE_MAX, LUMP, PROFIT_RATE]
