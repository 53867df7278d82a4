"""Reading figures (取数): what pages, API, exports, commands and the report call. Nothing here writes.

    figures(unit, period, keys=None, person=None) -> list[Figure]
    figure(key, unit, period, person=None)        -> Figure
    records(figure, person=None, after="", limit=50) -> listing.Page    rows of a figure; with its last line they
                                                                        add up to the figure for every reader
    by_unit(figure, level="district", person=None) -> breakdown.ByUnit  cells by district or enterprise
    trend(figure, person=None)                     -> list[Point]       the figure of the last years

`key` is an indicator's key (XX
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet, Sum

from gongchuang.indicators import breakdown, catalogue, listing, tally
from gongchuang.indicators.breakdown import ByUnit
from gongchuang.indicators.definition import (
    CUMULATIVE,
    FLOW,
    STOCK,
    Definition,
    Indicator,
    Leading,
    Ratio,
    RuleFigure,
)
from gongchuang.indicators.figure import Figure, Part, last_day, parts_of, references, value_of
from gongchuang.indicators.listing import Page
from gongchuang.indicators.models import VALUED, Fact, Observation, Reference
from gongchuang.indicators.rules import Reader
from gongchuang.indicators.sums import PERSON_GRAINS, Ask, Lead, Leader, ask_for, is_in, sums, sums_and_leaders
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.period import EARLIEST, Period
from gongchuang.kernel.period import YEAR as YEAR_GRAIN
from gongchuang.kernel.remembered import kept, looking_once
from gongchuang.kernel.text import Text
from gongchuang.people import unit as tree
from gongchuang.people.lookup import units_at
from gongchuang.people.models import Unit

TREND_YEARS = 8
OBSERVATIONS = 2_000  # so many historic numbers of one unit a process remembers; more are read when asked for


def definition_of(key: str) -> Definition:
    """The definition behind a key or an article key."""
    found = catalogue.FIGURES.get(key) or catalogue.BY_ARTICLE.get(key)
    if found is None:
        raise Refused(
            Text(f"没有“{key}”这个数字。", f"There is no figure “{key}”."),
            field="key",
            cure=Text("请用 figures 命令查看全部编码。", "The command `figures` lists all keys."),
        )
    return found


@looking_once()
def figure(key: str, unit: Unit, period: Period, person: Reader = None) -> Figure:
    """One figure of a unit and period."""
    found = _read([definition_of(key)], unit, period)[0]
    return breakdown.shielded(found, person)


@looking_once()
def figures(unit: Unit, period: Period, keys: Iterable[str] | None = None, person: Reader = None) -> list[Figure]:
    """All figures (or those named) of a unit and period, in the catalogue's order."""
    wanted = list(catalogue.FIGURES.values()) if keys is None else [definition_of(key) for key in keys]
    return breakdown.shielded_all(_read(wanted, unit, period), person)


@looking_once()
def records(found: Figure, person: Reader = None, after: str = "", limit: int = 50) -> Page:
    """The rows a figure was counted from, newest first, by key from `after` on."""
    return listing.page(found, person, after, limit)


@looking_once()
def by_unit(found: Figure, level: str = "district", person: Reader = None) -> ByUnit:
    """The figure by district or by enterprise; small cells of people are not shown to outsiders."""
    return breakdown.by_unit(found, level, person)


@dataclass(frozen=True)
class Point:
    """A figure at one time of its trend."""

    period: Period
    figure: Figure


@looking_once()
def trend(found: Figure, person: Reader = None) -> list[Point]:
    """The figure in each of the last years, up to the year its period ends in; years before the first value left out."""
    shown = _Reading(found.unit).over_periods(found.definition, _years_to(found.period))
    return _points(breakdown.shielded_all(shown, person))


def _years_to(period: Period) -> list[Period]:
    last = period.last_day.year
    return [Period.year(year) for year in range(last - TREND_YEARS + 1, last + 1)]


def _points(found: Iterable[Figure]) -> list[Point]:
    points = [Point(one.period, one) for one in found]
    while len(points) > 1 and not points[0].figure.value:
        points.pop(0)
    return points


@looking_once()
def over_periods(unit: Unit, keys: Iterable[str], periods: Sequence[Period], person: Reader = None) -> dict[str, list[Figure]]:
    """Named figures of a unit in each of several periods, in one reading: for cards with a change and a trend."""
    return with_trend(unit, keys, periods, "", person)[0]


