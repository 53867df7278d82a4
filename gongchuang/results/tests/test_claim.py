"""Claiming, checking, returning and correcting a benefit sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.people.models import Person
from gongchuang.results import certification, forms
from gongchuang.results.models import Benefit, BenefitLine, Result
from gongchuang.results.tests.conftest import FROM, SHEET, TO


def test_the_sum_is_computed_from_the_lines(checked: Benefit) -> None:
    assert (checked.state, checked.amount_fen, checked.year) == ("checked", 600_000_00, 2026)
    assert list(checked.lines.values_list("amount_fen", flat=True).order_by("place")) == [645_000_00, -45_000_00]


def test_one_sheet_a_year(checked: Benefit, result: Result, officer: Person) -> None:
    with pytest.raises(Refused, match="2026"):
        certification.claim(result, from_on=date(2026, 7, 1), to_on=TO, lines=SHEET, by=officer, key="again")


@pytest.mark.parametrize("who", ["stranger", "certifier", "leader"])
def test_others_claim_nothing(who: str, result: Result, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotYours):
        certification.claim(result, from_on=FROM, to_on=TO, lines=SHEET, by=request.getfixturevalue(who), key="c")


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [{**SHEET[0], "quantity": D(0)}],
        [{**SHEET[0], "label": " "}],
        [{**SHEET[0], "kind": "luck"}],
        [{**SHEET[0], "price_fen": D(-1)}],
    ],
)
def test_a_sheet_that_says_nothing_is_refused(lines: list[Any], result: Result, officer: Person) -> None:
    with pytest.raises(Refused) as refused:
        certification.claim(result, from_on=FROM, to_on=TO, lines=lines, by=officer, key="c")
    assert refused.value.field == "lines"
    assert not Benefit.objects.exists()


def test_a_period_beyond_a_year_is_refused(result: Result, officer: Person) -> None:
    with pytest.raises(Refused):
        certification.claim(result, from_on=FROM, to_on=date(2028, 4, 15), lines=SHEET, by=officer, key="c")


def test_returned_corrected_checked_anew(checked: Benefit, certifier: Person, officer: Person) -> None:
    certification.send_back(checked, reason="单价应为 80 元", by=certifier, key="r")
    assert checked.state == "returned"
    certification.reclaim(checked, lines=[{**SHEET[0], "price_fen": D(8000)}, SHEET[1]], by=officer, key="r2")
    assert (checked.state, checked.amount_fen) == ("checked", 555_000_00)
    assert certification.certify(checked, by=certifier, key="c").state == "certified"


def test_a_return_says_why(checked: Benefit, certifier: Person, stranger: Person) -> None:
    with pytest.raises(Refused):
        certification.send_back(checked, reason=" ", by=certifier, key="r")
    with pytest.raises(NotYours):
        certification.send_back(checked, reason="不实", by=stranger, key="r2")


def test_a_claim_is_withdrawn_and_makes_way(result: Result, worker: Person, officer: Person) -> None:
    benefit = certification.claim(result, from_on=FROM, to_on=TO, lines=SHEET, by=worker, key="c")
    with pytest.raises(NotYours):
        certification.withdraw(benefit, by=officer, key="w0")
    certification.withdraw(benefit, by=worker, key="w")
    assert certification.claim(result, from_on=FROM, to_on=TO, lines=SHEET, by=worker, key="c2").state == "claimed"


def test_the_form_takes_yuan_and_names_the_wrong_row(result: Result, officer: Person) -> None:
    row = {"kind": "saving", "label": "电耗", "before": "5.2", "after": "4", "quantity": "10000", "price": "0.6354"}
    good = forms.ClaimForm({"from_on": "2026-04-16", "to_on": "2027-04-15", "lines": [row]}, person=officer, record=result)
    assert good.is_valid(), good.errors
    assert good.cleaned_data["lines"][0]["price_fen"] == D("63.54")
    posted = {"from_on": "2026-04-16", "to_on": "2027-04-15", "lines-0-kind": "saving", "lines-0-label": "电耗"}
    wrong = forms.ClaimForm({**posted, "lines-0-quantity": "many", "lines-0-price": "1"}, person=officer, record=result)
    assert not wrong.is_valid()
    assert any("第 1 行 数量" in message for message in wrong.errors["lines"])


RAW = {
    "lines": "UPDATE results_benefitline SET amount_fen = amount_fen + 1",
    "amount": "UPDATE results_benefit SET amount_fen = amount_fen + 1",
    "year": "UPDATE results_benefit SET year = 2020",
    "gone": "DELETE FROM results_benefitline",
    "shares": "UPDATE results_maker SET share_bp = share_bp - 1",
    "move": "UPDATE results_benefit SET state = 'claimed'",
}


@pytest.mark.parametrize("statement", RAW.values(), ids=RAW)
def test_the_database_keeps_what_finance_stands_behind(statement: str, certified: Benefit) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_certifies_no_incomplete_sheet_and_no_own_work(checked: Benefit, certifier: Person, worker: Person) -> None:
    def try_to_certify(by: Person) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE results_benefit SET state = 'certified', certified_on = '2026-06-12', certified_by_id = %s", [by.pk])

    with pytest.raises(DatabaseError, match="own work"):
        try_to_certify(worker)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE results_maker SET share_bp = share_bp - 1")
    with pytest.raises(DatabaseError, match="10000"):
        try_to_certify(certifier)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE results_maker SET share_bp = share_bp + 1")
        cursor.execute("UPDATE results_benefitline SET amount_fen = amount_fen + 1")
    with pytest.raises(DatabaseError, match="sum"):
        try_to_certify(certifier)
    assert BenefitLine.objects.count() == 2
