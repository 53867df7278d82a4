"""Odd lists of people's own (坏名单): every kind of import, given sheets that are none, refuses in words or judges row by row."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from gongchuang.excel import reader
from gongchuang.excel.lists import KINDS, Scope
from gongchuang.excel.reader import Sheet
from gongchuang.kernel.errors import Refused
from gongchuang.people import list_staging
from gongchuang.people.models import Person, Unit
from tests import acts, hostile

pytestmark = pytest.mark.django_db
LISTS = ("results", "needs", "experts")


@pytest.fixture
def city_desk(cast: Any, city: Unit) -> Person:
    return cast.person(city, "林涛", "city", "matchmaker")


def scope_for(kind: str, city: Unit, factory: Unit, officer: Person, city_desk: Person) -> tuple[Scope, Person]:
    return (Scope(city), city_desk) if kind == "experts" else (Scope(factory), officer)


def heads(kind: str) -> list[str]:
    return [heading.label.zh for heading in KINDS[kind].headings]


def cells(kind: str) -> dict[str, list[list[Any]]]:
    """Sheets by what is wrong with them."""
    first = heads(kind)
    good = ["海岳风机"] * len(first)
    return {
        "nothing": [],
        "headings only": [first],
        "headings twice": [first, first, good],
        "the same heading in two columns": [[*first, *first], [*good, *good]],
        "no headings": [good, good],
        "two hundred columns": [[*first, *(f"列{number}" for number in range(200))], [*good, *range(200)]],
        "merged cells": [["汇总表", *[None] * 5], first, ["海岳风机", *[None] * 20], [None, "乙"]],
        "ragged rows": [first, ["海"], [], [None], good * 3],
        "a total below": [first, good, ["合计", *[1] * (len(first) - 1)]],
        "a cell of a million": [first, ["长" * 1_000_000, *good[1:]]],
        "numbers and truth": [first, [1e400] * len(first), [float("nan")] * len(first), [True] * len(first), [-1] * len(first)],
        "hostile texts": [first, *([reader._cell(text)] * len(first) for text in hostile.TEXTS.values())],
    }


@pytest.mark.parametrize("what", cells("needs"))
@pytest.mark.parametrize("kind", LISTS)
def test_an_odd_sheet_is_refused_in_words_or_judged_row_by_row(
    city: Unit, factory: Unit, officer: Person, city_desk: Person, kind: str, what: str
) -> None:
    scope, by = scope_for(kind, city, factory, officer, city_desk)
    rows = cells(kind)[what]
    before = acts.written()
    try:
        made = KINDS[kind].examine(scope, [Sheet("汇总", rows=rows)], by)
    except Refused as refused:
        assert str(refused)
        made = None
    assert acts.written() == before, "a preview wrote something"
    if made is None:
        return
    with transaction.atomic():  # what is kept for the preview goes into the database, whatever stands in it
        list_staging.stage(kind, scope.unit, made, rows, contest="", name="汇总.xlsx", digest="0" * 64, by=by)
        transaction.set_rollback(True)
    if not made.writable:
        return
    try:
        with transaction.atomic():
            KINDS[kind].bring_in(scope, made, "run-1", by, "key-of-a-list")
    except Refused as refused:
        assert str(refused)
        assert acts.written() == before, "half of a list came in"


def test_no_cell_brings_what_a_database_cannot_keep() -> None:
    assert [reader._cell(said) for said in ("张\0三", "\x1b[31m", "甲\n乙\t丙", 7, None)] == [
        "张\ufffd三",
        "\ufffd[31m",
        "甲\n乙\t丙",
        7,
        None,
    ]
