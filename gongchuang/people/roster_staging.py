"""A roster's way to the preview (暂存与预览): rows are staged once, then examined after every decision of the officer.

Nothing here touches units or persons: the tables of imports.py are working tables, so there is no Event and no action;
the import itself is in roster_import.py.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce

from gongchuang.kernel import clock
from gongchuang.kernel.cells import Cell
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text
from gongchuang.kernel.ticket import ticket
from gongchuang.people import imports, rules
from gongchuang.people.imports import UNDO_DAYS, ColumnMemory, ImportRow, ImportRun
from gongchuang.people.models import Person, Unit
from gongchuang.people.roster import BY_KEY, Fault, bare_heading
from gongchuang.people.roster_match import Examination, Examined, Group, examine
from gongchuang.people.roster_words import title_of

MOST_ROWS = 60_000
BATCH = 1_000
UNFINISHED = ("staged", "queued", "stopped")
SHOWN = 50  # rows of a group that a page lists; all of them are in the file of wrong rows
MOST_GROUPS = 40  # groups that list their rows on a page


def remembered_columns(unit: Unit) -> dict[str, str]:
    """What this unit's headings meant the last time, {} at the first."""
    memory = ColumnMemory.objects.filter(unit=unit).first()
    return dict(memory.columns) if memory else {}


def stage(
    unit: Unit,
    *,
    file_name: str,
    file_digest: str,
    sheet: str,
    head: int,
    columns: Sequence[Mapping[str, Any]],
    rows: Sequence[tuple[int, Sequence[Cell]]],
    by: Person | None,
) -> ImportRun:
    """Keep a roster's rows for its preview; rows are (number in the file, all cells)."""
    if by is not None:
        rules.ENROL.require(by, unit)
    require_size(len(rows))
    with ticket(), transaction.atomic():
        run = ImportRun.objects.create(
            unit=unit,
            started_by=by,
            file_name=file_name[-200:],
            file_digest=file_digest,
            sheet=sheet[:100],
            head=head,
            columns=list(columns),
        )
        ImportRow.objects.bulk_create(
            (ImportRow(run=run, number=number, content=written({"cells": stored_cells(cells)})) for number, cells in rows),
            batch_size=BATCH,
        )
    return run


def require_size(rows: int) -> None:
    if rows > MOST_ROWS:
        raise Refused(
            Text(f"一次最多导入 {MOST_ROWS:,} 行，这份有 {rows:,} 行。", f"At most {MOST_ROWS:,} rows at once; this file has {rows:,}."),
            field="file",
            cure=Text("请按分厂或部门分成几个文件。", "Split it into several files, one for a plant or department."),
        )
    if not rows:
        raise Refused(
            Text("没有找到人员行。", "No rows with persons were found."),
            field="file",
            cure=Text("请确认表头下面有人员，且选对了工作表。", "Check that persons stand below the headings, in the right sheet."),
        )


def preview(run: ImportRun) -> Examination:
    """Examine the staged rows anew and keep what was found."""
    staged = list(_staged(run))
    examination = examine(run.unit, _mapped(run, staged), today=clock.today(), repairs=run.repairs)
    with ticket(), transaction.atomic():
        keep(run, staged, examination)
    return examination


def examined_now(run: ImportRun) -> tuple[list[tuple[int, list[Any]]], Examination]:
    """The staged rows to be written next, and what they would do at this moment, without keeping it.

    A batch takes only rows that the preview found right: whether two rows mean one person was seen over the whole file.
    """
    staged = list(_staged(run) if run.is_whole else _staged(run, behind=run.reached, most=imports.BATCH_ROWS))
    return staged, examine(run.unit, _mapped(run, staged), today=clock.today(), repairs=run.repairs)


def is_through(run: ImportRun) -> bool:
    """Whether no right row stands behind those that were taken."""
    return run.is_whole or not run.rows.filter(number__gt=run.reached).exclude(outcome="wrong").exists()


def _staged(run: ImportRun, *, behind: int = 0, most: int | None = None) -> Iterator[tuple[int, list[Any]]]:
    rows = run.rows.order_by("number")
    if most is not None:
        rows = rows.filter(number__gt=behind).exclude(outcome="wrong")[:most]
    for number, content in rows.values_list("number", "content").iterator(chunk_size=2000):
        yield number, json.loads(content)["cells"]


def _mapped(run: ImportRun, staged: Iterable[tuple[int, list[Any]]]) -> Iterator[tuple[int, dict[str, Cell]]]:
    mapping = run.mapping
    for number, cells in staged:
        yield number, {key: read_cell(cells[at]) if at < len(cells) else None for at, key in mapping.items()}


