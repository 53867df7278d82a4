"""From the draw to the release (抽签、评分、签字、公布): sheets, marks, signatures, ranks and what they bring."""

from __future__ import annotations

from collections.abc import Mapping

from gongchuang.contests import flow, rules
from gongchuang.contests.actions import hold, in_state
from gongchuang.contests.board import Board, board
from gongchuang.contests.models import Contest, Entry, Mark, Recusal, ScoreSheet
from gongchuang.contests.prizes import prize_for, promotion
from gongchuang.contests.scheme import number, shown
from gongchuang.contests.scoring import Standing
from gongchuang.kernel import clock, waiting
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.hands import take
from gongchuang.kernel.history import action, record, touch
from gongchuang.kernel.secret import row_mac
from gongchuang.kernel.text import Text
from gongchuang.people import actions as people
from gongchuang.people import unit as tree
from gongchuang.people.models import Person, SkillRecord


@action
def begin(contest: Contest, *, by: Person, key: str) -> Contest:
    """Close the list, draw blind codes and hand out the sheets (开始评分). Judges of an entrant's own unit stand back."""
    rules.BEGIN.require(by, contest)
    hold(contest)
    if clock.today() < contest.closes_on:
        raise Refused(Text(f"报名到 {contest.closes_on} 截止。", f"Entries are taken until {contest.closes_on}."))
    if contest.chief is None:
        raise Refused(Text("还没有裁判长。", "There is no chief judge yet."), field="chief")
    entries = list(contest.entries.filter(state="entered").select_related("unit").prefetch_related("entrants__unit", "entrants__person"))
    judges = list(Person.objects.filter(panels__contest=contest).select_related("unit").order_by("panels__pk"))
    if not entries:
        raise Refused(Text("还没有人报名。", "Nobody has entered yet."))
    own = {(entry.pk, judge.pk) for entry in entries for judge in judges if _same_employer(judge, entry)}
    _check_panels(contest, entries, judges, own)
    take(contest, by, "maker")
    flow.CONTEST.move(contest, "begin", by=by, key=key, tell=[*judges, contest.chief], entries=len(entries))
    drawn = sorted(entries, key=lambda entry: row_mac(f"draw|{contest.uid}|{entry.uid}".encode()))
    for code, entry in enumerate(drawn, start=1):
        entry.code = code
        own_people = [one.person for one in entry.entrants.all()] or [entry.entered_by]
        say = Text(f"{contest.title}：您的选手号是 {code}", f"{contest.title}: your number is {code}")
        flow.ENTRY.move(entry, "compete", by=None, tell=own_people, say=say)
    _hand_out(contest, drawn, judges, own)
    return contest


def _same_employer(judge: Person, entry: Entry) -> bool:
    """Whether judge and entrant belong to one enterprise or body (回避), whatever their teams."""
    homes = [entry.unit, *(one.unit for one in entry.entrants.all())]
    mine = tree.at_level(judge.unit.path, tree.ENTERPRISE)
    return any(tree.at_level(home.path, tree.ENTERPRISE) == mine for home in homes)


def _check_panels(contest: Contest, entries: list[Entry], judges: list[Person], own: set[tuple[int, int]]) -> None:
    least = contest.scheme().least_judges
    for entry in entries:
        left = sum((entry.pk, judge.pk) not in own for judge in judges)
        if left < least:
            raise Refused(
                Text(
                    f"{entry.name}只有 {left} 名评委可评（规则要求 {least} 名），请增聘其他单位的评委。",
                    f"Only {left} judges may mark {entry.name}, the rules ask for {least}: appoint judges from elsewhere.",
                ),
                field="panel",
            )


def _hand_out(contest: Contest, entries: list[Entry], judges: list[Person], own: set[tuple[int, int]]) -> None:
    """Sheets in the order of the codes, so that their addresses tell nothing of who entered first."""
    pairs = [(entry, judge) for entry in entries for judge in judges]
    recused = Recusal.objects.bulk_create(
        Recusal(contest=contest, entry=entry, judge=judge, ground="own_unit", version=1)
        for entry, judge in pairs
        if (entry.pk, judge.pk) in own
    )
    sheets = ScoreSheet.objects.bulk_create(
        ScoreSheet(contest=contest, entry=entry, judge=judge, code=entry.code or 0, version=1)
        for entry, judge in pairs
        if (entry.pk, judge.pk) not in own
    )
    touch([*recused, *sheets])
    for sheet in sheets:
        waiting.keep(sheet, flow.SHEET.waits["open"], clock.today())


