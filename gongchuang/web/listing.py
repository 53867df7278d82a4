"""Lists (列表): filters and order from the address, pages by key, totals over everything that is filtered.

The same address gives the same rows in every door, so a list, its export and its JSON are one thing.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Q

from gongchuang.kernel import search
from gongchuang.kernel.desk import Desk
from gongchuang.kernel.period import Period
from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Text
from gongchuang.people.lookup import unit_called

PAGE = 50
QUERY_NAMES = frozenset({"q", "sort", "after", "before", "lang", "size", "screen", "format", "open"})


# ------------------------------------------------------------------------------------------------------------ filters


@dataclass(frozen=True)
class Filter:
    """One filter as a page draws it: a select, or only a chip when it is chosen."""

    name: str
    label: str
    chosen: str = ""
    said: str = ""
    options: Sequence[tuple[str, Any]] = ()


@dataclass
class Filtered:
    """What an address asks of a desk: the rows, and the filters that made them."""

    rows: models.QuerySet[Any]
    filters: list[Filter] = field(default_factory=list)
    query: str = ""
    takes_words: bool = False  # whether the rows can be searched by words

    @property
    def is_filtered(self) -> bool:
        return bool(self.query) or any(one.chosen for one in self.filters)


def filtered(desk: Desk, rows: models.QuerySet[Any], asked: Mapping[str, str]) -> Filtered:
    """The rows of a desk under the filters of an address; a value that cannot be is no row, never all rows."""
    found = Filtered(rows, takes_words=bool(desk.search or getattr(desk.model, "searched", ())))
    for name in desk.filters:
        chosen = asked.get(name, "").strip()
        one, condition = _filter(desk, name, chosen)
        found.filters.append(one)
        if chosen:
            found.rows = found.rows.filter(condition) if condition is not None else found.rows.none()
    found.query = asked.get("q", "").strip()[:100]
    if found.query:
        found.rows = found.rows.filter(pk__in=_matching(desk, found.query).values("pk"))
    return found


def _filter(desk: Desk, name: str, chosen: str) -> tuple[Filter, Q | None]:
    target = field_at(desk.model, name)
    label = _label_of(desk, name, target)
    if target is None:
        return Filter(name, label, chosen, chosen), None
    if target.choices:
        options = [(str(value), said) for value, said in target.flatchoices]
        said = str(dict(options).get(chosen, chosen))
        return Filter(name, label, chosen, said, options), Q(**{name: chosen})
    if isinstance(target, models.BooleanField):
        options = [("yes", Text("是", "yes")), ("no", Text("否", "no"))]
        truth = {"yes": True, "no": False}.get(chosen)
        said = str(dict(options).get(chosen, chosen))
        return Filter(name, label, chosen, said, options), None if truth is None else Q(**{name: truth})
    if isinstance(target, models.DateField):
        return _period_filter(name, label, chosen, isinstance(target, models.DateTimeField))
    if isinstance(target, models.ForeignKey):
        return Filter(name, label, chosen, chosen), _reference(target, name, chosen)
    try:
        return Filter(name, label, chosen, chosen), Q(**{name: target.to_python(chosen)})
    except ValidationError:
        return Filter(name, label, chosen, chosen), None


def _period_filter(name: str, label: str, chosen: str, has_time: bool) -> tuple[Filter, Q | None]:
    try:
        period = Period.parse(chosen) if chosen else None
    except ValueError:
        return Filter(name, label, chosen, chosen), None
    if period is None:
        return Filter(name, label), Q()
    path = f"{name}__date" if has_time else name
    return Filter(name, label, chosen, str(period.label)), Q(**{f"{path}__gte": period.start, f"{path}__lt": period.end})


def _reference(target: models.ForeignKey[Any, Any], name: str, chosen: str) -> Q | None:
    """A filter on another record: by its public code or number; a unit takes in everything below it."""
    model = target.related_model
    names = {one.name for one in model._meta.concrete_fields}
    if "path" in names and "code" in names:
        unit = unit_called(chosen)
        return Q(**{f"{name}__path__range": unit.span()}) if unit is not None else None
    for key in ("no", "code"):
        if key in names:
            return Q(**{f"{name}__{key}": chosen})
    return Q(**{f"{name}__uid": chosen}) if _is_uid(chosen) else None


def _is_uid(text: str) -> bool:
    try:
        models.UUIDField().to_python(text)
    except ValidationError:
        return False
    return True


def _matching(desk: Desk, query: str) -> models.QuerySet[Any]:
    """Rows that a person means by these words: a number's beginning, or every word in the searched text."""
    rows = desk.every_row()
    names = {one.name for one in desk.model._meta.concrete_fields}
    if "no" in names and query.isascii() and "-" in query:
        return rows.filter(no__istartswith=query)
    if getattr(desk.model, "searched", ()):
        return search.hits(query, rows).order_by()
    condition = Q()
    for name in desk.search:
        condition |= Q(**{f"{name}__icontains": query})
    return rows.filter(condition) if condition else rows.none()


