"""A year's redemption (年终兑现): points to money for a whole enterprise; previewed, approved, paid by three persons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from gongchuang.bank import flow, ledger, rules
from gongchuang.bank.credits import policy_on
from gongchuang.bank.models import CNY, POINT, Account, Policy, Settlement, SettlementLine, Transfer
from gongchuang.bank.policy import POINTS
from gongchuang.kernel import clock, hands
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, touch
from gongchuang.kernel.models import next_number
from gongchuang.kernel.period import Period
from gongchuang.kernel.quantity import fen_text
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person, Unit


@dataclass(frozen=True, slots=True)
class Line:
    """One worker in the preview: redeemable points and what they are worth."""

    account: Account
    points: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a redemption would do (试算), before anything is written."""

    unit: Unit
    period: Period
    policy: Policy
    fen_for_point: int
    lines: list[Line]

    @property
    def points(self) -> int:
        return sum(line.points for line in self.lines)

    @property
    def amount_fen(self) -> int:
        return sum(line.amount_fen for line in self.lines)


def preview(unit: Unit, period: Period, fen_for_point: int | None = None) -> Preview:
    """What each worker of a unit's bank may redeem for a period, in four queries.

    Redeemable = points there at the period's end and still there now, less what is owed back.
    """
    policy = policy_on(unit, POINTS, min(period.last_day, clock.today()))
    if policy is None:
        raise Refused(
            Text(f"{unit} 没有生效的积分规则。", f"{unit} has no policy for points in force."),
            cure=Text("先在“激励规则”里新建并审批一版积分规则。", "Write and approve one under Policies first."),
        )
    price = fen_for_point or policy.fen_for_point
    if price <= 0:
        raise Refused(
            Text("没有写明每分兑多少元。", "It does not say what a point is worth."),
            field="fen_for_point",
            cure=Text("在积分规则里写明，或在这里填写。", "Say so in the policy, or here."),
        )
    accounts = Account.objects.filter(kind="worker", unit=unit, balance__gt=0).select_related("person", "unit")
    later = _moved_after(unit, period.last_day)
    owed = _owed(unit)
    lines = []
    for account in accounts.order_by("person__work_no", "pk"):
        now = account.balance or 0
        points = min(now, now - later.get(account.pk, 0)) - owed.get(account.person_id or 0, 0)
        if points > 0:
            lines.append(Line(account, points, points * price))
    return Preview(unit, period, policy, price, lines)


def _moved_after(unit: Unit, day: date) -> dict[int, int]:
    """Net points in (out as negatives) of each worker account after a day."""
    later = Transfer.objects.filter(unit=unit, currency=POINT, on__gt=day)
    net: dict[int, int] = {}
    for side, sign in (("credit", 1), ("debit", -1)):
        rows = later.filter(**{f"{side}__kind": "worker"}).values_list(side).annotate(total=Sum("amount"))
        for pk, total in rows.order_by():
            net[pk] = net.get(pk, 0) + sign * total
    return net


def _owed(unit: Unit) -> dict[int, int]:
    """Points owed back, by person."""
    debts = Account.objects.filter(kind="owed", unit=unit)
    return {debt.person_id or 0: -ledger.balance(debt) for debt in debts}


def settlement_of(unit: Unit, period: Period) -> Settlement | None:
    """The standing list of a unit and period, if there is one."""
    return Settlement.objects.filter(unit=unit, period=str(period)).exclude(state="dropped").first()


