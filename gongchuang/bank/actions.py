"""Every change in the bank, except the year's redemption (settlement.py): permission, move, consequences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from gongchuang.bank import dues, flow, ledger, rules
from gongchuang.bank.credits import policy_on
from gongchuang.bank.dues import About
from gongchuang.bank.models import CNY, POINT, Account, Due, Lot, Policy, PolicyBand, PolicyPoint
from gongchuang.bank.policy import POINTS, Band, Plan, faults
from gongchuang.kernel import clock, hands
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import next_number
from gongchuang.kernel.quantity import fen_text
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person, Unit

# ------------------------------------------------------------------------------------------------------- policies


@action
def propose_policy(
    unit: Unit,
    *,
    plan: str,
    name: str,
    from_on: date,
    by: Person,
    key: str,
    document_no: str = "",
    mode: str = "whole",
    bands: Sequence[tuple[int, int]] = (),
    lump_fen: int = 0,
    years: int = 1,
    cap_fen: int | None = None,
    fen_per_point: int = 0,
    points: Mapping[str, int] | None = None,
    cap_points: int | None = None,
    fen_for_point: int = 0,
    valid_years: int | None = None,
) -> Policy:
    """Write a new version of a unit's policy (新版激励规则); another person puts it in force.

    bands: (from_fen, rate_bp) ascending. A share outside the policy's 1%–5% is refused with the reason.
    """
    rules.PROPOSE_POLICY.require(by, unit)
    refuse_faults(plan_of(plan, mode, bands, lump_fen, years, cap_fen, fen_per_point, points or {}, cap_points))
    last = Policy.objects.filter(unit=unit, plan=plan).aggregate(last=Max("number"))["last"] or 0
    made = Policy(
        no=next_number("ZC", clock.today().year),
        unit=unit,
        plan=plan,
        number=last + 1,
        name=name,
        document_no=document_no,
        mode=mode,
        lump_fen=lump_fen,
        years=years,
        cap_fen=cap_fen,
        fen_per_point=fen_per_point,
        cap_points=cap_points,
        fen_for_point=fen_for_point,
        valid_years=valid_years,
        from_on=from_on,
        made_by=by,
    )
    flow.POLICY.start(made, by=by, key=key, name="propose")
    for start, rate in bands:
        PolicyBand(policy=made, from_fen=start, rate_bp=rate).save()
    for kind, worth in sorted((points or {}).items()):
        PolicyPoint(policy=made, kind=kind, points=worth).save()
    hands.take(made, by, "maker")
    return made


def plan_of(
    plan: str,
    mode: str,
    bands: Sequence[tuple[int, int]],
    lump_fen: int,
    years: int,
    cap_fen: int | None,
    fen_per_point: int,
    points: Mapping[str, int],
    cap_points: int | None,
) -> Plan:
    """The pure plan of what a form holds, before there is a record."""
    steps = tuple(Band(start, rate) for start, rate in bands)
    return Plan(plan, steps, mode, lump_fen, years, cap_fen, fen_per_point, points, cap_points)


def refuse_faults(plan: Plan) -> None:
    for fault in faults(plan):
        raise Refused(Text(fault.zh, fault.en), field=fault.field)


@action
def approve_policy(policy: Policy, *, by: Person, key: str) -> Policy:
    """Put a version in force (审批生效) from its day on; never the person who wrote it."""
    rules.APPROVE_POLICY.require(by, policy)
    refuse_faults(policy.terms())
    hands.take(policy, by, "checker")
    flow.POLICY.move(policy, "approve", by=by, key=key, tell=[policy.made_by])
    return policy


@action
def drop_policy(policy: Policy, *, reason: str, by: Person, key: str) -> Policy:
    """Give up a version that is not in force yet."""
    rules.DROP_POLICY.require(by, policy)
    flow.POLICY.move(policy, "drop", by=by, key=key, tell=[policy.made_by], reason=reason)
    return policy


# ---------------------------------------------------------------------------------------------------------- funds


@action
def fill_fund(unit: Unit, *, amount_fen: int, document_no: str, by: Person, key: str) -> Account:
    """Put money into a unit's incentive fund (拨入奖励资金); one document fills once."""
    rules.FILL.require(by, unit)
    if amount_fen <= 0:
        raise Refused(Text("金额要大于 0。", "The amount must be above zero."), field="amount_fen")
    fund, source = ledger.account("fund", CNY, unit), ledger.account("source", CNY, unit)
    event = record(by, "fund.fill", subject=fund, key=key, amount_fen=amount_fen, document_no=document_no)
    posting = ledger.Posting(source, fund, amount_fen, f"fill:{unit.uid}:{document_no}", "fill", about=document_no)
    ledger.post([posting], cause=event)
    return fund