def field_at(model: type[models.Model], path: str) -> Any | None:
    """The concrete field at a double-underscore path, or None where the path is no column."""
    target: Any = None
    for name in path.split("__"):
        try:
            target = model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        if target.is_relation:
            if target.many_to_many or target.one_to_many:
                return None
            model = target.related_model
    return target if getattr(target, "concrete", False) else None


def _label_of(desk: Desk, name: str, target: Any) -> str:
    for column in (*desk.table.columns, *desk.facts):
        if column.key == name or column.get == name:
            return str(column.label)
    if name == "state":
        return str(Text("状态", "State"))
    return str(getattr(target, "verbose_name", name))


# -------------------------------------------------------------------------------------------------------------- order


@dataclass(frozen=True)
class Head:
    """A column's head: its label, and the order a press asks for."""

    column: Column
    sort: str = ""  # what the address must say; empty where the column cannot be sorted
    standing: str = ""  # ascending | descending when the list is sorted by it


def path_of(column: Column) -> str:
    return column.get if isinstance(column.get, str) else column.key if column.get is None else ""


def sort_path(model: type[models.Model], column: Column) -> str:
    """The database path a column can be sorted by, or nothing: computed values and encrypted columns cannot."""
    path = path_of(column)
    target = field_at(model, path) if path else None
    if target is None or "Encrypted" in type(target).__name__ or "BlindIndex" in type(target).__name__:
        return ""
    if isinstance(target, models.ForeignKey):
        names = {one.name for one in target.related_model._meta.concrete_fields}
        return f"{path}__name" if "name" in names else ""
    return path


def heads(desk: Desk, table: Table, asked: str) -> list[Head]:
    made = []
    for column in table.columns:
        if not sort_path(desk.model, column):
            made.append(Head(column))
        elif asked == column.key:
            made.append(Head(column, f"-{column.key}", "ascending"))
        elif asked == f"-{column.key}":
            made.append(Head(column, column.key, "descending"))
        else:
            made.append(Head(column, f"-{column.key}" if column.is_numeric else column.key))
    return made


def order_for(desk: Desk, table: Table, asked: str) -> list[str]:
    """The order of a list: as the head asks, else as the table says; the primary key makes it whole."""
    order = [name for name in table.order if name.lstrip("-") != "pk"]
    for column in table.columns:
        if asked.lstrip("-") == column.key and (path := sort_path(desk.model, column)):
            order = [("-" if asked.startswith("-") else "") + path]
            break
    backwards = (order[-1] if order else (table.order or ("-pk",))[0]).startswith("-")
    return [*order, "-pk" if backwards else "pk"]


# -------------------------------------------------------------------------------------------------------------- pages


@dataclass(frozen=True)
class Page:
    """Up to fifty rows and the keys of the pages beside them."""

    rows: list[Any]
    after: str = ""
    before: str = ""
    is_first: bool = True


