"""How somebody likes their lists (常用视图): columns and named views, kept per account and desk; no business record, no Event."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_POST

from gongchuang.kernel.desk import Desk
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Text
from gongchuang.kernel.ticket import ticket
from gongchuang.web import desklist
from gongchuang.web.models import SavedView

MOST = 12
"""Named views of one list; more would be a list to look through."""
NAME_MOST = 40
ADDRESS_MOST = 1000
SECONDS = 60  # another process sees a new view after a minute at the latest
COLUMNS = ""  # the name of what is no view, but the columns last chosen


def kept(account_uid: UUID, desk: Desk) -> dict[str, str]:
    """Name → address of what this account keeps for a list, remembered for a minute."""
    key = f"web.views.{account_uid}.{desk.key}"
    found: dict[str, str] | None = cache.get(key)
    if found is None:
        rows = SavedView.objects.filter(account_uid=account_uid, desk=desk.key).order_by("name")
        found = dict(rows.values_list("name", "address"))
        cache.set(key, found, SECONDS)
    return found


def keep(account_uid: UUID, desk: Desk, name: str, address: str) -> None:
    """Remember a view under its name; the same name again is the same view, changed."""
    views = kept(account_uid, desk)
    if name not in views and len(views) >= MOST + 1:
        raise Refused(Text(f"最多存 {MOST} 个视图，请先删掉不用的。", f"At most {MOST} views; please remove one first."))
    with ticket(), transaction.atomic():
        SavedView.objects.update_or_create(account_uid=account_uid, desk=desk.key, name=name, defaults={"address": address})
    cache.delete(f"web.views.{account_uid}.{desk.key}")


def forget(account_uid: UUID, desk: Desk, name: str) -> None:
    with ticket(), transaction.atomic():
        SavedView.objects.filter(account_uid=account_uid, desk=desk.key, name=name).delete()
    cache.delete(f"web.views.{account_uid}.{desk.key}")


# ------------------------------------------------------------------------------------------------------------- columns


def columns(table: Table, asked: str, remembered: str = "") -> Table:
    """The table with the columns an address asks for, else those last chosen; what opens the record always stays."""
    wanted = [name for name in (asked or remembered).split(",") if name]
    chosen = [one for one in table.columns if one.key in wanted or one is table.title]
    if asked == "all" or not any(one.key in wanted for one in table.columns) or len(chosen) == len(table.columns):
        return table
    return Table(chosen, table.order, table.joins, table.prefetch)


def choices(table: Table, drawn: Table) -> list[tuple[Column, bool, bool]]:
    """Every column, whether it is drawn, and whether it must be."""
    return [(one, one in drawn.columns, one is table.title) for one in table.columns]


# ---------------------------------------------------------------------------------------------------------------- pages


def on_list(request: Any, desk: Desk, table: Table) -> dict[str, Any]:
    """What a list's page needs of this: the columns drawn, the chooser, the named views."""
    is_own = request.person is not None
    views = kept(request.user.uid, desk) if is_own else {}
    drawn = columns(table, request.GET.get("cols", ""), views.get(COLUMNS, ""))
    here = standing(desk, request.GET)
    return {
        "drawn": drawn,
        "column_choices": choices(table, drawn) if len(table.columns) > 2 else [],
        "saved_views": [{"name": name, "address": f"?{said}", "is_here": said == here} for name, said in views.items() if name],
        "keeps_views": is_own,
        "standing": here,
    }


def standing(desk: Desk, asked: QueryDict) -> str:
    """The part of an address that a view is: filters, words, order and columns, in one order, nothing else."""
    query = QueryDict(mutable=True)
    for name in (*desk.filters, "q", "sort", "cols"):
        if said := asked.get(name, "").strip():
            query[name] = said
    return query.urlencode()


@require_POST
def change(request: Any, key: str) -> HttpResponse:
    """/lists/<desk>/: choose columns, keep a view, forget one; then back to the list as it stood."""
    desk = desklist.by_key().get(key)
    if desk is None or request.person is None:
        raise Http404
    asked = QueryDict(request.POST.get("standing", "")[:ADDRESS_MOST], mutable=True)
    name = request.POST.get("name", "").strip()[:NAME_MOST]
    match request.POST.get("do", ""):
        case "columns":
            chosen = ",".join(one.key for one in desk.table.columns if one.key in request.POST.getlist("column")) or "all"
            asked["cols"] = chosen
            keep(request.user.uid, desk, COLUMNS, chosen)
        case "keep" if name:
            keep(request.user.uid, desk, name, standing(desk, asked)[:ADDRESS_MOST])
        case "forget" if name:
            forget(request.user.uid, desk, name)
    return HttpResponseRedirect(f"{list_address(request, desk)}?{standing(desk, asked)}")


def list_address(request: Any, desk: Desk) -> str:
    """The list of the space it was pressed in; only spaces the desk is in are gone back to."""
    space = request.POST.get("space", "")
    return f"/{space}/{desk.key}/" if space in desk.spaces - {"public"} else f"/{desk.key}/"
