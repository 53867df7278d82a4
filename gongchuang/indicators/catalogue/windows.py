"""Stretches of days joined (连续区间): from overlapping stretches to the days on which somebody comes in and goes out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from gongchuang.indicators.definition import Counted

Stretch = tuple[date, date | None, int]  # first day, the day it is over (None: goes on), unit


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Overlapping or touching stretches as one, at the unit where it began: half-open [first, over)."""
    found: list[Stretch] = []
    for first, over, unit in sorted(stretches, key=lambda one: (one[0], one[1] is None, one[1] or date.max)):
        if over is not None and over <= first:
            continue
        if found and (found[-1][1] is None or found[-1][1] >= first):
            start, last, at = found[-1]
            found[-1] = (start, None if last is None or over is None else max(last, over), at)
        else:
            found.append((first, over, unit))
    return found


def edges(stretches: Iterable[Stretch], person: int | None = None) -> Iterator[Counted]:
    """+1 on the first day of each joined stretch and −1 on the day it is over."""
    for first, over, unit in joined(stretches):
        yield Counted(unit, first, 1, person=person)
        if over is not None:
            yield Counted(unit, over, -1, person=person)


def a_year_from(day: date) -> date:
    """The day twelve months later, on which somebody who did nothing since no longer counts as active."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)
