"""Adding up (求和): the sums behind figures, from rolls, edge days and the unfolded tail, in one query for all of them.

The same query finds the units and records that lead, so that a page of forty figures reads the tally once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, Final, NamedTuple

from django.db.models import BigIntegerField, Case, Count, F, IntegerField, Max, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast

from gongchuang.indicators import rolls
from gongchuang.indicators.definition import FLOW, STOCK, Indicator
from gongchuang.indicators.models import (
    EVER,
    MONTH,
    PERSONS_QUARTER,
    PERSONS_YEAR,
    RECORDED,
    VALUED,
    YEAR,
    Fact,
    First,
    Roll,
)
from gongchuang.indicators.rolls import FactRow, FirstRow
from gongchuang.indicators.scope import is_heavy, is_in_subtree
from gongchuang.indicators.tally import Tail
from gongchuang.kernel.period import QUARTER, Period
from gongchuang.kernel.period import YEAR as YEAR_GRAIN
from gongchuang.people import unit as tree

PERSON_GRAINS: Final = {QUARTER: PERSONS_QUARTER, YEAR_GRAIN: PERSONS_YEAR}
Parts = dict[int, tuple[int, int]]  # part -> (records, value)


class Ask(NamedTuple):
    """One sum wanted: a measure over [start, end). `grain` is set where people are counted within a period."""

    measure: int
    start: date
    end: date
    grain: int | None = None


class Lead(NamedTuple):
    """The enterprise, or the record, with the largest sum of an ask."""

    ask: Ask
    by_record: bool


class Leader(NamedTuple):
    """What leads: the path of a fact of it, its record where a record leads, and its parts."""

    path: int
    record: int | None
    parts: Parts


@dataclass(frozen=True)
class Cut:
    """A half-open span cut into whole years, whole months and the days left over."""

    years: tuple[date, date] | None
    months: tuple[tuple[date, date], ...]
    days: tuple[tuple[date, date], ...]

    @classmethod
    def of(cls, start: date, end: date) -> Cut:
        first, last = _month_from(start), rolls.month_of(end)
        if first >= last:
            return cls(None, (), ((start, end),))
        days = tuple(span for span in ((start, first), (last, end)) if span[0] < span[1])
        year_first = first if first.month == 1 else date(first.year + 1, 1, 1)
        year_last = rolls.year_of(last)
        if year_first >= year_last:
            return cls(None, ((first, last),), days)
        months = tuple(span for span in ((first, year_first), (year_last, last)) if span[0] < span[1])
        return cls((year_first, year_last), months, days)

    def in_rolls(self) -> Q | None:
        found = [Q(grain=MONTH, starts__gte=start, starts__lt=end) for start, end in self.months]
        if self.years:
            found.append(Q(grain=YEAR, starts__gte=self.years[0], starts__lt=self.years[1]))
        return reduce(lambda one, other: one | other, found) if found else None

    def in_days(self) -> Q | None:
        found = [Q(day__gte=start, day__lt=end) for start, end in self.days]
        return reduce(lambda one, other: one | other, found) if found else None


def _month_from(day: date) -> date:
    """The first month that begins on or after a day."""
    if day.day == 1:
        return day
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def sums(path: int, asks: Iterable[Ask], tail: Tail, by_measure: dict[int, Indicator]) -> dict[Ask, Parts]:
    """Every sum asked for, for the subtree of one unit; one query, whatever their number."""
    return sums_and_leaders([(path, asks)], (), tail, by_measure)[0][path]


def sums_and_leaders(
    wanted: Sequence[tuple[int, Iterable[Ask]]], leads: Iterable[tuple[int, Lead]], tail: Tail, by_measure: dict[int, Indicator]
) -> tuple[dict[int, dict[Ask, Parts]], dict[tuple[int, Lead], Leader]]:
    """The sums of several units' subtrees, and what leads in them by the folded facts: one query for everything."""
    found: dict[int, dict[Ask, Parts]] = {}
    queries: list[QuerySet[Any, Any]] = []
    groups: list[Any] = []
    for path, asks in wanted:
        here = sorted(set(asks), key=str)
        found[path] = {ask: {} for ask in here}
        for query, group in _queries(path, here, by_measure):
            queries.append(query.annotate(place=_NONE, record=_NONE))
            groups.append([(found[path], ask) for ask in group])
    leaders: dict[tuple[int, Lead], Leader] = {}
    for path, lead in leads:
        queries.append(_leading(path, lead, by_measure))
        groups.append((path, lead))
    tagged = (
        query.annotate(tag=Value(tag, IntegerField())).values_list("tag", "measure", "part", "n", "v", "place", "record").order_by()
        for tag, query in enumerate(queries)
    )
    if queries:
        first, *others = tagged
        for tag, measure, part, records, value, place, record in first.union(*others, all=True) if others else first:
            group = groups[tag]
            if isinstance(group, tuple):
                leader = leaders.setdefault(group, Leader(place, record if group[1].by_record else None, {}))
                _add(leader.parts, part, 1 if group[1].by_record else records or 0, value or 0)
                continue
            for parts, ask in group:
                if ask.measure == measure:
                    _add(parts[ask], part, records or 0, value or 0)
    if tail.found:
        for path, parts in found.items():
            _add_tail(path, list(parts), tail, by_measure, parts)
    return {path: {ask: _told(parts) for ask, parts in one.items()} for path, one in found.items()}, leaders


