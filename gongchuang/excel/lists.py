"""Lists that come in as sheets (名单导入): the kinds there are, and the one way of all of them, for pages and commands.

File → preview by row → import → perhaps taken back. What a row means and who may bring it in is each domain's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from gongchuang.contests import rules as contest_rules
from gongchuang.contests import score_intake
from gongchuang.contests.lookup import contest_called
from gongchuang.contests.models import Contest
from gongchuang.excel import reader
from gongchuang.excel.reader import Sheet
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.listed import Heading, Listed
from gongchuang.kernel.text import Text
from gongchuang.matchmaker import rules as match_rules
from gongchuang.matchmaker import sheets as match_sheets
from gongchuang.people import list_staging
from gongchuang.people.imports import ImportRun
from gongchuang.people.models import Person, Unit
from gongchuang.results import intake, summary_sheet
from gongchuang.results import rules as result_rules


@dataclass(frozen=True, slots=True)
class Scope:
    """What a list is for: a unit, or a contest of it."""

    unit: Unit
    contest: Contest | None = None

    @property
    def about(self) -> str:
        return self.contest.no if self.contest else ""

    @property
    def held(self) -> Contest:
        if self.contest is None:
            raise Refused(Text("请写明是哪场竞赛。", "Say which contest it is for."), field="contest")
        return self.contest


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind of list."""

    key: str
    label: Text
    home: str
    headings: tuple[Heading, ...]
    help: Text
    who: Text
    may: Callable[[Person, Scope], bool]
    examine: Callable[[Scope, Sequence[Sheet], Person], Listed]
    bring_in: Callable[[Scope, Listed, str, Person, str], object]
    take_back: Callable[[Scope, str, Person, str], object] | None
    undo_words: Text = Text("7 天内可以撤销", "It can be taken back for 7 days")


def _needs_or_experts(kind: str) -> dict[str, Any]:
    def bring_in(_scope: Scope, made: Listed, identity: str, by: Person, key: str) -> object:
        rows = [line.cleaned for line in made.writable]
        return match_sheets.bring_in(kind, rows=rows, identity=identity, by=by, key=key)

    def take_back(_scope: Scope, identity: str, by: Person, key: str) -> object:
        return match_sheets.take_back(kind, identity=identity, by=by, key=key)

    examine = partial(match_sheets.examine, kind)
    return {"examine": lambda scope, sheets, by: examine(sheets, by, scope.unit), "bring_in": bring_in, "take_back": take_back}


def _may_mark(by: Person, scope: Scope) -> bool:
    contest = scope.held
    return contest_rules.ENTER_MARKS.allows(by, contest) or contest.panel.filter(person=by).exists()


KINDS: Final = {
    one.key: one
    for one in (
        ListKind(
            "results",
            Text("导入成果", "Bring in results"),
            "/results/",
            summary_sheet.HEADINGS,
            Text(
                "单位自己的成果汇总表：成果名称、完成人必有；完成人写姓名或工号，可带比例，如 张伟明（60%）、刘建军（40%）。",
                "The unit's own list of results: title and makers are needed; makers by name or work number, with shares if you like.",
            ),
            Text("成果由企业工会干事导入。", "Results are brought in by the enterprise's union officer."),
            may=lambda by, scope: result_rules.MAKE.allows(by, scope.unit),
            examine=lambda scope, sheets, _by: intake.examine(scope.unit, sheets),
            bring_in=lambda scope, made, identity, by, key: intake.bring_in(
                scope.unit, identity=identity, rows=intake.rows_of(made), by=by, key=key
            ),
            take_back=lambda scope, identity, by, key: intake.undo(scope.unit, identity=identity, by=by, key=key),
        ),
        ListKind(
            "needs",
            Text("导入需求", "Bring in needs"),
            "/needs/",
            match_sheets.NEED_HEADINGS,
            Text(
                "企业需求表：企业名称、需求名称、需求详情必有。企业写系统里的全名、简称或代码。",
                "A list of needs: enterprise, title and details are needed.",
            ),
            Text("需求由技术红娘、工会干事和区市工会导入。", "Needs are brought in by matchmakers, officers and federations."),
            may=lambda by, scope: match_rules.COLLECT.allows(by, scope.unit),
            **_needs_or_experts("needs"),
        ),
        ListKind(
            "experts",
            Text("导入专家", "Bring in experts"),
            "/experts/",
            match_sheets.EXPERT_HEADINGS,
            Text("专家表：姓名、研究方向必有。教授写明所在机构。", "A list of experts: name and direction are needed."),
            Text("专家由技术红娘和市总工会导入。", "Experts are brought in by matchmakers and the city federation."),
            may=lambda by, scope: match_rules.ENLIST.allows(by, scope.unit),
            **_needs_or_experts("experts"),
        ),
        ListKind(
            "scores",
            Text("导入评分", "Bring in marks"),
            "/contests/",
            score_intake.LONG,
            Text(
                "一行一个分数：选手号、评委、评分项、得分；或一行一名选手和评委，每个评分项一列。",
                "A row for each mark: entrant, judge, aspect, mark; or a row for entrant and judge with a column for each aspect.",
            ),
            Text("评分由裁判长导入，评委只导入自己的。", "The chief judge brings marks in; judges only their own."),
            may=_may_mark,
            examine=lambda scope, sheets, by: score_intake.examine(scope.held, sheets, by),
            bring_in=lambda scope, made, identity, by, key: score_intake.bring_in(
                scope.held, marks=score_intake.marks_of(made), identity=identity, by=by, key=key
            ),
            take_back=None,
            undo_words=Text(
                "不设撤销：锁定前改好表再导入，锁定后由裁判长办理重评",
                "There is no undo: until the lock import a corrected sheet, after it the chief judge reopens the sheet",
            ),
        ),
    )
}


def stage(kind: ListKind, scope: Scope, path: Path, name: str, by: Person) -> ImportRun:
    """Read an uploaded file, judge its rows, and keep them for the preview."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    sheets = reader.read(path)
    made = kind.examine(scope, sheets, by)
    rows = next(sheet.rows for sheet in sheets if sheet.name == made.found.sheet)
    return list_staging.stage(kind.key, scope.unit, made, rows, contest=scope.about, name=name, digest=digest, by=by)


def scope_of(run: ImportRun) -> Scope:
    return Scope(run.unit, contest_called(run.about) if run.about else None)


def bring_in(run: ImportRun, by: Person) -> ImportRun:
    """Import a staged list as it stands at this moment; run twice, the second time it finds everything there."""
    kind, scope = KINDS[run.kind], scope_of(run)
    try:
        made = kind.examine(scope, [Sheet(run.sheet, rows=list_staging.rows_again(run))], by)
        if made.writable:
            kind.bring_in(scope, made, run.ref, by, f"list:{run.uid}")
    except Refused as refusal:
        list_staging.settle(run, "staged", message=str(refusal))
        raise
    return list_staging.settle(run, "applied", counts=made.counts if made.writable else run.counts)


def take_back(run: ImportRun, by: Person) -> ImportRun:
    """Take an import back as far as nothing was built on it."""
    kind = KINDS[run.kind]
    if kind.take_back is None:
        raise Refused(kind.undo_words)
    try:
        kind.take_back(scope_of(run), run.ref, by, f"list-undo:{run.uid}")
    except Refused as refusal:
        list_staging.settle(run, "applied", message=str(refusal))
        raise
    return list_staging.settle(run, "undone")
