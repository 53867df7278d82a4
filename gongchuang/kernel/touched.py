"""Which rows the running action has changed (动过的行): collected while it runs, digested into its Event at the end."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.db import models


class Touched:
    """Rows by model and primary key, with the Events recorded so far and the keys of the actions under way."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], set[int]] = {}
        self.gone: set[tuple[str, int]] = set()
        self.event: Any = None
        self.digests: dict[str, str] = {}
        self.files: list[Path] = []  # written beside the database; they go when nothing comes of the action

    def __bool__(self) -> bool:
        return bool(self.rows or self.gone)


running: ContextVar[Touched | None] = ContextVar("touched", default=None)


class OutsideAction(RuntimeError):
    """A protected row was changed outside an @action: it would leave no Event."""


def _collector(what: str) -> Touched:
    collector = running.get()
    if collector is None:
        raise OutsideAction(f"{what} was changed outside an action")
    return collector


def note(row: models.Model) -> None:
    _collector(row._meta.db_table).rows.setdefault(type(row), set()).add(row.pk)


def note_file(path: Path) -> None:
    _collector(path.name).files.append(path)


def note_gone(table: str, pk: int) -> None:
    _collector(table).gone.add((table, pk))


def note_many(rows: Iterable[models.Model]) -> None:
    """Note rows changed in bulk: instances after bulk_create, a queryset after update()."""
    if isinstance(rows, models.QuerySet):
        collector = _collector(rows.model._meta.db_table)
        collector.rows.setdefault(rows.model, set()).update(rows.values_list("pk", flat=True))
        return
    for row in rows:
        note(row)
