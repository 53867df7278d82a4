"""How values, facts and histories are said on a page (页面上的值): the plain value in, safe HTML out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongchuang.kernel import history, quantity
from gongchuang.kernel.desk import Act, Desk
from gongchuang.kernel.flow import FLOWS
from gongchuang.kernel.models import Event
from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Text
from gongchuang.people import lookup
from gongchuang.people.models import Person
from gongchuang.people.sight import MASKED, name_for
from gongchuang.people.unit import ENTERPRISE, at_level
from gongchuang.web import deeds, looks
from gongchuang.web.templatetags import marks

NOTHING = SafeString("—")


@dataclass(frozen=True)
class Cell:
    """One value of a row as a page draws it."""

    label: str
    said: Any
    is_numeric: bool = False
    is_title: bool = False
    address: str = ""
    kind: str = "text"


def row(desk: Desk, table: Table, record: Any, request: Any) -> list[Cell]:
    title = table.title
    return [
        Cell(
            str(column.label),
            said(column, record, request.person),
            column.is_numeric,
            column is title,
            f"/{desk.key}/{record.ref}/" if column is title else "",
            column.kind,
        )
        for column in table.columns
    ]


def said(column: Column, record: Any, viewer: Any) -> Any:
    """The value of a column, as people read it."""
    try:
        value = column.value(record)
    except (AttributeError, models.ObjectDoesNotExist):
        value = None
    if value is None or value == "":
        return NOTHING
    if column.kind == "number" and column.key.endswith("year"):
        return str(value)
    return _SAID.get(column.kind, _text)(value, record, viewer)


def _text(value: Any, _record: Any, _viewer: Any) -> Any:
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, datetime):
        return marks.moment(value)
    if isinstance(value, date):
        return marks.plain_day(value)
    return value


def _state(value: Any, record: Any, _viewer: Any) -> SafeString:
    display = getattr(record, "get_state_display", None)
    words = display() if display and value == getattr(record, "state", None) else str(value)
    return format_html('<span class="status-tag" data-status="{}">{}</span>', looks.look_of(str(value)), words)


def _person(value: Any, record: Any, viewer: Any) -> str:
    return name_for(viewer, value, record) if isinstance(value, Person) else str(value)


def _list(value: Any, _record: Any, _viewer: Any) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((str(one),) for one in value)) or NOTHING


def _persons(value: Any, record: Any, viewer: Any) -> Any:
    return "、".join(one.for_reader(viewer, record) for one in value) or NOTHING


def masks(rows: Iterable[list[Cell]]) -> Text | None:
    """Why some names have a star, where some have: whole and masked names stand in one table."""
    cells = (cell for row in rows for cell in row)
    return MASKED if any(cell.kind in {"person", "persons"} and "*" in str(cell.said) for cell in cells) else None


_SAID = {
    "number": lambda value, record, viewer: quantity.count_text(value) if isinstance(value, int) else value,
    "money": lambda value, record, viewer: quantity.fen_text(int(value)),
    "percent_bp": lambda value, record, viewer: quantity.percent_text(int(value)),
    "date": lambda value, record, viewer: marks.plain_day(value),
    "moment": lambda value, record, viewer: marks.moment(value),
    "state": _state,
    "person": _person,
    "persons": _persons,
    "list": _list,
}


def label_of(column: Column) -> str:
    return f"{column.label}{Text('（元）', ' (CNY)')}" if column.kind == "money" else str(column.label)


def total(column: Column, sums: Mapping[str, int], at: int, count: int) -> Cell:
    """The cell of the total row under a column."""
    if column.key in sums:
        value = quantity.fen_text(sums[column.key]) if column.kind == "money" else quantity.count_text(sums[column.key])
        return Cell(str(column.label), value, True)
    if at == 0:
        return Cell("", Text(f"合计 {quantity.count_text(count)} 条", f"Total: {quantity.count_text(count)}"), is_title=True)
    return Cell(str(column.label), "", column.is_numeric)


def data_total(table: Table, sums: Mapping[str, int], count: int) -> str:
    """What a list behind a figure says of itself: the sum of its values, money in yuan, else the number of rows."""
    for column in table.columns:
        if column.key in sums:
            return quantity.fen_text(sums[column.key]).replace(",", "") if column.kind == "money" else str(sums[column.key])
    return str(count)


# -------------------------------------------------------------------------------------------------------------- record


def facts(desk: Desk, record: Any, request: Any) -> list[dict[str, Any]]:
    """What the list says of a record and what it leaves to its page; a visitor reads what is public, an empty value is left out."""
    listed = [one for one in desk.table.columns if one is not desk.table.title and one.kind != "state" and one.key != "no"]
    columns: dict[str, Column] = {str(one.label): one for one in [*listed, *desk.facts]}
    if request.person is None and any(one.public for one in columns.values()):
        columns = {label: one for label, one in columns.items() if one.public}
    rows = [{"label": label_of(one), "value": said(one, record, request.person)} for one in columns.values()]
    return [row for row in rows if row["value"] != NOTHING]


def events_of(record: Any, limit: int = 100) -> models.QuerySet[Event]:
    """The record's Events, newest first, with the names of their actors: one query."""
    # Only names of actors, masked again for outsiders where they are said.
    names = lookup.actors(models.OuterRef("actor_uid"))
    rows = history.about(record).annotate(
        actor_name=models.Subquery(names.values("name")[:1]), actor_path=models.Subquery(names.values("unit__path")[:1])
    )
    return rows.order_by("-pk")[:limit]