def keep(
    run: ImportRun,
    staged: Sequence[tuple[int, list[Any]]],
    examination: Examination,
    undo: Mapping[int, Mapping[str, Any]] | None = None,
) -> None:
    """Write outcomes and findings back to the staged rows, and the counts to the run; within a transaction."""
    headings = run.headings()
    if run.batch == 0 or run.is_whole:
        run.counts = {**examination.counts, "rows": len(examination.rows)}
        run.groups = [_shown_group(group, headings) for group in examination.groups]
        run.rows.all().delete()
    else:
        numbers = (staged[0][0], staged[-1][0]) if staged else (0, 0)
        mine = run.rows.filter(number__range=numbers).exclude(outcome="wrong")
        _recount(run, examination, mine)
        mine.delete()
    run.save()
    undo = undo or {}
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                run=run,
                number=one.number,
                outcome=one.outcome,
                has_reminder=bool(one.row.reminders) and one.outcome != "wrong",
                content=written(
                    {
                        "cells": cells,
                        "values": {key: one.row.values.get(key, "") for key in ("name", "work_no", "team", "phone")},
                        "faults": [finding(run, one, fault, headings) for fault in one.row.faults],
                        "reminders": [finding(run, one, fault, headings) for fault in one.row.reminders],
                        "undo": undo.get(one.number, {}),
                    }
                ),
            )
            for (_, cells), one in zip(staged, examination.rows, strict=True)
        ),
        batch_size=BATCH,
    )


def _recount(run: ImportRun, examination: Examination, before: Any) -> None:
    """Carry a batch's outcomes into the counts of the whole file, where they differ from the preview's."""
    then = Counter(before.values_list("outcome", flat=True)) + Counter(reminders=before.filter(has_reminder=True).count())
    run.counts = {name: count + examination.counts.get(name, then[name]) - then[name] for name, count in run.counts.items()}


def _shown_group(group: Group, headings: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": group.key,
        "title": _pair(title_of(group.key)),
        "column": headings.get(group.column, ""),
        "at": group.column,
        "found": group.found,
        "expected": _pair(group.problem.expected),
        "cure": _pair(group.problem.cure),
        "count": len(group.rows),
        "rows": group.rows[:SHOWN],
        "repairs": group.repairs,
        "decided": dict(group.decided),
        "nearest": group.nearest,
    }


def finding(run: ImportRun, one: Examined, fault: Fault, headings: Mapping[str, str]) -> dict[str, Any]:
    """One finding in the shape of docs/interface.md, texts as [Chinese, English]."""
    return {
        "sheet": run.sheet,
        "row": one.number,
        "column": headings.get(fault.column) or BY_KEY[fault.column].label.zh,
        "found": fault.found,
        "expected": _pair(fault.problem.expected),
        "cure": _pair(fault.problem.cure),
        "group": fault.problem.group,
    }


def remap(run: ImportRun, columns: Sequence[Mapping[str, Any]]) -> None:
    """Take another reading of the columns and remember it for the unit; the rows are examined anew."""
    require_open(run)
    run.columns = list(columns)
    remember(run)
    preview(run)


def remember(run: ImportRun) -> None:
    """Keep what the headings mean for this unit's next roster."""
    meant = {bare_heading(column["heading"]): column["key"] for column in run.columns if column["heading"]}
    with ticket(), transaction.atomic():
        memory, _ = ColumnMemory.objects.get_or_create(unit=run.unit)
        memory.columns = {**memory.columns, **meant}
        memory.save()


def decide(run: ImportRun, group: str, do: str, unit_code: str = "") -> None:
    """One decision for a whole group of wrong rows: map, create, blank, skip, or "" to take it back."""
    require_open(run)
    offered = next((one for one in run.groups if one["key"] == group), None)
    if do and (offered is None or do not in offered["repairs"]):
        raise Refused(Text("这一组已经改好或不能这样改。", "This group is repaired already, or cannot be repaired so."), field="do")
    if do == "map" and not Unit.objects.inside(run.unit).filter(code=unit_code, valid_to=None).exists():
        raise Refused(Text("请选择要对应到的部门。", "Choose the department to map to."), field="unit")
    if do:
        run.repairs[group] = {"do": do, **({"unit": unit_code} if do == "map" else {})}
    else:
        run.repairs.pop(group, None)
    preview(run)


def correct(run: ImportRun, group: str, said: Mapping[int, str]) -> None:
    """Cells of a group's column typed anew on the page (在表格里改), by row number; the file itself stays as it is."""
    require_open(run)
    offered = next((one for one in run.groups if one["key"] == group), None)
    at = next((number for number, key in run.mapping.items() if offered and key == offered.get("at")), None)
    if at is None or offered is None or "map" in offered["repairs"]:
        raise Refused(Text("这一组不能在表格里改。", "The cells of this group cannot be typed here."), field="do")
    with ticket(), transaction.atomic():
        for row in run.rows.filter(number__in=said):
            content = row.read
            cells = content["cells"] + [None] * (at + 1 - len(content["cells"]))
            cells[at] = said[row.number][:200]
            row.content = written({**content, "cells": cells})
            row.save()
    preview(run)


def make_all(run: ImportRun) -> Examination:
    """Decide to make every department that is missing: how an enterprise's first roster comes in."""
    require_open(run)
    for group in run.groups:
        if "create" in group["repairs"]:
            run.repairs[group["key"]] = {"do": "create"}
    return preview(run)


