"""Lists by page (导入名单): results, needs, experts, marks; file, preview by row, done. Nothing is decided here."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongchuang.contests.lookup import contest_called
from gongchuang.excel import door as sheets
from gongchuang.excel import list_sheets, lists, safety, tasks
from gongchuang.excel.lists import KINDS, ListKind, Scope
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.text import Text
from gongchuang.people import list_staging, roster_staging
from gongchuang.people.imports import ImportRun
from gongchuang.people.lookup import unit_called
from gongchuang.people.models import Unit
from gongchuang.web import desklist, faces
from gongchuang.web.door import to_login

HOME = "/org/import/"
STEPS = (Text("选文件", "File"), Text("预览", "Preview"), Text("完成", "Done"))
SHOWN = 200
SAY = {
    "file": Text("选文件", "The file"),
    "file_help": Text("xlsx、xls 或 csv，不超过 20 MB、2,000 行；表头用自己的叫法，上面有标题行也可以。", "xlsx, xls or csv, at most 20 MB and 2,000 rows; your own headings and a title row above are fine."),
    "read": Text("读取文件", "Read the file"),
    "template": Text("下载空白模板", "Download a blank sheet"),
    "before": Text("预览之前一行都不写", "Nothing is written before you have seen the preview"),
    "earlier": Text("以前的导入", "Earlier imports"),
    "new": Text("新增", "New"), "changed": Text("更新", "Changed"), "same": Text("不变", "Same"),
    "wrong": Text("有错", "Wrong"), "reminders": Text("提醒", "Reminders"),
    "none_yet": Text("一行都还没写", "Not one row has been written yet"),
    "row": Text("行", "Row"), "column": Text("列", "Column"), "found": Text("表里写的", "Found"),
    "expected": Text("应为", "Expected"), "cure": Text("怎么改", "What to do"),
    "remaining": Text("下载有错的行", "Download the wrong rows"),
    "remaining_help": Text("在文件里改好再传；最后一列写着原因。", "Correct the rows in the file and drop it back in; its last column says why."),
    "another": Text("换一个文件", "Another file"), "nothing": Text("没有要写入的行。", "There is nothing to write."),
    "running": Text("正在导入，可以关掉这一页；要么全部写入，要么一行不写。", "Importing; you may close this page. All of it is kept or nothing."),
    "undoing": Text("正在撤销，可以关掉这一页。", "Being taken back; you may close this page."),
    "undone": Text("这次导入已撤销；已经办下去的保留。", "This import was taken back; what was worked on since stays."),
    "undo": Text("撤销这次导入", "Take this import back"), "see": Text("看列表", "See the list"),
    "where": Text("您的位置", "Where you are"),
}  # fmt: skip
View = Callable[..., HttpResponse]


def _scope(request: Any, kind: ListKind) -> Scope:
    """The unit, or the contest, that a list is for: the person's own unit where none is named."""
    said = request.POST.get("contest") or request.GET.get("contest", "")
    if kind.key == "scores":
        contest = contest_called(said)
        if contest is None:
            raise Http404
        return Scope(contest.unit, contest)
    named = request.POST.get("unit") or request.GET.get("unit", "")
    unit: Unit | None = unit_called(named) if named else request.person.unit.enterprise
    if unit is None:
        raise Http404
    return Scope(unit)


def beginners(view: View) -> View:
    """The first page of a kind, for whoever may bring such a list in."""

    @wraps(view)
    def guarded(request: Any, key: str) -> HttpResponse:
        if request.person is None:
            return to_login(request)
        kind = KINDS.get(key)
        if kind is None:
            raise Http404
        scope = _scope(request, kind)
        if not kind.may(request.person, scope):
            raise NotYours(kind.who)
        return view(request, kind, scope)

    return never_cache(guarded)


def owners(view: View) -> View:
    """An import of one's own, as long as one may still bring such lists in; to everybody else it looks like none."""

    @wraps(view)
    def guarded(request: Any, uid: Any) -> HttpResponse:
        if request.person is None:
            return to_login(request)
        run = roster_staging.run_by_ref(str(uid))
        if run is None or run.kind not in KINDS or run.started_by_id != request.person.pk:
            raise Http404
        if not KINDS[run.kind].may(request.person, lists.scope_of(run)):
            raise Http404
        return view(request, run)

    return never_cache(guarded)


