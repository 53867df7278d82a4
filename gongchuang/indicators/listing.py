"""The rows behind a figure (明细): read from its facts, so that they add up to the number, for every reader.

Rows that a reader may not open are not dropped: they are counted in the last line (另有 n 项，合计 x，无权打开).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet, Sum

from gongchuang.indicators import catalogue, rules
from gongchuang.indicators.definition import RECORDS, STOCK, Definition, Indicator, Leading, Ratio, RuleFigure
from gongchuang.indicators.figure import Figure, exact_words, references
from gongchuang.indicators.models import HISTORIC, PART_NAMES, VALUED, Fact, Observation
from gongchuang.indicators.rolls import FactRow
from gongchuang.indicators.rules import Reader
from gongchuang.indicators.sums import Ask, is_in
from gongchuang.kernel import quantity
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.table import Column
from gongchuang.kernel.text import Text
from gongchuang.people import unit as tree
from gongchuang.people.lookup import units_at
from gongchuang.people.models import Person, Unit


@dataclass(frozen=True)
class Row:
    """One line: a record (or person, observation, rule) and what it brings to the figure.

    role: numerator or denominator of a ratio, else empty. cells: the public columns' values, in their order.
    words: the value as a list says it. plain: as JSON says it, where that is not the value itself.
    """

    part: str
    table: str
    no: str
    unit: Unit | None
    on: date
    value: int
    cells: tuple[Any, ...] = ()
    record: Any = field(default=None, compare=False)
    desk: str = ""
    role: str = ""
    words: str = ""
    plain: int | float | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "part": self.part,
            "table": self.table,
            "no": self.no,
            "unit_code": self.unit.code if self.unit else "",
            "on": self.on.isoformat(),
            "value": self.value if self.plain is None else self.plain,
            **({"role": self.role} if self.role else {}),
        }


@dataclass(frozen=True)
class Page:
    """Some rows of a figure and what all of them add up to. `after` of the next page is `next_after`, empty at the end."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    count: int
    total: int | None
    hidden_count: int
    hidden_total: int
    next_after: str
    hidden_line: Text | None = None  # 另有 n 项…: what the reader may not open is still in the sum


class _Line(NamedTuple):
    """A line before its record is fetched; `key` is the record, or the person where people are counted."""

    day: date
    key: int
    part: int
    path: int
    value: int


def page(figure: Figure, person: Reader, after: str, limit: int) -> Page:
    """The rows from `after` on; see reading.records."""
    definition = figure.definition
    if figure.is_suppressed or figure.value is None:
        return Page((), (), 0, figure.value, 0, 0, "")
    if isinstance(definition, RuleFigure):
        return _rule_page(definition, figure)
    if isinstance(definition, Ratio):
        return _ratio_page(figure, person)
    if not figure.asks:
        return Page(columns_of(definition), (), 0, figure.value, 0, 0, "")
    indicator = definition.of if isinstance(definition, Leading) else definition
    assert isinstance(indicator, Indicator)
    ask = figure.asks[0][1]
    return _counted_page(figure, indicator, ask, person, after, limit)


def _counted_page(figure: Figure, indicator: Indicator, ask: Ask, person: Reader, after: str, limit: int) -> Page:
    shown = _shown(indicator, person)
    source = _Source(indicator, ask, figure)
    lines, next_after = source.lines(shown, after, limit)
    rows = list(_rows(indicator, lines))
    if not next_after:
        rows += [_observation_row(one, indicator) for one in figure.observations]
    hidden_count, hidden_total = 0, 0
    if shown is not None:
        counted = figure.record_count - len(figure.observations)
        value = (figure.value or 0) - sum(one.value for one in figure.observations)
        if after or next_after:
            seen_count, seen_total = source.totals(shown)
        else:  # all that the reader may open is here
            seen_count, seen_total = len(lines), sum(line.value for line in lines)
        hidden_count, hidden_total = counted - seen_count, value - seen_total
    return Page(
        tuple(indicator.columns), tuple(rows), figure.record_count, figure.value, hidden_count, hidden_total, next_after,
        _hidden_line(indicator, hidden_count, hidden_total),
    )  # fmt: skip


