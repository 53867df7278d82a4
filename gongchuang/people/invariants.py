"""What must always hold of units and persons."""

from __future__ import annotations

from collections.abc import Iterator

from gongchuang.kernel.models import Event, Hands, Notice, Waiting
from gongchuang.kernel.verify import Break, Invariant
from gongchuang.people import unit as tree
from gongchuang.people.models import Person, Unit, UnitPath


def paths() -> Iterator[Break | int]:
    """Each unit's path lies inside its parent's, and is the one its history ends with."""
    known = dict(Unit.objects.values_list("pk", "path"))
    current = dict(UnitPath.objects.filter(end_on=None).values_list("unit_id", "path"))
    for unit in Unit.objects.order_by("pk").iterator(chunk_size=2000):
        yield 1
        if unit.parent_id and not tree.contains(known[unit.parent_id], unit.path):
            yield Break("people_unit", unit.code, "does not lie inside its parent")
        if current.get(unit.pk) != unit.path:
            yield Break("people_unit", unit.code, "its path is not the last one of its history")


def actors() -> Iterator[Break | int]:
    """Whoever an Event, a to-do, a message or a pair of hands names is a person."""
    known = set(Person.objects.values_list("uid", flat=True))
    for model, field in ((Event, "actor_uid"), (Waiting, "person_uid"), (Notice, "person_uid"), (Hands, "person_uid")):
        for pk, uid in model._base_manager.exclude(**{field: None}).values_list("pk", field).iterator(chunk_size=5000):
            yield 1
            if uid not in known:
                yield Break(model._meta.db_table, str(pk), "names nobody who is known")


INVARIANTS: list[Invariant] = [("unit_paths", paths), ("actors", actors)]
