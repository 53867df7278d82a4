"""A figure by district or enterprise (按单位), and what outsiders do not see of small ones (小数抑制)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, Sum

from gongchuang.indicators import catalogue, rules, scope
from gongchuang.indicators.definition import UNITS, Definition, Indicator, Leading, Ratio
from gongchuang.indicators.figure import Figure
from gongchuang.indicators.models import EVER, VALUED, Fact, First, Reference, Roll
from gongchuang.indicators.rolls import count_of
from gongchuang.indicators.rules import Reader
from gongchuang.indicators.sums import Ask, Cut, is_in, persons_in
from gongchuang.kernel.text import Text
from gongchuang.people import unit as tree
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
    units = {unit.path: unit for unit in Unit.objects.filter(path__in=cells)}
    whole = sum(value for _, value in cells.values()) or 1
    ordered = sorted(cells.items(), key=lambda item: (-item[1][1], item[0]))
    found = [
        Cell(
            units.get(node),
            _label(units.get(node), figure.unit),
            None if node in hidden else value,
            0 if node in hidden else records,
            0 if node in hidden else value * 10_000 // whole,
        )
        for node, (records, value) in ordered
    ]
    found.sort(key=lambda cell: cell.value is None)  # what is hidden stands last: its place would tell its size
    rest = found[SHOWN:]
    is_additive = isinstance(figure.definition, Indicator) and not figure.definition.persons
    return ByUnit(
        level,
        tuple(found[:SHOWN]),
        is_additive,
        len(rest),
        sum(cell.value or 0 for cell in rest),
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
    definition, unit = figure.definition, figure.unit
    if not figure.value or unit.level <= tree.CITY or _shows_all(definition, unit, reader):
        return figure
    if isinstance(definition, Leading) and (figure.record_count if definition.is_money else figure.value) >= SMALL:
        return figure
    level = next((name for name, at in scope.LEVELS.items() if at == unit.level), None)
    if level is not None:
        root = unit.at_level(tree.CITY)
        cells = _cells_of(replace(figure, unit=root), level) if root else None
        if cells is not None and unit.path not in _hidden(definition, cells):
            return figure
    return replace(
        figure,
        value=None,
        parts=(),
        observations=(),
        is_suppressed=True,
        why=Text("人数少，不公开。", "Too few to be shown."),
    )


def shielded_all(figures: Iterable[Figure], reader: Reader) -> list[Figure]:
    return [shielded(figure, reader) for figure in figures]


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
    definition = figure.definition
    if isinstance(definition, Indicator) and figure.asks:
        cells = _grouped(definition, figure.asks[0][1], figure, level)
        for one in figure.observations:
            _add(cells, tree.at_level(one.unit.path, scope.LEVELS[level]), 1, one.value)
        return {node: both for node, both in cells.items() if both[1]}
    if isinstance(definition, Ratio) and figure.asks:
        return _divided(definition, figure, level)
    return None


def _divided(ratio: Ratio, figure: Figure, level: str) -> _Cells:
    sides = [_grouped(catalogue.BY_MEASURE[ask.measure], ask, figure, level) for _, ask in figure.asks]
    if isinstance(ratio.under, str):
        assert isinstance(ratio.over, Ratio)
        reference = Reference.objects.filter(pk=figure.record_pk or 0).first()
        heads = _quotients(ratio.over.scale, sides)
        divisor = reference.value if reference else 0
        return {node: (n, value * ratio.scale // divisor) for node, (n, value) in heads.items() if divisor}
    return _quotients(ratio.scale, sides)


def _quotients(scale: int, sides: Sequence[_Cells]) -> _Cells:
    over, under = sides
    return {node: (records, value * scale // under[node][1]) for node, (records, value) in over.items() if under.get(node, (0, 0))[1]}


def _grouped(indicator: Indicator, ask: Ask, figure: Figure, level: str) -> _Cells:
    """What each node of a level holds of one sum, in one or two queries."""
    shift = tree.SHIFTS[scope.LEVELS[level]]
    low, high = figure.unit.span()
    facts = Fact.objects.filter(measure=ask.measure, part__in=VALUED).of(figure.unit.path, ask.start, ask.end)
    cells: _Cells = {}
    if level == "district" and figure.unit.level <= tree.CITY:
        for node, records, value in _rolled(indicator, ask, low, high):
            _add(cells, node, records, value)
        _city_itself(cells, indicator, ask, figure)
    elif indicator.persons:
        rows = facts.annotate(node=F("path").bitrightshift(shift)).values("node").annotate(n=Count("person", distinct=True))
        for node, people in rows.values_list("node", "n"):
            _add(cells, node << shift, people, people)
    else:
        for node, records, value in _summed(indicator, facts, shift):
            _add(cells, node, records, value)
    _add_tail(cells, indicator, ask, figure, scope.LEVELS[level])
    return cells


def _summed(indicator: Indicator, facts: QuerySet[Fact], shift: int) -> Iterable[tuple[int, int, int]]:
    rows = facts.annotate(node=F("path").bitrightshift(shift)).values("node")
    ends = Q(value__lt=0) if indicator.kind == "stock" else Q(pk=None)
    counted = rows.annotate(v=Sum("value"), n=Count("pk"), ends=Count("pk", filter=ends))
    for row in counted:
        yield row["node"] << shift, row["n"] - 2 * row["ends"], int(row["v"])


def _rolled(indicator: Indicator, ask: Ask, low: int, high: int) -> Iterable[tuple[int, int, int]]:
    """District rolls, with the edge days from facts. A roll of the city itself is left to `_city_itself`."""
    rolls = Roll.objects.filter(measure=ask.measure, part__in=VALUED, node__gt=low, node__lte=high)
    if ask.grain is not None:
        yield from _by_node(rolls.filter(grain=ask.grain, starts=ask.start))
        return
    cut = Cut.of(ask.start, ask.end)
    if (whole := cut.in_rolls()) is not None:
        yield from _by_node(rolls.filter(whole))
    if (edge := cut.in_days()) is None:
        return
    if indicator.persons:
        firsts = First.objects.filter(edge, measure=ask.measure, grain=EVER, node__gt=low, node__lte=high)
        yield from firsts.values("node").annotate(n=Count("pk")).values_list("node", "n", "n")
    else:
        facts = Fact.objects.filter(edge, measure=ask.measure, part__in=VALUED).inside(low)
        shift = tree.SHIFTS[tree.DISTRICT]
        yield from ((node, n, v) for node, n, v in _summed(indicator, facts, shift) if node > low)


def _by_node(rolls: QuerySet[Any]) -> Iterable[tuple[int, int, int]]:
    rows = rolls.values("node").annotate(n=Sum("records"), v=Sum("value"))
    return ((row["node"], int(row["n"]), int(row["v"])) for row in rows)


def _city_itself(cells: _Cells, indicator: Indicator, ask: Ask, figure: Figure) -> None:
    """What stands at the city and in no district."""
    own = Fact.objects.filter(measure=ask.measure, part__in=VALUED, path=figure.unit.path, day__gte=ask.start, day__lt=ask.end)
    if indicator.persons:
        people = own.values("person").distinct().count()
        _add(cells, figure.unit.path, people, people)
        return
    for node, records, value in _summed(indicator, own, 0):
        _add(cells, node, records, value)


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
