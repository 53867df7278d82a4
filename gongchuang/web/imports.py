"""An enterprise's roster by page (导入人员): file, columns, preview, done. Nothing is decided here."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongchuang.excel import door as sheets
from gongchuang.excel import roster_sheets, rosters, safety, tasks
from gongchuang.kernel.cells import plain
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.text import Text
from gongchuang.people import roster_staging, rules
from gongchuang.people.imports import ImportRun
from gongchuang.people.lookup import unit_called
from gongchuang.people.models import Unit, holders_of
from gongchuang.people.roster import COLUMNS
from gongchuang.people.roster_import import progress_of
from gongchuang.people.roster_undo import undo_import
from gongchuang.people.roster_words import title_of
from gongchuang.people.unit import ENTERPRISE
from gongchuang.web import after, faces
from gongchuang.web.door import to_login

HOME = "/org/people/import/"
UNDO_NOW = 1_000  # persons taken back while the press waits; more of them in the background
STEPS = (Text("选文件", "File"), Text("对列", "Columns"), Text("预览", "Preview"), Text("完成", "Done"))
View = Callable[..., HttpResponse]


def officers(view: View) -> View:
    """A page for whoever may enter persons into a roster; a run of another unit looks like none."""

    @wraps(view)
    def guarded(request: Any, uid: Any = None) -> HttpResponse:
        if request.person is None:
            return to_login(request)
        if uid is None:
            return view(request, _unit(request))
        run = roster_staging.run_by_ref(str(uid))
        if run is None or not rules.ENROL.allows(request.person, run.unit):
            raise Http404
        return view(request, run)

    return never_cache(guarded)


def _unit(request: Any) -> Unit:
    """The enterprise a roster is for: the person's own, or one they name and may keep."""
    said = request.POST.get("unit") or request.GET.get("unit", "")
    unit = unit_called(said) if said else request.person.unit.enterprise
    if unit is None or (said and not rules.ENROL.allows(request.person, unit)):
        raise Http404
    if not rules.ENROL.allows(request.person, unit):
        who = list(holders_of(("officer",), unit)[:3])
        raise NotYours(Text("导入花名册由企业工会干事办理。", "A roster is brought in by the enterprise's union officer."), who)
    return unit


def _page(request: Any, template: str, step: int, status: int = 200, **context: Any) -> HttpResponse:
    steps = [{"label": label, "standing": "done" if at < step else "now" if at == step else "next"} for at, label in enumerate(STEPS)]
    return render(request, f"people/{template}.html", {"steps": steps, "label": Text("步骤", "Steps"), **context}, status=status)


@faces.of("people", "list")
def _tools(request: Any, _context: dict[str, Any]) -> dict[str, Any]:
    """The way in, from the list of people."""
    person = request.person
    if person is None or not rules.ENROL.allows(person, person.unit.enterprise):
        return {}
    return {"tools": [{"address": HOME, "label": Text("导入花名册", "Bring in a roster")}]}


# ---- 1 the file ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def begin(request: Any, unit: Unit) -> HttpResponse:
    """Choose a file; a file that cannot be read is told beside the field."""
    if request.method != "POST":
        return _begin_page(request, unit)
    upload = request.FILES.get("file")
    try:
        run = _take(request, unit, upload)
    except NotYours:
        raise
    except Refused as refusal:
        return _begin_page(request, unit, refusal, upload.name if upload else "")
    is_known = all(column["why"] == "remembered" for column in run.columns if column["key"])
    if is_known and {"name"} <= set(run.mapping.values()):
        roster_staging.preview(run)
        return HttpResponseRedirect(f"{HOME}{run.ref}/")
    return HttpResponseRedirect(f"{HOME}{run.ref}/columns/")


def _begin_page(request: Any, unit: Unit, refusal: Refused | None = None, name: str = "") -> HttpResponse:
    errors: list[dict[str, Any]] = [{"anchor": "file", "label": name, "message": str(refusal)}] if refusal else []
    if not unit.level >= ENTERPRISE:
        errors = [
            {"anchor": "unit", "label": "", "message": Text("请先写明要导入到哪个企业。", "Say first which enterprise the roster is for.")}
        ]
    status = 422 if refusal else 200
    runs = roster_staging.runs_of(unit)
    return _page(request, "import", 0, status, unit=unit, errors=errors, runs=runs, needs_unit=unit.level < ENTERPRISE, home=HOME)


