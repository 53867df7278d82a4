"""A figure by district or enterprise (按单位), and what outsiders do not see of small ones (小数抑制)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import BigIntegerField, Count, F, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast

from gongchuang.indicators import catalogue, rules, scope
from gongchuang.indicators.definition import STOCK, UNITS, Definition, Indicator, Leading, Ratio
from gongchuang.indicators.figure import Figure, references
from gongchuang.indicators.models import EVER, VALUED, Fact, First, Roll
from gongchuang.indicators.rolls import count_of
from gongchuang.indicators.rules import Reader
from gongchuang.indicators.sums import Ask, Cut, is_in, persons_in
from gongchuang.kernel.text import Text
from gongchuang.people import unit as tree
from gongchuang.people.lookup import units_at
from gongchuang.people.models import Unit

SMALL: Final = 5
SHOWN: Final = 200
_Cells = dict[int, tuple[int, int]]  # node -> (records, value)


@dataclass(frozen=True)
class Cell:
    """One unit's share. `value` is None where it is too small to be shown."""

    unit: Unit | None
    label: Text
    value: int | None
    record_count: int
    share_bp: int = 0

    @property
    def is_suppressed(self) -> bool:
        return self.value is None


@dataclass(frozen=True)
class ByUnit:
    """The cells, largest first. Where people are counted once, or a ratio is shown, they do not add up to the figure."""

    level: str
    cells: tuple[Cell, ...]
    is_additive: bool
    rest_count: int = 0
    rest_value: int = 0
    note: Text | None = None


def by_unit(figure: Figure, level: str, reader: Reader) -> ByUnit:
    """See reading.by_unit."""
    if level not in scope.LEVELS:
        raise ValueError(f"unknown level {level!r}: district or enterprise")
    cells = _cells_of(figure, level)
    if cells is None:
        return ByUnit(level, (), False, note=Text("这项数字不分单位。", "This figure is not divided by unit."))
    hidden = set() if _shows_all(figure.definition, figure.unit, reader) else _hidden(figure.definition, cells)
    whole = sum(value for _, value in cells.values()) or 1
    # Largest first; what is hidden stands last, since its place would tell its size.
    ordered = sorted(cells.items(), key=lambda item: (item[0] in hidden, -item[1][1], item[0]))
    rest = [value for node, (_, value) in ordered[SHOWN:] if node not in hidden]
    units = units_at(node for node, _ in ordered[:SHOWN])
    found = (
        Cell(
            units.get(node),
            _label(units.get(node), figure.unit),
            None if node in hidden else value,
            0 if node in hidden else records,
            0 if node in hidden else value * 10_000 // whole,
        )
        for node, (records, value) in ordered[:SHOWN]
    )
    is_additive = isinstance(figure.definition, Indicator) and not figure.definition.persons
    return ByUnit(
        level,
        tuple(found),
        is_additive,
        max(0, len(ordered) - SHOWN),
        sum(rest),
        None if is_additive else _not_additive(figure.definition),
    )


def _label(unit: Unit | None, root: Unit) -> Text:
    if unit is None:
        return Text("其他", "Others")
    return Text(f"{unit}（本级）", f"{unit} (itself)") if unit == root else Text(str(unit))


def _not_additive(definition: Definition) -> Text:
    if isinstance(definition, Ratio):
        return Text("比率不能相加。", "Ratios do not add up.")
    return Text("一个人在几个单位都计入，但合计只计一次。", "A person counted in several units is counted once in the total.")


# ---- small cells -----------------------------------------------------------------------------------------------------


def shielded(figure: Figure, reader: Reader) -> Figure:
    """The figure as this reader may see it: of a small unit, people below five are not told, nor what would tell them."""
    return shielded_all([figure], reader)[0]


def shielded_all(figures: Iterable[Figure], reader: Reader) -> list[Figure]:
    """Each figure as this reader may see it; the cells beside the units' own are read together."""
    found = list(figures)
    small = [figure for figure in found if _may_hide(figure, reader)]
    beside: dict[tuple[str, int], list[Figure]] = {}
    for figure in small:
        level = next((name for name, at in scope.LEVELS.items() if at == figure.unit.level), None)
        if level is not None:
            beside.setdefault((level, tree.at_level(figure.unit.path, tree.CITY)), []).append(figure)
    told: set[int] = set()
    for (level, path), group in beside.items():
        root = units_at([path]).get(path)
        if root is None:
            continue
        of_the_city = [replace(figure, unit=root) for figure in group]
        for figure, cells in zip(group, _cells_of_all(of_the_city, level), strict=True):
            if cells is not None and figure.unit.path not in _hidden(figure.definition, cells):
                told.add(id(figure))
    hidden = {id(figure) for figure in small} - told
    return [_untold(figure) if id(figure) in hidden else figure for figure in found]


