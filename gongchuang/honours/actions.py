"""Every change of a selection (评选): recommended, made public with objections, named, prizes owed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongchuang.bank import dues
from gongchuang.bank.models import Due
from gongchuang.honours import flow, rules
from gongchuang.honours.models import Nomination, Objection, SelectionRound
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import Event, due_on, next_number
from gongchuang.kernel.quantity import split_fen
from gongchuang.kernel.text import Text
from gongchuang.people import actions as people
from gongchuang.people import unit as tree
from gongchuang.people.models import Grant, Person, Title, Unit, holders_of
from gongchuang.results.models import Result

WIDEST = {
    "national": tree.CITY,
    "province": tree.CITY,
    "city": tree.CITY,
    "district": tree.DISTRICT,
    "enterprise": tree.TEAM,
}
"""The lowest level of unit that may select for, or write down, a title of a level."""


@action
def open_round(
    unit: Unit,
    name: str,
    title: Title,
    quota: int,
    recommend_until: date,
    issuers: str = "",
    publicity_days: int = 5,
    prize_fen: int | None = None,
    year: int | None = None,
    *,
    by: Person,
    key: str,
) -> SelectionRound:
    """Open a selection for recommendations (发起评选)."""
    rules.OPEN.require(by, unit)
    if recommend_until < clock.today():
        raise Refused(Text("推荐截止日期已过。", "The last day for recommendations has passed."), field="recommend_until")
    if unit.level > WIDEST[title.level]:
        raise Refused(
            Text(
                f"{title} 是{Title.LEVELS.texts[title.level].zh}称号，不由 {unit} 评选。",
                f"{unit} does not select for {title}.",
            ),
            field="title",
        )
    year = year or clock.today().year
    if SelectionRound.objects.filter(unit=unit, title=title, year=year, name=name).exclude(state="cancelled").exists():
        raise Refused(Text("本年度已有这项评选。", "This selection of the year is open already."), field="name")
    selection = SelectionRound(
        unit=unit,
        name=name,
        title=title,
        year=year,
        quota=quota,
        issuers=issuers or unit.name,
        publicity_days=publicity_days,
        prize_fen=title.prize_fen if prize_fen is None else prize_fen,
        opened_on=clock.today(),
        recommend_until=recommend_until,
        no=next_number("PX", clock.today().year),
    )
    flow.ROUND.start(selection, by=by, key=key, name="open")
    return selection


@action
def recommend(
    selection: SelectionRound,
    deeds: str,
    person: Person | None = None,
    collective: Unit | None = None,
    result: Result | None = None,
    *,
    by: Person,
    key: str,
) -> Nomination:
    """Recommend a person, a team or unit, or a result (推荐); its dossier is what the records say already."""
    selection = _locked(selection)
    nominee, unit = _nominee(selection, person, collective, result)
    if not rules.RECOMMEND.allows(by, unit) or by == person:
        raise NotYours(
            Text("由对象所在单位推荐，本人不能推荐自己。", "The nominee's unit recommends; nobody recommends themselves."),
            holders_of(("leader", "officer"), unit)[:3],
        )
    if selection.state != "open" or clock.today() > selection.recommend_until:
        raise Refused(Text("推荐已截止。", "Recommendations are closed."))
    if not unit.is_inside(selection.unit):
        raise Refused(Text(f"不属于 {selection.unit} 的范围。", f"Outside {selection.unit}."), field=_field(selection))
    _check_eligible(selection, nominee)
    nomination = Nomination(
        round=selection,
        person=person,
        collective=collective,
        result=result,
        unit=unit,
        deeds=deeds,
        recommended_by=by,
        recommended_on=clock.today(),
        no=next_number("TJ", clock.today().year),
    )
    flow.NOMINATION.start(nomination, by=by, key=key, name="recommend", tell=_persons(nomination))
    return nomination


def _nominee(
    selection: SelectionRound, person: Person | None, collective: Unit | None, result: Result | None
) -> tuple[Person | Unit | Result, Unit]:
    """The one nominee of the kind the title is for, and its unit."""
    given = {"person": person, "unit": collective, "result": result}
    wanted = given.pop(selection.holder)
    if wanted is None or any(other is not None for other in given.values()):
        kind = Title.HOLDERS.texts[selection.holder]
        raise Refused(Text(f"这项评选的对象是{kind.zh}。", f"This selection is for a {kind.en.lower()}."), field=_field(selection))
    return wanted, wanted if isinstance(wanted, Unit) else wanted.unit


def _field(selection: SelectionRound) -> str:
    return "collective" if selection.holder == "unit" else selection.holder


def _check_eligible(selection: SelectionRound, nominee: Person | Unit | Result) -> None:
    """Not twice in this round, and not for a title held already."""
    field = _field(selection)
    if selection.nominations.exclude(state="withdrawn").filter(**{field: nominee}).exists():
        raise Refused(Text("已经推荐过。", "Recommended already."), field=field)
    held = Grant.objects.standing().filter(title=selection.title)
    if isinstance(nominee, Person):
        held = held.filter(person=nominee)
        if not nominee.is_active:
            raise Refused(Text("此人已离职。", "This person has left."), field=field)
    elif isinstance(nominee, Unit):
        held = held.filter(unit=nominee, person=None, result_no="")
    else:
        held = held.filter(result_no=nominee.no)
        if nominee.state != "recognised":
            raise Refused(Text("成果还没有认定。", "The result is not recognised."), field=field)
        if nominee.is_confidential:
            raise Refused(Text("保密成果不能公示。", "A confidential result cannot be put on public notice."), field=field)
    if held.exclude(ends_on__lte=clock.today()).exists():
        raise Refused(Text("已获得过这个称号。", "The title is held already."), field=field)


def _persons(nomination: Nomination) -> list[Person]:
    """Whom a nomination concerns."""
    if nomination.result is not None:
        return [person for person, _ in nomination.result.shares()]
    return [nomination.person] if nomination.person is not None else []


@action
def withdraw(nomination: Nomination, *, by: Person, key: str) -> Nomination:
    """Take a recommendation back before the public notice (撤回)."""
    rules.WITHDRAW.require(by, nomination)
    flow.NOMINATION.move(nomination, "withdraw", by=by, key=key, tell=_persons(nomination))
    return nomination


@action
def publish(selection: SelectionRound, nominations: Iterable[Nomination], *, by: Person, key: str) -> SelectionRound:
    """Choose within the quota and give public notice (公示) for the round's working days; the others are passed over."""
    rules.PUBLISH.require(by, selection)
    chosen = {nomination.pk for nomination in nominations}
    rows = list(selection.nominations.filter(state="recommended").select_related("person", "unit", "result"))
    if not chosen or chosen - {row.pk for row in rows}:
        raise Refused(Text("请从推荐对象中选择。", "Choose among those recommended."), field="nominations")
    if len(chosen) > selection.quota:
        raise Refused(
            Text(
                f"名额 {selection.quota} 个，选了 {len(chosen)} 个。",
                f"The quota is {selection.quota}; {len(chosen)} are chosen.",
            ),
            field="nominations",
        )
    if any(by in _persons(row) for row in rows if row.pk in chosen):
        raise NotYours(Text("您在拟命名名单中，请由别人办理。", "You are on the list yourself; somebody else must do this."))
    today = clock.today()
    selection.public_from, selection.public_until = today, due_on(today, selection.publicity_days)
    selection.published_by = by
    flow.ROUND.move(selection, "publish", by=by, key=key, listed=len(chosen), until=str(selection.public_until))
    for row in rows:
        move = "list" if row.pk in chosen else "pass_over"
        flow.NOMINATION.move(row, move, by=by, key=f"{key}:{row.pk}", tell=[row.recommended_by, *_persons(row)])
    return selection