def _hidden_line(definition: Definition, count: int, total: int) -> Text | None:
    if not count:
        return None
    said = quantity.fen_text(total) if definition.is_money else quantity.count_text(total)
    return Text(f"另有 {count:,} 项，合计 {said}，无权打开", f"{count:,} more, {said} in all, which you may not open")


def everything(figure: Figure, person: Reader, size: int = 1_000) -> Iterator[Row]:
    """All rows a reader may open, page by page: for exports and commands."""
    after = ""
    while True:
        found = page(figure, person, after, size)
        yield from found.rows
        if not found.next_after:
            return
        after = found.next_after


# ---- who sees which rows ---------------------------------------------------------------------------------------------


def _shown(indicator: Indicator, person: Reader) -> QuerySet[Any] | None:
    """The keys of the rows this reader may open; None means all of them."""
    if isinstance(person, rules.Operator):
        return None
    if indicator.public == RECORDS and indicator.open is None:
        return None
    if indicator.persons or indicator.per_person:
        return rules.people_seen(person).order_by().values("pk")
    readable = indicator.see.among(person, indicator.model._base_manager.all()) if indicator.see else None
    if indicator.public == RECORDS and indicator.open is not None:
        opened = indicator.open(indicator.model._base_manager.all()).order_by().values("pk")
        if readable is None:
            return opened
        return indicator.model._base_manager.filter(Q(pk__in=opened) | Q(pk__in=readable.order_by().values("pk"))).values("pk")
    if readable is None:
        return indicator.model._base_manager.none().values("pk")
    return readable.order_by().values("pk")


# ---- reading the lines -----------------------------------------------------------------------------------------------


