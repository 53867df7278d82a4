"""To-dos (待办): one row a record says who must act next; all to-dos of a person are one query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from gongchuang.kernel import statements
from gongchuang.kernel.models import Waiting, due_on

if TYPE_CHECKING:
    from gongchuang.kernel.flow import Wait


def along(record: Any, path: str) -> Any:
    """The value at a double-underscore path of a record, or None where a step is missing."""
    for name in path.split("__") if path else ():
        record = getattr(record, name, None)
        if record is None:
            return None
    return record


def expected(record: Any, wait: Wait | None, since: date) -> dict[str, Any] | None:
    """What the record's Waiting row must say, or None where nobody is waited for."""
    if wait is None:
        return None
    unit = along(record, wait.over) if wait.role else None
    person = along(record, wait.person) if wait.person else None
    if unit is None and person is None:
        return None
    return {
        "desk": getattr(record, "desk_key", ""),
        "ref": record.ref,
        "title": str(record)[:200],
        "act": wait.act,
        "role": wait.role,
        "path": unit.path if unit is not None else None,
        "person_uid": person.uid if person is not None else None,
        "since_on": since,
        "due_on": due_on(since, wait.working_days) if wait.working_days is not None else None,
    }


def keep(record: models.Model, wait: Wait | None, since: date) -> None:
    """Renew the record's one Waiting row."""
    statements.forget_waiting(record._meta.db_table, record.pk)
    row = expected(record, wait, since)
    if row is not None:
        statements.insert(Waiting(table=record._meta.db_table, pk_of_row=record.pk, **row))


def of(person: Any) -> models.QuerySet[Waiting]:
    """All to-dos of a person: what waits for them by name, and what waits for a role they hold over its unit."""
    condition = Q(person_uid=person.uid)
    for role, low, high in person.grants():
        condition |= Q(role=role, path__gte=low, path__lte=high)
    return Waiting.objects.filter(condition).order_by("due_on", "pk")


def overdue(day: date) -> models.QuerySet[Waiting]:
    return Waiting.objects.filter(due_on__lt=day, is_escalated=False).exclude(role="")


def mismatches(flows: Iterable[tuple[type[models.Model], Any]]) -> Iterator[tuple[str, int, str]]:
    """Where Waiting and the records' states disagree: (table, pk, what), for verify."""
    for model, flow in flows:
        table = model._meta.db_table
        record: Any
        rows = dict(Waiting.objects.filter(table=table).values_list("pk_of_row", "act"))
        for record in model._base_manager.filter(state__in=list(flow.waits)).iterator(chunk_size=1000):
            wanted = expected(record, flow.waits[record.state], record_day())
            found = rows.pop(record.pk, None)
            if (wanted or {}).get("act") != found:
                yield table, record.pk, f"waits for {(wanted or {}).get('act')}, the list says {found}"
        yield from ((table, pk, "nobody should be waited for") for pk in rows)


def record_day() -> date:
    """Any day does: mismatches() compares who is waited for, not since when."""
    return date(2000, 1, 3)


def first_of(person: Any, most: int = 99) -> models.QuerySet[Waiting, int]:
    """The keys of a person's first to-dos, to be counted."""
    return of(person).values_list("pk", flat=True)[:most]


def about(record: models.Model) -> models.QuerySet[Waiting]:
    """Who must act next on one record: a row or none."""
    return Waiting.objects.filter(table=record._meta.db_table, pk_of_row=record.pk).order_by("pk")[:1]


def rows_of(model: type[models.Model], pks: Iterable[int]) -> models.QuerySet[Waiting]:
    """Who must act next on each of these records: one query."""
    return Waiting.objects.filter(table=model._meta.db_table, pk_of_row__in=list(pks))


def late_in(day: date, low: int, high: int) -> models.QuerySet[Waiting, tuple[str, int]]:
    """How many to-dos of each desk are late within a range of units: one query."""
    late = Waiting.objects.filter(due_on__lt=day, path__gte=low, path__lte=high)
    return late.values_list("desk").annotate(n=models.Count("pk")).order_by("desk")