def _take(request: Any, unit: Unit, upload: UploadedFile[Any] | None) -> ImportRun:
    if unit.level < ENTERPRISE:
        raise Refused(Text("花名册要导入到用人单位。", "A roster belongs to an employer."), field="unit")
    if upload is None:
        raise Refused(
            Text("还没有选文件。", "No file has been chosen."),
            cure=Text("请选择 xlsx、xls 或 csv 文件。", "Choose an xlsx, xls or csv file."),
        )
    if (upload.size or 0) > safety.MAX_FILE:
        raise Refused(
            Text("文件超过 20 MB。", "The file is larger than 20 MB."),
            cure=Text("请删去图片，或把花名册分成几个文件。", "Remove pictures, or split the roster into several files."),
        )
    with tempfile.TemporaryDirectory(prefix="roster-") as folder:
        stored = Path(folder) / "file"
        with stored.open("wb") as out:
            for piece in upload.chunks():
                out.write(piece)
        roster = rosters.open_roster(stored, unit, name=upload.name or "")
    return rosters.stage(roster, unit, by=request.person)


@require_safe
@officers
def template(_request: Any, unit: Unit) -> Any:
    """A blank roster with drop-down lists."""
    with tempfile.TemporaryDirectory(prefix="roster-") as folder:
        made = roster_sheets.write_template(Path(folder) / "template.xlsx", unit)
        return sheets.sent(made, f"{unit}-{Text('花名册模板', 'roster template')}.xlsx")


# ---- 2 the columns ---------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def columns(request: Any, run: ImportRun) -> HttpResponse:
    """What each column means, with three samples; the choice is remembered for the unit."""
    if run.state != "staged":
        return HttpResponseRedirect(f"{HOME}{run.ref}/")
    if request.method != "POST":
        return _columns_page(request, run)
    chosen = {
        column["number"]: said
        for column in run.columns
        if (said := request.POST.get(f"column-{column['number']}")) is not None and said in {"", *(one.key for one in COLUMNS)}
    }
    try:
        roster_staging.remap(run, rosters.rematched(run, chosen))
    except Refused as refusal:
        return _columns_page(request, run, refusal, chosen)
    return HttpResponseRedirect(f"{HOME}{run.ref}/")


def _columns_page(request: Any, run: ImportRun, refusal: Refused | None = None, chosen: dict[int, str] | None = None) -> HttpResponse:
    rows = [
        {**column, "key": (chosen or {}).get(column["number"], column["key"]), "field": f"column-{column['number']}"}
        for column in run.columns
    ]
    errors: list[dict[str, Any]] = [{"anchor": "columns", "label": "", "message": str(refusal)}] if refusal else []
    context = {
        "run": run,
        "matched": [row for row in rows if row["key"]],
        "ignored": [row for row in rows if not row["key"]],
        "options": [(one.key, one.label) for one in COLUMNS],
        "errors": errors,
        "row_count": run.rows.count(),
    }
    return _page(request, "import_columns", 1, 422 if refusal else 200, **context)


# ---- 3 the preview ---------------------------------------------------------------------------------------------------


@require_safe
@officers
def show(request: Any, run: ImportRun) -> HttpResponse:
    """The preview of a staged roster, the progress of one under way, the outcome of one brought in."""
    if run.state in RUNNING:
        done, total = progress_of(run)
        return _page(request, "import_running", 3, run=run, done=done, total=max(total, 1), words=RUNNING[run.state][run.is_whole])
    if run.state != "staged":
        stopped = Text(
            f"已写入 {run.written:,} / {run.importable:,} 人，中断了。",
            f"{run.written:,} of {run.importable:,} persons are in; it stopped there.",
        )
        context = {
            "run": run,
            "kept": run.kept,
            "wrong": run.counts.get("wrong", 0),
            "stopped": stopped,
            "go_on": Text("接着导入", "Go on"),
        }
        return _page(request, "import_done", 4, **context)
    if not run.counts:
        return HttpResponseRedirect(f"{HOME}{run.ref}/columns/")
    return _preview_page(request, run)


SAY = {
    "typed": Text("改好这几行", "Correct these rows"),
    "typed_help": Text(
        "直接在格子里改；空着的不动。原文件不变。", "Type in the cells; empty ones stay as they are. The file is not changed."
    ),
}
RUNNING = {
    "queued": {
        True: Text("可以关掉这一页，导入会继续。要么全部写入，要么一行不写。", "You may close this page; the import goes on. Nothing is kept unless all of it is."),
        False: Text("可以关掉这一页，导入会继续。分批写入，每批要么全部、要么一行不写；中断后接着来。", "You may close this page; the import goes on by batches, each whole or not at all, and resumes if it is broken off."),
    },
    "undoing": dict.fromkeys((True, False), Text("正在撤销，可以关掉这一页。", "The import is being taken back; you may close this page.")),
}  # fmt: skip


def _preview_page(request: Any, run: ImportRun, refusal: Refused | None = None) -> HttpResponse:
    message = str(refusal) if refusal else run.message
    rows = roster_staging.shown_rows(run)
    context = {
        "run": run,
        "say": SAY,
        "counts": run.counts,
        "groups": [_group(run, group, rows) for group in run.groups],
        "missing_units": sum("create" in group["repairs"] for group in run.groups),
        "decisions": [
            {"key": key, "title": title_of(key), "word": key.partition(":")[2], "do": DONE_WORDS[one["do"]]}
            for key, one in run.repairs.items()
        ],
        "units": roster_staging.units_of(run.unit)[1:],
        "reminders": [
            {"row": row["number"], "name": row["values"].get("name", ""), "findings": [_finding(one) for one in row["reminders"]]}
            for row in roster_staging.reminded_rows(run, roster_staging.SHOWN)
        ],
        "errors": [{"anchor": "errors", "label": "", "message": message}] if message else [],
    }
    return _page(request, "import_preview", 2, 422 if refusal else 200, **context)


