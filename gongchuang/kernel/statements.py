"""The statements that every act runs (每步都走的语句), written out: composing them anew took longer than running them.

They stand for both databases. Each model's INSERT and its reading by primary key are composed once and kept; values go
through the fields' own conversions, as they do in the ORM.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import repeat
from typing import Any

from django.db import connection, models

_KEYED = "SELECT id FROM kernel_event WHERE key = %s"
_ROWS_IN = 'INSERT INTO kernel_eventrow (event_id, "table", row_pk, digest) VALUES (%s, %s, %s, %s)'
_COUNTED = "UPDATE kernel_event SET row_count = %s WHERE id = %s"
_WAITING_OUT = 'DELETE FROM kernel_waiting WHERE "table" = %s AND row_pk = %s'
_WORDS_IN = 'INSERT INTO kernel_searchword (token, "table", row_pk) VALUES (%s, %s, %s)'
_WORDS_OUT = 'DELETE FROM kernel_searchword WHERE token = %s AND "table" = %s AND row_pk = %s'
_NEXT = (
    "INSERT INTO kernel_counter (kind, year, value) VALUES (%s, %s, 1) "
    "ON CONFLICT (kind, year) DO UPDATE SET value = kernel_counter.value + 1 RETURNING value"
)


def is_keyed(key: str) -> bool:
    """Whether an Event stands under this stored key."""
    with connection.cursor() as cursor:
        cursor.execute(_KEYED, [key])
        return cursor.fetchone() is not None


def write_rows(event: int, rows: Sequence[tuple[str, int, str]]) -> None:
    """The rows of an Event, each (table, pk, digest), and their number into the Event."""
    with connection.cursor() as cursor:
        if rows:
            cursor.executemany(_ROWS_IN, [(event, *row) for row in rows])
        cursor.execute(_COUNTED, [len(rows), event])


def forget_waiting(table: str, pk: int) -> None:
    """Nobody is waited for on this record any more."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING_OUT, [table, pk])


def words_of(table: str, pks: Collection[int]) -> set[tuple[str, int]]:
    """The tokens stored for rows, each (token, pk)."""
    marks = ", ".join(["%s"] * len(pks))
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT token, row_pk FROM kernel_searchword WHERE "table" = %s AND row_pk IN ({marks})', [table, *pks])
        return set(cursor.fetchall())


def change_words(table: str, *, gone: Iterable[tuple[str, int]], new: Iterable[tuple[str, int]]) -> None:
    """Take tokens away and put tokens in, each (token, pk)."""
    with connection.cursor() as cursor:
        for statement, words in ((_WORDS_OUT, sorted(gone)), (_WORDS_IN, sorted(new))):
            if words:
                cursor.executemany(statement, [(token, table, pk) for token, pk in words])


def next_in(kind: str, year: int) -> int:
    """The next number of a series; the row of the series stays locked until the act ends."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [kind, year])
        return int(cursor.fetchone()[0])


# ---- composed once a model -------------------------------------------------------------------------------------------


def insert(row: models.Model) -> None:
    """Insert one new row, which learns its primary key; for models without anything of their own in save()."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_insert(type(row))} RETURNING {_quoted(row._meta.pk)}", _prepared(row))
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def insert_many(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model, which do not learn their keys."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_insert(type(rows[0])), [_prepared(row) for row in rows])


def stored(model: type[models.Model], pks: Sequence[int], names: tuple[str, ...]) -> Iterator[list[Any]]:
    """What the database holds now of these rows, by primary key: [pk, value of each named column]."""
    reading, conversions = _reading(model, names)
    with connection.cursor() as cursor:
        cursor.execute(reading.format(", ".join(repeat("%s", len(pks)))), list(pks))
        for found in cursor.fetchall():
            values = list(found)
            for at, column, convert in conversions:
                values[at] = convert(values[at], column, connection)
            yield values


def _quoted(field: Any) -> str:
    return connection.ops.quote_name(field.column)


def _written(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


@cache
def _insert(model: type[models.Model]) -> str:
    fields = _written(model)
    columns, marks = ", ".join(map(_quoted, fields)), ", ".join(repeat("%s", len(fields)))
    return f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({marks})"


def _prepared(row: models.Model) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in _written(type(row))]


@cache
def _reading(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[tuple[int, Any, Any]]]:
    """SELECT with room for the keys, and (place, column, conversion) of every value that needs one."""
    table = model._meta.db_table
    pk = model._meta.pk
    assert pk is not None
    fields: list[Any] = [pk, *(model._meta.get_field(name) for name in names)]
    columns = [field.get_col(table) for field in fields]
    conversions = [
        (at, column, convert)
        for at, column in enumerate(columns)
        for convert in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
    ]
    listed = ", ".join(_quoted(column.target) for column in columns)
    return f"SELECT {listed} FROM {connection.ops.quote_name(table)} WHERE {_quoted(pk)} IN ({{}}) ORDER BY {_quoted(pk)}", conversions