class _Source:
    """The facts of one figure as lines, the unfolded tail included.

    A flow's lines are its facts, newest first; a stock's are records whose facts do not cancel; people's are persons.
    """

    def __init__(self, indicator: Indicator, ask: Ask, figure: Figure) -> None:
        self.indicator, self.ask = indicator, ask
        self.root = figure.unit.path
        self.by_person = indicator.persons
        self.is_netted = indicator.persons or indicator.kind == STOCK
        self.key = "person" if self.by_person else "src"
        facts = Fact.objects.filter(measure=ask.measure, part__in=VALUED)
        self.facts = facts.of(self.root, ask.start, ask.end, by_record=self.is_netted)
        self.only = figure.record_pk if isinstance(figure.definition, Leading) else None
        if self.only is not None:
            self.facts = self.facts.filter(src=self.only)
        self.tail_lines = self._tail(figure)

    def _tail(self, figure: Figure) -> list[_Line]:
        """Lines that the tail brings or changes; the stored facts they replace are left out from now on."""
        found = figure.tail.found if figure.tail else None
        if not found:
            return []
        gone = {pk: fact for pk, fact in found.gone if fact.measure == self.ask.measure}
        new = [fact for fact in found.new if fact.measure == self.ask.measure]
        if not gone and not new:
            return []
        if not self.is_netted:
            self.facts = self.facts.exclude(pk__in=list(gone))
            fresh = [fact for fact in new if self._counts(fact)]
            return sorted((_Line(one.day, one.src, one.part, one.path, one.value) for one in fresh), reverse=True)
        keys = {getattr(fact, self.key) for fact in (*gone.values(), *new)}
        touched = self.facts.filter(**{f"{self.key}__in": keys}).exclude(pk__in=list(gone))
        kept = [FactRow(*row) for row in touched.values_list(*FactRow._fields)]
        self.facts = self.facts.exclude(**{f"{self.key}__in": keys})
        return self._netted([*kept, *(fact for fact in new if self._counts(fact))])

    def _counts(self, fact: FactRow) -> bool:
        is_wanted = self.only is None or fact.src == self.only
        return is_wanted and fact.part in VALUED and is_in(fact, self.ask, self.root)

    def _netted(self, facts: Iterable[FactRow]) -> list[_Line]:
        """Facts in memory as lines: one a person, or one a record whose facts do not cancel."""
        lines: dict[int, _Line] = {}
        for fact in facts:
            key = getattr(fact, self.key)
            before = lines.get(key)
            value = 1 if self.by_person else fact.value + (before.value if before else 0)
            path = fact.path if before is None or fact.day >= before.day else before.path
            lines[key] = _Line(max(fact.day, before.day if before else fact.day), key, fact.part, path, value)
        return sorted((line for line in lines.values() if line.value), key=lambda line: -line.key)

    def _grouped(self) -> QuerySet[Any, Any]:
        found = self.facts.values(self.key).annotate(day_of=Max("day"), part_of=Max("part"), path_of=Max("path"))
        if self.by_person:
            return found.order_by("-person")
        return found.annotate(net=Sum("value")).exclude(net=0).order_by("-src")

    def lines(self, shown: QuerySet[Any] | None, after: str, limit: int) -> tuple[list[_Line], str]:
        """Up to `limit` lines from the cursor on, and the cursor of the next page."""
        fresh: list[_Line] = []
        if not after:
            fresh = self._only(self.tail_lines, shown)
        read = self._read_netted if self.is_netted else self._read_facts
        stored = read(shown, after, limit + 1)
        more = stored[limit:]
        stored = stored[:limit]
        next_after = ""
        if more:
            last = stored[-1]
            next_after = str(last[1].key) if self.is_netted else f"{last[1].day}.{last[1].key}.{last[0]}"
        return [*fresh, *(line for _, line in stored)], next_after

    def _only(self, lines: list[_Line], shown: QuerySet[Any] | None) -> list[_Line]:
        if shown is None or not lines:
            return lines
        seen = set(shown.filter(pk__in=[line.key for line in lines]).values_list("pk", flat=True))
        return [line for line in lines if line.key in seen]

    def _visible(self, shown: QuerySet[Any] | None) -> QuerySet[Fact]:
        return self.facts if shown is None else self.facts.filter(**{f"{self.key}__in": shown})

    def _read_facts(self, shown: QuerySet[Any] | None, after: str, limit: int) -> list[tuple[int, _Line]]:
        facts = self._visible(shown)
        if after:
            day, src, pk = _place(after)
            facts = facts.filter(Q(day__lt=day) | Q(day=day, src__lt=src) | Q(day=day, src=src, pk__lt=pk))
        rows = facts.order_by("-day", "-src", "-pk").values_list("pk", "day", "src", "part", "path", "value")[:limit]
        return [(pk, _Line(day, src, part, path, value)) for pk, day, src, part, path, value in rows]

    def _read_netted(self, shown: QuerySet[Any] | None, after: str, limit: int) -> list[tuple[int, _Line]]:
        self_facts, self.facts = self.facts, self._visible(shown)  # type: ignore[assignment]
        if after:
            self.facts = self.facts.filter(**{f"{self.key}__lt": _key(after)})
        grouped = self._grouped()[:limit]
        self.facts = self_facts
        return [(0, _Line(row["day_of"], row[self.key], row["part_of"], row["path_of"], row.get("net", 1))) for row in grouped]

    def totals(self, shown: QuerySet[Any]) -> tuple[int, int]:
        """How many lines the reader may open, and what they add up to."""
        facts = self._visible(shown)
        fresh = self._only(self.tail_lines, shown)
        count, total = len(fresh), sum(line.value for line in fresh)
        if self.by_person:
            people = facts.values("person").distinct().count()
            return count + people, total + people
        if self.is_netted:
            nets = [net for net in facts.values("src").annotate(net=Sum("value")).values_list("net", flat=True) if net]
            return count + len(nets), total + sum(nets)
        stored = facts.aggregate(count=Count("pk"), total=Sum("value"))
        return count + stored["count"], total + int(stored["total"] or 0)


def _place(after: str) -> tuple[date, int, int]:
    """Where a page of facts goes on; a cursor somebody made up is refused."""
    try:
        day, src, pk = after.split(".")
        return date.fromisoformat(day), _key(src), _key(pk)
    except ValueError:
        raise _no_such_page() from None


def _key(after: str) -> int:
    if not after.isascii() or not after.isdecimal() or len(after) > 18:
        raise _no_such_page()
    return int(after)


def _no_such_page() -> Refused:
    return Refused(
        Text("没有这一页。", "There is no such page."),
        field="after",
        cure=Text("请从第一页开始。", "Please begin at the first page."),
    )


