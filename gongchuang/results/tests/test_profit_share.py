"""10,000 yuan once and 10% of the profit for three years: a schedule of dues, worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

from gongchuang.bank.models import Due
from gongchuang.people.models import Person, Unit
from gongchuang.results import certification, schedule
from gongchuang.results.models import Benefit, Result

SHEET = [{"kind": "gain", "label": "多产件", "before": D(0), "after": D(1), "quantity": D(1000), "price_fen": D(10_000)}]


def year(result: Result, number: int, profit_fen: int, officer: Person, certifier: Person) -> Benefit:
    benefit = certification.claim(
        result, from_on=date(number, 1, 1), to_on=date(number, 12, 31), lines=SHEET, profit_fen=profit_fen, by=officer,
        key=f"y{number}",
    )  # fmt: skip
    return certification.certify(benefit, by=certifier, key=f"c{number}")


def owed(state: str = "due") -> list[tuple[str, int, str, int]]:
    rows = Due.objects.filter(state=state).order_by("year", "kind", "pk")
    return [(due.kind, due.year, due.person.name, due.amount_fen) for due in rows.select_related("person")]  # type: ignore[misc]


def test_three_years_of_dues(result: Result, officer: Person, certifier: Person, profit_in_force: None, factory: Unit) -> None:
    year(result, 2026, 500_000_00, officer, certifier)
    assert owed() == [
        ("lump", 2026, "张伟明", 6_000_00),
        ("lump", 2026, "刘建军", 4_000_00),
        ("profit", 2026, "张伟明", 30_000_00),
        ("profit", 2026, "刘建军", 20_000_00),
    ]
    assert Due.objects.filter(state="expected").count() == 4
    year(result, 2027, -80_000_00, officer, certifier)
    assert Due.objects.filter(state="cancelled", year=2027).count() == 2
    year(result, 2028, 300_000_00, officer, certifier)
    year(result, 2029, 900_000_00, officer, certifier)
    assert sum(row[3] for row in owed()) == (10_000 + 50_000 + 30_000) * 100
    shown = schedule.schedule(result)
    assert [(one.year, one.state, one.amount_fen) for one in shown.instalments] == [
        (2026, "due", 10_000_00),
        (2026, "due", 50_000_00),
        (2027, "cancelled", 0),
        (2028, "due", 30_000_00),
    ]
    assert shown.owed_fen == 90_000_00


def test_what_cannot_be_known_yet_waits_for_its_year(result: Result, officer: Person, certifier: Person, profit_in_force: None) -> None:
    year(result, 2026, 500_000_00, officer, certifier)
    waiting = Due.objects.filter(state="expected").order_by("year", "pk")
    assert [(due.year, due.amount_fen, due.due_on) for due in waiting] == [
        (2027, None, date(2027, 12, 31)),
        (2027, None, date(2027, 12, 31)),
        (2028, None, date(2028, 12, 31)),
        (2028, None, date(2028, 12, 31)),
    ]
