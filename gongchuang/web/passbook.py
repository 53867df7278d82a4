"""The worker's passbook (创新存折): the balance, what is coming and going, and every entry with its arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongchuang.bank import ledger, rules
from gongchuang.bank.models import POINT, WHAT, Account
from gongchuang.kernel import clock, quantity
from gongchuang.kernel.period import Period
from gongchuang.kernel.text import Text
from gongchuang.web import batch

Line = tuple[str, str, bool]
"""What, how much, and whether it is the person's own part."""


@dataclass(frozen=True)
class Entry:
    """One line of the passbook."""

    on: date
    cause: str
    what: str
    ref: str
    address: str
    amount: str
    is_plus: bool
    balance: int
    explained: list[Line] = field(default_factory=list)
    rule: str = ""
    rule_address: str = ""


def accounts(person: Any) -> Any:
    """The person's own accounts of points, one in each enterprise they have worked for; the newest first."""
    rows = rules.SEE_ACCOUNT.among(person, Account._default_manager.all())
    return rows.filter(kind="worker", currency=POINT, person=person).select_related("unit").order_by("-pk")


def page(request: Any, asked_year: str) -> dict[str, Any]:
    """What the page shows: the account, this year's entries newest first, and what was carried over."""
    year = int(asked_year) if asked_year.isdigit() and len(asked_year) == 4 else clock.today().year
    person = request.person
    own = list(accounts(person))
    if not own:
        return {"account": None, "entries": [], "balance": 0, "year": year}
    account = own[0]
    statement = ledger.statement(account, Period.year(year))
    coming = batch.of(request)(ledger.coming_expiries(account))
    expiring = [lot for lot in coming if lot.expires_on and lot.expires_on.year == clock.today().year]
    return {
        "account": account,
        "others": own[1:],
        "balance": account.balance or 0,
        "redeem_address": f"/accounts/{account.ref}/redeem/" if account.balance else "",
        "expiring": sum(lot.left for lot in expiring),
        "expiring_lots": expiring,
        "entries": [entry(one, person) for one in reversed(statement.entries)],
        "opening": statement.opening,
        "came_in": statement.came_in,
        "went_out": statement.went_out,
        "year": year,
        "before": year - 1,
        "is_this_year": year == clock.today().year,
    }


def entry(one: ledger.Entry, person: Any) -> Entry:
    transfer = one.transfer
    return Entry(
        on=transfer.on,
        cause=WHAT.label(transfer.what),
        what=transfer.about,
        ref=transfer.about_ref,
        address=f"/{transfer.about_desk}/{transfer.about_ref}/" if transfer.about_desk and transfer.about_ref else "",
        amount=f"{'+' if one.amount > 0 else '−'}{abs(one.amount):,}",
        is_plus=one.amount > 0,
        balance=one.balance,
        explained=explained(transfer.working, person),
        rule=str(transfer.policy.label_no) if transfer.policy else "",
        rule_address=f"/policies/{transfer.policy.ref}/" if transfer.policy else "",
    )


def explained(working: dict[str, Any], person: Any) -> list[Line]:
    """这 72 分怎么来的: the certified benefit, the rule, and the person's own share of the points."""
    lines: list[Line] = []
    if benefit := working.get("benefit_fen"):
        lines.append(
            (str(Text("财务认证的年效益", "Benefit certified by finance")), f"{quantity.fen_text(benefit)} {Text('元', 'CNY')}", False)
        )
    points = working.get("points")
    if (per := working.get("fen_per_point")) and points:
        rule = Text(f"每 {per // 100:,} 元 1 分", f"1 point for each CNY {per // 100:,}")
        lines.append((str(rule), str(Text(f"÷ {per // 100:,} = {points} 分", f"÷ {per // 100:,} = {points} points")), False))
    for share in working.get("shares", ()):
        is_own = share.get("person") == str(person.uid)
        who = Text("您的份额", "Your share") if is_own else Text(f"{share.get('name', '')}的份额", f"{share.get('name', '')}'s share")
        sum_ = f"{points} × {quantity.percent_text(share['share_bp'])} = {share['points']} {Text('分', 'points')}"
        lines.append((str(who), sum_, is_own))
    return lines
