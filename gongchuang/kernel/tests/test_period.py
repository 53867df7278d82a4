"""Periods: half-open, written one way, read back the same."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongchuang.kernel.period import EARLIEST, Period

DAYS = st.dates(date(1901, 1, 1), date(2199, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    kind = draw(st.sampled_from(["days", "year", "half", "quarter", "month", "day", "until", "whole"]))
    if kind == "days":
        return Period(first, last + timedelta(days=1))
    if kind == "until":
        return Period.until(last)
    if kind == "whole":
        return Period(Period.around(first, "month").start, Period.around(last, "month").end)
    return Period.around(first, kind)


@pytest.mark.parametrize(
    ("text", "start", "end", "grain"),
    [
        ("2024", date(2024, 1, 1), date(2025, 1, 1), "year"),
        ("2024Q2", date(2024, 4, 1), date(2024, 7, 1), "quarter"),
        ("2024q4", date(2024, 10, 1), date(2025, 1, 1), "quarter"),
        ("2024H2", date(2024, 7, 1), date(2025, 1, 1), "half"),
        ("2024-06", date(2024, 6, 1), date(2024, 7, 1), "month"),
        ("2024-12", date(2024, 12, 1), date(2025, 1, 1), "month"),
        ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1), "day"),
        ("2018–2024", date(2018, 1, 1), date(2025, 1, 1), "span"),
        ("2018-2024", date(2018, 1, 1), date(2025, 1, 1), "span"),
        ("2018..2024-05", date(2018, 1, 1), date(2024, 6, 1), "span"),
        ("2023Q3..2024-05-31", date(2023, 7, 1), date(2024, 6, 1), "span"),
        ("to 2024-05-31", EARLIEST, date(2024, 6, 1), "until"),
        ("..2024", EARLIEST, date(2025, 1, 1), "until"),
    ],
)
def test_each_way_of_writing(text: str, start: date, end: date, grain: str) -> None:
    period = Period.parse(text)
    assert (period.start, period.end, period.grain) == (start, end, grain)


@pytest.mark.parametrize("text", ["", "24", "2024Q5", "2024-13", "2023-02-29", "2024..2018", "2024-2018", "..", "last year", "2024-06-1x"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="period"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2024", "2024年", "2024"),
        ("2024Q2", "2024年第二季度", "Q2 2024"),
        ("2024H1", "2024年上半年", "first half of 2024"),
        ("2024-06", "2024年6月", "2024-06"),
        ("2018..2024-05", "2018年—2024年5月", "2018 – 2024-05"),
        ("to 2024-05-31", "截至2024年5月", "to 2024-05"),
        ("to 2024-05-30", "截至2024年5月30日", "to 2024-05-30"),
    ],
)
def test_labels_name_the_last_day_inside(text: str, zh: str, en: str) -> None:
    period = Period.parse(text)
    assert (period.label_in("zh-hans"), period.label_in("en")) == (zh, en)


@given(periods())
def test_what_is_written_reads_back(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(periods(), DAYS)
def test_half_open(period: Period, day: date) -> None:
    assert (day in period) == (period.start <= day <= period.last_day)
    assert period.start in period
    assert period.end not in period


@given(DAYS, st.sampled_from(["year", "half", "quarter", "month", "day"]))
def test_neighbours_touch(day: date, grain: str) -> None:
    period = Period.around(day, grain)
    assert day in period
    assert period.before().end == period.start
    assert not period.before().overlaps(period)
    assert Period.around(period.end, grain).before() == period


@given(DAYS, st.integers(1, 800), st.sampled_from(["year", "quarter", "month"]))
def test_parts_make_the_whole(day: date, length: int, grain: str) -> None:
    period = Period(day, day + timedelta(days=length))
    parts = list(period.parts(grain))
    assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert all(one.end == other.start for one, other in zip(parts, parts[1:], strict=False))
    assert all(period.covers(part) for part in parts)


def test_an_empty_period_is_refused() -> None:
    with pytest.raises(ValueError):
        Period(date(2024, 1, 1), date(2024, 1, 1))


def test_lookups_are_half_open() -> None:
    assert Period.year(2024).lookups("on") == {"on__gte": date(2024, 1, 1), "on__lt": date(2025, 1, 1)}
