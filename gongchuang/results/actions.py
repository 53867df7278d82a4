"""Every change of a result, its patent and its spreading; its benefits are in certification.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gongchuang.bank import credits
from gongchuang.bank.policy import POINTS
from gongchuang.kernel import clock, files, hands
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import next_number
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person, Unit, holders_of
from gongchuang.proposals import actions as proposals
from gongchuang.proposals.models import Proposal
from gongchuang.results import flow, patent_number, rewards, rules
from gongchuang.results.models import KINDS, Maker, Patent, Result, Spread

Makers = Sequence[tuple[Person, int]]
"""Persons with their basis points, in their order."""


@action
def register(
    unit: Unit,
    *,
    kind: str,
    title: str,
    problem: str,
    solution: str,
    makers: Makers,
    by: Person,
    key: str,
    used_from_on: date | None = None,
    proposal: Proposal | None = None,
    derived_from: Result | None = None,
    social_effect: str = "",
    is_confidential: bool = False,
    proofs: Sequence[Any] = (),
    source: str = "",
) -> Result:
    """Enter a result (登记成果). An officer who is none of its makers recognises it by the same press."""
    rules.REGISTER.require(by, unit)
    return _register(
        unit, kind=kind, title=title, problem=problem, solution=solution, makers=makers, used_from_on=used_from_on,
        proposal=proposal, derived_from=derived_from, social_effect=social_effect, is_confidential=is_confidential,
        proofs=proofs, source=source, by=by, key=key,
    )  # fmt: skip


def _register(unit: Unit, *, makers: Makers, proofs: Sequence[Any], by: Person, key: str, **said: Any) -> Result:
    check_makers(makers)
    if said["kind"] not in KINDS:
        raise Refused(Text("请选成果类型。", "Choose the kind of result."), field="kind")
    today = clock.today()
    said["title"] = said["title"].strip()[:100]
    result = Result(no=next_number("CG", today.year), unit=unit, registered_by=by, registered_on=today, **said)
    flow.RESULT.start(result, by=by, key=key, name="register", tell=[person for person, _ in makers])
    set_makers(result, makers)
    for upload in proofs:
        files.attach(result, upload, part="proof", by=by)
    if rules.RECOGNISE.allows(by, result):
        _recognise(result, by=by)
    return result


def check_makers(makers: Makers) -> None:
    """Shares add up to 100% and each maker stands once; refused with the field."""
    persons = [person.pk for person, _ in makers]
    total = sum(share for _, share in makers)
    if not makers:
        raise Refused(Text("请填完成人。", "Name the makers."), field="makers")
    if len(set(persons)) != len(persons):
        raise Refused(Text("同一完成人只填一次。", "Each maker stands once."), field="makers")
    if total != 10_000 or any(share <= 0 for _, share in makers):
        raise Refused(
            Text(f"贡献比例合计应为 100%，现在是 {total / 100:g}%。", f"Shares must add up to 100%, they make {total / 100:g}%."),
            field="makers",
        )


def set_makers(result: Result, makers: Makers) -> None:
    for place, (person, share) in enumerate(makers, start=1):
        Maker(result=result, person=person, share_bp=share, place=place).save()
        hands.take(result, person, "maker")


@action
def make_from_proposal(
    proposal: Proposal,
    *,
    kind: str,
    by: Person,
    key: str,
    makers: Makers = (),
    title: str = "",
    used_from_on: date | None = None,
    is_confidential: bool = False,
    proofs: Sequence[Any] = (),
) -> Result:
    """Make a result from an implemented proposal (转为成果) without retyping; the proposal says what became of it."""
    rules.MAKE.require(by, proposal.unit)
    if before := Result.objects.filter(proposal=proposal, kind=kind).first():
        raise Refused(
            Text(f"这条建议已转为同类成果 {before.no}。", f"This proposal is a result of that kind already: {before.no}."), field="proposal"
        )
    result = _register(
        proposal.unit,
        kind=kind,
        title=title or proposal.title,
        problem=proposal.problem,
        solution=proposal.idea,
        makers=makers or makers_of(proposal),
        used_from_on=used_from_on or proposal.implemented_on,
        proposal=proposal,
        is_confidential=is_confidential,
        proofs=proofs,
        by=by,
        key=key,
    )
    if proposal.state == "implemented":
        proposals.become_result(proposal, by=by, key=f"{key}:proposal")
    elif proposal.state != "resulted":
        raise Refused(
            Text("建议确认实施以后才能转为成果。", "A proposal becomes a result once it is implemented."),
            field="proposal",
        )
    return result


def makers_of(proposal: Proposal) -> list[tuple[Person, int]]:
    """Author and co-authors in equal parts, the author taking the remainder: a first value to be corrected."""
    persons = [proposal.author, *(one.person for one in proposal.coauthors.select_related("person"))]
    each = 10_000 // len(persons)
    return [(person, 10_000 - each * (len(persons) - 1) if place == 0 else each) for place, person in enumerate(persons)]


def _recognise(result: Result, *, by: Person, key: str | None = None) -> None:
    hands.take(result, by, "checker")
    result.recognised_on = clock.today()
    flow.RESULT.move(result, "recognise", by=by, key=key, tell=[person for person, _ in result.shares()])


@action
def recognise(result: Result, *, by: Person, key: str) -> Result:
    """Recognise a result and its kind (认定); from this day it counts. Never one of its makers."""
    rules.RECOGNISE.require(by, result)
    _recognise(result, by=by, key=key)
    return result


@action
def send_back(result: Result, *, reason: str, by: Person, key: str) -> Result:
    """Send it back to whoever entered it, with what is missing (退回)."""
    rules.SEND_BACK.require(by, result)
    flow.RESULT.move(result, "send_back", by=by, key=key, tell=[result.registered_by], reason=reason)
    return result


@action
def resubmit(
    result: Result, *, by: Person, key: str, title: str = "", problem: str = "", solution: str = "", makers: Makers = ()
) -> Result:
    """Hand it in again, corrected (重新提交)."""
    rules.RESUBMIT.require(by, result)
    if makers:
        check_makers(makers)
        for maker in result.makers.all():
            maker.delete()
        hands.let_go(result, "maker")
        set_makers(result, makers)
    result.title = title or result.title
    result.problem = problem or result.problem
    result.solution = solution or result.solution
    flow.RESULT.move(result, "resubmit", by=by, key=key)
    return result


@action
def revoke(result: Result, *, reason: str, by: Person, key: str) -> Result:
    """Take a recognition back (撤销): it no longer counts. Its certified benefits must be overturned first."""
    rules.REVOKE.require(by, result)
    if result.benefits.certified().exists():
        raise Refused(
            Text("先撤销它已认证的效益。", "Overturn its certified benefits first."),
            cure=Text("审计或区市在效益单上办理。", "An auditor or the district does so on the benefit sheet."),
        )
    persons = [person for person, _ in result.shares()]
    flow.RESULT.move(result, "revoke", by=by, key=key, tell=persons, reason=reason)
    return result


# -------------------------------------------------------------------------------------------------------- patents


@action
def add_patent(result: Result, *, number: str, filed_on: date, by: Person, key: str, granted_on: date | None = None) -> Patent:
    """Add the patent of a result (登记专利): the number's check digit must fit. A grant is confirmed by an officer."""
    rules.PATENT.require(by, result)
    try:
        plain, kind = patent_number.parse(number)
    except patent_number.WrongNumber as wrong:
        raise refused_number(wrong) from wrong
    if Patent.objects.filter(number=plain).exists() or Patent.objects.filter(result=result).exists():
        raise Refused(Text("这个专利已经登记。", "This patent is there already."), field="number")
    patent = Patent(result=result, unit=result.unit, number=plain, kind=kind, filed_on=filed_on)
    flow.PATENT.start(patent, by=by, key=key, name="file")
    if granted_on is not None:
        rules.CONFIRM_PATENT.require(by, result)
        _grant(patent, granted_on, by=by)
    return patent


