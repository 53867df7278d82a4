"""Lists on their way in (名单暂存): the rows of a file between its preview and its import, by whoever uploaded it.

Working tables, as for rosters: what an import does to records is in its Events.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from gongchuang.kernel import clock
from gongchuang.kernel.cells import Cell
from gongchuang.kernel.history import about
from gongchuang.kernel.listed import Fault, Found, Line, Listed
from gongchuang.kernel.models import Event
from gongchuang.kernel.ticket import ticket
from gongchuang.people.imports import ImportRow, ImportRun
from gongchuang.people.models import Person, Unit
from gongchuang.people.roster_staging import read_cell, stored_cells, written

BATCH = 500


def stage(
    kind: str, unit: Unit, made: Listed, rows: Sequence[Sequence[Cell]], *, contest: str, name: str, digest: str, by: Person
) -> ImportRun:  # fmt: skip
    """Keep a judged list: its headings, and each of its rows with all cells and what was found."""
    head = rows[made.found.head - 1]
    with ticket(), transaction.atomic():
        run = ImportRun.objects.create(
            kind=kind,
            about=contest,
            unit=unit,
            started_by=by,
            file_name=name[-200:],
            file_digest=digest,
            sheet=made.found.sheet[:100],
            head=made.found.head,
            columns=_columns(made.found, head),
            counts=made.counts,
        )
        ImportRow.objects.bulk_create((_row(run, line, rows[line.number - 1]) for line in made.lines), batch_size=BATCH)
    return run


def _columns(found: Found, head: Sequence[Cell]) -> list[dict[str, Any]]:
    keys = {at: key for key, at in found.columns.items()}
    return [{"number": at, "letter": "", "heading": str(cell or ""), "key": keys.get(at, "")} for at, cell in enumerate(head)]


def _row(run: ImportRun, line: Line, cells: Sequence[Cell]) -> ImportRow:
    found = {"faults": [_stored(fault) for fault in line.faults], "reminders": [_stored(fault) for fault in line.reminders]}
    content = written({"cells": stored_cells(cells), **found})
    is_reminded = bool(line.reminders) and line.outcome != "wrong"
    return ImportRow(run=run, number=line.number, outcome=line.outcome, has_reminder=is_reminded, content=content)


def _stored(fault: Fault) -> dict[str, Any]:
    pairs = {"expected": fault.expected, "cure": fault.cure}
    said = {name: [text.zh, text.en or text.zh] for name, text in pairs.items()}
    return {"column": fault.column, "found": fault.found, "group": fault.group or fault.column, **said}


def rows_again(run: ImportRun) -> list[list[Cell]]:
    """The sheet as it was uploaded, as far as it was kept: headings and rows at their old places."""
    kept = {row.number: [read_cell(cell) for cell in row.read["cells"]] for row in run.rows.order_by("number")}
    rows: list[list[Cell]] = [kept.get(number, []) for number in range(1, max(kept, default=run.head) + 1)]
    rows[run.head - 1] = [column["heading"] for column in run.columns]
    return rows


def shown(run: ImportRun, outcome: str, most: int) -> list[dict[str, Any]]:
    """The first rows of an outcome, with what was found."""
    return [{"number": row.number, **row.read} for row in run.rows.filter(outcome=outcome).order_by("number")[:most]]


def reminded(run: ImportRun, most: int) -> list[dict[str, Any]]:
    return [{"number": row.number, **row.read} for row in run.rows.filter(has_reminder=True).order_by("number")[:most]]


def settle(run: ImportRun, state: str, *, counts: dict[str, int] | None = None, message: str = "") -> ImportRun:
    """Say where an import stands now."""
    with ticket(), transaction.atomic():
        run.state, run.message = state, message
        if state == "applied":
            run.applied_at = clock.now()
        run.counts = counts or run.counts
        run.save()
    return run


def mine(kind: str, person: Person, most: int = 5) -> list[ImportRun]:
    """A person's latest imports of a kind, newest first."""
    return list(ImportRun.objects.filter(kind=kind, started_by=person).exclude(state="staged").order_by("-pk")[:most])


def event_of(run: ImportRun) -> Event | None:
    """The last Event of an import: about the run itself, or, for lists, the one that bears its identity."""
    last = about(run).order_by("-pk").first()
    return last or Event.objects.filter(facts__identity=run.ref).order_by("-pk").first()