# ---- from lines to rows ----------------------------------------------------------------------------------------------


def _rows(indicator: Indicator, lines: Sequence[_Line], role: str = "") -> Iterator[Row]:
    model: Any = Person if indicator.persons or indicator.per_person else indicator.model
    wanted = model._base_manager.filter(pk__in={line.key for line in lines})
    joins = ("unit",) if model is Person else tuple(indicator.joins)
    found = {record.pk: record for record in (wanted.select_related(*joins) if joins else wanted)} if lines else {}
    units = _units(lines)
    for line in lines:
        record = found.get(line.key)
        if record is None:  # deleted behind the application: the line stays, verify names it
            yield Row(
                PART_NAMES[line.part], model._meta.db_table, str(line.key), units.get(line.path), line.day, line.value,
                words=exact_words(indicator, line.value),
            )  # fmt: skip
            continue
        yield Row(
            part=PART_NAMES[line.part],
            table=model._meta.db_table,
            no=record.ref,
            unit=units.get(line.path) or getattr(record, "unit", None),
            on=line.day,
            value=line.value,
            cells=tuple(column.value(record) for column in indicator.columns),
            record=record,
            desk=getattr(model, "desk_key", ""),
            role=role,
            words=exact_words(indicator, line.value),
        )


def _units(lines: Sequence[_Line]) -> dict[int, Unit]:
    """The enterprise each line belongs to (or the unit itself, above enterprises), by the line's path; remembered."""
    tops = {line.path: tree.at_level(line.path, tree.ENTERPRISE) for line in lines}
    if not tops:
        return {}
    found = units_at([*tops.values(), *tops])
    return {path: unit for path, top in tops.items() if (unit := found.get(top) or found.get(path))}


def _observation_row(one: Observation, indicator: Indicator) -> Row:
    source = f"{one.source} {one.source_no}".strip()
    cells = _beside(source, len(indicator.columns))
    words = exact_words(indicator, one.value)
    table = one._meta.db_table
    return Row(PART_NAMES[HISTORIC], table, one.ref, one.unit, one.last_on, one.value, cells, one, "observations", "", words)


def _beside(source: str, columns: int) -> tuple[str, ...]:
    """A source document in the place of the title, where the columns are made for records."""
    return ("", source, *[""] * (columns - 2)) if columns >= 2 else (source,) * columns


def _ratio_page(figure: Figure, person: Reader) -> Page:
    """The rows of both sides, each saying which side it is on; few, so not paged."""
    rows: list[Row] = []
    columns: tuple[Column, ...] = ()
    for role, ask in figure.asks:
        indicator = catalogue.BY_MEASURE[ask.measure]
        columns = tuple(indicator.columns)
        lines, _ = _Source(indicator, ask, figure).lines(_shown(indicator, person), "", 1_000)
        rows += _rows(indicator, lines, role or "numerator")
    if figure.record_pk is not None:
        under = next(one for one in references() if one.pk == figure.record_pk)
        table, cells = under._meta.db_table, _beside(under.source, len(columns))
        words = quantity.fen_text(under.value)
        rows.append(Row("recorded", table, under.ref, None, under.published_on, under.value, cells, under, "", "denominator", words))
    return Page(columns, tuple(rows), figure.record_count, figure.value, max(0, figure.record_count - len(rows)), 0, "")


def _rule_page(rule: RuleFigure, figure: Figure) -> Page:
    """The rule's own row: what is said is what stands there."""
    row: Any = rule.model._base_manager.get(pk=figure.record_pk)
    cells = tuple(column.value(row) for column in rule.columns)
    unit = getattr(row, "unit", None)
    line = Row(
        "recorded", row._meta.db_table, row.ref, unit, figure.span.last_day, figure.value or 0, cells, row,
        words=figure.exact, plain=figure.plain,
    )  # fmt: skip
    return Page(tuple(rule.columns), (line,), 1, figure.value, 0, 0, "")


def columns_of(definition: Definition) -> tuple[Column, ...]:
    """The public columns of a figure's list."""
    if isinstance(definition, Leading):
        return tuple(definition.of.columns)
    if isinstance(definition, Ratio):
        return columns_of(definition.over)
    return tuple(getattr(definition, "columns", ()))