def refused_number(wrong: patent_number.WrongNumber) -> Refused:
    said = {
        "shape": Text(
            "专利号应为 12 位数字、一个点和一位校验码，如 201610018402.3。",
            "A patent number has 12 digits, a dot and a check digit, like 201610018402.3.",
        ),
        "kind": Text("第 5 位应为 1、2、3、8 或 9。", "The fifth digit must be 1, 2, 3, 8 or 9."),
        "check": Text(
            f"校验码不对，应为 {wrong.expected}，请核对号码。", f"The check digit should be {wrong.expected}. Please check the number."
        ),
    }
    return Refused(said[wrong.reason], field="number")


def _grant(patent: Patent, granted_on: date, *, by: Person, key: str | None = None) -> None:
    if granted_on < patent.filed_on or granted_on > clock.today():
        raise Refused(Text("授权日应在申请日之后、今天之前。", "The grant lies between the filing and today."), field="granted_on")
    patent.granted_on = granted_on
    flow.PATENT.move(patent, "grant", by=by, key=key)


@action
def grant_patent(result: Result, *, granted_on: date, by: Person, key: str) -> Patent:
    """Confirm that the patent was granted (专利授权)."""
    rules.CONFIRM_PATENT.require(by, result)
    patent = Patent.objects.filter(result=result).first()
    if patent is None:
        raise Refused(Text("这项成果还没有登记专利。", "This result has no patent yet."))
    _grant(patent, granted_on, by=by, key=key)
    return patent


