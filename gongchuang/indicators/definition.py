"""What a public figure is (指标口径): data that says which records count, where, when and how much.

Four kinds of definition share one face: an `Indicator` gives facts to the tally; a `Ratio` divides two of them; a
`Leading` reads one of them for the one unit or record that leads; a `RuleFigure` reads a rule in force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import models

from gongchuang.indicators.models import RECORDED
from gongchuang.kernel.access import Rule
from gongchuang.kernel.period import Period
from gongchuang.kernel.table import Column
from gongchuang.kernel.text import Text

FLOW, STOCK, CUMULATIVE, RATIO, RULE = "flow_per_year", "stock", "cumulative", "ratio", "rule"
KINDS: Final = {
    FLOW: Text("期间发生数", "within the period"),
    STOCK: Text("期末存量", "at the end of the period"),
    CUMULATIVE: Text("累计数", "cumulative to the end of the period"),
    RATIO: Text("比率", "ratio"),
    RULE: Text("制度规定", "rule in force"),
}
RECORDS, UNITS, TOTAL = "records", "units", "total"

# What a figure is counted in, and the word that stands after its number.
NOUNS: Final = {
    "proposals": Text("件", "proposals"),
    "results": Text("项", "results"),
    "patents": Text("项", "patents"),
    "persons": Text("人", "people"),
    "person_times": Text("人次", "person-times"),
    "academies": Text("所", "academies"),
    "colleges": Text("所", "colleges"),
    "studios": Text("个", "studios"),
    "contests": Text("场", "contests"),
    "teams": Text("个", "teams"),
    "institutions": Text("家", "institutions"),
    "enterprises": Text("家", "enterprises"),
    "needs": Text("项", "needs"),
    "stations": Text("个工位", "stations"),
    "tenths": Text("（十分之一人）", "tenths of a person"),
    "fen": Text("元", "CNY"),
    "fen_per_person": Text("元/人", "CNY a person"),
    "percent": Text("%", "%"),
    "times": Text("倍", "times"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """One dated contribution of a record, before the tally resolves where the unit stood on that day.

    value: a count, hours or fen; a stock gives +value on the day it begins and −value on the day it ends.
    """

    unit: int
    day: date
    value: int = 1
    part: int = RECORDED
    person: int | None = None


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What every figure says of itself, whatever its kind."""

    key: str
    label: Text
    measured_in: str
    kind: str
    definition: Text
    excludes: Text = Text("")
    signed_by: Text = Text("")
    article: tuple[str, ...] = ()
    version: int = 1
    valid_from: date | None = None
    public: str = RECORDS
    hides_small: bool = True  # of what is public by unit: cells below five are not told (people, payments, needs)
    wording: str = "exact"
    digits: int = 2
    topic: str = "studios"
    headline: bool = False

    @property
    def noun(self) -> Text:
        return NOUNS[self.measured_in]

    @property
    def is_money(self) -> bool:
        return self.measured_in in {"fen", "fen_per_person"}


@dataclass(frozen=True, kw_only=True)
class Indicator(Definition):
    """A figure that is counted from records (计数指标). `measure` is its number in the facts, never given twice.

    records: the records that count, with the joins `facts` needs. facts: what one of them contributes.
    also: for other tables, the primary keys of the records that a touched row bears on.
    persons: the figure counts people, each once; facts then name the person.
    per_person: the counted record is the person itself, so that facts add up without looking for doubles.
    columns: the only columns a visitor sees; open: which of the records a visitor may see as rows.
    """

    measure: int
    model: type[models.Model]
    records: Callable[[], models.QuerySet[Any]]
    facts: Callable[[Any], Iterable[Counted]]
    also: Mapping[type[models.Model], Callable[[Sequence[int]], Iterable[int]]] | None = None
    persons: bool = False
    per_person: bool = False
    since: date | None = None
    see: Rule | None = None
    columns: Sequence[Column] = ()
    joins: Sequence[str] = ()
    open: Callable[[models.QuerySet[Any]], models.QuerySet[Any]] | None = None
    is_published: bool = True  # False: a part of a ratio, read through it

    def counted(self, record: Any) -> list[Counted]:
        """The facts of a record that belong to the definition: none before its start, none without value."""
        return [one for one in self.facts(record) if one.value and (self.since is None or one.day >= self.since)]


@dataclass(frozen=True, kw_only=True)
class Ratio(Definition):
    """One level divided by another (比率): `over` / `under`, in `scale`ths, cut. Nothing where the divisor is nothing.

    scale 10_000 gives hundredths of a percent, 100 hundredths of a multiple, 1 the plain quotient in fen.
    under may be the key of a Reference, e.g. the nation's output per head.
    """

    over: Indicator | Ratio
    under: Indicator | str
    scale: int = 1
    kind: str = RATIO


@dataclass(frozen=True, kw_only=True)
class Leading(Definition):
    """What one enterprise, or one record, brought: the unit asked about, or else the one that leads (单个单位)."""

    of: Indicator
    years: int = 1
    by_record: bool = False

    def span(self, period: Period) -> Period:
        """The whole years it looks back over, ending with the year the period ends in."""
        last = period.last_day.year
        return Period.parse(f"{last - self.years + 1}..{last}") if self.years > 1 else Period.year(last)


@dataclass(frozen=True, kw_only=True)
class RuleFigure(Definition):
    """A number that a rule says (制度数): read from the version of the rule in force on the last day.

    stands_in: every table that its rows are read from.
    """

    model: type[models.Model]
    stands_in: Sequence[type[models.Model]]
    rows: Callable[[date], models.QuerySet[Any]]
    value: Callable[[Any], int]
    pick: Callable[[Iterable[int]], int] = max
    columns: Sequence[Column] = ()
    kind: str = RULE
