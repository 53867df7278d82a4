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
from gongchuang.web import batch, charts
from gongchuang.web.context import space_of
from gongchuang.web.spaces import figures
from gongchuang.web.spaces.me import own
from gongchuang.web.spaces.public import HEADLINES

BENEFIT = "results.benefit"
FUNNEL = ("proposals.made", "proposals.adopted", "proposals.implemented")
FUNNEL_LABELS = (Text("提交", "Sent"), Text("采纳", "Adopted"), Text("实施", "Done"))
# A schematic order of squares, not a map: a map needs its approval number (审图号).
PLACES = ("r1-c2", "r1-c3", "r2-c1", "r2-c2", "r2-c3", "r3-c1", "r3-c2", "r3-c3", "r1-c1", "r4-c1", "r4-c2", "r4-c3")
MATCHING = ("matchmaker.needs", "matchmaker.needs_matched", "matchmaker.enterprises_matched", "matchmaker.enterprises_signed")
MATCHING_LABELS = (Text("需求", "Needs"), Text("已对接", "Matched"), Text("对接企业", "Firms met"), Text("签约企业", "Signed"))


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
    series, points = reading.with_trend(unit, [*keys, *FUNNEL, *MATCHING], [before, period], BENEFIT, request.person)
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
            **proposals(series, root),
            **matching(series, root),
            **places(benefit, root, request.person),
            **trend(points, root),
            "overdue": overdue(request, unit),
        },
    )


def places(benefit: Figure, root: Any, person: Any) -> dict[str, Any]:
    """The districts as squares and as bars; within a district its enterprises as bars."""
    level = "district" if benefit.unit.level <= CITY else "enterprise"
    split = reading.by_unit(benefit, level, person)
    rows = [figures.bar_row(cell, benefit, root) for cell in split.cells if cell.unit is not None and cell.value][:12]
    largest = max((row["value"] for row in rows), default=0)
    tiles = [
        {**row, "place": place, "step": max(1, -(-row["value"] * charts.STEPS // largest)), "short": quantity.short_fen(row["value"])}
        for place, row in zip(PLACES, rows, strict=False)
    ]
    return {
        "tiles": tiles if level == "district" else [],
        "legend": charts.legend(largest),
        "bars": tiles,
        "largest": largest,
        "where": charts.share_finding(rows, benefit.value) or Text("各单位认证效益", "Certified benefit by unit"),
        "spread": charts.spread_finding(rows) or Text("各单位认证效益", "Certified benefit by unit"),
    }


def proposals(series: dict[str, list[Figure]], root: Any) -> dict[str, Any]:
    """Proposals of the period by how far they came; handed in = the cumulative count's growth."""
    made, adopted, implemented = (series[key] for key in FUNNEL)
    values = [(made[-1].value or 0) - (made[0].value or 0), adopted[-1].value or 0, implemented[-1].value or 0]
    addresses = [figures.address(one[-1].key, one[-1].period, one[-1].unit, root) for one in (made, adopted, implemented)]
    return {"funnel": charts.funnel(FUNNEL_LABELS, values, addresses), "funnel_finding": charts.funnel_finding(values)}


def matching(series: dict[str, list[Figure]], root: Any) -> dict[str, Any]:
    """How far the matchmaker brought needs, up to the end of the period."""
    found = [series[key][-1] for key in MATCHING]
    values = [one.value or 0 for one in found]
    addresses = [figures.address(one.key, one.period, one.unit, root) for one in found]
    return {
        "matching": charts.columns(MATCHING_LABELS, values, addresses),
        "matching_finding": charts.matching_finding(values[0], values[1]),
    }


def trend(points: list[reading.Point], root: Any) -> dict[str, Any]:
    rows = [figures.trend_row(one, root) for one in points]
    return {
        "points": rows,
        "chart": charts.line(rows),
        "trend_finding": charts.trend_finding([(one.period, one.figure) for one in points]),
    }


def overdue(request: Any, unit: Any) -> list[dict[str, Any]]:
    """How many answers are late in this scope, by kind: one query."""
    rows = batch.of(request)(waiting.late_in(clock.today(), *unit.span()))
    names = {"proposals": Text("建议逾期未办", "proposals overdue"), "benefits": Text("效益逾期未认证", "benefits overdue")}
    return [
        {"label": names.get(desk, Text("逾期待办", "overdue")), "count": count, "address": f"/{desk}/"}
        for desk, count in rows
        if desk in names
    ]
