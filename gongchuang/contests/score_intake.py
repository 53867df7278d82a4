"""Marks from a sheet into the open score sheets of a contest (导入评分): previewed by row, the second time nothing.

A judge brings in their own marks. The chief judge may bring in what judges have written on paper, into sheets that hold
nothing else yet; each judge still locks their own sheet, and so confirms what was entered. There is no undo: until the
lock a corrected sheet is brought in again, after it the chief judge has the sheet marked anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from gongchuang.contests import judging, rules
from gongchuang.contests.actions import hold, in_state
from gongchuang.contests.marksheet import UNSCORED
from gongchuang.contests.models import Contest, ScoreSheet
from gongchuang.contests.scheme import Criterion, number
from gongchuang.kernel import listed
from gongchuang.kernel.cells import Cell, plain
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.listed import Fault, Found, Heading, Line, Listed, SheetRows
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person

HEADINGS: Final = (
    Heading("contest", Text("竞赛", "Contest"), ("竞赛编号", "赛事", "赛项编号")),
    Heading("code", Text("选手号", "Entrant"), ("选手", "参赛号", "加密号", "编号", "entrynumber"), is_needed=True),
    Heading("judge", Text("评委", "Judge"), ("裁判", "裁判员", "评委姓名")),
)
LONG: Final = (
    *HEADINGS,
    Heading("aspect", Text("评分项", "Aspect"), ("评分要素", "项目", "评分点", "criterion"), is_needed=True),
    Heading("mark", Text("得分", "Mark"), ("分数", "评分", "成绩", "score"), is_needed=True),
)
Marks = dict[str, dict[str, str]]  # by the score sheet's uid and the aspect
OWN: Final = "mark@"  # the key of a wide sheet's column is this and the aspect


def examine(contest: Contest, sheets: Sequence[SheetRows], by: Person) -> Listed:
    """Judge a list of marks: one row a mark (选手号 评委 评分项 得分), or a column for each aspect."""
    may_all = rules.ENTER_MARKS.allows(by, contest)
    if not may_all and not contest.panel.filter(person=by).exists():
        rules.ENTER_MARKS.require(by, contest)
    in_state(contest, "judging")
    known = _headings(contest, sheets)
    found = listed.find(sheets, known)
    made = Listed(found, listed.lines(sheets, found, "code"))
    panel = _Panel(contest, by, may_all=may_all)
    for line in made.lines:
        _judge(line, found, panel, known)
    return made


def marks_of(made: Listed) -> Marks:
    """What bring_in() is given: by score sheet, the marks that are new or changed."""
    marks: Marks = {}
    for line in made.writable:
        marks.setdefault(str(line.cleaned["sheet"].uid), {}).update(line.cleaned["marks"])
    return marks


def _headings(contest: Contest, sheets: Sequence[SheetRows]) -> tuple[Heading, ...]:
    try:
        listed.find(sheets, LONG)
    except Refused:
        aspects = contest.scheme().criteria
        return (*HEADINGS, *(Heading(OWN + one.key, Text(one.label, one.key), (listed.bare(one.label),), True) for one in aspects))
    return LONG


class _Panel:
    """The contest's open and locked sheets by code and judge, with their marks: two queries, whatever the list's length."""

    def __init__(self, contest: Contest, by: Person, *, may_all: bool) -> None:
        self.contest, self.by, self.may_all = contest, by, may_all
        self.criteria = contest.scheme().criteria
        rows = contest.sheets.current().select_related("judge").prefetch_related("marks").order_by("code", "pk")
        if not may_all:
            rows = rows.filter(judge=by)
        self.sheets = {(sheet.code, sheet.judge_id): sheet for sheet in rows}
        self.judges = {sheet.judge_id: sheet.judge for sheet in rows}
        self.codes = {sheet.code for sheet in rows}
        self.there = {sheet.pk: {mark.aspect: mark.value for mark in sheet.marks.all()} for sheet in rows}
        self.seen: set[tuple[int, str]] = set()

    def judge_called(self, said: str) -> Person | None:
        if not said and not self.may_all:
            return self.by
        hits = [one for one in self.judges.values() if said and said in (one.name, one.work_no, str(one.uid))]
        return hits[0] if len(hits) == 1 else None

    def criterion(self, said: str) -> Criterion | None:
        hits = [one for one in self.criteria if listed.bare(said) in (listed.bare(one.key), listed.bare(one.label))]
        return hits[0] if len(hits) == 1 else None


def _judge(line: Line, found: Found, panel: _Panel, known: Sequence[Heading]) -> None:
    sheet = _sheet_of(line, found, panel)
    marks: dict[str, str] = {}
    for key, aspect in _aspects(line, found, panel):
        value = _mark(line, found.heading(key, known), aspect, line.cells.get(key))
        if value is not None:
            marks[aspect.key] = value
    if line.faults or sheet is None:
        line.outcome = "wrong"
        return
    twice = [aspect for aspect in marks if (sheet.pk, aspect) in panel.seen]
    panel.seen |= {(sheet.pk, aspect) for aspect in marks}
    there = panel.there[sheet.pk]
    differs = {aspect: mark for aspect, mark in marks.items() if there.get(aspect) != Fraction(mark)}
    _settle(line, sheet, panel, differs, twice, is_first=not set(differs) & set(there))


def _settle(line: Line, sheet: ScoreSheet, panel: _Panel, differs: dict[str, str], twice: list[str], *, is_first: bool) -> None:
    if twice:
        line.faults.append(
            Fault("选手号", str(sheet.code), Text("每项一个分数", "one mark for an aspect"), Text("只留一行。", "Keep one row."), "twice")
        )
    elif differs and sheet.state != "open":
        line.faults.append(LOCKED)
    elif differs and not is_first and sheet.judge_id != panel.by.pk:
        line.faults.append(JUDGES_OWN)
    line.outcome = "wrong" if line.faults else "same" if not differs else "new" if is_first else "changed"
    line.cleaned = {"sheet": sheet, "marks": differs}


LOCKED = Fault(
    "选手号",
    "",
    Text("没有锁定的评分表", "a score sheet that is not locked"),
    Text("已锁定的由裁判长办理重评，再导入。", "Have the chief judge reopen it, then import again."),
    "locked",
)
JUDGES_OWN = Fault(
    "得分",
    "",
    Text("评委还没有评的项", "an aspect the judge has not marked"),
    Text("评委自己已评，只能由评委本人改。", "The judge has marked it; only the judge may change it."),
    "judges_own",
)


def _sheet_of(line: Line, found: Found, panel: _Panel) -> ScoreSheet | None:
    said = line.said("contest")
    if said and said not in (panel.contest.no, panel.contest.title):
        expected = Text(panel.contest.no, panel.contest.no)
        line.faults.append(
            Fault(found.heading("contest", LONG), said, expected, Text("这一行是别的竞赛的。", "The row is another contest's."), "contest")
        )
    code = line.said("code").removesuffix("号")
    judge = panel.judge_called(line.said("judge"))
    if not code.isdecimal() or (panel.may_all and int(code) not in panel.codes):
        line.faults.append(
            Fault(found.heading("code", LONG), line.said("code"), Text("抽签后的选手号", "a number that was drawn"), group="code")
        )
        return None
    if judge is None:
        cure = Text("写评委的姓名或工号；同名的写工号。", "Give the judge's name, or the work number where two share a name.")
        line.faults.append(
            Fault(found.heading("judge", LONG), line.said("judge"), Text("本场评委", "a judge of this contest"), cure, "judge")
        )
        return None
    sheet = panel.sheets.get((int(code), judge.pk))
    if sheet is None:
        cure = Text("回避的和不是本人的评分表不能导入。", "Sheets of those who stand back, and other judges', cannot be brought in.")
        line.faults.append(
            Fault(found.heading("judge", LONG), judge.name, Text("这名评委的评分表", "this judge's sheet"), cure, "no_sheet")
        )
    return sheet


def _aspects(line: Line, found: Found, panel: _Panel) -> list[tuple[str, Criterion]]:
    """(column, aspect) of the marks a row carries: its one, or every column of a wide sheet that is filled."""
    if "mark" in found.columns:
        aspect = panel.criterion(line.said("aspect"))
        if aspect is None:
            names = "、".join(one.label for one in panel.criteria)
            line.faults.append(Fault(found.heading("aspect", LONG), line.said("aspect"), Text(names, names), group="aspect"))
            return []
        return [("mark", aspect)]
    return [(OWN + one.key, one) for one in panel.criteria if plain(line.cells.get(OWN + one.key)) not in UNSCORED]


def _mark(line: Line, column: str, aspect: Criterion, cell: Cell) -> str | None:
    """A mark as text, checked by its aspect; what is no mark becomes a fault that says what would be one."""
    said = plain(cell)
    try:
        value = aspect.check(number(said, aspect.key)) if said not in UNSCORED else None
    except Refused as refusal:
        line.faults.append(Fault(column, said, Text(str(refusal.message), str(refusal.message)), group="mark"))
        return None
    if value is None or (value * 1000).denominator != 1:
        expected = Text(f"0 至 {aspect.top} 的分数，最多三位小数", f"a mark from 0 to {aspect.top}, three decimals at most")
        line.faults.append(Fault(column, said, expected, group="mark"))
        return None
    return said


@action
def bring_in(contest: Contest, *, marks: Mapping[str, Mapping[str, str]], identity: str, by: Person, key: str) -> Contest:
    """Put the marks of a list into their sheets (导入评分); the judges still lock them."""
    hold(contest)
    in_state(contest, "judging")
    for uid, given in marks.items():
        enter(contest.sheets.get(uid=uid), marks=given, by=by, key=f"{key}:{uid}")
    record(by, "scores.import", subject=contest, key=key, identity=identity, sheets=len(marks), marks=sum(map(len, marks.values())))
    return contest


@action
def enter(sheet: ScoreSheet, *, marks: Mapping[str, Any], by: Person, key: str) -> ScoreSheet:
    """Enter a judge's marks (代录评分): by the judge, or by the chief judge where the judge has marked nothing of it."""
    if sheet.judge_id != by.pk:
        rules.ENTER_MARKS.require(by, sheet.contest)
        if sheet.marks.filter(aspect__in=marks).exists():
            raise Refused(JUDGES_OWN.cure, field="marks")
    else:
        rules.MARK.require(by, sheet)
    judging.save_marks(sheet, marks, sheet.note)
    sheet.save()
    record(by, "sheet.enter", subject=sheet, key=key, tell=[sheet.judge], marked=len(marks))
    return sheet
