"""Bringing two sides together (对接): from a ranked candidate to a contract and its confirmed benefit."""

from __future__ import annotations

from datetime import date

from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action
from gongchuang.kernel.models import next_number
from gongchuang.kernel.text import Text
from gongchuang.matchmaker import flow, ranking, rules
from gongchuang.matchmaker.models import DECLINE_REASONS, Contract, Expert, Institution, Match, MatchBenefit, Need
from gongchuang.people.models import Person, holders_of

# ---- from ranking to agreement ---------------------------------------------------------------------------------------


@action
def put_forward(need: Need, *, candidate: str, by: Person, key: str) -> Match:
    """Put a ranked candidate to the enterprise (推荐): `candidate` is «offer:…», «expert:…» or «studio:…»."""
    rules.PUT_FORWARD.require(by, need)
    match = _found(need, _candidate(candidate))
    match.matchmaker = by
    _begin(match, by, key)
    match.recommended_on = clock.today()
    told = holders_of(("officer",), need.unit)
    flow.MATCH.move(match, "recommend", by=by, key=key, tell=told, score_bp=match.score_bp)
    if need.state == "published":
        flow.NEED.move(need, "put_forward", by=by, key=f"{key}:need")
    return match


@action
def volunteer(need: Need, *, by: Person, key: str, note: str = "") -> Match:
    """An expert offers to take a need on (我来对接); the enterprise answers."""
    rules.VOLUNTEER.require(by, need)
    expert = ranking.experts().get(person=by)
    if need.state not in {"published", "in_touch"}:
        raise Refused(Text("这项需求现在不找人对接。", "This need is not looking for anyone now."))
    match = _found(need, expert)
    _begin(match, by, key)
    told = [*holders_of(("officer",), need.unit), *holders_of(("matchmaker",), need.unit)]
    flow.MATCH.move(match, "volunteer", by=by, key=key, tell=told, note=note)
    if need.state == "published":
        flow.NEED.move(need, "put_forward", by=by, key=f"{key}:need")
    return match


@action
def want(match: Match, *, by: Person, key: str) -> Match:
    """The enterprise is interested (企业有意); now the other side is asked."""
    rules.WANT.require(by, match)
    match.wanted_on = clock.today()
    flow.MATCH.move(match, "want", by=by, key=key, tell=[match.solver, match.matchmaker])
    return match


@action
def accept(match: Match, *, by: Person, key: str) -> Match:
    """The other side agrees too (同意对接): from now on each sees whom to call."""
    rules.ACCEPT.require(by, match)
    _has_room(match)
    return _agree(match, "accept", by, key)


@action
def welcome(match: Match, *, by: Person, key: str) -> Match:
    """The enterprise takes up an expert's own offer (欢迎对接): both have agreed."""
    rules.WELCOME.require(by, match)
    _has_room(match)
    match.wanted_on = clock.today()
    return _agree(match, "welcome", by, key)


def _agree(match: Match, move: str, by: Person, key: str) -> Match:
    match.agreed_on = clock.today()
    told = [match.solver, match.matchmaker, *holders_of(("officer",), match.unit)]
    flow.MATCH.move(match, move, by=by, key=key, tell=told)
    need = match.need
    if need.matched_on is None:
        need.matched_on = match.agreed_on
        need.save()
    return match


@action
def decline(match: Match, *, reason: str, note: str, by: Person, key: str) -> Match:
    """Nothing came of it (未成): the reason goes back to both sides; the need looks on if nobody else is in touch."""
    rules.DECLINE.require(by, match)
    if reason not in DECLINE_REASONS:
        raise Refused(Text("请选一个原因。", "Please choose a reason."), field="reason")
    match.declined_on, match.declined_by, match.declined_for, match.declined_note = clock.today(), by, reason, note
    why = DECLINE_REASONS.texts[reason]
    say = Text(f"{match.no} 未成：{why.zh}", f"{match.no} came to nothing: {why.en}")
    told = [match.matchmaker, *holders_of(("officer",), match.unit)]
    if match.wanted_on is not None:
        told.append(match.solver)
    flow.MATCH.move(match, "decline", by=by, key=key, tell=told, say=say, reason=reason)
    need = match.need
    if need.state == "in_touch" and not need.matches.exclude(state="declined").exists():
        flow.NEED.move(need, "search_on", by=by, key=f"{key}:need")
    return match


# ---- meeting, contract, benefit --------------------------------------------------------------------------------------


@action
def meet(match: Match, *, met_on: date, meeting: str, by: Person, key: str) -> Match:
    """The two sides have met face to face (面谈)."""
    rules.MEET.require(by, match)
    _not_in_future(met_on, "met_on")
    if match.agreed_on and met_on < match.agreed_on:
        raise Refused(Text("面谈日期早于双方同意的日期。", "They cannot meet before both agreed."), field="met_on")
    match.met_on, match.meeting = met_on, meeting
    match.matchmaker = match.matchmaker or by
    flow.MATCH.move(match, "meet", by=by, key=key, tell=[match.solver, *holders_of(("officer",), match.unit)])
    return match


