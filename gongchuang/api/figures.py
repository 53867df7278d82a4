"""Figures over the API (数字接口): the same reading as pages and commands, open to everybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from gongchuang.api.tokens import caller_of
from gongchuang.indicators import reading
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.period import Period
from gongchuang.kernel.text import Text
from gongchuang.people import unit as tree
from gongchuang.people.lookup import the_city, unit_called
from gongchuang.people.models import Person, Unit

router = Router(tags=["figures"])
MOST = 200


class PartOut(Schema):
    """One status's share; `claimed` is never part of the value."""

    status: str
    value: int | float | None
    record_count: int


class FigureOut(Schema):
    """A figure: counts as integers, money in fen."""

    key: str
    article: str | list[str] | None = None
    label: str
    value: int | float | None
    unit: str
    period: str
    unit_code: str
    status: str
    definition_version: int | str
    record_count: int
    parts: list[PartOut] = []


class FiguresOut(Schema):
    period: str
    unit: str
    figures: list[FigureOut]


class RowOut(Schema):
    """One record behind a figure; the values of all rows and of the hidden ones add up to the figure."""

    part: str
    table: str
    no: str
    unit_code: str
    on: str
    value: int
    role: str | None = None


class RowsOut(Schema):
    rows: list[RowOut]
    count: int
    total: int | None
    hidden_count: int = Field(description="rows this reader may not open")
    hidden_total: int
    next: str


def unit_of(code: str, person: Person | None) -> Unit:
    """The unit that was asked for; the public may ask down to the enterprise."""
    found = unit_called(code) if code else the_city()
    if found is None:
        raise Refused(Text(f"没有“{code}”这个单位。", f"There is no unit “{code}”."), field="unit")
    if found.level > tree.ENTERPRISE and person is None:
        raise Refused(Text("公开数字到企业为止。", "Public figures end at the enterprise."), field="unit")
    return found


def period_of(said: str) -> Period:
    """The period that was asked for, this year's by default; refused where it is none."""
    try:
        return Period.parse(said) if said else reading.default_period()
    except ValueError:
        raise Refused(
            Text(f"“{said}”不是期间。", f"“{said}” is no period."),
            field="period",
            cure=Text("请写成 2026、2026Q2、2026-06 或 2018..2026。", "Write 2026, 2026Q2, 2026-06 or 2018..2026."),
        ) from None


@router.get("", response=FiguresOut, summary="全部数字 · all figures")
def figures(request: HttpRequest, period: str = "", unit: str = "") -> Any:
    caller = caller_of(request)
    asked, place = period_of(period), unit_of(unit, caller.person)
    found = reading.figures(place, asked, person=caller.person)
    return {"period": str(asked), "unit": place.code, "figures": [figure.as_json() for figure in found]}


@router.get("/{key}/records", response=RowsOut, summary="数字的明细 · the records behind a figure")
def records(request: HttpRequest, key: str, period: str = "", unit: str = "", after: str = "", limit: int = 50) -> Any:
    caller = caller_of(request)
    asked, place = period_of(period), unit_of(unit, caller.person)
    figure = reading.figure(key, place, asked, person=caller.person)
    page = reading.records(figure, person=caller.person, after=after, limit=max(1, min(limit, MOST)))
    return {
        "rows": [row.as_json() for row in page.rows],
        "count": page.count,
        "total": page.total,
        "hidden_count": page.hidden_count,
        "hidden_total": page.hidden_total,
        "next": page.next_after,
    }