@looking_once()
def with_trend(
    unit: Unit, keys: Iterable[str], periods: Sequence[Period], of: str, person: Reader = None
) -> tuple[dict[str, list[Figure]], list[Point]]:
    """The same and the trend of one of them, in one reading."""
    wanted = [definition_of(key) for key in keys]
    asked = [(one, period) for one in wanted for period in periods]
    years = [(definition_of(of), year) for year in _years_to(periods[-1])] if of else []
    found = breakdown.shielded_all(_Reading(unit).read([*asked, *years]), person)
    series = {one.key: found[at * len(periods) : (at + 1) * len(periods)] for at, one in enumerate(wanted)}
    return series, _points(found[len(asked) :])


# ---- reading ---------------------------------------------------------------------------------------------------------


def _read(definitions: Sequence[Definition], unit: Unit, period: Period) -> list[Figure]:
    return _Reading(unit).read([(one, period) for one in definitions])


@dataclass(frozen=True)
class _Wanted:
    """An indicator to be summed for a unit over the days of a span."""

    indicator: Indicator
    span: Period
    ask: Ask | None
    why: Text | None = None


class _Reading:
    """One reading of many figures of a unit: collects the sums they need, asks once, puts them together."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.today = clock.today()
        self.tail = tally.tail()
        self.as_of = clock.now()
        if self.tail.is_left_out:
            self.as_of = tally.folded_until() or self.as_of

    def over_periods(self, definition: Definition, periods: Sequence[Period]) -> list[Figure]:
        return self.read([(definition, period) for period in periods])

    def read(self, wanted: Sequence[tuple[Definition, Period]]) -> list[Figure]:
        needed = [need for definition, period in wanted for need in self._needs(definition, period)]
        leading = [(definition, period) for definition, period in wanted if isinstance(definition, Leading)]
        leads = {lead for one, period in leading if (lead := self._lead(one, period))}
        asks = {need.ask for need in needed if need.ask}
        asks |= {ask for one, period in leading if not self._may_lead(one) and (ask := self._leading_ask(one, period))}
        path = self.unit.path
        told, self.leaders = sums_and_leaders([(path, asks)], [(path, lead) for lead in leads], self.tail, catalogue.BY_MEASURE)
        self.sums = told[path]
        self.observations = self._observations({need.indicator.key for need in needed})
        self.references = self._references(definition for definition, _ in wanted)
        self.units = units_at(tree.at_level(leader.path, tree.ENTERPRISE) for leader in self.leaders.values())
        return [self._figure(definition, period) for definition, period in wanted]

    # -- what is needed --

    def _needs(self, definition: Definition, period: Period) -> Iterable[_Wanted]:
        if isinstance(definition, Indicator):
            yield self._need(definition, period)
        elif isinstance(definition, Ratio):
            yield from self._needs(definition.over, period)
            if isinstance(definition.under, Indicator):
                yield from self._needs(definition.under, period)

    def _need(self, indicator: Indicator, period: Period) -> _Wanted:
        if indicator.kind == FLOW:
            if indicator.persons and period.grain not in PERSON_GRAINS:
                return _Wanted(indicator, period, None, _choose_a_person_period())
            end = min(period.end, self.today + timedelta(days=1))
            if end <= period.start:
                return _Wanted(indicator, period, None, Text("这个期间还没有开始。", "This period has not begun."))
            return _Wanted(indicator, period, ask_for(indicator, period.start, end, period))
        until = last_day(period, self.today)
        start = indicator.since or EARLIEST
        end = until + timedelta(days=1)
        if end <= start:
            return _Wanted(indicator, Period.until(until), None, Text("这项指标那时还没有开始统计。", "It was not counted yet then."))
        span = Period.around(until, "day") if indicator.kind == STOCK else Period(start, end)
        return _Wanted(indicator, span, ask_for(indicator, EARLIEST, end, span))

    def _observations(self, keys: set[str]) -> dict[str, list[Observation]]:
        if not keys:
            return {}
        inside = Observation.objects.confirmed().filter(unit__path__range=self.unit.span())
        rows = inside.select_related("unit").order_by("last_on", "pk")
        tables = (Observation._meta.db_table, Unit._meta.db_table)
        few = kept(("indicators.observations", self.unit.path), tables, lambda: list(rows[: OBSERVATIONS + 1]))
        found: dict[str, list[Observation]] = {}
        for row in few if len(few) <= OBSERVATIONS else rows.filter(key__in=keys):
            if row.key in keys:
                found.setdefault(row.key, []).append(row)
        return found

    def _references(self, definitions: Iterable[Definition]) -> list[Reference]:
        is_needed = any(isinstance(one, Ratio) and isinstance(one.under, str) for one in definitions)
        return references() if is_needed else []

    def _lead(self, leading: Leading, period: Period) -> Lead | None:
        """What the tally is asked for a leading figure; None where there is nothing to ask, or the tail has a word in it."""
        ask = self._leading_ask(leading, period)
        if ask is None or leading.of.persons or not self._may_lead(leading):
            return None
        is_changing = any(fact.measure == ask.measure for _, fact in self.tail.found.facts())
        return None if is_changing else Lead(ask, leading.by_record)

    def _may_lead(self, leading: Leading) -> bool:
        """Whether the unit has something that may lead in it; an enterprise's own figure is of itself."""
        return leading.by_record or self.unit.level < tree.ENTERPRISE

    def _leading_ask(self, leading: Leading, period: Period) -> Ask | None:
        span = leading.span(period)
        end = min(span.end, self.today + timedelta(days=1))
        return Ask(leading.of.measure, span.start, end) if end > span.start else None

    # -- putting together --

    def _figure(self, definition: Definition, period: Period) -> Figure:
        if isinstance(definition, Indicator):
            return self._counted(definition, period)
        if isinstance(definition, Ratio):
            return self._ratio(definition, period)
        if isinstance(definition, Leading):
            return self._leading(definition, period)
        assert isinstance(definition, RuleFigure)
        return self._rule(definition, period)

    def _made(self, definition: Definition, period: Period, span: Period, value: int | None, **more: object) -> Figure:
        return Figure(definition, self.unit, period, span, value, as_of=self.as_of, tail=self.tail, **more)  # type: ignore[arg-type]

    def _counted(self, indicator: Indicator, period: Period) -> Figure:
        need = self._need(indicator, period)
        if need.ask is None:
            return self._made(indicator, period, need.span, None, parts=(), why=need.why)
        historic = _historic(indicator, need.span, self.observations.get(indicator.key, []))
        parts = parts_of(self.sums.get(need.ask, {}), historic)
        return self._made(indicator, period, need.span, value_of(parts), parts=parts, asks=(("", need.ask),), observations=historic)

    def _ratio(self, ratio: Ratio, period: Period) -> Figure:
        over = self._figure(ratio.over, period)
        if isinstance(ratio.under, str):
            return self._multiple(ratio, over, period)
        under = self._figure(ratio.under, period)
        asks = tuple((role, ask) for role, side in (("numerator", over), ("denominator", under)) for _, ask in side.asks)
        if over.value is None or not under.value:
            return self._made(ratio, period, over.span, None, parts=(), asks=asks, why=_nothing_to_divide())
        value = over.value * ratio.scale // under.value
        count = over.record_count + under.record_count
        return self._made(ratio, period, over.span, value, parts=(Part("recorded", value, count),), asks=asks)

    def _multiple(self, ratio: Ratio, over: Figure, period: Period) -> Figure:
        """Against a benchmark: of the last year published before the period's end, in its latest vintage."""
        until = last_day(period, self.today)
        known = [one for one in self.references if one.key == ratio.under and one.published_on <= until]
        if over.value is None or not known:
            return self._made(ratio, period, over.span, None, parts=(), asks=over.asks, why=_nothing_to_divide())
        under = max(known, key=lambda one: (one.year, one.published_on))
        value = over.value * ratio.scale // under.value
        note = Text(
            f"与 {under.year} 年相比；来源：{under.source}，{under.published_on:%Y-%m-%d} 公布。{under.basis}",
            f"Compared with {under.year}; source: {under.source}, published {under.published_on:%Y-%m-%d}. {under.basis}",
        )
        parts = (Part("recorded", value, over.record_count + 1),)
        found = self._made(ratio, period, over.span, value, parts=parts, asks=over.asks, note=note)
        return replace(found, record_pk=under.pk)

    def _leading(self, leading: Leading, period: Period) -> Figure:
        span = leading.span(period)
        ask = self._leading_ask(leading, period)
        if ask is None:
            why = Text("这个期间还没有开始。", "This period has not begun.")
            return self._made(leading, period, span, None, parts=(), why=why)
        leader: Leader | None
        if (lead := self._lead(leading, period)) is not None:
            leader = self.leaders.get((self.unit.path, lead))
        elif self._may_lead(leading):
            leader = self._leader(ask, by_record=leading.by_record)
        else:
            leader = Leader(self.unit.path, None, self.sums[ask])
        if leader is None:
            return self._made(leading, period, span, 0, parts=parts_of({}, ()))
        told = parts_of(leader.parts, ())
        made = self._made(leading, period, span, value_of(told), parts=told, asks=(("", ask),))
        if not self._may_lead(leading):
            return made
        path = tree.at_level(leader.path, tree.ENTERPRISE)
        return replace(made, unit=(self.units | units_at([path])).get(path, self.unit), record_pk=leader.record)

    def _valued(self, ask: Ask) -> QuerySet[Fact]:
        return Fact.objects.filter(measure=ask.measure, part__in=VALUED).of(self.unit.path, ask.start, ask.end)

    def _leader(self, ask: Ask, *, by_record: bool) -> Leader | None:
        """The enterprise with the largest sum, or the largest record, where the unfolded tail has a word in it."""
        shift = tree.SHIFTS[tree.ENTERPRISE]
        by = "src" if by_record else "node"
        facts = self._valued(ask).annotate(node=F("path").bitrightshift(shift))
        changed = self._changed(ask, shift, by_record=by_record)
        untouched = facts.exclude(**{f"{by}__in": list(changed)}).values(by)
        brought: dict[int, int] = {
            row[by]: int(row["brought"]) for row in untouched.annotate(brought=Sum("value")).order_by("-brought", by)[:1]
        }
        if changed:
            stored = facts.filter(**{f"{by}__in": list(changed)}).values(by).annotate(brought=Sum("value")).order_by()
            known = {row[by]: int(row["brought"]) for row in stored}
            brought |= {key: known.get(key, 0) + more for key, more in changed.items()}
        leaders = sorted((key for key, value in brought.items() if value > 0), key=lambda key: (-brought[key], key))
        if not leaders:
            return None
        if not by_record:
            path = leaders[0] << shift
            return Leader(path, None, sums(path, [ask], self.tail, catalogue.BY_MEASURE)[ask])
        fresh = [fact.path for fact in self.tail.found.new if fact.measure == ask.measure and fact.src == leaders[0]]
        path = fresh[0] if fresh else facts.filter(src=leaders[0]).values_list("path", flat=True)[0]
        return Leader(path, leaders[0], self._of_record(ask, leaders[0]))

    def _changed(self, ask: Ask, shift: int, *, by_record: bool) -> dict[int, int]:
        """By how much the unfolded tail changes each enterprise's, or each record's, sum."""
        found: dict[int, int] = {}
        for sign, fact in self.tail.found.facts():
            if fact.part in VALUED and is_in(fact, ask, self.unit.path):
                key = fact.src if by_record else fact.path >> shift
                found[key] = found.get(key, 0) + sign * fact.value
        return found

    def _of_record(self, ask: Ask, record: int) -> dict[int, tuple[int, int]]:
        rows = self._valued(ask).filter(src=record).values("part").annotate(brought=Sum("value")).order_by()
        found = {row["part"]: int(row["brought"]) for row in rows}
        for sign, fact in self.tail.found.facts():
            if fact.src == record and fact.part in VALUED and is_in(fact, ask, self.unit.path):
                found[fact.part] = found.get(fact.part, 0) + sign * fact.value
        return {part: (1, value) for part, value in found.items() if value}

    def _rule(self, rule: RuleFigure, period: Period) -> Figure:
        day = last_day(period, self.today)
        rows = self._rows_in_force(rule, day)
        if not rows:
            return self._made(rule, period, period, None, parts=(), why=Text("没有生效的制度。", "No rule is in force."))
        value = rule.pick(rule.value(row) for row in rows)
        chosen = next(row for row in rows if rule.value(row) == value)
        found = self._made(rule, period, Period.around(day, "day"), value, parts=(Part("recorded", value, 1),))
        return replace(found, record_pk=chosen.pk)

    def _rows_in_force(self, rule: RuleFigure, day: date) -> list[Any]:
        """The rule's rows on a day, read once for all figures that look at the same rows, and remembered."""
        tables = [model._meta.db_table for model in rule.stands_in]
        return kept(("indicators.rule", rule.rows, day), tables, lambda: list(rule.rows(day)))


def _historic(indicator: Indicator, span: Period, observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """The observations that belong to a figure: within a flow's period, before a cumulative's end, and of a stock the last of each unit."""
    if indicator.kind == FLOW:
        return tuple(one for one in observations if span.start <= one.start_on and one.last_on < span.end)
    known = [one for one in observations if one.last_on < span.end]
    if indicator.kind == CUMULATIVE:
        return tuple(known)
    assert indicator.kind == STOCK
    return tuple({one.unit_id: one for one in known}.values())


def _choose_a_person_period() -> Text:
    return Text(
        "人数要去掉重复，只能按季度或年度统计。请选一个季度或一年。",
        "People are counted once, so only by quarter or by year. Please choose a quarter or a year.",
    )


def _nothing_to_divide() -> Text:
    return Text("缺少分子或分母，算不出。", "The numerator or denominator is missing.")


def default_period(day: date | None = None) -> Period:
    """The running year: what the public pages show until a reader chooses."""
    return Period.around(day or clock.today(), YEAR_GRAIN)