@action
def lodge(nomination: Nomination, text: str, *, by: Person, key: str) -> Objection:
    """Object to a nominee during the public notice (提异议), under one's own name; it stops the naming until answered."""
    rules.OBJECT.require(by, nomination)
    selection = _locked(nomination.round)
    nomination.refresh_from_db(fields=["state", "version"])
    until = selection.public_until
    if selection.state != "public" or nomination.state != "listed" or until is None or clock.today() > until:
        raise Refused(Text("不在公示期内。", "The public notice is not running."))
    if nomination.objections.filter(lodged_by=by, state="lodged").exists():
        raise Refused(Text("您的异议正在核查。", "Your objection is being looked into."), field="text")
    objection = Objection(nomination=nomination, text=text, lodged_by=by, lodged_on=clock.today())
    tell = list(holders_of(("officer", "district", "city"), selection.unit)[:5])
    flow.OBJECTION.start(objection, by=by, key=key, name="lodge", tell=tell)
    return objection


@action
def uphold(objection: Objection, reply: str, *, by: Person, key: str) -> Objection:
    """Find an objection right (异议成立): the nominee leaves the list."""
    rules.DECIDE.require(by, objection)
    _decide(objection, "uphold", reply, by, key)
    nomination = objection.nomination
    if nomination.state == "listed":
        flow.NOMINATION.move(nomination, "remove", by=by, key=f"{key}:remove", tell=[nomination.recommended_by, *_persons(nomination)])
    return objection


