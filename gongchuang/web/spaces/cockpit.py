"""The cockpit of a city or district (驾驶舱): six figures, where, the proposals' funnel, the trend, what is overdue."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from gongchuang.indicators import catalogue, reading
from gongchuang.indicators.figure import Figure
from gongchuang.kernel import clock, quantity, waiting
from gongchuang.kernel.period import Period
from gongchuang.kernel.text import Text
from gongchuang.people.unit import CITY
from gongchuang.web.context import space_of
from gongchuang.web.spaces import figures
from gongchuang.web.spaces.me import own
from gongchuang.web.spaces.public import HEADLINES

BENEFIT = "results.benefit"
FUNNEL = ("proposals.made", "proposals.adopted", "proposals.implemented")
FUNNEL_LABELS = (Text("提交", "Handed in"), Text("采纳", "Adopted"), Text("实施", "Implemented"))
# A schematic order of squares, not a map: a map needs its approval number (审图号).
PLACES = ("r1-c2", "r1-c3", "r2-c1", "r2-c2", "r2-c3", "r3-c1", "r3-c2", "r3-c3", "r1-c1", "r4-c1", "r4-c2", "r4-c3")
STEPS = 6


@own
def page(request: Any) -> HttpResponse:
    """/fed/cockpit/: scope and period stand in the address; ?screen=1 is for the wall."""
    if space_of(request) != "fed":
        return HttpResponseRedirect("/home/")
    root, _, period = figures.scope_context(request)
    own_unit = request.person.unit
    unit = figures.asked_unit(request, root or own_unit) if request.GET.get("unit") and root is not None else own_unit
    if not unit.is_inside(own_unit):
        unit = own_unit
    keys = [catalogue.BY_ARTICLE[name].key for name in HEADLINES if name in catalogue.BY_ARTICLE]
    before = Period.year(period.last_day.year - 1)
    series = reading.over_periods(unit, [*keys, *FUNNEL], [before, period], request.person)
    benefit = series[BENEFIT][-1]
    return render(
        request,
        "fed/cockpit.html",
        {
            "unit": unit,
            "cards": [figures.card(series[key][-1], root, series[key]) for key in keys],
            "period_options": figures.period_options(period),
            "period": period,
            "as_of": figures.as_of(benefit),
            "screen_mode": request.GET.get("screen") == "1",
            "funnel": funnel([series[key] for key in FUNNEL], root),
            **places(benefit, root, request.person),
            **trend(benefit, root, request.person),
            "overdue": overdue(unit),
        },
    )


def places(benefit: Figure, root: Any, person: Any) -> dict[str, Any]:
    """The districts as squares and as bars; within a district its enterprises as bars."""
    level = "district" if benefit.unit.level <= CITY else "enterprise"
    split = reading.by_unit(benefit, level, person)
    rows = [figures.bar_row(cell, benefit, root) for cell in split.cells if cell.unit is not None and cell.value][:12]
    largest = max((row["value"] for row in rows), default=0)
    tiles = [
        {**row, "place": place, "step": max(1, -(-row["value"] * STEPS // largest)), "short": quantity.short_fen(row["value"])}
        for place, row in zip(PLACES, rows, strict=False)
    ]
    return {"tiles": tiles if level == "district" else [], "bars": tiles, "largest": largest, "where": where(rows, benefit)}


def where(rows: list[dict[str, Any]], benefit: Figure) -> Text:
    """The finding as a title: which two make how much of the whole."""
    if len(rows) < 2 or not benefit.value:
        return Text("各单位认证效益", "Certified benefit by unit")
    share = quantity.percent_text((rows[0]["value"] + rows[1]["value"]) * 100 // benefit.value * 100)
    return Text(f"{rows[0]['label']}、{rows[1]['label']}占 {share}", f"{rows[0]['label']} and {rows[1]['label']} make {share}")


def funnel(series: list[list[Figure]], root: Any) -> list[dict[str, Any]]:
    """Proposals of the period by how far they came; handed in = the cumulative count's growth."""
    made = (series[0][-1].value or 0) - (series[0][0].value or 0)
    values = [made, series[1][-1].value or 0, series[2][-1].value or 0]
    most = max(values) or 1
    return [
        {
            "label": label,
            "value": value,
            "width": round(232 * value / most, 1),
            "y": 4 + 46 * at,
            "text_y": 22 + 46 * at,
            "text_x": 46 + round(232 * value / most, 1),
            "share": quantity.percent_text(value * 10_000 // values[at - 1]) if at and values[at - 1] else "",
            "address": figures.address(FUNNEL[at], series[at][-1].period, series[at][-1].unit, root),
        }
        for at, (label, value) in enumerate(zip(FUNNEL_LABELS, values, strict=True))
    ]


def trend(benefit: Figure, root: Any, person: Any) -> dict[str, Any]:
    points = reading.trend(benefit, person)
    values = [one.figure.value or 0 for one in points]
    return {"points": [figures.trend_row(one, root) for one in points], "chart": figures.trend_chart(values)}


def overdue(unit: Any) -> list[dict[str, Any]]:
    """How many answers are late in this scope, by kind: one query."""
    rows = waiting.late_in(clock.today(), *unit.span())
    names = {"proposals": Text("建议逾期未办", "proposals overdue"), "benefits": Text("效益逾期未认证", "benefits overdue")}
    return [
        {"label": names.get(desk, Text("逾期待办", "overdue")), "count": count, "address": f"/{desk}/"}
        for desk, count in rows
        if desk in names
    ]
