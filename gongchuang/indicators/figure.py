"""A figure (数据): a definition read for one unit and one period, with its parts and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongchuang.indicators.definition import KINDS, Definition
from gongchuang.indicators.models import CERTIFIED, CLAIMED, HISTORIC, PART_NAMES, RECORDED, Observation, Reference
from gongchuang.indicators.sums import Ask
from gongchuang.indicators.tally import Tail
from gongchuang.kernel import quantity
from gongchuang.kernel.period import Period
from gongchuang.kernel.remembered import kept
from gongchuang.kernel.text import Text
from gongchuang.people.models import Unit

BADGES = {
    "certified": Text("认证", "Certified"),
    "recorded": Text("记录", "Recorded"),
    "claimed": Text("申报", "Claimed"),
    "historic": Text("历史汇总", "Historic"),
}
_HUNDREDTHS = {"percent", "times"}


@dataclass(frozen=True)
class Part:
    """One status's share of a figure: certified, recorded, claimed (never in the value) or historic."""

    status: str
    value: int
    record_count: int

    @property
    def badge(self) -> Text:
        return BADGES[self.status]


@dataclass(frozen=True)
class Figure:
    """What a definition says for `unit` in `period`.

    value: a count, fen, or hundredths of a percent or multiple; None where nothing can be said (`why` tells).
    span: the days it was counted over. as_of: up to when. asks: the sums it was made of, for its list.
    unit: the unit it is of, which for a leading unit's figure is that unit. record_pk: the leading record.
    """

    definition: Definition
    unit: Unit
    period: Period
    span: Period
    value: int | None
    parts: tuple[Part, ...]
    as_of: datetime
    asks: tuple[tuple[str, Ask], ...] = ()
    observations: tuple[Observation, ...] = ()
    tail: Tail | None = field(default=None, repr=False, compare=False)
    record_pk: int | None = None
    why: Text | None = None
    is_suppressed: bool = False
    note: Text | None = None

    @property
    def key(self) -> str:
        return self.definition.key

    @property
    def label(self) -> Text:
        return self.definition.label

    @property
    def has_value(self) -> bool:
        return self.value is not None

    @property
    def record_count(self) -> int:
        return sum(part.record_count for part in self.parts if part.status != "claimed")

    @property
    def claimed(self) -> Part | None:
        return next((part for part in self.parts if part.status == "claimed"), None)

    @property
    def status(self) -> str:
        """The badge of the whole: certified or recorded where anything was counted here, else historic."""
        counted = [part.status for part in self.parts if part.value and part.status != "claimed"]
        for status in ("certified", "recorded", "historic"):
            if status in counted:
                return status
        return "certified" if any(part.status == "certified" for part in self.parts) else "recorded"

    @property
    def badge(self) -> Text:
        return BADGES[self.status]

    @property
    def is_openable(self) -> bool:
        """Whether it opens down to records counted here: a figure that is wholly historic has only its document."""
        return self.status != "historic"

    @property
    def plain(self) -> int | float | None:
        """The value as JSON says it: whole counts and fen, percents and multiples with two decimals."""
        return plain(self.definition, self.value)

    @property
    def exact(self) -> str:
        """The exact value in figures, with grouping and without its unit: what a list adds up to."""
        return "—" if self.value is None else exact_words(self.definition, self.value)

    @property
    def short(self) -> str:
        """In words for a card, cut: '41.2亿元', '9,583项', '96.77%'."""
        if self.value is None:
            return "—"
        measured_in, noun = self.definition.measured_in, str(self.definition.noun)
        if measured_in == "fen":
            return quantity.short_fen(self.value)
        if measured_in == "fen_per_person":
            return quantity.short_fen(self.value) + str(Text("/人", " a person"))
        if measured_in == "percent":
            return f"{_hundredths(self.value)}%"
        if measured_in == "times":
            return f"{_hundredths(self.value)}{Text('倍', ' times')}"
        number = quantity.short_count(self.value)
        return f"{number}{Text('', ' ')}{noun}"

    @property
    def data_value(self) -> str:
        """For the page's data-value: the exact value without grouping."""
        return "" if self.value is None else self.exact.replace(",", "")

    @property
    def kind_text(self) -> Text:
        return KINDS[self.definition.kind]

    def as_json(self) -> dict[str, Any]:
        """The shape that the command, the API and downloads share (docs/interface.md, figures)."""
        article = self.definition.article
        return {
            "key": self.key,
            "article": list(article) if len(article) > 1 else (article[0] if article else None),
            "label": str(self.label),
            "value": self.plain,
            "unit": self.definition.measured_in,
            "kind": self.definition.kind,
            "period": str(self.span),
            "unit_code": self.unit.code,
            "status": self.status,
            "definition_version": self.definition.version,
            "record_count": self.record_count,
            "parts": [
                {"status": part.status, "value": plain(self.definition, part.value), "record_count": part.record_count}
                for part in self.parts
            ],
            "as_of": self.as_of.isoformat(timespec="seconds"),
            **({"why": str(self.why)} if self.why else {}),
        }


def exact_words(definition: Definition, value: int) -> str:
    """A value of this kind in figures, exact: yuan with two decimals, tenths of a person as persons, counts grouped."""
    if definition.is_money:
        return quantity.fen_text(value)
    if definition.measured_in == "tenths":
        return f"{value // 10:,}.{value % 10}"
    if definition.measured_in in _HUNDREDTHS:
        return _hundredths(value)
    return quantity.count_text(value)


def plain(definition: Definition, value: int | None) -> int | float | None:
    if value is None or definition.measured_in not in _HUNDREDTHS:
        return value
    exact = Decimal(value) / 100
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _hundredths(value: int) -> str:
    whole, rest = divmod(value, 100)
    return f"{whole:,}" + (f".{rest:02d}".rstrip("0") if rest else "")


PART_ORDER = (CERTIFIED, RECORDED, HISTORIC, CLAIMED)


def parts_of(sums: dict[int, tuple[int, int]], historic: tuple[Observation, ...]) -> tuple[Part, ...]:
    """The parts of a counted figure, in the order they are shown."""
    found = dict(sums)
    if historic:
        found[HISTORIC] = (len(historic), sum(one.value for one in historic))
    if not found:
        found[RECORDED] = (0, 0)
    return tuple(Part(PART_NAMES[part], found[part][1], found[part][0]) for part in PART_ORDER if part in found)


def value_of(parts: tuple[Part, ...]) -> int:
    return sum(part.value for part in parts if part.status != "claimed")


def last_day(period: Period, today: date) -> date:
    """The day a stock is looked at: the period's last, or today while the period is running."""
    return min(period.last_day, today)


def references() -> list[Reference]:
    """Every benchmark with its vintages, by year; remembered."""
    return kept("indicators.references", (Reference._meta.db_table,), lambda: list(Reference.objects.order_by("year", "published_on")))
