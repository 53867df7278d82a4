"""A benefit from claim to certificate and, if it must be, to its overturning: permission, move, consequences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gongchuang.bank import dues, ledger
from gongchuang.kernel import clock, files, hands
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import next_number
from gongchuang.kernel.quantity import short_fen
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person
from gongchuang.results import benefit as arithmetic
from gongchuang.results import flow, rewards, rules
from gongchuang.results.models import Benefit, BenefitLine, OverlapGroup, Result

Lines = Sequence[Mapping[str, Any]]
"""Rows with kind, label, before, after, quantity, price_fen, and optionally measure, quantity_measure, price_source,
proof_text, proof (an upload)."""


@action
def claim(
    result: Result,
    *,
    from_on: date,
    to_on: date,
    lines: Lines,
    by: Person,
    key: str,
    profit_fen: int | None = None,
    is_recurring: bool = True,
    is_hard: bool = True,
    note: str = "",
    overlap_group: OverlapGroup | None = None,
    is_owner: bool = True,
    supersedes: Benefit | None = None,
) -> Benefit:
    """Claim what a result brought in a year (申报效益); an officer who is no maker checks it by the same press."""
    rules.CLAIM.require(by, result)
    _sensible_period(from_on, to_on)
    if Benefit.objects.filter(result=result, year=from_on.year).exclude(state__in=["overturned", "withdrawn"]).exists():
        raise Refused(
            Text(f"{from_on.year} 年的效益已经申报过。", f"The benefit of {from_on.year} is claimed already."),
            field="from_on",
            cure=Text("请打开那张效益单。", "Please open that sheet."),
        )
    _one_owner(overlap_group, from_on.year, is_owner)
    made = Benefit(
        no=next_number("XY", clock.today().year),
        result=result,
        unit=result.unit,
        year=from_on.year,
        from_on=from_on,
        to_on=to_on,
        amount_fen=arithmetic.total_fen(pure(lines)),
        profit_fen=profit_fen,
        is_recurring=is_recurring,
        is_hard=is_hard,
        note=note,
        overlap_group=overlap_group,
        is_owner=is_owner,
        supersedes=supersedes,
        claimed_by=by,
        claimed_on=clock.today(),
    )
    flow.BENEFIT.start(made, by=by, key=key, name="claim", amount_fen=made.amount_fen)
    _write_lines(made, lines, by)
    for person, _ in result.shares():
        hands.take(made, person, "maker")
    if rules.CHECK.allows(by, made) and result.state == "recognised":
        _check(made, by=by)
    return made


def _sensible_period(from_on: date, to_on: date) -> None:
    if to_on < from_on or (to_on - from_on).days > 366:
        raise Refused(
            Text("认证期应为一年以内：结束日在开始日之后。", "A period of up to a year; its end after its beginning."),
            field="to_on",
        )


def _one_owner(group: OverlapGroup | None, year: int, is_owner: bool, besides: Benefit | None = None) -> None:
    if group is None:
        if not is_owner:
            raise Refused(Text("引用别处的效益时，请选重复效益组。", "Choose the group whose benefit is cited."), field="overlap_group")
        return
    owners = Benefit.objects.filter(overlap_group=group, year=year, is_owner=True).exclude(state__in=["overturned", "withdrawn"])
    owner = owners.exclude(pk=besides.pk if besides else 0).select_related("result").first()
    if is_owner and owner is not None:
        raise Refused(
            Text(f"这笔效益已由 {owner.result.no} 计入，一元钱只计一次。", f"{owner.result.no} counts this benefit; a yuan counts once."),
            field="overlap_group",
            cure=Text("请改为引用。", "Cite it instead."),
        )


def pure(lines: Lines) -> list[arithmetic.Line]:
    """Rows of a form as pure lines, to the decimals that are stored; refused by line number."""
    if not lines:
        raise Refused(Text("效益单至少要有一行。", "A sheet has at least one line."), field="lines")
    found = []
    for number, row in enumerate(lines, start=1):
        values = [arithmetic.plain(Decimal(str(row.get(name) or 0))) for name in ("before", "after", "quantity", "price_fen")]
        before, after, quantity, price = values
        if row["kind"] not in arithmetic.LINE_KINDS or not str(row.get("label") or "").strip():
            raise Refused(Text(f"第 {number} 行：请填项目和类别。", f"Line {number}: name it and choose its kind."), field="lines")
        if quantity <= 0 or price < 0:
            raise Refused(
                Text(f"第 {number} 行：数量要大于 0，单价不能为负。", f"Line {number}: a quantity above zero, no negative price."),
                field="lines",
            )
        found.append(arithmetic.Line(row["kind"], before, after, quantity, price))
    return found


def _write_lines(made: Benefit, lines: Lines, by: Person) -> None:
    for place, (row, line) in enumerate(zip(lines, pure(lines), strict=True), start=1):
        upload = row.get("proof")
        BenefitLine(
            benefit=made,
            place=place,
            kind=line.kind,
            label=str(row["label"]).strip()[:60],
            measure=str(row.get("measure") or "")[:12],
            before=line.before,
            after=line.after,
            quantity=line.quantity,
            quantity_measure=str(row.get("quantity_measure") or "")[:12],
            price_fen=line.price_fen,
            price_source=str(row.get("price_source") or "")[:60],
            period=str(made.period),
            proof_text=str(row.get("proof_text") or "")[:100],
            proof=files.attach(made, upload, part="proof", by=by) if upload else None,
            amount_fen=arithmetic.amount_fen(line),
        ).save()


@action
def reclaim(benefit: Benefit, *, lines: Lines, by: Person, key: str, note: str = "", profit_fen: int | None = None) -> Benefit:
    """Hand a returned sheet in again, corrected (修改后重报)."""
    rules.RECLAIM.require(by, benefit)
    for line in benefit.lines.all():
        line.delete()
    hands.let_go(benefit, "checker")
    benefit.amount_fen = arithmetic.total_fen(pure(lines))
    benefit.note, benefit.checked_by = note or benefit.note, None
    benefit.profit_fen = benefit.profit_fen if profit_fen is None else profit_fen
    flow.BENEFIT.move(benefit, "reclaim", by=by, key=key, amount_fen=benefit.amount_fen)
    _write_lines(benefit, lines, by)
    if rules.CHECK.allows(by, benefit) and benefit.result.state == "recognised":
        _check(benefit, by=by)
    return benefit


@action
def withdraw(benefit: Benefit, *, by: Person, key: str) -> Benefit:
    """Take a claim back before it is checked (撤回)."""
    rules.WITHDRAW.require(by, benefit)
    flow.BENEFIT.move(benefit, "withdraw", by=by, key=key)
    return benefit


def _check(benefit: Benefit, *, by: Person, key: str | None = None) -> None:
    if benefit.result.state != "recognised":
        raise Refused(Text("先认定成果，再审核它的效益。", "Recognise the result first."))
    hands.take(benefit, by, "checker")
    benefit.checked_by = by
    flow.BENEFIT.move(benefit, "check", by=by, key=key, amount_fen=benefit.amount_fen)


@action
def check(benefit: Benefit, *, by: Person, key: str) -> Benefit:
    """Check a claim as union or technician (审核); never one of the makers."""
    rules.CHECK.require(by, benefit)
    _check(benefit, by=by, key=key)
    return benefit


@action
def send_back(benefit: Benefit, *, reason: str, by: Person, key: str) -> Benefit:
    """Return a sheet for correction with the reason (退回修改)."""
    rules.RETURN.require(by, benefit)
    if len(reason.strip()) < 2:
        raise Refused(Text("请写明退回的原因。", "Say why it is returned."), field="reason")
    say = Text(f"效益单已退回：{benefit}（{reason}）", f"Returned for correction: {benefit} ({reason})")
    tell = [benefit.claimed_by, *(person for person, _ in benefit.result.shares())]
    flow.BENEFIT.move(benefit, "return", by=by, key=key, tell=tell, say=say, reason=reason)
    return benefit


@action
def certify(benefit: Benefit, *, by: Person, key: str) -> Benefit:
    """Confirm a benefit as finance (认证); its makers' points and dues follow by the unit's rule."""
    rules.CERTIFY.require(by, benefit)
    if not benefit.lines.exists() or sum(share for _, share in benefit.result.shares()) != 10_000:
        raise Refused(Text("效益单或贡献比例不完整。", "The sheet or the shares are not complete."))
    hands.take(benefit, by, "certifier")
    benefit.certified_by, benefit.certified_on = by, clock.today()
    amount = short_fen(benefit.amount_fen, "zh"), short_fen(benefit.amount_fen, "en")
    say = Text(f"效益已认证 {amount[0]}：{benefit.result.title}", f"Benefit certified, {amount[1]}: {benefit.result.title}")
    tell = [benefit.claimed_by, *(person for person, _ in benefit.result.shares())]
    cause = flow.BENEFIT.move(benefit, "certify", by=by, key=key, tell=tell, say=say, amount_fen=benefit.amount_fen)
    rewards.follow(benefit, cause=cause, by=by)
    return benefit


@action
def audit(benefit: Benefit, *, finding: str, by: Person, key: str) -> Benefit:
    """Confirm a certified benefit by a spot check (抽查)."""
    rules.AUDIT.require(by, benefit)
    flow.BENEFIT.move(benefit, "audit", by=by, key=key, tell=[benefit.certified_by], finding=finding)
    return benefit


@action
def overturn(benefit: Benefit, *, reason: str, by: Person, key: str) -> Benefit:
    """Take a certification back (撤销认证): exactly its own postings are reversed, once; unpaid dues are cancelled."""
    rules.OVERTURN.require(by, benefit)
    if len(reason.strip()) < 5:
        raise Refused(Text("请写明撤销的依据。", "Say on what grounds."), field="reason")
    tell = [benefit.certified_by, benefit.claimed_by, *(person for person, _ in benefit.result.shares())]
    event = flow.BENEFIT.move(benefit, "overturn", by=by, key=key, tell=tell, reason=reason)
    source = rewards.source_of(benefit)
    ledger.reverse(ledger.batch_of(source), cause=event, batch=f"{source}:overturned")
    dues.call_off(source, by=by, reason=reason)
    if not benefit.result.benefits.certified().exists():
        dues.call_off(rewards.schedule_of(benefit.result), by=by, reason=reason)
    return benefit


# -------------------------------------------------------------------------------------------------------- overlap


@action
def group(benefit: Benefit, *, group: OverlapGroup | None, name: str, is_owner: bool, by: Person, key: str) -> Benefit:
    """Say that a claim is the same yuan as others (归入重复效益组): one owner a year counts, the others cite it."""
    rules.GROUP.require(by, benefit)
    if benefit.state in ("certified", "audited", "overturned", "withdrawn"):
        raise Refused(Text("已认证的效益不能改组；请先撤销认证。", "A certified benefit keeps its group; overturn it first."))
    if group is None:
        group = OverlapGroup(name=name or benefit.result.title, unit=benefit.unit)
        group.save()
    _one_owner(group, benefit.year, is_owner, besides=benefit)
    benefit.overlap_group, benefit.is_owner = group, is_owner
    benefit.save()
    record(by, "benefit.group", subject=benefit, key=key, group=group.name, is_owner=is_owner)
    return benefit