# ----------------------------------------------------------------------------------------------------------- dues


@action
def award(
    unit: Unit,
    *,
    payee: Person | Unit,
    amount_fen: int,
    about: str,
    document_no: str,
    by: Person,
    key: str,
    source: str = "",
    about_desk: str = "",
    about_ref: str = "",
    instalment: int = 0,
) -> Due:
    """Owe a prize by a decision (奖金): `unit` pays it from its fund after approval. One a document and payee."""
    rules.OWE.require(by, unit)
    if amount_fen <= 0:
        raise Refused(Text("金额要大于 0。", "The amount must be above zero."), field="amount_fen")
    if not source:
        _not_awarded(payee, document_no)
    event = record(by, "prize.award", subject=unit, amount_fen=amount_fen, document_no=document_no)
    return dues.owe(
        unit,
        payee,
        kind="prize",
        source=(source or f"document:{document_no}")[:100],
        about=About(about, about_desk, about_ref or document_no),
        cause=event,
        by=by,
        amount_fen=amount_fen,
        year=clock.today().year,
        instalment=instalment,
        working=document_no,
        key=key,
    )


def _not_awarded(payee: Person | Unit, document_no: str) -> None:
    """One prize by a document and payee: a second one is said, not swallowed."""
    person, team = (payee, None) if isinstance(payee, Person) else (None, payee)
    before = Due.objects.filter(source=f"document:{document_no}"[:100], kind="prize", person=person, payee_unit=team).first()
    if before is not None:
        raise Refused(
            Text(f"{payee} 的这份文件已登记过奖金（{before.no}）。", f"{payee} has a prize by this document already ({before.no})."),
            field="document_no",
            cure=Text("请核对文号；要改金额，先取消那一笔。", "Check the number; to change the sum, cancel that one first."),
        )


@action
def approve_due(due: Due, *, by: Person, key: str) -> Due:
    """Approve a due for payment (审批); never the payee."""
    rules.APPROVE_DUE.require(by, due)
    hands.take(due, by, "checker")
    due.approved_by = by
    flow.DUE.move(due, "approve", by=by, key=key, amount_fen=due.amount_fen)
    return due


@action
def pay_due(due: Due, *, voucher_no: str, by: Person, key: str) -> Due:
    """Pay a due from the unit's fund (发放): a second person, never the payee; the fund may not fall below zero."""
    rules.PAY_DUE.require(by, due)
    hands.take(due, by, "payer")
    fund = ledger.account("fund", CNY, due.unit)
    payee = ledger.account("received", CNY, due.payee_unit or due.unit, due.person)
    event = record(by, "due.payment", subject=due, amount_fen=due.amount_fen, voucher_no=voucher_no)
    posting = ledger.Posting(
        fund,
        payee,
        due.amount_fen or 0,
        f"due:{due.uid}",
        "prize" if due.kind == "prize" else "redeem" if due.kind == "redemption" else "reward",
        policy=due.policy,
        about=due.about,
        about_desk=due.about_desk,
        about_ref=due.about_ref,
        working={"working": due.working, "base_fen": due.base_fen, "share_bp": due.share_bp},
    )
    if not flow.DUE.allows(due, "pay"):
        raise Refused(Text("这一笔现在不能发放。", "This cannot be paid now."))
    [due.transfer] = ledger.post([posting], cause=event)
    due.paid_on, due.voucher_no = clock.today(), voucher_no
    tell = [due.person] if due.person else []
    say = Text(f"已发放 {fen_text(due.amount_fen or 0)} 元：{due.about}", f"Paid {fen_text(due.amount_fen or 0)} yuan: {due.about}")
    flow.DUE.move(due, "pay", by=by, key=key, tell=tell, say=say, voucher_no=voucher_no)
    return due