# ---- judges ----------------------------------------------------------------------------------------------------------


@action
def mark(sheet: ScoreSheet, *, marks: Mapping[str, object], note: str = "", by: Person, key: str) -> ScoreSheet:
    """Save what a judge has marked so far (评分); an aspect given as None is unscored again, which is not zero."""
    rules.MARK.require(by, sheet)
    save_marks(sheet, marks, note)
    sheet.save()
    record(by, "sheet.mark", subject=sheet, key=key, marked=sheet.marks.count())
    return sheet


def save_marks(sheet: ScoreSheet, marks: Mapping[str, object], note: str) -> None:
    """Put marks into an open sheet, within an action that has asked who may; None takes a mark away."""
    if sheet.state != "open":
        raise Refused(Text("这份评分表已锁定。", "This score sheet is locked."))
    in_state(sheet.contest, "judging")
    scheme = sheet.contest.scheme()
    there = {one.aspect: one for one in sheet.marks.all()}
    fresh: list[Mark] = []
    for aspect, given in marks.items():
        criterion = scheme.criterion(aspect)
        before = there.get(aspect)
        if given is None or given == "":
            if before is not None:
                before.delete()
            continue
        value = criterion.check(number(given, aspect)) * 1000
        if value.denominator != 1:
            raise Refused(Text("最多三位小数。", "No more than three decimals."), field=aspect)
        if before is None:
            fresh.append(Mark(sheet=sheet, aspect=aspect, thousandths=int(value), version=1))
        elif before.thousandths != value:
            before.thousandths = int(value)
            before.save()
    touch(Mark.objects.bulk_create(fresh))
    sheet.note = note.strip()[:300]
    sheet.saved_at = clock.now()


@action
def lock(sheet: ScoreSheet, *, marks: Mapping[str, object] | None = None, note: str = "", by: Person, key: str) -> ScoreSheet:
    """Hand a sheet in for good (锁定提交); anything unscored is named."""
    rules.LOCK.require(by, sheet)
    if marks is not None:
        save_marks(sheet, marks, note)
    given = set(sheet.marks.values_list("aspect", flat=True))
    left = [one for one in sheet.contest.scheme().criteria if one.key not in given]
    if left and sheet.state == "open":
        names = "、".join(one.label for one in left)
        raise Refused(Text(f"还有 {len(left)} 项未评：{names}", f"{len(left)} not marked yet: {names}"), field=left[0].key)
    in_state(sheet.contest, "judging")
    sheet.locked_at = clock.now()
    flow.SHEET.move(sheet, "lock", by=by, key=key)
    return sheet


@action
def stand_back(sheet: ScoreSheet, *, reason: str, by: Person, key: str) -> ScoreSheet:
    """Declare that one may not judge this entry (申请回避): the sheet falls away, the rest of the panel counts."""
    rules.STAND_BACK.require(by, sheet)
    hold(sheet.contest)
    in_state(sheet.contest, "judging")
    if not reason.strip():
        raise Refused(Text("请写明回避原因。", "Please give the reason."), field="reason")
    flow.SHEET.move(sheet, "stand_back", by=by, key=key, tell=[sheet.contest.chief], reason=reason)
    Recusal(contest=sheet.contest, entry=sheet.entry, judge=sheet.judge, ground="declared", reason=reason.strip()[:200]).save()
    return sheet


# ---- the chief judge -------------------------------------------------------------------------------------------------


@action
def reopen(sheet: ScoreSheet, *, reason: str, by: Person, key: str) -> ScoreSheet:
    """Have a locked sheet marked again (重评): the old edition stays as it is, a new one opens with its marks."""
    rules.REOPEN.require(by, sheet)
    hold(sheet.contest)
    in_state(sheet.contest, "judging", "signed")
    if not reason.strip():
        raise Refused(Text("请写明重评原因。", "Please give the reason."), field="reason")
    if sheet.contest.state == "signed":
        sheet.contest.signed_at, sheet.contest.marks_version = None, ""
        flow.CONTEST.move(sheet.contest, "unsign", by=by, key=f"{key}:unsign", reason=reason)
    before = list(sheet.marks.all())
    sheet.reopened_reason = reason.strip()[:200]
    flow.SHEET.move(sheet, "reopen", by=by, key=f"{key}:old", tell=[sheet.judge], reason=reason)
    again = ScoreSheet(contest=sheet.contest, entry=sheet.entry, judge=sheet.judge, code=sheet.code, edition=sheet.edition + 1)
    flow.SHEET.start(again, by=by, key=key, name="mark_again", reason=reason)
    for one in before:
        Mark(sheet=again, aspect=one.aspect, thousandths=one.thousandths).save()
    return again