def _may_hide(figure: Figure, reader: Reader) -> bool:
    definition, unit = figure.definition, figure.unit
    if not figure.value or unit.level <= tree.CITY or _shows_all(definition, unit, reader):
        return False
    return not (isinstance(definition, Leading) and (figure.record_count if definition.is_money else figure.value) >= SMALL)


def _untold(figure: Figure) -> Figure:
    why = Text("人数少，不公开。", "Too few to be shown.")
    return replace(figure, value=None, parts=(), observations=(), is_suppressed=True, why=why)


def _shows_all(definition: Definition, unit: Unit, reader: Reader) -> bool:
    return definition.public != UNITS or not definition.hides_small or rules.sees_small_cells(reader, unit)


def _hidden(definition: Definition, cells: Mapping[int, tuple[int, int]]) -> set[int]:
    """The nodes not to be shown: those below five, and in each group with a single one also the next larger.

    A group is what a shown sum contains: all districts of the city, the enterprises of one district.
    """
    groups: dict[int, list[tuple[int, int]]] = {}
    for node, (records, value) in cells.items():
        size = records if definition.is_money else value
        parent = tree.at_level(node, tree.CITY if node == tree.at_level(node, tree.DISTRICT) else tree.DISTRICT)
        if size:
            groups.setdefault(parent, []).append((size, node))
    hidden: set[int] = set()
    for group in groups.values():
        group.sort()
        small = [node for size, node in group if size < SMALL]
        if len(small) == 1 and len(group) > 1:
            small.append(group[1][1])
        hidden.update(small)
    return hidden


# ---- cells -----------------------------------------------------------------------------------------------------------


def _cells_of(figure: Figure, level: str) -> _Cells | None:
    return _cells_of_all([figure], level)[0]


def _cells_of_all(figures: Sequence[Figure], level: str) -> list[_Cells | None]:
    """What each node of a level holds of figures of one unit: one query for all of them."""
    asks = {ask for figure in figures if isinstance(figure.definition, Indicator | Ratio) for _, ask in figure.asks}
    grouped = _grouped(asks, figures[0], level)
    return [_cells_from(grouped, figure, level) for figure in figures]


def _cells_from(grouped: Mapping[Ask, _Cells], figure: Figure, level: str) -> _Cells | None:
    definition = figure.definition
    if isinstance(definition, Indicator) and figure.asks:
        cells = dict(grouped[figure.asks[0][1]])
        for one in figure.observations:
            _add(cells, tree.at_level(one.unit.path, scope.LEVELS[level]), 1, one.value)
        return {node: both for node, both in cells.items() if both[1]}
    if isinstance(definition, Ratio) and figure.asks:
        return _divided(definition, figure, [grouped[ask] for _, ask in figure.asks])
    return None