# ------------------------------------------------------------------------------------------------------ spreading


@action
def spread(result: Result, *, to_unit: Unit, by: Person, key: str, word: str = "") -> Spread:
    """Offer a recognised result to another team (推广): its leader answers."""
    rules.OFFER.require(by, result)
    if result.state != "recognised":
        raise Refused(Text("认定以后才能推广。", "Only a recognised result can be spread."))
    if to_unit.is_inside(result.unit) or Spread.objects.filter(result=result, to_unit=to_unit).exclude(state="turned_down").exists():
        raise Refused(Text("这个班组已经在用，或已经推荐过。", "That team uses it or was asked already."), field="to_unit")
    offered = Spread(no=next_number("TG", clock.today().year), result=result, unit=result.unit, to_unit=to_unit, offered_by=by, word=word)
    leaders = holders_of(("leader", "officer"), to_unit)
    flow.SPREAD.start(offered, by=by, key=key, name="offer", tell=leaders)
    return offered


@action
def take_up(spread: Spread, *, by: Person, key: str, answer: str = "") -> Spread:
    """The other team has adopted it (接收推广); spreading pays the makers where the unit's rule says so."""
    rules.TAKE_UP.require(by, spread)
    spread.taken_up_by, spread.taken_up_on, spread.answer = by, clock.today(), answer
    shares = spread.result.shares()
    event = flow.SPREAD.move(spread, "take_up", by=by, key=key, tell=[person for person, _ in shares])
    policy = credits.policy_on(spread.result.unit, POINTS, clock.today())
    worth = policy.terms().points_by_kind.get("spread", 0) if policy else 0
    if policy and worth:
        credits.credit_points(
            spread.result.unit,
            shares,
            worth,
            policy,
            cause=event,
            batch=f"spread:{spread.uid}",
            what="spread",
            about=rewards.about(spread.result),
        )
    return spread


@action
def turn_down(spread: Spread, *, answer: str, by: Person, key: str) -> Spread:
    """The other team cannot use it, and says why (不接收)."""
    rules.TURN_DOWN.require(by, spread)
    spread.answer = answer
    flow.SPREAD.move(spread, "turn_down", by=by, key=key, tell=[spread.offered_by])
    return spread


@action
def note(result: Result, *, text: str, by: Person, key: str) -> Result:
    """Add a remark to a result's history (备注)."""
    rules.SEE.require(by, result)
    record(by, "result.note", subject=result, key=key, text=text)
    return result
