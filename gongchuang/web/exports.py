"""Lists as files (下载列表): /<desk>.xlsx and /<desk>.csv hold exactly what the list has filtered, in its order."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET

from gongchuang.excel import door as sheets
from gongchuang.kernel.desk import Desk
from gongchuang.web import listing
from gongchuang.web.door import to_login


def routes_of(desk: Desk) -> list[URLPattern]:
    @require_GET
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
    rows = desk.rows_for(person)
    if request.GET.get("space") == "me" and person is not None:
        rows = listing.own(desk, person, rows)
    has_public = any(column.public for column in desk.table.columns)
    table = desk.table.public() if person is None and has_public else desk.table
    found = listing.filtered(desk, rows, request.GET)
    order = listing.order_for(desk, table, request.GET.get("sort", ""))
    return sheets.download(desk, table, listing.ordered(table.rows(found.rows), order), kind, person)