@action
def dismiss(objection: Objection, reply: str, *, by: Person, key: str) -> Objection:
    """Find an objection wrong (异议不成立); the one who lodged it gets the reply."""
    rules.DECIDE.require(by, objection)
    _decide(objection, "dismiss", reply, by, key)
    return objection


def _decide(objection: Objection, move: str, reply: str, by: Person, key: str) -> None:
    objection.reply, objection.decided_by, objection.decided_on = reply, by, clock.today()
    flow.OBJECTION.move(objection, move, by=by, key=key, tell=[objection.lodged_by], reply=reply)


@action
def name(selection: SelectionRound, document_no: str, *, by: Person, key: str) -> SelectionRound:
    """Name those on the list by a numbered document (命名): titles are granted, prizes owed from the round's fund.

    After the public notice only, by somebody else than who published it, and not while an objection is open.
    """
    rules.NAME.require(by, selection)
    _check_notice(selection)
    listed = list(selection.nominations.filter(state="listed").select_related("person", "collective", "unit", "result"))
    if any(by in _persons(row) for row in listed):
        raise NotYours(Text("您在拟命名名单中，请由别人办理。", "You are on the list yourself; somebody else must do this."))
    selection.named_on, selection.document_no, selection.named_by = clock.today(), document_no, by
    event = flow.ROUND.move(selection, "name", by=by, key=key, document_no=document_no, named=len(listed))
    for row in listed:
        _name_one(selection, row, event, by, f"{key}:{row.pk}")
    return selection


def _check_notice(selection: SelectionRound) -> None:
    _locked(selection)  # no objection slips in between
    if selection.state != "public" or selection.public_until is None:
        raise Refused(Text("先公示，再命名。", "Public notice comes before naming."))
    if clock.today() <= selection.public_until:
        raise Refused(
            Text(f"公示到 {selection.public_until} 为止。", f"The notice runs until {selection.public_until}."),
            cure=Text("请在公示期满后命名。", "Name after it."),
        )
    waiting = selection.open_objections()
    if waiting:
        raise Refused(
            Text(f"还有 {waiting} 条异议没有结论。", f"{waiting} objections are still open."),
            cure=Text("请先核查并答复。", "Look into them and answer first."),
        )
    if not selection.nominations.filter(state="listed").exists():
        raise Refused(Text("名单上没有人了。", "Nobody is left on the list."), cure=Text("请取消评选。", "Cancel the selection."))


def _name_one(selection: SelectionRound, row: Nomination, event: Event, by: Person, key: str) -> None:
    row.grant = people.grant(
        selection.title,
        granting=selection.unit,
        issuer=selection.issuers,
        document_no=selection.document_no,
        person=row.person,
        unit=None if row.person is not None else row.unit,
        result_no=row.result.no if row.result is not None else "",
        granted_on=selection.named_on,
        prize_fen=selection.prize_fen,
        by=by,
        key=f"{key}:grant",
    )
    row.named_on = selection.named_on
    flow.NOMINATION.move(row, "name", by=by, key=key, tell=[row.recommended_by, *_persons(row)])
    for payee, amount_fen in _prizes(selection.prize_fen, row):
        dues.owe(
            selection.unit,
            payee,
            kind="prize",
            source=row.source,
            about=dues.About(selection.name, "rounds", selection.no),
            cause=event,
            by=by,
            amount_fen=amount_fen,
            year=selection.year,
            working=selection.document_no,
        )


def _prizes(prize_fen: int, row: Nomination) -> list[tuple[Person | Unit, int]]:
    """Who gets how much of a prize, in fen: a result's makers by their shares, to the last fen."""
    if not prize_fen:
        return []
    if row.result is not None:
        shares = row.result.shares()
        parts = split_fen(prize_fen, [share_bp for _, share_bp in shares])
        return [(person, part) for (person, _), part in zip(shares, parts, strict=True) if part]
    payee = row.person or row.collective
    return [(payee, prize_fen)] if payee is not None else []