_NONE: Final = Value(0, BigIntegerField())


def _told(parts: Parts) -> Parts:
    return {part: both for part, both in parts.items() if both != (0, 0)}


def _leading(path: int, lead: Lead, by_measure: dict[int, Indicator]) -> QuerySet[Any, Any]:
    """What leads by its facts that make a value, and then all its facts, by part."""
    ask = lead.ask
    facts = Fact.objects.filter(measure=ask.measure).of(path, ask.start, ask.end)
    facts = facts.annotate(leader=F("src") if lead.by_record else F("path").bitrightshift(tree.SHIFTS[tree.ENTERPRISE]))
    valued = facts.filter(part__in=VALUED)
    brought = valued.values("leader").annotate(brought=Sum("value")).filter(brought__gt=0)
    first = brought.order_by("-brought", "leader").values("leader")[:1]
    chosen = (valued if lead.by_record else facts).filter(leader=Subquery(first))
    return counted_facts(chosen, by_measure).annotate(place=Max("path"), record=Max("src"))


def _add(parts: Parts, part: int, records: int, value: int) -> None:
    before = parts.get(part, (0, 0))
    parts[part] = (before[0] + records, before[1] + value)


def _queries(path: int, asks: Sequence[Ask], by_measure: dict[int, Indicator]) -> Iterator[tuple[QuerySet[Any, Any], list[Ask]]]:
    """The partial sums, each with the asks that its rows answer."""
    groups: dict[tuple[date, date, int | None, bool], list[Ask]] = {}
    for ask in asks:
        groups.setdefault((ask.start, ask.end, ask.grain, by_measure[ask.measure].persons), []).append(ask)
    for (start, end, grain, persons), group in groups.items():
        measures = [ask.measure for ask in group]
        for rows in _partial_sums(path, start, end, grain, persons, measures, by_measure):
            yield rows, group


def _partial_sums(
    path: int,
    start: date,
    end: date,
    grain: int | None,
    persons: bool,
    measures: Sequence[int],
    by_measure: dict[int, Indicator],
) -> Iterator[QuerySet[Any, Any]]:
    if not is_heavy(path):
        facts = Fact.objects.filter(measure__in=measures).of(path, start, end)
        yield counted_persons(facts) if persons else counted_facts(facts, by_measure)
        return
    if grain is not None:
        yield _rolled(Roll.objects.filter(node=path, measure__in=measures, grain=grain, starts=start))
        return
    cut = Cut.of(start, end)
    if (whole := cut.in_rolls()) is not None:
        yield _rolled(Roll.objects.filter(whole, node=path, measure__in=measures))
    if (edge := cut.in_days()) is not None:
        if persons:
            firsts = First.objects.filter(edge, measure__in=measures, grain=EVER, node=path)
            yield firsts.annotate(part=Value(RECORDED, IntegerField())).values("measure", "part").annotate(n=Count("pk"), v=Count("pk"))
        else:
            facts = Fact.objects.filter(edge, measure__in=measures).inside(path)
            yield counted_facts(facts, by_measure)


