"""Sums of facts for cities and districts by month and year (汇总), and people counted once (首次)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple, Self

from django.db.models import Q

from gongchuang.indicators.definition import STOCK, Indicator
from gongchuang.indicators.models import (
    EVER,
    MONTH,
    PERSONS_QUARTER,
    PERSONS_YEAR,
    RECORDED,
    YEAR,
    Roll,
)
from gongchuang.indicators.scope import heavy_nodes
from gongchuang.kernel.period import EARLIEST

_CHUNK: Final = 5_000


class FactRow(NamedTuple):
    """A fact as plain values: two equal ones are the same fact."""

    measure: int
    part: int
    path: int
    day: date
    src: int
    value: int
    person: int | None


class FirstRow(NamedTuple):
    measure: int
    grain: int
    node: int
    starts: date
    person: int
    day: date


class RollKey(NamedTuple):
    measure: int
    part: int
    node: int
    grain: int
    starts: date


class Changes(dict[RollKey, tuple[int, int]]):
    """By how many records and how much value each roll changes."""

    def add(self, key: RollKey, records: int, value: int) -> None:
        before = self.get(key, (0, 0))
        self[key] = (before[0] + records, before[1] + value)

    def __iadd__(self, other: Changes) -> Self:  # type: ignore[override]
        for key, (records, value) in other.items():
            self.add(key, records, value)
        return self


def month_of(day: date) -> date:
    return day.replace(day=1)


def quarter_of(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def year_of(day: date) -> date:
    return date(day.year, 1, 1)


def count_of(indicator: Indicator, value: int) -> int:
    """How many records a fact stands for: the end of a stock takes one away, everything else adds one."""
    return -1 if indicator.kind == STOCK and value < 0 else 1


def firsts(facts: Iterable[FactRow]) -> set[FirstRow]:
    """For each person, scope and time, the day of the first fact."""
    days: dict[tuple[int, int, int, date, int], date] = {}
    for fact in facts:
        if fact.person is None:
            continue
        for node in heavy_nodes(fact.path):
            for grain, starts in (
                (PERSONS_QUARTER, quarter_of(fact.day)),
                (PERSONS_YEAR, year_of(fact.day)),
                (EVER, EARLIEST),
            ):
                key = (fact.measure, grain, node, starts, fact.person)
                days[key] = min(days.get(key, fact.day), fact.day)
    return {FirstRow(*key, day) for key, day in days.items()}


def changes(
    facts: Iterable[tuple[int, FactRow]],
    first_facts: Iterable[tuple[int, FirstRow]],
    by_measure: Mapping[int, Indicator],
) -> Changes:
    """What signed facts mean for the rolls. A measure of people rolls its first facts, the others their facts."""
    found = Changes()
    for sign, fact in facts:
        indicator = by_measure[fact.measure]
        if indicator.persons:
            continue
        records, value = sign * count_of(indicator, fact.value), sign * fact.value
        for node in heavy_nodes(fact.path):
            found.add(RollKey(fact.measure, fact.part, node, MONTH, month_of(fact.day)), records, value)
            found.add(RollKey(fact.measure, fact.part, node, YEAR, year_of(fact.day)), records, value)
    for sign, first in first_facts:
        for grain, starts in _roll_grains(first):
            found.add(RollKey(first.measure, RECORDED, first.node, grain, starts), sign, sign)
    return found


def _roll_grains(first: FirstRow) -> Iterator[tuple[int, date]]:
    if first.grain == EVER:
        yield MONTH, month_of(first.day)
        yield YEAR, year_of(first.day)
    else:
        yield first.grain, first.starts


def adjust(found: Changes) -> None:
    """Add changes to the stored rolls; a roll that holds nothing any more goes away."""
    moved = {key: by for key, by in found.items() if by != (0, 0)}
    stored = {RollKey(*(getattr(roll, name) for name in RollKey._fields)): roll for roll in _stored(moved)}
    new: list[Roll] = []
    changed: list[Roll] = []
    empty: list[Roll] = []
    for key, (records, value) in moved.items():
        roll = stored.get(key)
        if roll is None:
            new.append(Roll(**key._asdict(), records=records, value=value))
            continue
        roll.records += records
        roll.value += value
        (changed if roll.records or roll.value else empty).append(roll)
    Roll.objects.bulk_create(new, batch_size=_CHUNK)
    Roll.objects.bulk_update(changed, ["records", "value"], batch_size=500)
    Roll.objects.filter(pk__in=[roll.pk for roll in empty]).delete()


def _stored(moved: Mapping[RollKey, object]) -> Iterator[Roll]:
    """The stored rolls at these keys, and possibly some more: asked for by node and measure, within the days changed."""
    spans: dict[tuple[int, int], tuple[date, date]] = {}
    for key in moved:
        first, last = spans.get((key.node, key.measure), (key.starts, key.starts))
        spans[key.node, key.measure] = (min(first, key.starts), max(last, key.starts))
    asked = [Q(node=node, measure=measure, starts__range=days) for (node, measure), days in sorted(spans.items())]
    for start in range(0, len(asked), 50):
        wanted = asked[start]
        for one in asked[start + 1 : start + 50]:
            wanted |= one
        yield from Roll.objects.filter(wanted)