@action
def cancel_due(due: Due, *, reason: str, by: Person, key: str) -> Due:
    """Cancel an unpaid due with a reason (取消); points that were given for it come back."""
    rules.CANCEL_DUE.require(by, due)
    event = flow.DUE.move(due, "cancel", by=by, key=key, tell=[due.person] if due.person else [], reason=reason)
    if due.kind == "redemption":
        ledger.reverse(ledger.batch_of(due.source), cause=event, batch=due.source)
    return due


@action
def recover_due(due: Due, *, voucher_no: str, by: Person, key: str) -> Due:
    """Money wrongly paid came back (追回): the payment is reversed, once."""
    rules.RECOVER_DUE.require(by, due)
    event = flow.DUE.move(due, "recover", by=by, key=key, tell=[due.person] if due.person else [], voucher_no=voucher_no)
    if due.transfer is None:
        raise Refused(Text("这一笔没有发放记录。", "This has no payment."))
    ledger.reverse([due.transfer], cause=event)
    return due


# --------------------------------------------------------------------------------------------------------- points


@action
def redeem(account: Account, *, points: int, by: Person, key: str) -> Due:
    """A worker turns points into money (兑换): the points leave at once, the money is owed and paid by others."""
    rules.REDEEM.require(by, account)
    policy = policy_on(account.unit, POINTS, clock.today())
    if policy is None or not policy.fen_for_point:
        raise Refused(Text("本单位现在不能随时兑换，年底统一兑现。", "Your unit redeems points only at the end of the year."))
    owed = ledger.owed_back(account.unit, by)
    if points <= 0 or points > (account.balance or 0) - owed:
        raise ledger.not_enough(account, points + owed)
    event = record(by, "account.redeem", subject=account, points=points)
    source = f"redeem:{event.uid}"
    about = About(str(Text(f"{points} 积分", f"{points} points")), "accounts", str(account.uid))
    posting = ledger.Posting(
        account,
        ledger.account("redeemed", POINT, account.unit),
        points,
        f"{source}:{by.uid}",
        "redeem",
        policy=policy,
        about=about.title,
        working={"points": points, "fen_for_point": policy.fen_for_point},
    )
    ledger.post([posting], cause=event, batch=source)
    return dues.owe(
        account.unit,
        by,
        kind="redemption",
        source=source,
        about=about,
        cause=event,
        by=by,
        amount_fen=points * policy.fen_for_point,
        year=clock.today().year,
        working=f"{points} × {fen_text(policy.fen_for_point)}",
        policy=policy,
        key=key,
    )


@action
def expire(unit: Unit, *, by: Person | None, key: str) -> Unit:
    """Post away what is left of lots whose last day has passed (到期): never more than the remainder."""
    if by is not None:
        rules.EXPIRE.require(by, unit)
    gone = ledger.account("expired", POINT, unit)
    lots = list(
        Lot.objects.filter(account__unit=unit, account__kind="worker", left__gt=0, expires_on__lt=clock.today())
        .select_related("account__person", "transfer")
        .order_by("pk")
    )
    event = record(by, "account.expire", subject=unit, key=key, lots=len(lots), points=sum(lot.left for lot in lots))
    postings: list[Any] = [
        ledger.Posting(lot.account, gone, lot.left, f"expire:{lot.uid}", "expire", about=lot.transfer.about, use=lot) for lot in lots
    ]
    ledger.post(postings, cause=event)
    return unit
