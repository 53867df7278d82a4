"""Benefit sheets worked out by hand, and promises of the arithmetic."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongchuang.results import benefit
from gongchuang.results.benefit import Line

HOURS = Line(benefit.SAVING, D("3.50"), D("2.25"), D("6000"), D("8600"))
FIXTURE = Line(benefit.COST, D(0), D(0), D(1), D("4500000"))
NUMBERS = st.decimals(0, 10**6, places=4)


def test_the_demo_sheet_is_600_000_yuan() -> None:
    assert benefit.amount_fen(HOURS) == 645_000_00
    assert benefit.amount_fen(FIXTURE) == -45_000_00
    assert benefit.total_fen([HOURS, FIXTURE]) == 600_000_00


def test_a_gain_counts_what_is_more() -> None:
    # 42 instead of 40 castings a shift, 600 shifts, a margin of 12.5 yuan
    assert benefit.amount_fen(Line(benefit.GAIN, D(40), D(42), D(600), D(1250))) == 15_000_00


def test_power_at_0_6354_yuan_is_exact() -> None:
    # 1.2 kWh less a piece, 10,000 pieces, 63.54 fen
    assert benefit.amount_fen(Line(benefit.SAVING, D("5.2"), D("4"), D(10_000), D("63.54"))) == 762_480


def test_a_change_for_the_worse_is_negative() -> None:
    assert benefit.amount_fen(Line(benefit.SAVING, D(2), D(3), D(10), D(100))) == -1_000


def test_part_of_a_fen_is_never_won() -> None:
    third = D("0.3333")
    assert benefit.amount_fen(Line(benefit.SAVING, third, D(0), D(1), D(10))) == 3
    assert benefit.amount_fen(Line(benefit.COST, D(0), D(0), third, D(10))) == -4


def test_a_yuan_counts_once_in_its_group() -> None:
    rows = [(600_000_00, "g", True), (600_000_00, "g", False), (100_00, "", False)]
    assert benefit.counted_fen(rows) == 600_100_00


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (HOURS, "(3.50 − 2.25) × 6,000 × 86.00 = 645,000.00"),
        (FIXTURE, "1 × 45,000.00 = 45,000.00"),
        (Line(benefit.GAIN, D(40), D(42), D(600), D("63.54")), "(42 − 40) × 600 × 0.6354 = 762.48"),
        (Line(benefit.SAVING, D(2), D("3.125"), D(10), D(100)), "(2 − 3.125) × 10 × 1.00 = −11.25"),
    ],
)
def test_the_working_is_shown_as_people_write_it(line: Line, text: str) -> None:
    assert benefit.working(line) == text


@given(st.lists(st.builds(Line, st.sampled_from(benefit.LINE_KINDS), NUMBERS, NUMBERS, NUMBERS, NUMBERS), max_size=6))
def test_the_sum_is_never_above_the_exact_value(lines: list[Line]) -> None:
    exact = sum(
        (
            -line.quantity * line.price_fen
            if line.kind == benefit.COST
            else (line.before - line.after) * line.quantity * line.price_fen * (1 if line.kind == benefit.SAVING else -1)
            for line in lines
        ),
        D(0),
    )
    total = benefit.total_fen(lines)
    assert total <= exact
    assert exact - total < max(1, len(lines))