def require_open(run: ImportRun) -> None:
    if run.state != "staged":
        raise Refused(
            Text("这次导入已经开始，不能再改。", "This import has begun and can no longer be changed."),
            cure=Text("请重新上传文件。", "Upload the file again."),
        )


def queue(run: ImportRun, by: Person | None, start: Callable[[ImportRun], object]) -> None:
    """Mark the import as begun and start its task, both or neither; pressed again, nothing happens."""
    if by is not None:
        rules.ENROL.require(by, run.unit)
    with ticket(), transaction.atomic():
        if ImportRun.objects.filter(pk=run.pk, state__in=("staged", "stopped")).update(state="queued", message=""):
            start(run)


def queue_undo(run: ImportRun, by: Person | None, start: Callable[[ImportRun], object]) -> None:
    """Mark the import as being taken back and start the task that does it, both or neither."""
    if by is not None:
        rules.ENROL.require(by, run.unit)
    require_undoable(run)
    with ticket(), transaction.atomic():
        if ImportRun.objects.filter(pk=run.pk, state__in=("applied", "stopped")).update(state="undoing"):
            start(run)


def require_undoable(run: ImportRun) -> None:
    if not run.can_undo and run.state != "undoing":
        raise Refused(
            Text("导入满 7 天，或还没有导入，不能撤销。", "It was not imported yet, or more than 7 days ago: it cannot be undone.")
        )


def reopen(run: ImportRun, refusal: Refused) -> None:
    """Put an import that could not go on back to its preview, or, once a batch is in, to where it stopped; with the reason."""
    with ticket(), transaction.atomic():
        begun = ImportRun.objects.filter(pk=run.pk, state__in=UNFINISHED)
        begun.filter(batch=0).update(state="staged", message=str(refusal))
        begun.exclude(batch=0).update(state="stopped", message=str(refusal))


def unfinished(unit: Unit, file_digest: str) -> ImportRun | None:
    """An import of the same file that has some of its batches in: it is to go on, not to begin anew."""
    runs = ImportRun.objects.filter(kind="people", unit=unit, file_digest=file_digest, state__in=("queued", "stopped"), batch__gt=0)
    return runs.select_related("unit").order_by("-pk").first()


def units_of(unit: Unit) -> list[Unit]:
    """The enterprise and what stands below it, in the order of the tree: what a missing name can be mapped to."""
    return list(Unit.objects.inside(unit).filter(valid_to=None).order_by("path"))


def runs_of(unit: Unit, limit: int = 5, kind: str = "people") -> list[ImportRun]:
    """The unit's latest imports, newest first."""
    return list(ImportRun.objects.filter(kind=kind, unit=unit).exclude(state="staged").order_by("-pk")[:limit])


def run_by_ref(ref: str) -> ImportRun | None:
    return ImportRun.objects.by_ref(ref)


def wrong_rows(run: ImportRun) -> Iterator[dict[str, Any]]:
    """Every row that cannot be imported, as it is stored: cells, values, faults."""
    for row in run.rows.filter(outcome="wrong").order_by("number").iterator(chunk_size=2000):
        yield {"number": row.number, **row.read}


def errors_of(run: ImportRun) -> list[dict[str, Any]]:
    """Every finding that keeps a row out, in the words of the reader's language."""
    texts = ("expected", "cure")
    return [
        {name: str(Text(*value)) if name in texts else value for name, value in fault.items()}
        for row in wrong_rows(run)
        for fault in row["faults"]
    ]


def shown_rows(run: ImportRun) -> dict[int, dict[str, Any]]:
    """The rows that the page lists under the groups, by number: one query."""
    numbers = {number for group in run.groups[:MOST_GROUPS] for number in group["rows"]}
    return {row.number: {"number": row.number, **row.read} for row in run.rows.filter(number__in=numbers)}


def reminded_rows(run: ImportRun, limit: int | None = None) -> list[dict[str, Any]]:
    rows = run.rows.filter(has_reminder=True).order_by("number")
    return [{"number": row.number, **row.read} for row in (rows[:limit] if limit else rows)]


def forget_old() -> int:
    """Drop staged rows and runs whose week is over; what was imported stays. Returns how many rows went."""
    over = clock.now() - timedelta(days=UNDO_DAYS)
    with ticket(), transaction.atomic():
        last = Coalesce("run__applied_at", "run__made_at")
        emptied, _ = ImportRow.objects.annotate(last=last).filter(last__lt=over).exclude(run__state__in=("queued", "undoing")).delete()
        ImportRun.objects.filter(state="staged", made_at__lt=over).delete()
    return emptied


def _pair(text: Text) -> list[str]:
    return [text.zh, text.en or text.zh]


def written(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def stored_cells(cells: Sequence[Cell]) -> list[Any]:
    return [
        {"t": cell.isoformat()} if isinstance(cell, datetime) else {"d": cell.isoformat()} if isinstance(cell, date) else cell
        for cell in cells
    ]


def read_cell(stored: Any) -> Cell:
    if isinstance(stored, dict):
        return datetime.fromisoformat(stored["t"]) if "t" in stored else date.fromisoformat(stored["d"])
    return stored  # type: ignore[no-any-return]
