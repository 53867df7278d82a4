"""Bringing a list of results in (导入成果): examined row by row, brought in at once, nothing the second time, undone whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from gongchuang.kernel import clock, listed
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.listed import Fault, Found, Line, Listed, SheetRows
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person, Unit
from gongchuang.results import actions, certification, rules
from gongchuang.results.forms import found_person
from gongchuang.results.models import Benefit, Result
from gongchuang.results.summary_sheet import HEADINGS, Draft, drafted

Makers = list[tuple[Person, int]]
BARE = Fault(
    "解决的问题",
    "",
    Text("问题和措施", "the problem and what was done"),
    Text("导入后在成果里补上。", "Add them to the result once it is in."),
    "bare",
)


def examine(unit: Unit, sheets: Sequence[SheetRows]) -> Listed:
    """Find each row's makers in the unit and see which results are there already (same title and kind)."""
    found = listed.find(sheets, HEADINGS)
    made = Listed(found, listed.lines(sheets, found, "title"))
    identity: dict[int, Any] = {}
    for line in made.lines:
        draft = drafted(line, found)
        line.cleaned = {"draft": draft, "makers": _makers(line, draft, unit, found)}
        identity[line.number] = (draft.title, draft.kind)
        if not draft.problem or not draft.solution:
            line.reminders.append(BARE)
    known = Result.objects.filter(unit__in=Unit.objects.inside(unit)).exclude(state="revoked").values_list("title", "kind")
    listed.settle(made.lines, set(known), identity)
    for line in made.lines:
        line.reminders = line.reminders if line.outcome == "new" else []
    return made


def rows_of(made: Listed) -> list[tuple[Draft, Makers]]:
    """What bring_in() is given: the rows that are new."""
    return [(line.cleaned["draft"], line.cleaned["makers"]) for line in made.writable]


def _makers(line: Line, draft: Draft, unit: Unit, found: Found) -> Makers:
    makers: Makers = []
    for who, share in draft.makers:
        try:
            makers.append((found_person(who, unit), share))
        except ValidationError as wrong:
            said = " ".join(wrong.messages)
            cure = Text("改成花名册里的姓名或工号，或先导入人员。", "Use a name or work number of the roster, or import the people first.")
            line.faults.append(Fault(found.heading("makers", HEADINGS), who, Text(said, said), cure, "maker"))
    return makers


@action
def bring_in(unit: Unit, *, identity: str, rows: Sequence[tuple[Draft, Makers]], by: Person, key: str) -> Unit:
    """Register the rows (导入), and claim the sums their list names; finance still certifies each of them."""
    rules.MAKE.require(by, unit)
    record(by, "results.import", subject=unit, key=key, rows=len(rows), identity=identity)
    for draft, makers in rows:
        result = actions.register(
            makers[0][0].unit,
            kind=draft.kind,
            title=draft.title,
            problem=draft.problem or "—",
            solution=draft.solution or "—",
            makers=makers,
            used_from_on=draft.used_from_on,
            source=f"import:{identity}",
            by=by,
            key=f"{key}:{draft.number}",
        )
        if draft.benefit_fen:
            _claim(result, draft, by, key)
    return unit


def _claim(result: Result, draft: Draft, by: Person, key: str) -> None:
    """The list's own sum as one line that says so: a total typed elsewhere, with its reason."""
    begins = draft.used_from_on or clock.today()
    line: dict[str, Any] = {
        "kind": "saving",
        "label": "原表合计",
        "before": Decimal(1),
        "after": Decimal(0),
        "quantity": Decimal(1),
        "price_fen": Decimal(draft.benefit_fen or 0),
        "price_source": f"汇总表第 {draft.number} 行",
        "proof_text": draft.proof,
    }
    certification.claim(
        result, from_on=begins, to_on=_year_on(begins), lines=[line], note="由汇总表导入，只有合计数", by=by,
        key=f"{key}:{draft.number}:benefit",
    )  # fmt: skip


def _year_on(day: date) -> date:
    return date.fromordinal(day.toordinal() + 364)


@action
def undo(unit: Unit, *, identity: str, by: Person, key: str) -> Unit:
    """Take an import back (撤销导入): its claims are withdrawn, its results revoked; what finance certified stays."""
    rules.MAKE.require(by, unit)
    results = Result.objects.filter(source=f"import:{identity}", unit__in=Unit.objects.inside(unit)).exclude(state="revoked")
    if not results.exists():
        raise Refused(Text("没有这次导入，或已撤销。", "There is no such import, or it was undone."))
    reason, kept = "撤销导入", 0
    for result in results.order_by("pk"):
        if result.benefits.certified().exists():
            kept += 1
            continue
        for benefit in Benefit.objects.filter(result=result, state__in=["claimed", "checked", "returned"]):
            if benefit.state == "checked":
                certification.send_back(benefit, reason=reason, by=by, key=f"{key}:{benefit.no}:r")
            certification.withdraw(benefit, by=by, key=f"{key}:{benefit.no}")
        actions.revoke(result, reason=reason, by=by, key=f"{key}:{result.no}")
    record(by, "results.import_undone", subject=unit, key=key, identity=identity, kept=kept)
    return unit
