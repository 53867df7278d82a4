"""Periods (期间): half-open stretches of calendar days, [start, end). Pure.

Half-open, so that neighbouring periods neither overlap nor leave a day out, and a moment belongs to exactly one of
them. What a person reads is the last day *in* it: `label` says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from django.utils.translation import get_language

EARLIEST: Final = date(1900, 1, 1)  # the open beginning of "to 2024-05-31": before any record a union keeps
_ONE_DAY: Final = timedelta(days=1)
_SPAN: Final = re.compile(r"^(?P<first>[^.–—~至]*)(?:\.\.|–|—|~|至)(?P<last>.+)$")
_YEARS: Final = re.compile(r"^(\d{4})-(\d{4})$")
_GRAIN: Final = re.compile(r"^(\d{4})(?:[Qq]([1-4])|[Hh]([12])|-(\d{1,2})(?:-(\d{1,2}))?)?$")

YEAR, HALF, QUARTER, MONTH, DAY, SPAN, UNTIL = "year", "half", "quarter", "month", "day", "span", "until"
_MONTHS_IN: Final = {YEAR: 12, HALF: 6, QUARTER: 3, MONTH: 1}


def _month_after(day: date, months: int) -> date:
    """The first of the month `months` after the month of `day`."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` to just before `end`. `grain` is year, half, quarter, month, day, span or until."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"a period must end after it begins: {self.start} to {self.end}")

    # ------------------------------------------------------------------------------------------ making

    @classmethod
    def parse(cls, text: str) -> Self:
        """'2024', '2024Q2', '2024H1', '2024-06', '2024-06-12', '2018–2024', '2018..2024-05', 'to 2024-05-31'.

        A span takes in the whole of its first and of its last part. 'to X' and '..X' are open at the beginning.
        ValueError names what was not understood.
        """
        plain = text.strip()
        if years := _YEARS.match(plain):
            return cls._spanning(cls._simple(years[1]), cls._simple(years[2]), text)
        if plain.startswith("to "):
            return cls.until(cls._simple(plain.removeprefix("to ").strip()).last_day)
        if span := _SPAN.match(plain):
            first, last = span["first"].strip(), cls._simple(span["last"].strip())
            return cls._spanning(cls._simple(first), last, text) if first else cls.until(last.last_day)
        return cls._simple(plain)

    @classmethod
    def _spanning(cls, first: Self, last: Self, text: str) -> Self:
        if first.start >= last.end:
            raise ValueError(f"a period must end after it begins: {text!r}")
        return cls(first.start, last.end)

    @classmethod
    def _simple(cls, text: str) -> Self:
        found = _GRAIN.match(text)
        try:
            if not found:
                raise ValueError
            year, quarter, half, month, day = (int(part) if part else 0 for part in found.groups())
            if day:
                return cls(date(year, month, day), date(year, month, day) + _ONE_DAY)
            if found[4]:
                return cls(date(year, month, 1), _month_after(date(year, month, 1), 1))
            if quarter:
                return cls(date(year, quarter * 3 - 2, 1), _month_after(date(year, 1, 1), quarter * 3))
            if half:
                return cls(date(year, half * 6 - 5, 1), _month_after(date(year, 1, 1), half * 6))
            return cls(date(year, 1, 1), date(year + 1, 1, 1))
        except (ValueError, OverflowError):
            raise ValueError(
                f"not a period: {text!r}. Write 2024, 2024Q2, 2024-06, 2024-06-12, 2018..2024-05 or 'to 2024-05-31'."
            ) from None

    @classmethod
    def year(cls, year: int) -> Self:
        """One calendar year (年度)."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def until(cls, last_day: date) -> Self:
        """Everything up to and including a day (截至)."""
        return cls(EARLIEST, last_day + _ONE_DAY)

    @classmethod
    def around(cls, day: date, grain: str) -> Self:
        """The year, half, quarter, month or day that `day` lies in."""
        if grain == DAY:
            return cls(day, day + _ONE_DAY)
        months = _MONTHS_IN[grain]
        start = date(day.year, (day.month - 1) // months * months + 1, 1)
        return cls(start, _month_after(start, months))

    # ------------------------------------------------------------------------------------------ asking

    @property
    def last_day(self) -> date:
        """The last day in the period, as people name it."""
        return self.end - _ONE_DAY

    @property
    def grain(self) -> str:
        if self.start == EARLIEST:
            return UNTIL
        for grain in (YEAR, HALF, QUARTER, MONTH, DAY):
            if self == Period.around(self.start, grain):
                return grain
        return SPAN

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def covers(self, other: "Period") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Period") -> bool:
        return self.start < other.end and other.start < self.end

    def lookups(self, field: str) -> dict[str, date]:
        """For QuerySet.filter(**period.lookups('certified_on')): half-open on a date field."""
        return {f"{field}__gte": self.start, f"{field}__lt": self.end}

    def before(self) -> "Period":
        """The period of the same grain just before; of a span, the same number of days."""
        if self.grain == UNTIL:
            raise ValueError("an open period has none before it")
        if self.grain in _MONTHS_IN:
            return Period.around(self.start - _ONE_DAY, self.grain)
        return Period(self.start - (self.end - self.start), self.start)

    def parts(self, grain: str) -> Iterator["Period"]:
        """The years, quarters, months or days it is made of, cut at its own ends."""
        day = self.start
        while day < self.end:
            whole = Period.around(day, grain)
            yield Period(max(whole.start, self.start), min(whole.end, self.end))
            day = whole.end

    # ------------------------------------------------------------------------------------------ saying

    def __str__(self) -> str:
        """The one way it is written in addresses, JSON and commands; parse() reads it back."""
        grain = self.grain
        if grain == UNTIL:
            return f"..{_short(self.end, is_end=True)}"
        if grain == SPAN:
            return f"{_short(self.start)}..{_short(self.end, is_end=True)}"
        return _simple_text(self, grain)

    @property
    def label(self) -> str:
        """As it is read on a page, in the current language: '2024年第二季度' / '2nd quarter of 2024'."""
        return self.label_in(get_language() or "zh")

    def label_in(self, lang: str) -> str:
        english = lang.startswith("en")
        grain = self.grain
        if grain == UNTIL:
            return f"to {_said(self.end, english, is_end=True)}" if english else f"截至{_said(self.end, english, is_end=True)}"
        if grain == SPAN:
            first, last = _said(self.start, english), _said(self.end, english, is_end=True)
            return f"{first} – {last}" if english else f"{first}—{last}"
        return _simple_label(self, grain, english)


def _short(day: date, *, is_end: bool = False) -> str:
    """A boundary as the largest calendar part that begins (ends) there."""
    if (day.month, day.day) == (1, 1):
        return f"{day.year - 1 if is_end else day.year:04d}"
    if day.day == 1:
        inside = day - _ONE_DAY if is_end else day
        return f"{inside.year:04d}-{inside.month:02d}"
    return (day - _ONE_DAY if is_end else day).isoformat()


def _simple_text(period: Period, grain: str) -> str:
    year, month = f"{period.start.year:04d}", period.start.month
    return {
        YEAR: year,
        HALF: f"{year}H{month // 6 + 1}",
        QUARTER: f"{year}Q{month // 3 + 1}",
        MONTH: f"{year}-{month:02d}",
        DAY: period.start.isoformat(),
    }[grain]


def _said(day: date, english: bool, *, is_end: bool = False) -> str:
    parts = [int(part) for part in _short(day, is_end=is_end).split("-")]
    if english:
        return "-".join(f"{part:02d}" for part in parts)
    return "".join(f"{part}{word}" for part, word in zip(parts, "年月日", strict=False))


def _simple_label(period: Period, grain: str, english: bool) -> str:
    year, month, day = period.start.year, period.start.month, period.start.day
    if grain == QUARTER:
        number = month // 3
        return f"Q{number + 1} {year}" if english else f"{year}年第{'一二三四'[number]}季度"
    if grain == HALF:
        second = month > 6
        return f"{'second' if second else 'first'} half of {year}" if english else f"{year}年{'下' if second else '上'}半年"
    if english:
        return {YEAR: f"{year}", MONTH: f"{year}-{month:02d}", DAY: period.start.isoformat()}[grain]
    return {YEAR: f"{year}年", MONTH: f"{year}年{month}月", DAY: f"{year}年{month}月{day}日"}[grain]