def _rolled(rows: QuerySet[Roll]) -> QuerySet[Any, Any]:
    return rows.values("measure", "part").annotate(n=Sum("records"), v=Sum("value"))


def counted_facts(facts: QuerySet[Fact], by_measure: dict[int, Indicator], *by: str) -> QuerySet[Any, Any]:
    """Facts summed by measure and part; the end of a stock counts one record less."""
    stocks = [measure for measure, indicator in by_measure.items() if indicator.kind == STOCK]
    one = Case(When(measure__in=stocks, value__lt=0, then=-1), default=1, output_field=BigIntegerField())
    total = Cast(Sum("value"), BigIntegerField())  # PostgreSQL sums bigints to numeric
    return facts.values("measure", "part", *by).annotate(n=Sum(one), v=total)


def counted_persons(facts: QuerySet[Fact], *by: str) -> QuerySet[Any, Any]:
    """Facts of people, each person once."""
    return facts.values("measure", "part", *by).annotate(n=Count("person", distinct=True), v=Count("person", distinct=True))


# ---- the unfolded tail -----------------------------------------------------------------------------------------------


def _add_tail(path: int, asks: Sequence[Ask], tail: Tail, by_measure: dict[int, Indicator], found: dict[Ask, Parts]) -> None:
    for ask in asks:
        indicator = by_measure[ask.measure]
        if not indicator.persons:
            for sign, fact in tail.found.facts():
                if is_in(fact, ask, path):
                    records = sign * rolls.count_of(indicator, fact.value)
                    _add(found[ask], fact.part, records, sign * fact.value)
        elif is_heavy(path):
            for sign, first in tail.found.firsts():
                if _is_first_in(first, ask, path):
                    _add(found[ask], RECORDED, sign, sign)
        elif any(fact.measure == ask.measure for _, fact in tail.found.facts()):
            people = len(persons_in(path, ask, tail))
            found[ask] = {RECORDED: (people, people)}


def is_in(fact: FactRow, ask: Ask, path: int) -> bool:
    return fact.measure == ask.measure and is_in_subtree(fact.path, path) and ask.start <= fact.day < ask.end


def _is_first_in(first: FirstRow, ask: Ask, path: int) -> bool:
    if first.measure != ask.measure or first.node != path:
        return False
    if ask.grain is not None:
        return first.grain == ask.grain and first.starts == ask.start
    return first.grain == EVER and ask.start <= first.day < ask.end


def persons_in(path: int, ask: Ask, tail: Tail) -> set[int]:
    """The people with a fact in a small scope, the tail included."""
    stored = Fact.objects.filter(measure=ask.measure, path__range=tree.span(path), day__gte=ask.start, day__lt=ask.end).exclude(
        pk__in=[pk for pk, fact in tail.found.gone if fact.measure == ask.measure]
    )
    fresh = {fact.person for fact in tail.found.new if is_in(fact, ask, path) and fact.person is not None}
    known = stored.filter(person__isnull=False).values_list("person", flat=True).distinct()
    return fresh | {person for person in known if person is not None}


def ask_for(indicator: Indicator, start: date, end: date, period: Period) -> Ask:
    """The sum an indicator needs over [start, end) of a period."""
    grain = PERSON_GRAINS.get(period.grain) if indicator.persons and indicator.kind == FLOW else None
    return Ask(indicator.measure, start, end, grain)