WORDS = ("reason", "note", "words", "answer", "said")


def timeline(events: Iterable[Any], viewer: Any) -> list[dict[str, Any]]:
    """What happened, newest first, in the words of the flow: 采纳 “护套用检测班的余料” 李国栋 6月8日."""
    return [
        {
            "label": move_label(event.action),
            "words": next((str(event.facts[name]) for name in WORDS if event.facts.get(name)), ""),
            "actor": actor(event, viewer),
            "at": event.at,
            "facts": deeds.facts(event.facts),
        }
        for event in events
    ]


def actor(event: Any, viewer: Any) -> str:
    if not event.actor_name:
        return str(Text("系统", "the system"))
    same = viewer is not None and event.actor_path and at_level(viewer.unit.path, ENTERPRISE) == at_level(event.actor_path, ENTERPRISE)
    over = (
        viewer is not None
        and event.actor_path
        and any(low <= event.actor_path <= high for role, low, high in viewer.grants() if role != "member")
    )
    return str(event.actor_name) if same or over else looks.masked(str(event.actor_name))


def move_label(action: str) -> str:
    """The name of an Event: the act's label where a desk has one, else the state the move leads to."""
    if action in LABELS:
        return str(LABELS[action])
    name, _, move = action.partition(".")
    flow = FLOWS.get(name)
    if flow is not None and move in flow.moves:
        return str(flow.states.texts[flow.moves[move][1]])
    return str(deeds.deed(action))


LABELS: dict[str, Text] = {}
"""Names of Events, filled from the desks' acts when the routes are made."""


def learn_labels(desks: Iterable[Desk]) -> None:
    for desk in desks:
        for one in desk.acts:
            LABELS.setdefault(one.rule.name, one.label)


def act(one: Act, record: Any, person: Any, address: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": one.label,
        "address": f"{address}{one.name}/",
        "tone": {"primary": "btn-primary", "danger": "btn-plain"}.get(one.tone, "btn-plain"),
        "is_primary": one.tone == "primary",
        "effect": one.effect(record, person) if one.effect else "",
    }


# ---------------------------------------------------------------------------------------------------------------- forms


def form_errors(form: Any) -> list[dict[str, Any]]:
    """The errors of a form for the summary on top, each tied to its field."""
    if not form.is_bound:
        return []
    found = []
    for name, errors in form.errors.items():
        field = form[name] if name in form.fields else None
        for message in errors:
            found.append(
                {
                    "anchor": field.id_for_label or field.auto_id if field is not None else "",
                    "label": str(field.label).rstrip("？?") if field is not None else "",
                    "message": message,
                }
            )
    return found


def given(form: Any) -> list[dict[str, Any]]:
    """What was handed in, field by field."""
    rows = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if value in (None, "", []):
            continue
        if isinstance(value, UploadedFile):
            value = value.name
        elif isinstance(value, list | tuple | models.QuerySet):
            value = "、".join(str(one.name) if isinstance(one, UploadedFile) else str(one) for one in value)
        elif getattr(field, "choices", None) and not isinstance(value, models.Model):
            value = dict(field.choices).get(value, value)
        rows.append({"label": form[name].label, "value": str(value)})
    return rows
