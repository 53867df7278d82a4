"""Lists as files (下载列表): /<desk>.xlsx and /<desk>.csv hold exactly what the list has filtered, in its order.

A list that names persons leaves an Event when it is taken, so this is the one address that writes although it is read.
More than BEHIND rows are written by a task, and whoever asked is told where the file waits.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.tasks import task
from django.urls import URLPattern, path
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongchuang.excel import door as sheets
from gongchuang.kernel import clock, notices
from gongchuang.kernel.desk import Desk
from gongchuang.kernel.table import Table
from gongchuang.kernel.text import Text
from gongchuang.people import exports as people_exports
from gongchuang.people.exports import Taken
from gongchuang.web import desklist, listing
from gongchuang.web.door import to_login

BEHIND = 5_000  # rows written while the press waits
SAY = {
    "title": Text("下载列表", "Download the list"),
    "go": Text("在后台准备", "Prepare it"),
    "begun": Text("正在准备，好了会发消息。可以关掉这一页。", "It is being prepared; you will get a message. You may close this page."),
    "messages": Text("看消息", "See messages"),
}


def routes_of(desk: Desk) -> list[URLPattern]:
    @require_http_methods(["GET", "POST"])
    def export(request: Any, kind: str) -> HttpResponse:
        return export_list(request, desk, kind)

    return [path(f"{desk.key}.<slug:kind>", export)]


def export_list(request: Any, desk: Desk, kind: str) -> Any:
    """The rows that this person sees on the list at the same address, all pages of them."""
    person = request.person
    if kind not in sheets.TYPES:
        raise Http404
    if person is None and "public" not in desk.spaces:
        return to_login(request)
    table, rows = rows_of(desk, person, request.GET)
    count = rows.count()
    if count > BEHIND and person is not None:
        return _behind(request, desk, kind, count)
    if count > BEHIND and kind == "csv":
        return sheets.streamed(desk, table, rows, person)
    if not sheets.holds_persons(desk, table, person):
        return sheets.download(desk, table, rows, kind, person)
    filters = filters_of(desk, request.GET)
    taken = Taken(desk.key, filters, count, kind)
    people_exports.note_export(person, taken=taken, by=person, key=f"export:{clock.new_uid()}")
    return sheets.download(desk, table, rows, kind, person, sheets.about(desk, person, filters, count))


def rows_of(desk: Desk, person: Any, asked: Any) -> tuple[Table, Any]:
    """The table and the rows of a list under the filters and the order of its address."""
    rows = desk.rows_for(person)
    if asked.get("space") == "me" and person is not None:
        rows = listing.own(desk, person, rows)
    has_public = any(column.public for column in desk.table.columns)
    table = desk.table.public() if person is None and has_public else desk.table
    found = listing.filtered(desk, rows, asked)
    order = listing.order_for(desk, table, asked.get("sort", ""))
    return table, listing.ordered(table.rows(found.rows), order)


def filters_of(desk: Desk, asked: Any) -> dict[str, str]:
    return people_exports.facts_of({name: asked.get(name, "").strip() for name in (*desk.filters, "q", "space")})


def _behind(request: Any, desk: Desk, kind: str, count: int) -> HttpResponse:
    """A long list: one press asks for it, a message says when it is there."""
    if request.method == "POST":
        press = request.POST.get("key", "")[:36]
        if not press.replace("-", "").isalnum():
            raise Http404
        make_file.enqueue(desk.key, kind, request.GET.urlencode(), str(request.person.uid), press, translation.get_language() or "zh-hans")
    context = {
        "desk": desk,
        "say": SAY,
        "kind": kind.upper(),
        "is_begun": request.method == "POST",
        "words": Text(
            f"{desk.label} {count:,} 条。超过 {BEHIND:,} 条的列表在后台准备，好了发消息给您，文件留 {people_exports.KEPT_DAYS} 天。",
            f"{desk.label}: {count:,} rows. A list of more than {BEHIND:,} is prepared in the background; a message says when it "
            f"is there, and the file stays for {people_exports.KEPT_DAYS} days.",
        ),
        "key": str(clock.new_uid()),
        "back": f"/{desk.key}/?{request.GET.urlencode()}",
    }
    return render(request, "desk/export.html", context)


@task()
def make_file(desk_key: str, kind: str, query: str, person_uid: str, press: str, language: str) -> None:
    """Write a long list for whoever asked, with today's rights; run twice, it is made once."""
    desk, person = desklist.by_key().get(desk_key), people_exports.person_behind(person_uid)
    stored_as = f"{press}.{kind}"
    if desk is None or person is None or people_exports.exported(person, stored_as):
        return
    with translation.override(language):
        asked = QueryDict(query)
        table, rows = rows_of(desk, person, asked)
        count, filters = rows.count(), filters_of(desk, asked)
        has_persons = sheets.holds_persons(desk, table, person)
        about = sheets.about(desk, person, filters, count) if has_persons else ()
        file = sheets.write(people_exports.folder() / stored_as, desk, table, rows, person, about)
        people_exports.stamp(file)
        taken = Taken(desk.key, filters, count, kind, has_persons, sheets.file_name(str(desk.label), kind), stored_as)
    people_exports.note_export(person, taken=taken, by=person, key=f"export:{stored_as}")
    event = people_exports.exported(person, stored_as)
    if event is not None:
        say = Text(f"{taken.file_name} 可以下载了（{count:,} 条）", f"{taken.file_name} is ready to download ({count:,} rows)")
        notices.finished(event, person, say, page="exports", ref=str(event.uid))


@never_cache
@require_safe
def fetch(request: Any, uid: Any) -> Any:
    """The file that was made for this person; for everybody else there is none."""
    if request.person is None:
        return to_login(request)
    found = people_exports.waiting_file(uid, request.person)
    if found is None:
        raise Http404
    file, name = found
    response = sheets.sent(file, name)
    response.headers["Content-Type"] = sheets.TYPES[file.suffix[1:]]
    return response


ROUTES = [path("exports/<uuid:uid>/", fetch)]