def page_of(rows: models.QuerySet[Any], order: Sequence[str], asked: Mapping[str, str], size: int = PAGE) -> Page:
    """The page behind the `after` or before the `before` key of an address; a key that is none gives the first page."""
    after, before = _read_key(asked.get("after", ""), order), _read_key(asked.get("before", ""), order)
    is_back = bool(before) and not after
    used = _turned(order) if is_back else list(order)
    key = before if is_back else after
    ordered = rows.order_by(*(_term(rows.model, name) for name in used))
    if key:
        try:
            ordered = ordered.filter(_behind(rows.model, used, key))
            found = list(ordered[: size + 1])
        except (ValidationError, ValueError, TypeError):
            key, is_back = None, False
            found = list(rows.order_by(*(_term(rows.model, name) for name in order))[: size + 1])
    else:
        found = list(ordered[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if is_back:
        found.reverse()
    if not found:
        return Page([])
    has_next = True if is_back else has_more
    has_before = has_more if is_back else bool(key)
    return Page(
        found,
        after=_write_key(found[-1], order) if has_next else "",
        before=_write_key(found[0], order) if has_before else "",
        is_first=not has_before,
    )


def ordered(rows: models.QuerySet[Any], order: Sequence[str]) -> models.QuerySet[Any]:
    """All rows in the order of the pages."""
    return rows.order_by(*(_term(rows.model, name) for name in order))


def _turned(order: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]


def _can_be_null(model: type[models.Model], path: str) -> bool:
    if path == "pk":
        return False
    parts = path.split("__")
    return any(getattr(field_at(model, "__".join(parts[: at + 1])), "null", False) for at in range(len(parts)))


def _term(model: type[models.Model], name: str) -> Any:
    """One order term. Empty values stand last in an ascending order and first when it is turned round."""
    path = name.lstrip("-")
    if not _can_be_null(model, path):
        return name
    return F(path).desc(nulls_first=True) if name.startswith("-") else F(path).asc(nulls_last=True)


def _behind(model: type[models.Model], order: Sequence[str], key: Sequence[Any]) -> Q:
    """Rows that come after `key` in the order: later in the first term, or equal there and later in the next."""
    behind, equal = Q(), Q()
    for name, value in zip(order, key, strict=True):
        path, is_down = name.lstrip("-"), name.startswith("-")
        if value is None:
            later = Q(**{f"{path}__isnull": False}) if is_down else None
            same = Q(**{f"{path}__isnull": True})
        else:
            later = Q(**{f"{path}__{'lt' if is_down else 'gt'}": value})
            if not is_down and _can_be_null(model, path):
                later |= Q(**{f"{path}__isnull": True})
            same = Q(**{path: value})
        if later is not None:
            behind |= equal & later
        equal &= same
    return behind


def _value_at(record: Any, path: str) -> Any:
    for name in path.split("__"):
        record = getattr(record, name, None)
    return record


def _write_key(record: Any, order: Sequence[str]) -> str:
    values = [_value_at(record, name.lstrip("-")) for name in order]
    plain = [one.isoformat() if isinstance(one, date) else one if isinstance(one, int | None) else str(one) for one in values]
    return base64.urlsafe_b64encode(json.dumps(plain, ensure_ascii=False).encode()).decode().rstrip("=")


def _read_key(text: str, order: Sequence[str]) -> list[Any] | None:
    if not text:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return None
    if not isinstance(values, list) or len(values) != len(order):
        return None
    return values if all(isinstance(one, str | int | None) for one in values) else None


# ------------------------------------------------------------------------------------------------------------- totals


def totals(desk: Desk, table: Table, rows: models.QuerySet[Any], page: Page) -> tuple[int, dict[str, int]]:
    """How many rows, and the sum of each column that adds up, over all that is filtered: one query, none if all are here."""
    if page.is_first and not page.after:
        adding = [column for column in table.columns if column.total]
        return len(page.rows), {column.key: sum(column.value(row) or 0 for row in page.rows) for column in adding}
    sums = {}
    for column in table.columns:
        if column.total and column.adds is not None:
            sums[f"sum_{column.key}"] = models.Sum(column.adds)
        elif column.total and (path := path_of(column)) and field_at(desk.model, path) is not None:
            sums[f"sum_{column.key}"] = models.Sum(path)
    counted = rows.order_by().aggregate(row_count=models.Count("pk"), **sums)
    return counted["row_count"], {name.removeprefix("sum_"): counted[name] or 0 for name in sums}


def own(desk: Desk, person: Any, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The rows that name this person: the person branch of who may see them."""
    parts: Iterable[Any] = getattr(desk.see.relation, "parts", (desk.see.relation,))
    condition = Q(pk__in=[])
    for part in parts:
        if type(part).__name__ == "Is" and (one := part.condition(person, desk.model)) is not None:
            condition |= one
    return rows.filter(condition)