@action
def veto(contest: Contest, *, code: int, reason: str, by: Person, key: str) -> Contest:
    """Take an entry out of the ranking by its blind code (一票否决), for safety or another breach, with the reason."""
    rules.VETO.require(by, contest)
    hold(contest)
    in_state(contest, "judging")
    entry = contest.entries.filter(code=code, state="competing").first()
    if entry is None:
        raise Refused(Text(f"没有 {code} 号选手。", f"There is no entrant {code}."), field="code")
    if not reason.strip():
        raise Refused(Text("请写明原因。", "Please give the reason."), field="reason")
    entry.veto_reason = reason.strip()[:200]
    flow.ENTRY.move(entry, "veto", by=by)
    record(by, "contest.veto", subject=contest, key=key, code=code, reason=reason)
    return contest


@action
def sign(contest: Contest, *, by: Person, key: str) -> Contest:
    """The chief judge signs exactly these marks (裁判长签字): they are named by their version."""
    rules.SIGN.require(by, contest)
    hold(contest)
    in_state(contest, "judging")
    seen = board(contest)
    if not seen.is_all_locked:
        left = "、".join(f"{name} {count} 份" for name, count in seen.waited_for().items())
        raise Refused(
            Text(
                f"还有评分表没有锁定（{seen.locked}/{seen.owed}）：{left}",
                f"Not all sheets are locked ({seen.locked}/{seen.owed}): {left}",
            )
        )
    take(contest, by, "checker")
    contest.signed_at = clock.now()
    contest.marks_version = seen.ranking.marks_version
    flow.CONTEST.move(contest, "sign", by=by, key=key, marks_version=contest.marks_version)
    return contest


# ---- release ---------------------------------------------------------------------------------------------------------


@action
def release(contest: Contest, *, by: Person, key: str) -> Contest:
    """Publish the signed result (公布成绩): ranks are frozen with the versions of marks and rules; levels are recommended."""
    rules.RELEASE.require(by, contest)
    in_state(contest, "signed")
    seen = board(contest)
    if not seen.is_all_locked or (seen.ranking.marks_version, seen.ranking.rules_version) != (
        contest.marks_version,
        contest.rules_version,
    ):
        raise Refused(Text("评分在裁判长签字后变了。", "The marks changed after the chief judge signed."))
    contest.released_on = clock.today()
    contest.released_by = by
    flow.CONTEST.move(
        contest, "release", by=by, key=key, tell=_entrants_of(contest),
        marks_version=contest.marks_version, rules_version=contest.rules_version,
    )  # fmt: skip
    for standing in seen.ranking.standings:
        _place(seen, standing, by=by, key=key)
    return contest


def _entrants_of(contest: Contest) -> list[Person]:
    return list(Person.objects.filter(contest_entries__contest=contest, contest_entries__is_standing=True).order_by("pk"))


def _place(seen: Board, standing: Standing, *, by: Person, key: str) -> None:
    entry = seen.entries[int(standing.code)]
    if standing.rank is None or standing.total is None:
        if standing.status == "partial":
            flow.ENTRY.move(entry, "leave_unplaced", by=None)
        return
    prize = prize_for(entry.contest.prize_table(), standing.rank)
    entry.rank = standing.rank
    entry.score = shown(standing.total, seen.rules.places)
    entry.score_exact = str(standing.total)
    if prize is not None:
        entry.prize, entry.prize_fen = prize.name, prize.money_fen
    flow.ENTRY.move(entry, "place", by=None, rank=entry.rank, score=entry.score_exact)
    for entrant in entry.entrants.filter(is_standing=True).select_related("person"):
        person = entrant.person
        target = promotion(prize, person.skill_level, standing.total)
        entrant.selected_level = target or person.skill_level
        entrant.save()
        if target and not SkillRecord.objects.filter(person=person, state="recommended", level__gte=target).exists():
            people.recommend_level(
                person, level=target, source=f"contests_entrant:{entrant.uid}", occupation=entry.contest.trade,
                by=by, key=f"{key}:level:{entrant.pk}",
            )  # fmt: skip
