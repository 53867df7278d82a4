"""Several lists in one statement (并读): what a page will draw is put on one list and read with the first of it that is looked at.

Each queryset becomes an arm of one UNION ALL and its rows come as JSON, which every column of ours but bytes fits into. Django
makes its records of them as it would have done from the queryset's own statement, so a page does not notice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

ARGUMENTS = 100
"""What one json_array of SQLite takes at the least."""
FROM_TEXT = (models.DateField, models.TimeField, models.UUIDField, models.DecimalField)
"""What PostgreSQL's JSON writes as a text or a number, where its driver would have given Python's own."""


class Batch:
    """Querysets that are still to be read."""

    def __init__(self) -> None:
        self._rows: list[models.QuerySet[Any, Any]] = []

    def __call__[Q: models.QuerySet[Any, Any]](self, rows: Q) -> Q:
        """Put it on the list; it is read at the latest when it is looked at."""
        if rows._result_cache is None and not rows.query.combinator:
            self._rows.append(rows)
            fetch = rows._fetch_all

            def fetch_all() -> None:
                if rows._result_cache is None:
                    self._read()
                fetch()  # what is prefetched for its rows

            rows._fetch_all = fetch_all  # type: ignore[method-assign]
        return rows

    def _read(self) -> None:
        rows, self._rows = [one for one in self._rows if one._result_cache is None], []
        if len(rows) > 1:  # a single one is read as ever
            for one, found in zip(rows, _read(rows), strict=True):
                one._result_cache = found


def along(record: models.Model, lookups: Sequence[Any], batch: Batch) -> None:
    """Have what would be prefetched for one record read together: its lists and, prefetched as ever, what hangs on them."""
    for lookup in lookups:
        narrowed = lookup.queryset if isinstance(lookup, models.Prefetch) and lookup.to_attr is None else None
        name, _, further = (lookup if isinstance(lookup, str) else lookup.prefetch_to).partition("__")
        manager = getattr(record, name, None)
        if isinstance(manager, models.Manager) and (isinstance(lookup, str) or (narrowed is not None and not further)):
            rows = manager.all() if narrowed is None else manager._apply_rel_filters(narrowed.all())  # type: ignore[attr-defined]
            prefetched = record.__dict__.setdefault("_prefetched_objects_cache", {})
            prefetched[name] = batch(rows.prefetch_related(further) if further else rows)
        else:
            models.prefetch_related_objects([record], lookup)


def _read(rows: Sequence[models.QuerySet[Any, Any]]) -> Iterator[list[Any]]:
    arms, params, compilers = [], [], []
    for place, one in enumerate(rows):
        compiler = one.query.get_compiler(one.db)
        compilers.append(compiler)
        try:
            sql, given = compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            continue
        arms.append(f"SELECT {place} AS place, {_line(compiler, place)} AS line FROM ({sql}) part{place}")
        params += given
    lines: list[list[list[Any]]] = [[] for _ in rows]
    if arms:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(arms), params)
            for place, line in cursor.fetchall():
                lines[place].append(_values(compilers[place], json.loads(line, parse_float=Decimal)))
    return (_records(*each) for each in zip(rows, compilers, lines, strict=True))


def _names(compiler: Any) -> list[str]:
    return [alias for _, _, alias in compiler.select]


def _line(compiler: Any, place: int) -> str:
    if connection.vendor == "postgresql":
        return f"to_jsonb(part{place})"
    names = [connection.ops.quote_name(name) for name in _names(compiler)]
    parts = [f"json_array({', '.join(names[at : at + ARGUMENTS])})" for at in range(0, len(names), ARGUMENTS)]
    return f"json_array({', '.join(parts)})"


def _values(compiler: Any, line: Any) -> list[Any]:
    """A row as the driver would have given it."""
    if connection.vendor != "postgresql":
        return [float(value) if isinstance(value, Decimal) else value for part in line for value in part]
    return [_value(expression.output_field, line[name]) for (expression, _, name) in compiler.select]


def _value(field: Any, value: Any) -> Any:
    if isinstance(field, models.JSONField):
        return None if value is None else json.dumps(value, default=float)
    return field.to_python(value) if isinstance(field, FROM_TEXT) else value


def _records(rows: models.QuerySet[Any, Any], compiler: Any, lines: list[list[Any]]) -> list[Any]:
    """What the queryset makes of its rows, with the statement's answer already there."""
    compiler.execute_sql = lambda *_, **__: [lines]
    filled = rows._chain()  # type: ignore[attr-defined]
    filled.query.get_compiler = lambda *_, **__: compiler
    return list(filled._iterable_class(filled))