@action
def settle(unit: Unit, *, period: str, by: Person | None, key: str, fen_for_point: int | None = None) -> Settlement:
    """Make a year's list (试算建单); the same unit and period again gives the list there is. By the system: list only."""
    if by is not None:
        rules.SETTLE.require(by, unit)
    said = str(Period.parse(period))
    before = settlement_of(unit, Period.parse(period))
    if before is not None:
        if fen_for_point is not None and fen_for_point != before.fen_for_point:
            raise Refused(
                Text(
                    f"{before.no} 已按每分 {fen_text(before.fen_for_point)} 元建单。",
                    f"{before.no} exists at {fen_text(before.fen_for_point)} yuan a point.",
                ),
                cure=Text("先撤销那一单。", "Withdraw that one first."),
            )
        return before
    seen = preview(unit, Period.parse(period), fen_for_point)
    if not seen.lines:
        raise Refused(Text("没有可兑换的积分。", "There are no points to redeem."))
    made = Settlement(
        no=next_number("DX", clock.today().year),
        unit=unit,
        period=said,
        fen_for_point=seen.fen_for_point,
        policy=seen.policy,
        made_by=by,
        persons=len(seen.lines),
        points=seen.points,
        amount_fen=seen.amount_fen,
    )
    flow.SETTLEMENT.start(made, by=by, key=key, name="settle", points=seen.points, amount_fen=seen.amount_fen)
    lines = [
        SettlementLine(
            settlement=made,
            account=line.account,
            person=line.account.person,
            points=line.points,
            amount_fen=line.amount_fen,
            version=1,
        )
        for line in seen.lines
    ]
    SettlementLine.objects.bulk_create(lines, batch_size=500)
    touch(lines)
    if by is not None:
        hands.take(made, by, "maker")
    return made


@action
def approve_settlement(settlement: Settlement, *, by: Person, key: str) -> Settlement:
    """Approve the list (审批): the points leave the accounts, each once; never by its maker or by one on it."""
    rules.APPROVE_SETTLEMENT.require(by, settlement)
    hands.take(settlement, by, "checker")
    settlement.approved_by = by
    event = flow.SETTLEMENT.move(settlement, "approve", by=by, key=key, points=settlement.points)
    redeemed = ledger.account("redeemed", POINT, settlement.unit)
    owed = _owed(settlement.unit)
    year = Period.parse(settlement.period).label_in("zh")
    postings = []
    for line in _lines(settlement):
        if owed.get(line.person_id):
            debt = ledger.account("owed", POINT, settlement.unit, line.person)
            said = f"make_good:{settlement.uid}:{line.person.uid}"
            postings.append(ledger.Posting(line.account, debt, owed[line.person_id], said, "make_good"))
        postings.append(
            ledger.Posting(
                line.account,
                redeemed,
                line.points,
                f"settle:{settlement.unit.uid}:{settlement.period}:{settlement.no}:{line.person.uid}",
                "redeem",
                policy=settlement.policy,
                about=f"{year}，每分 {fen_text(settlement.fen_for_point)} 元，共 {fen_text(line.amount_fen)} 元",
                about_desk="settlements",
                about_ref=settlement.no,
                working={"points": line.points, "fen_for_point": settlement.fen_for_point},
            )
        )
    ledger.post(postings, cause=event, batch=f"settlement:{settlement.uid}")
    return settlement


@action
def pay_settlement(settlement: Settlement, *, voucher_no: str, by: Person, key: str) -> Settlement:
    """Pay the whole list from the fund (发放): a third pair of eyes; totals stay what was approved."""
    rules.PAY_SETTLEMENT.require(by, settlement)
    hands.take(settlement, by, "payer")
    lines = _lines(settlement)
    fund = ledger.account("fund", CNY, settlement.unit)
    event = flow.SETTLEMENT.move(
        settlement,
        "pay",
        by=by,
        key=key,
        voucher_no=voucher_no,
        amount_fen=settlement.amount_fen,
        tell=[line.person for line in lines],
        say=Text(f"积分兑现已发放：{settlement}", f"Points redeemed and paid: {settlement}"),
    )
    postings = [
        ledger.Posting(
            fund,
            ledger.account("received", CNY, settlement.unit, line.person),
            line.amount_fen,
            f"settlement:{settlement.uid}:{line.person.uid}",
            "redeem",
            policy=settlement.policy,
            about=f"{settlement.no} {line.points} × {fen_text(settlement.fen_for_point)}",
            about_desk="settlements",
            about_ref=settlement.no,
        )
        for line in lines
    ]
    ledger.post(postings, cause=event, batch=f"settlement:{settlement.uid}:paid")
    return settlement


@action
def drop_settlement(settlement: Settlement, *, reason: str, by: Person, key: str) -> Settlement:
    """Withdraw a list that is not approved yet; another can be made for the period."""
    rules.DROP_SETTLEMENT.require(by, settlement)
    flow.SETTLEMENT.move(settlement, "drop", by=by, key=key, reason=reason)
    return settlement


def _lines(settlement: Settlement) -> list[SettlementLine]:
    rows: Iterable[SettlementLine] = settlement.lines.select_related("person", "account").order_by("pk")
    return list(rows)