@action
def sign(
    match: Match, *, title: str, kind: str, party_b: str, amount_fen: int, signed_on: date, ends_on: date, by: Person, key: str,
    institution: Institution | None = None, registered_no: str = "",
) -> Match:  # fmt: skip
    """Enter the technology contract that was signed (签约)."""
    rules.SIGN.require(by, match)
    _not_in_future(signed_on, "signed_on")
    if match.met_on and signed_on < match.met_on:
        raise Refused(Text("签约日期早于面谈日期。", "It cannot be signed before they met."), field="signed_on")
    if ends_on < signed_on:
        raise Refused(Text("合同到期日早于签约日期。", "The contract ends before it begins."), field="ends_on")
    if amount_fen <= 0:
        raise Refused(Text("合同金额应大于零。", "The amount must be above zero."), field="amount_fen")
    if registered_no and Contract.objects.filter(registered_no=registered_no).exists():
        raise Refused(Text("这个登记号已有合同。", "A contract has this registration number."), field="registered_no")
    match.signed_on = signed_on
    flow.MATCH.move(match, "sign", by=by, key=key, tell=[match.solver, match.matchmaker], amount_fen=amount_fen)
    Contract(
        no=next_number("HT", signed_on.year), match=match, unit=match.unit, title=title, kind=kind, party_b=party_b,
        institution=institution, amount_fen=amount_fen, signed_on=signed_on, ends_on=ends_on, registered_no=registered_no,
        entered_by=by,
    ).save()  # fmt: skip
    return match


@action
def claim(contract: Contract, *, year: int, amount_fen: int, basis: str, by: Person, key: str) -> MatchBenefit:
    """The enterprise says what the contract yielded in a year (申报效益); finance confirms it."""
    rules.CLAIM.require(by, contract)
    if not contract.signed_on.year <= year <= clock.today().year:
        raise Refused(Text("效益年度应在签约之后、今年之前。", "The year must lie between signing and this year."), field="year")
    if amount_fen <= 0:
        raise Refused(Text("效益应大于零。", "The benefit must be above zero."), field="amount_fen")
    if contract.benefits.filter(year=year).exists():
        raise Refused(
            Text(f"{year} 年的效益已经报过。", f"The benefit of {year} has been claimed already."),
            field="year",
            cure=Text("被退回的请在原记录上更正。", "A returned one is put right in its own record."),
        )
    benefit = MatchBenefit(
        no=next_number("DX", year), contract=contract, unit=contract.unit, year=year, amount_fen=amount_fen, basis=basis,
        claimed_by=by,
    )  # fmt: skip
    flow.BENEFIT.start(benefit, by=by, key=key, name="claim", tell=holders_of(("certifier",), contract.unit))
    return benefit


@action
def claim_again(benefit: MatchBenefit, *, amount_fen: int, basis: str, by: Person, key: str) -> MatchBenefit:
    """Put a returned claim right (更正申报)."""
    rules.CLAIM_AGAIN.require(by, benefit)
    if amount_fen <= 0:
        raise Refused(Text("效益应大于零。", "The benefit must be above zero."), field="amount_fen")
    benefit.amount_fen, benefit.basis = amount_fen, basis
    flow.BENEFIT.move(benefit, "claim_again", by=by, key=key)
    return benefit


@action
def send_back_benefit(benefit: MatchBenefit, *, reason: str, by: Person, key: str) -> MatchBenefit:
    """Finance does not find the sum (退回修改)."""
    rules.SEND_BACK_BENEFIT.require(by, benefit)
    flow.BENEFIT.move(benefit, "send_back", by=by, key=key, tell=[benefit.claimed_by], reason=reason)
    return benefit


@action
def confirm(benefit: MatchBenefit, *, by: Person, key: str) -> MatchBenefit:
    """Enterprise finance confirms the benefit (认证效益); with the first one the match has taken effect."""
    rules.CONFIRM.require(by, benefit)
    benefit.confirmed_by, benefit.confirmed_on = by, clock.today()
    match = benefit.contract.match
    flow.BENEFIT.move(benefit, "confirm", by=by, key=key, tell=[benefit.claimed_by, match.matchmaker, match.solver])
    if match.state == "signed":
        match.effective_on = clock.today()
        flow.MATCH.move(match, "take_effect", by=by, key=f"{key}:match")
    return benefit


# ---- what must be so -------------------------------------------------------------------------------------------------


def _candidate(key: str) -> ranking.Solver:
    found = ranking.find(key)
    if found is None:
        raise Refused(Text("这个候选现在不在库里。", "This candidate is not on offer now."), field="candidate")
    return found


def _found(need: Need, candidate: ranking.Solver) -> Match:
    """A new match in memory, with the arithmetic of the day; refused where the two do not go together."""
    if need.state not in {"published", "in_touch"}:
        raise Refused(Text("只有已发布的需求可以对接。", "Only published needs are matched."))
    solver = ranking.solver_of(candidate)
    if solver.unit.is_inside(need.unit):
        raise Refused(Text("候选就在需求企业内部。", "The candidate belongs to the enterprise itself."), field="candidate")
    kind = type(candidate).__name__.lower()
    if need.matches.filter(**{kind: candidate}).exists():
        raise Refused(Text("这个候选已经推荐过。", "This candidate has been put forward already."), field="candidate")
    score_bp, reasons = ranking.kept_reasons(ranking.score(need, candidate))
    return Match(
        no=next_number("DJ", clock.today().year), need=need, unit=need.unit, solver=solver, score_bp=score_bp, reasons=reasons,
        suggested_on=clock.today(), **{kind: candidate},
    )  # fmt: skip


def _begin(match: Match, by: Person, key: str) -> None:
    flow.MATCH.start(match, by=by, key=f"{key}:found", name="suggest")


def _has_room(match: Match) -> None:
    """An expert takes on no more at a time than they said."""
    if not isinstance(match.candidate, Expert):
        return
    load = Match.objects.filter(expert=match.expert, state__in=["agreed", "met"]).count()
    if load >= match.candidate.capacity:
        raise Refused(
            Text(f"{match.solver}手上已有 {load} 项对接，满额。", f"{match.solver} has {load} matches in hand and no room."),
            cure=Text("办完一项，或调整可接数后再接。", "Finish one, or raise the number, and try again."),
        )


def _not_in_future(day: date, field: str) -> None:
    if day > clock.today():
        raise Refused(Text("日期不能在今天之后。", "The day cannot lie in the future."), field=field)