def _divided(ratio: Ratio, figure: Figure, sides: Sequence[_Cells]) -> _Cells:
    if isinstance(ratio.under, str):
        assert isinstance(ratio.over, Ratio)
        divisor = next((one.value for one in references() if one.pk == figure.record_pk), 0)
        heads = _quotients(ratio.over.scale, sides)
        return {node: (n, value * ratio.scale // divisor) for node, (n, value) in heads.items() if divisor}
    return _quotients(ratio.scale, sides)


def _quotients(scale: int, sides: Sequence[_Cells]) -> _Cells:
    over, under = sides
    return {node: (records, value * scale // under[node][1]) for node, (records, value) in over.items() if under.get(node, (0, 0))[1]}


def _grouped(asks: Iterable[Ask], figure: Figure, level: str) -> dict[Ask, _Cells]:
    """What each node of a level holds of some sums."""
    wanted = sorted(set(asks), key=str)
    found: dict[Ask, _Cells] = {ask: {} for ask in wanted}
    queries = [
        rows.annotate(tag=Value(tag, IntegerField())).values_list("tag", "node", "n", "v").order_by()
        for tag, ask in enumerate(wanted)
        for rows in _partial_cells(ask, figure, level)
    ]
    if queries:
        first, *others = queries
        for tag, node, records, value in first.union(*others, all=True) if others else first:
            _add(found[wanted[tag]], node, records or 0, value or 0)
    for ask in wanted:
        _add_tail(found[ask], catalogue.BY_MEASURE[ask.measure], ask, figure, scope.LEVELS[level])
    return found


def _partial_cells(ask: Ask, figure: Figure, level: str) -> Iterator[QuerySet[Any, Any]]:
    """Rows of (node, n, v) that add up to the cells of one sum."""
    indicator = catalogue.BY_MEASURE[ask.measure]
    path = figure.unit.path
    if level == "district" and figure.unit.level <= tree.CITY:
        yield from _rolled(indicator, ask, figure.unit)
        # What stands at the city and in no district.
        itself = Fact.objects.filter(measure=ask.measure, part__in=VALUED, path=path, day__gte=ask.start, day__lt=ask.end)
        yield _by_node(indicator, itself, 0)
        return
    facts = Fact.objects.filter(measure=ask.measure, part__in=VALUED).of(path, ask.start, ask.end)
    yield _by_node(indicator, facts, tree.SHIFTS[scope.LEVELS[level]])


def _by_node(indicator: Indicator, facts: QuerySet[Fact], shift: int) -> QuerySet[Any, Any]:
    rows = facts.annotate(node=F("path").bitrightshift(shift).bitleftshift(shift)).values("node")
    if indicator.persons:
        return rows.annotate(n=Count("person", distinct=True), v=Count("person", distinct=True))
    ends = Count("pk", filter=Q(value__lt=0)) if indicator.kind == STOCK else Value(0)
    # The end of a stock takes one away; PostgreSQL sums bigints to numeric.
    return rows.annotate(n=Count("pk") - 2 * ends, v=Cast(Sum("value"), BigIntegerField()))


def _rolled(indicator: Indicator, ask: Ask, city: Unit) -> Iterator[QuerySet[Any, Any]]:
    """District rolls, with the edge days from facts. A roll of the city itself is left out."""
    low, high = city.span()
    rolls = Roll.objects.filter(measure=ask.measure, part__in=VALUED, node__gt=low, node__lte=high)
    if ask.grain is not None:
        yield _summed(rolls.filter(grain=ask.grain, starts=ask.start))
        return
    cut = Cut.of(ask.start, ask.end)
    if (whole := cut.in_rolls()) is not None:
        yield _summed(rolls.filter(whole))
    if (edge := cut.in_days()) is None:
        return
    if indicator.persons:
        firsts = First.objects.filter(edge, measure=ask.measure, grain=EVER, node__gt=low, node__lte=high)
        yield firsts.values("node").annotate(n=Count("pk"), v=Count("pk"))
    else:
        facts = Fact.objects.filter(edge, measure=ask.measure, part__in=VALUED).inside(low).exclude(path=low)
        yield _by_node(indicator, facts, tree.SHIFTS[tree.DISTRICT])


def _summed(rolls: QuerySet[Roll]) -> QuerySet[Any, Any]:
    return rolls.values("node").annotate(n=Cast(Sum("records"), BigIntegerField()), v=Cast(Sum("value"), BigIntegerField()))


def _add(cells: _Cells, node: int, records: int, value: int) -> None:
    before = cells.get(node, (0, 0))
    cells[node] = (before[0] + records, before[1] + value)


def _add_tail(cells: _Cells, indicator: Indicator, ask: Ask, figure: Figure, level: int) -> None:
    if not figure.tail or not figure.tail.found:
        return
    if indicator.persons:
        changed = [fact for _, fact in figure.tail.found.facts() if fact.measure == ask.measure]
        for node in {tree.at_level(fact.path, level) for fact in changed}:
            people = len(persons_in(node, ask, figure.tail))
            cells[node] = (people, people)
        return
    for sign, fact in figure.tail.found.facts():
        if fact.part in VALUED and is_in(fact, ask, figure.unit.path):
            _add(cells, tree.at_level(fact.path, level), sign * count_of(indicator, fact.value), sign * fact.value)
