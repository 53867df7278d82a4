"""Every change of a proposal: permission, move, consequences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.files.uploadedfile import UploadedFile

from gongchuang.kernel import clock, files
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import about, action, record
from gongchuang.kernel.models import next_number
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person, Unit, holders_of
from gongchuang.proposals import flow, rules
from gongchuang.proposals.models import Coauthor, Proposal, Remark


@action
def submit(
    unit: Unit, *, problem: str, idea: str, by: Person, key: str, title: str = "", category: str = "other",
    place: str = "", expected_saving_fen: int | None = None, photos: Sequence[UploadedFile] = (),
    coauthors: Iterable[Person] = (),
) -> Proposal:  # fmt: skip
    """Hand in a proposal (提建议); its leader is waited for, or the officer where the author is the leader."""
    rules.SUBMIT.require(by, unit)
    proposal = Proposal(
        no="", title=title or title_of(idea), problem=problem, idea=idea, author=by, unit=unit, category=category,
        place=place, expected_saving_fen=expected_saving_fen, submitted_on=clock.today(),
    )  # fmt: skip
    proposal.no = next_number("JY", clock.today().year)
    leaders = [leader for leader in holders_of(("leader",), unit) if leader != by]
    flow.PROPOSAL.start(proposal, by=by, key=key, name="submit", tell=leaders, say=said(proposal, "新建议", "New proposal"))
    for person in coauthors:
        if person != by:
            Coauthor(proposal=proposal, person=person).save()
    for photo in photos:
        files.attach(proposal, photo, part="before", by=by)
    if not leaders:
        proposal.handler = unit.enterprise
        flow.PROPOSAL.move(proposal, "pass_on", by=None, tell=_officers(unit))
    return proposal


def title_of(idea: str) -> str:
    """The first clause of the idea: what a worker would call it."""
    clause = idea.strip().replace("\n", " ")
    for mark in "。；！？，,;.!?":
        clause = clause.split(mark)[0] if len(clause.split(mark)[0]) >= 4 else clause
    return clause[:40]


def said(proposal: Proposal, zh: str, en: str) -> Text:
    return Text(f"{zh}：{proposal.title}", f"{en}: {proposal.title}")


def _officers(unit: Unit) -> Iterable[Person]:
    return holders_of(("officer",), unit)


def _authors(proposal: Proposal) -> list[Person]:
    return [proposal.author, *(one.person for one in proposal.coauthors.select_related("person"))]


def _remark(proposal: Proposal, by: Person, kind: str, text: str) -> None:
    if text:
        Remark(proposal=proposal, by=by, kind=kind, text=text, at=clock.now()).save()


@action
def ask(proposal: Proposal, *, question: str, by: Person, key: str) -> Proposal:
    """Ask the author for more (补充信息); the clock of the reply stops while the author is asked."""
    rules.ASK.require(by, proposal)
    proposal.replied_on = proposal.replied_on or clock.today()
    flow.PROPOSAL.move(proposal, "ask", by=by, key=key, tell=_authors(proposal), say=said(proposal, "请补充", "More asked"))
    _remark(proposal, by, "ask", question)
    return proposal


@action
def answer(proposal: Proposal, *, text: str, by: Person, key: str, photos: Sequence[UploadedFile] = ()) -> Proposal:
    """The author answers (补充); it goes back to whoever asked."""
    rules.ANSWER.require(by, proposal)
    move = "answer_on" if proposal.handler_id else "answer"
    tell = _officers(proposal.unit) if proposal.handler_id else holders_of(("leader",), proposal.unit)
    flow.PROPOSAL.move(proposal, move, by=by, key=key, tell=tell, say=said(proposal, "已补充", "Answered"))
    _remark(proposal, by, "answer", text)
    for photo in photos:
        files.attach(proposal, photo, part="before", by=by)
    return proposal


@action
def supplement(proposal: Proposal, *, text: str, by: Person, key: str, photos: Sequence[UploadedFile] = ()) -> Proposal:
    """Add a word or a photo without changing what was handed in (补充说明)."""
    rules.SUPPLEMENT.require(by, proposal)
    if proposal.state in {"withdrawn", "declined", "closed", "resulted"}:
        raise Refused(Text("这条建议已经办结。", "This proposal is settled."))
    _remark(proposal, by, "note", text)
    for photo in photos:
        files.attach(proposal, photo, part="before", by=by)
    proposal.save()
    record(by, "proposal.supplement", subject=proposal, key=key, tell=holders_of(("leader",), proposal.unit))
    return proposal


@action
def pass_on(proposal: Proposal, *, by: Person, key: str, text: str = "") -> Proposal:
    """Pass it on to the enterprise's officer (转交), who answers within three working days."""
    rules.PASS_ON.require(by, proposal)
    proposal.handler = proposal.unit.enterprise
    flow.PROPOSAL.move(
        proposal, "pass_on", by=by, key=key, tell=[proposal.author, *_officers(proposal.unit)],
        say=said(proposal, "已转交", "Passed on"),
    )  # fmt: skip
    _remark(proposal, by, "note", text)
    return proposal