DONE_WORDS = {
    "map": Text("对应到已有的", "mapped to one that exists"),
    "create": Text("导入时新建", "made on import"),
    "blank": Text("这一格空着导入", "imported with the cell left blank"),
    "skip": Text("先不导入", "left out for now"),
}


def _group(run: ImportRun, group: dict[str, Any], rows: dict[int, dict[str, Any]]) -> dict[str, Any]:
    mine = [rows[number] for number in group["rows"] if number in rows]
    at = next((number for number, key in run.mapping.items() if key == group.get("at")), None)
    can_type = at is not None and "map" not in group["repairs"]
    return {
        **group,
        "title": Text(*group["title"]),
        "expected": Text(*group["expected"]),
        "cure": Text(*group["cure"]),
        "is_unit": "map" in group["repairs"],
        "do": group["decided"].get("do", ""),
        "can_type": can_type,
        "rows": [
            {
                **row["values"],
                "number": row["number"],
                "typed": _typed(row["cells"], at, group.get("at", "")) if can_type else "",
                "finding": next(_finding(one) for one in row["faults"] if one["group"] == group["key"]),
            }
            for row in mine
        ],
        "more": group["count"] - len(mine),
    }


def _typed(cells: list[Any], at: int | None, key: str) -> str:
    """What stands in a cell that can be typed anew; a cut identity number is not offered again, it must come from its source."""
    cell = cells[at] if at is not None and at < len(cells) and key != "id_number" else None
    return plain(cell) if isinstance(cell, str | int | float) else ""


def _finding(finding: dict[str, Any]) -> dict[str, Any]:
    return {**finding, "expected": Text(*finding["expected"]), "cure": Text(*finding["cure"]), "title": title_of(finding["group"])}


@require_POST
@officers
def repair(request: Any, run: ImportRun) -> HttpResponse:
    """One decision for a whole group."""
    if request.POST.get("do") == "create-all":
        roster_staging.make_all(run)
        return HttpResponseRedirect(f"{HOME}{run.ref}/#go")
    typed = {
        int(name.removeprefix("cell-")): said
        for name, said in request.POST.items()
        if name.startswith("cell-") and name.removeprefix("cell-").isdecimal() and said.strip()
    }
    try:
        if request.POST.get("do") == "correct":
            roster_staging.correct(run, request.POST.get("group", ""), typed)
            return HttpResponseRedirect(f"{HOME}{run.ref}/#errors-title")
        roster_staging.decide(run, request.POST.get("group", ""), request.POST.get("do", ""), request.POST.get("to", ""))
    except Refused as refusal:
        return _preview_page(request, run, refusal)
    return HttpResponseRedirect(f"{HOME}{run.ref}/#errors-title")


@require_POST
@officers
def go(request: Any, run: ImportRun) -> HttpResponse:
    """Import what is right; the page may be closed while it runs."""
    roster_staging.queue(run, request.person, tasks.start)
    return HttpResponseRedirect(f"{HOME}{run.ref}/")


# ---- 4 done ----------------------------------------------------------------------------------------------------------


@require_POST
@officers
def undo(request: Any, run: ImportRun) -> HttpResponse:
    """Take the import back, within a week."""
    if run.importable <= UNDO_NOW:
        undo_import(run, by=request.person, key=f"roster-undo:{run.uid}")
        after.committed()
    else:
        roster_staging.queue_undo(run, request.person, tasks.start_undo)
    return HttpResponseRedirect(f"{HOME}{run.ref}/")


@require_safe
@officers
def remaining(_request: Any, run: ImportRun) -> Any:
    """The rows that stayed behind, each with its reason, to be corrected and dropped back in."""
    with tempfile.TemporaryDirectory(prefix="roster-") as folder:
        made = roster_sheets.write_remaining(Path(folder) / "remaining.xlsx", run)
        stem = run.file_name.rsplit(".", 1)[0][:80]
        return sheets.sent(made, f"{stem}-{Text('待修', 'to repair')}.xlsx")


_RUN = f"{HOME[1:]}<uuid:uid>/"
ROUTES = [
    path(HOME[1:], begin),
    path(f"{HOME[1:]}template.xlsx", template),
    path(_RUN, show),
    path(f"{_RUN}columns/", columns),
    path(f"{_RUN}repair/", repair),
    path(f"{_RUN}go/", go),
    path(f"{_RUN}undo/", undo),
    path(f"{_RUN}remaining.xlsx", remaining),
]