@action
def settle(selection: SelectionRound, *, by: Person, key: str) -> SelectionRound:
    """Close a selection once every prize is paid (奖金已发)."""
    rules.SETTLE.require(by, selection)
    sources = [row.source for row in selection.nominations.filter(state="named")]
    unpaid = Due.objects.filter(source__in=sources, state__in=["expected", "due", "approved"]).count()
    if unpaid:
        raise Refused(
            Text(f"还有 {unpaid} 笔奖金没有发放。", f"{unpaid} prizes are not paid yet."),
            cure=Text("请在“应付奖励”中审批并发放。", "Approve and pay them among the dues."),
        )
    flow.ROUND.move(selection, "settle", by=by, key=key)
    return selection


@action
def cancel(selection: SelectionRound, reason: str, *, by: Person, key: str) -> SelectionRound:
    """Give a selection up before naming (取消), with a reason."""
    rules.CANCEL.require(by, selection)
    rows = list(selection.nominations.filter(state__in=["recommended", "listed"]).select_related("recommended_by"))
    flow.ROUND.move(selection, "cancel", by=by, key=key, tell={row.recommended_by for row in rows}, reason=reason)
    for row in rows:
        flow.NOMINATION.move(row, "pass_over", by=by, key=f"{key}:{row.pk}", reason=reason)
    return selection


@action
def revoke(nomination: Nomination, reason: str, *, by: Person, key: str) -> Nomination:
    """Take a title back after naming (撤销): it leaves the count, an unpaid prize is cancelled, a paid one recovered."""
    rules.REVOKE.require(by, nomination)
    if nomination.grant is None:
        raise Refused(Text("还没有命名。", "Not named yet."))
    nomination.revoked_on = clock.today()
    flow.NOMINATION.move(nomination, "revoke", by=by, key=key, tell=_persons(nomination), reason=reason)
    people.revoke(nomination.grant, granting=nomination.round.unit, reason=reason, by=by, key=f"{key}:grant")
    dues.call_off(nomination.source, by=by, reason=reason)
    return nomination


@action
def enter_grant(
    title: Title,
    issuer: str,
    document_no: str,
    granted_on: date,
    person: Person | None = None,
    collective: Unit | None = None,
    *,
    by: Person,
    key: str,
) -> Grant:
    """Write down a title granted without a round of ours (登记荣誉), e.g. by the nation, by its numbered document."""
    holder = person.unit if person is not None else collective
    if holder is None or (title.holder == "person") != (person is not None) or (person is not None and collective is not None):
        kind = Title.HOLDERS.texts[title.holder]
        raise Refused(
            Text(f"这个称号授予{kind.zh}。", f"This title is for a {kind.en.lower()}."),
            field="person" if title.holder == "person" else "collective",
        )
    rules.GRANT_BY_LEVEL[title.level].require(by, holder)
    if by == person:
        raise NotYours(Text("不能给自己登记荣誉。", "Nobody enters their own honour."))
    if granted_on > clock.today():
        raise Refused(Text("授予日期不能晚于今天。", "The day of granting cannot lie in the future."), field="granted_on")
    held = Grant.objects.filter(title=title, document_no=document_no, person=person)
    if (held if person is not None else held.filter(unit=holder)).exists():
        raise Refused(Text("这份文件的这项荣誉已登记。", "This honour of this document is entered already."), field="document_no")
    granted = people.grant(
        title, granting=holder, issuer=issuer, document_no=document_no, person=person, unit=collective,
        granted_on=granted_on, by=by, key=f"{key}:grant",
    )  # fmt: skip
    record(by, "grant.enter", subject=granted, key=key)
    return granted


@action
def revoke_grant(granted: Grant, reason: str, *, by: Person, key: str) -> Grant:
    """Take a title back (撤销荣誉), however it was granted."""
    rules.REVOKE_GRANT.require(by, granted)
    nomination = Nomination.objects.filter(grant=granted).first()
    if nomination is None:
        people.revoke(granted, granting=granted.unit, reason=reason, by=by, key=f"{key}:revoke")
    else:
        revoke(nomination, reason, by=by, key=f"{key}:revoke")
        granted.refresh_from_db()
    record(by, "grant.take_back", subject=granted, key=key, reason=reason)
    return granted


def _locked(selection: SelectionRound) -> SelectionRound:
    """The round as it stands now, held until the action ends."""
    return SelectionRound.objects.select_for_update(of=("self",)).select_related("title", "unit").get(pk=selection.pk)