@action
def adopt(proposal: Proposal, *, by: Person, key: str, text: str = "") -> Proposal:
    """Adopt it (采纳). Points come later, from the certified benefit."""
    rules.ADOPT.require(by, proposal)
    proposal.replied_on = proposal.replied_on or clock.today()
    proposal.adopted_on = clock.today()
    flow.PROPOSAL.move(proposal, "adopt", by=by, key=key, tell=_authors(proposal), say=said(proposal, "已采纳", "Adopted"))
    _remark(proposal, by, "reason", text)
    return proposal


@action
def take_back(proposal: Proposal, *, by: Person, key: str) -> Proposal:
    """Undo an adoption at once (撤销采纳): by whoever adopted it, while nothing has followed. Both stay in its history."""
    rules.TAKE_BACK.require(by, proposal)
    last = about(proposal).order_by("-pk").first()
    if last is None or last.action != "proposal.adopt" or last.actor_uid != by.uid:
        raise Refused(Text("采纳之后已有人接着办，不能再撤销。", "Somebody has gone on from there; it can no longer be undone."))
    if (clock.now() - last.at).total_seconds() > flow.UNDO_SECONDS:
        raise Refused(Text("采纳已过一分钟，不能再撤销。", "It was adopted over a minute ago; it can no longer be undone."))
    proposal.adopted_on = None
    if not proposal.remarks.filter(kind="ask").exists():
        proposal.replied_on = None
    move = "take_back_on" if proposal.handler_id else "take_back"
    flow.PROPOSAL.move(proposal, move, by=by, key=key, tell=_authors(proposal), say=said(proposal, "撤销采纳", "Adoption undone"))
    return proposal


@action
def decline(proposal: Proposal, *, reason: str, text: str, by: Person, key: str) -> Proposal:
    """Decline it (不采纳): always with a reason and own words."""
    rules.DECLINE.require(by, proposal)
    if reason not in flow.DECLINE_REASONS:
        raise Refused(Text("请选一个原因。", "Please choose a reason."), field="reason")
    if len(text.strip()) < 2:
        raise Refused(Text("请用自己的话说明原因。", "Please say why in your own words."), field="text")
    proposal.replied_on = proposal.replied_on or clock.today()
    proposal.decline_reason = reason
    why = flow.DECLINE_REASONS.texts[reason]
    flow.PROPOSAL.move(
        proposal, "decline", by=by, key=key, tell=_authors(proposal), reason=reason,
        say=said(proposal, f"未采纳（{why.zh}）", f"Not adopted ({why.en})"),
    )  # fmt: skip
    _remark(proposal, by, "reason", text)
    return proposal


@action
def withdraw(proposal: Proposal, *, by: Person, key: str) -> Proposal:
    """Take it back (撤回) before anybody has replied."""
    rules.WITHDRAW.require(by, proposal)
    if proposal.replied_on is not None:
        raise Refused(Text("已经有回复，不能再撤回。", "There is a reply already; it can no longer be withdrawn."))
    flow.PROPOSAL.move(proposal, "withdraw", by=by, key=key)
    return proposal


@action
def begin(proposal: Proposal, *, by: Person, key: str) -> Proposal:
    """Start doing it (开始实施)."""
    rules.BEGIN.require(by, proposal)
    flow.PROPOSAL.move(proposal, "begin", by=by, key=key, tell=_authors(proposal))
    return proposal


@action
def implement(proposal: Proposal, *, by: Person, key: str, text: str = "", photos: Sequence[UploadedFile] = ()) -> Proposal:
    """Confirm that it is done (确认实施), with a photo of afterwards."""
    rules.IMPLEMENT.require(by, proposal)
    proposal.implemented_on = clock.today()
    flow.PROPOSAL.move(
        proposal, "implement", by=by, key=key, tell=[*_authors(proposal), *_officers(proposal.unit)],
        say=said(proposal, "已实施", "Implemented"),
    )  # fmt: skip
    _remark(proposal, by, "note", text)
    for photo in photos:
        files.attach(proposal, photo, part="after", by=by)
    return proposal


@action
def become_result(proposal: Proposal, *, by: Person, key: str) -> Proposal:
    """Note that a result was made from it (转为成果); called by the step that makes the result."""
    rules.MAKE_RESULT.require(by, proposal)
    flow.PROPOSAL.move(proposal, "become_result", by=by, key=key, tell=_authors(proposal))
    return proposal


@action
def close(proposal: Proposal, *, by: Person, key: str, text: str = "") -> Proposal:
    """File it without a result of its own (归档): done, and thanked for."""
    rules.CLOSE.require(by, proposal)
    flow.PROPOSAL.move(proposal, "close", by=by, key=key, tell=_authors(proposal))
    _remark(proposal, by, "note", text)
    return proposal
