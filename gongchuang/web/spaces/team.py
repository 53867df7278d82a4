"""The team leader's inbox (班组收件箱): cards with a photo, the answers beside it, the most pressing first."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from gongchuang.kernel import clock, files, waiting
from gongchuang.kernel.text import Text
from gongchuang.web import batch, desklist, shown, todos
from gongchuang.web.spaces.me import own

MOST = 50
VIEWS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "waiting": (Text("待回复", "To answer"), ("submitted", "passed_on")),
    "doing": (Text("实施中", "Under way"), ("adopted", "under_way")),
    "all": (Text("全部", "All"), ()),
}
SHOWN_ACTS = ("adopt", "pass_on", "decline", "begin", "implement")


@own
def inbox(request: Any) -> HttpResponse:
    """/team/inbox/: what waits for this leader's word."""
    person = request.person
    desk = desklist.by_key()["proposals"]
    view = request.GET.get("view", "waiting")
    view = view if view in VIEWS else "waiting"
    rows = desk.rows_for(person).exclude(author=person)
    counts = counted(rows)
    states = VIEWS[view][1]
    chosen = rows.filter(state__in=states) if states else rows
    # The rules look at the co-authors of each card: fetched once for all.
    records = list(desk.table.rows(chosen).prefetch_related("coauthors__person")[:MOST])
    pks, soon = [one.pk for one in records], batch.of(request)
    waits, pictures = soon(waiting.rows_of(desk.model, pks)), soon(files.pictures_of(desk.model, pks))
    due = {row.pk_of_row: row for row in waits}
    photos = {one.pk_of_row: one for one in pictures}
    cards = [card(desk, one, due.get(one.pk), photos.get(one.pk), person) for one in records]
    today = clock.today()
    groups = todos.grouped_by(cards, today)
    first = next((one for _, _, ones in groups for one in ones if one["acts"]), None)
    if first is not None:
        first["is_first"] = True
    return render(
        request,
        "team/inbox.html",
        {
            "views": [(name, label, counts.get(name), name == view) for name, (label, _) in VIEWS.items()],
            "groups": groups,
            "here": "inbox",
            "back": "/home/",
            "count": len(cards),
        },
    )


def counted(rows: Any) -> dict[str, int]:
    """How many are in each view: one query."""
    by_state = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {name: sum(by_state.get(state, 0) for state in states) for name, (_, states) in VIEWS.items() if states}


def card(desk: Any, record: Any, row: Any, photo: Any, person: Any) -> dict[str, Any]:
    acts = [desk.act(name) for name in SHOWN_ACTS]
    return {
        "record": record,
        "address": f"/{desk.key}/{record.ref}/",
        "author": shown.name_for(person, record.author, record),
        "due_on": row.due_on if row is not None else None,
        "is_escalated": row is not None and row.is_escalated,
        "photo": f"/files/{photo.uid}/" if photo is not None else "",
        "acts": [
            shown.act(act, record, person, f"/{desk.key}/{record.ref}/")
            for act in acts
            if act is not None and act.offered_to(person, record)
        ],
    }
