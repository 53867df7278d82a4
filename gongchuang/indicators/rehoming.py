"""Where a unit stood on a day (归属): attribution follows the path of the fact's day, so that a move changes no history."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from itertools import batched
from typing import Final

from gongchuang.indicators.models import Fact
from gongchuang.people import unit as tree
from gongchuang.people.models import UnitPath

_CHUNK: Final = 5_000


def paths_on(wanted: Collection[tuple[int, date]]) -> dict[tuple[int, date], int]:
    """The path of each unit on each day; before its first day a unit is taken to have stood at its first place."""
    history: dict[int, list[tuple[date, int]]] = {}
    for chunk in batched(sorted({unit for unit, _ in wanted}), _CHUNK):
        rows = UnitPath.objects.filter(unit__in=chunk).order_by("start_on", "pk")
        for unit, start_on, path in rows.values_list("unit_id", "start_on", "path"):
            history.setdefault(unit, []).append((start_on, path))
    return {(unit, day): _path_on(history[unit], day) for unit, day in wanted}


def _path_on(places: list[tuple[date, int]], day: date) -> int:
    path = places[0][1]
    for start_on, later in places:
        if start_on <= day:
            path = later
    return path


def records_in_moved_units(touched: Mapping[str, set[int]]) -> dict[int, set[int]]:
    """The records whose facts lie where a unit's past was changed: they are counted again, by measure.

    A new last path changes nothing before its day, but a fact of that day or later may already stand at the old one.
    """
    rows = touched.get(UnitPath._meta.db_table)
    if not rows:
        return {}
    units = set(UnitPath.objects.filter(pk__in=rows).values_list("unit", flat=True))
    moved = {unit for unit in units if UnitPath.objects.filter(unit=unit).count() > 1}
    spans = {tree.span(path) for path in UnitPath.objects.filter(unit__in=moved).values_list("path", flat=True)}
    found: dict[int, set[int]] = {}
    for low, high in sorted(spans):
        facts = Fact.objects.filter(path__range=(low, high)).values_list("measure", "src").distinct()
        for measure, src in facts:
            found.setdefault(measure, set()).add(src)
    return found
