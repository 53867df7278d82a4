"""The statements that every act runs (每步都走的语句), written out: composing them anew took longer than running them.

They stand for both databases. What is read through them has plain types; everything else goes through the models.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db import connection

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