def _page(request: Any, face: str, step: int, kind: ListKind, status: int = 200, **context: Any) -> HttpResponse:
    steps = [{"label": label, "standing": "done" if at < step else "now" if at == step else "next"} for at, label in enumerate(STEPS)]
    desk = desklist.by_key().get(kind.key)
    noun = desk.label if desk else kind.label
    common = {"steps": steps, "label": Text("步骤", "Steps"), "kind": kind, "say": SAY, "begin": f"{HOME}{kind.key}/", "noun": noun}
    return render(request, f"lists/{face}.html", {**common, **context}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@beginners
def begin(request: Any, kind: ListKind, scope: Scope) -> HttpResponse:
    """Choose a file; one that cannot be read is told beside the field."""
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            return HttpResponseRedirect(f"{HOME}run/{_take(request, kind, scope, upload).ref}/")
        except NotYours:
            raise
        except Refused as refusal:
            errors = [{"anchor": "file", "label": upload.name if upload else "", "message": str(refusal)}]
            return _begin_page(request, kind, scope, errors)
    return _begin_page(request, kind, scope, [])


def _begin_page(request: Any, kind: ListKind, scope: Scope, errors: list[dict[str, str]]) -> HttpResponse:
    runs = list_staging.mine(kind.key, request.person)
    return _page(request, "begin", 0, kind, 422 if errors else 200, scope=scope, errors=errors, runs=runs, runs_at=f"{HOME}run/")


def _take(request: Any, kind: ListKind, scope: Scope, upload: Any) -> ImportRun:
    if upload is None:
        raise Refused(
            Text("还没有选文件。", "No file has been chosen."),
            cure=Text("请选择 xlsx、xls 或 csv 文件。", "Choose an xlsx, xls or csv file."),
        )
    if (upload.size or 0) > safety.MAX_FILE:
        raise Refused(Text("文件超过 20 MB。", "The file is larger than 20 MB."), cure=Text("请分成几个文件。", "Please split it."))
    with tempfile.TemporaryDirectory(prefix="list-") as folder:
        stored = Path(folder) / "file"
        with stored.open("wb") as out:
            for piece in upload.chunks():
                out.write(piece)
        return lists.stage(kind, scope, stored, upload.name or "", request.person)


@require_safe
@beginners
def template(_request: Any, kind: ListKind, scope: Scope) -> Any:
    """A blank sheet with our headings."""
    with tempfile.TemporaryDirectory(prefix="list-") as folder:
        made = list_sheets.write_template(Path(folder) / "template.xlsx", kind)
        return sheets.sent(made, f"{kind.label}-{Text('模板', 'template')}.xlsx")


@require_safe
@owners
def show(request: Any, run: ImportRun) -> HttpResponse:
    """The preview of a list, its import under way, or what came of it."""
    kind = KINDS[run.kind]
    scope = lists.scope_of(run)
    if run.state in ("queued", "undoing"):
        words = SAY["running" if run.state == "queued" else "undoing"]
        return _page(request, "running", 1, kind, run=run, scope=scope, words=words)
    wrong = [_row(row, "faults") for row in list_staging.shown(run, "wrong", SHOWN)]
    reminded = [_row(row, "reminders") for row in list_staging.reminded(run, SHOWN)]
    step = 1 if run.state == "staged" else 3
    words = Text(f"导入 {run.importable:,} 行", f"Import {run.importable:,} rows")
    if run.counts["wrong"]:
        words = Text(
            f"导入 {run.importable:,} 行，{run.counts['wrong']:,} 行以后再修",
            f"Import {run.importable:,} rows, repair {run.counts['wrong']:,} later",
        )
    done = Text("已导入：新增 {new}，更新 {changed}。", "Imported: {new} new, {changed} changed.").format(**run.counts)
    errors = [{"anchor": "errors", "label": "", "message": run.message}] if run.message else []
    rest: dict[str, Any] = {
        "wrong": wrong,
        "reminded": reminded,
        "go": words,
        "done": done,
        "errors": errors,
        "can_undo": kind.take_back and run.can_undo,
    }
    return _page(request, "run", step, kind, run=run, scope=scope, counts=run.counts, **rest)


def _row(row: dict[str, Any], part: str) -> dict[str, Any]:
    found = [{**one, "expected": Text(*one["expected"]), "cure": Text(*one["cure"])} for one in row[part]]
    return {"number": row["number"], "findings": found}


@require_POST
@owners
def go(request: Any, run: ImportRun) -> HttpResponse:
    roster_staging.queue(run, None, tasks.start_list)
    return HttpResponseRedirect(f"{HOME}run/{run.ref}/")


@require_POST
@owners
def undo(request: Any, run: ImportRun) -> HttpResponse:
    if KINDS[run.kind].take_back is None:
        raise Refused(KINDS[run.kind].undo_words)
    roster_staging.queue_undo(run, None, tasks.start_list_undo)
    return HttpResponseRedirect(f"{HOME}run/{run.ref}/")


@require_safe
@owners
def remaining(_request: Any, run: ImportRun) -> Any:
    """The rows that stayed behind, each with its reason."""
    with tempfile.TemporaryDirectory(prefix="list-") as folder:
        made = list_sheets.write_remaining(Path(folder) / "remaining.xlsx", run)
        stem = run.file_name.rsplit(".", 1)[0][:80]
        return sheets.sent(made, f"{stem}-{Text('待修', 'to repair')}.xlsx")


def _offer(key: str) -> None:
    """The way in, from the desk's list, for those who may."""

    @faces.of(key, "list")
    def tools(request: Any, _context: dict[str, Any]) -> dict[str, Any]:
        person, kind = request.person, KINDS[key]
        if person is None or not kind.may(person, Scope(person.unit.enterprise)):
            return {}
        return {"tools": [{"address": f"{HOME}{key}/", "label": kind.label}]}


for _key in ("results", "needs", "experts"):
    _offer(_key)

ROUTES = [
    path("org/import/<slug:key>/", begin),
    path("org/import/<slug:key>/template.xlsx", template),
    path("org/import/run/<uuid:uid>/", show),
    path("org/import/run/<uuid:uid>/go/", go),
    path("org/import/run/<uuid:uid>/undo/", undo),
    path("org/import/run/<uuid:uid>/remaining.xlsx", remaining),
]
