"""Figures and the report (数字与报告): every number opens to the list it was counted from, for every reader."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gongchuang.indicators import catalogue, reading
from gongchuang.indicators.figure import Figure, exact_words
from gongchuang.kernel import clock, quantity
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.period import Period
from gongchuang.kernel.text import Text
from gongchuang.people.lookup import the_city, unit_called
from gongchuang.people.models import Unit
from gongchuang.web import charts, looks, shown

TABS = (
    ("records", Text("明细", "Records")),
    ("district", Text("按区市", "By district")),
    ("enterprise", Text("按企业", "By enterprise")),
    ("trend", Text("趋势", "Trend")),
    ("definition", Text("口径", "Definition")),
)
_SAID = re.compile(r"^(CNY )?(-?[\d,.]+)\s*(.*)$")
YEARS_BACK = 5


@dataclass(frozen=True)
class Shown:
    """A figure as a card draws it."""

    key: str
    label: str
    address: str
    exact: str
    exact_words: str
    number: str
    unit: str
    words: str
    source: str
    opens: bool
    opens_words: str
    change: str = ""
    trend: list[int] = field(default_factory=list)


def card(figure: Figure, root: Unit | None, series: list[Figure] | None = None) -> Shown:
    number, unit = split_words(figure.short)
    return Shown(
        key=figure.key,
        label=str(figure.label),
        address=address(figure.key, figure.period, figure.unit, root),
        exact=figure.data_value,
        exact_words=figure.exact,
        number=number,
        unit=unit,
        words=figure.short,
        source=figure.status,
        opens=figure.is_openable and figure.has_value,
        opens_words=opens_words(figure),
        change=change(figure, series[-2]) if series and len(series) > 1 else "",
        trend=[one.value for one in series if one.value is not None] if series and len(series) > 2 else [],
    )


def split_words(said: str) -> tuple[str, str]:
    """'41.2亿元' -> ('41.2', '亿元'); 'CNY 4.02 billion' -> ('4.02', 'billion CNY')."""
    found = _SAID.match(said)
    if not found:
        return said, ""
    return found[2], " ".join(part for part in (found[3], (found[1] or "").strip()) if part)


def opens_words(figure: Figure) -> str:
    if not figure.has_value:
        return str(figure.why or "")
    if not figure.is_openable:
        return str(Text("无逐条记录，看来源", "no single records, see the source"))
    return str(Text(f"{figure.record_count:,} 条记录", f"{figure.record_count:,} records"))


def change(now: Figure, before: Figure) -> str:
    """The change on the period before: 比上年末 +5.8亿元."""
    if now.value is None or before.value is None:
        return ""
    difference = now.value - before.value
    if not difference:
        return str(Text("与上年持平", "as a year before"))
    sign = "+" if difference > 0 else "−"
    if now.definition.is_money:
        said = quantity.short_fen(abs(difference))
    elif now.definition.measured_in in {"percent", "times"}:
        said = f"{abs(difference) / 100:g}"
    else:
        said = quantity.short_count(abs(difference)) + ("" if looks.is_english() else now.definition.noun.zh)
    return str(Text(f"比上年末 {sign}{said}", f"{sign}{said} on the year before"))


def address(key: str, period: Period, unit: Unit, root: Unit | None, **more: str) -> str:
    query = {"period": period_code(period)}
    if root is None or unit.pk != root.pk:  # a space that knows only its own unit names it
        query["unit"] = unit.code
    return f"/figures/{key}/?{urlencode({**query, **more})}"


def period_code(period: Period) -> str:
    return str(period)


# --------------------------------------------------------------------------------------------------------- asked for


def city() -> Unit | None:
    """The city at the root of the tree."""
    return the_city()


def asked_unit(request: HttpRequest, root: Unit) -> Unit:
    code = request.GET.get("unit", "").strip()
    if not code or code == root.code:
        return root
    found = unit_called(code)
    if found is None:
        raise Http404
    return found


def asked_period(said: str) -> Period:
    """The period of an address, this year where it says none; a clear word where it cannot be read."""
    if not said:
        return Period.year(clock.today().year)
    try:
        return Period.parse(said)
    except ValueError:
        raise Refused(
            Text(f"“{said[:20]}”不是一个期间。", f"“{said[:20]}” is not a period."),
            field="period",
            cure=Text("可以写 2026、2026Q2、2026-06 或 2024..2026。", "Write 2026, 2026Q2, 2026-06 or 2024..2026."),
        ) from None


def period_options(chosen: Period) -> list[tuple[str, str, bool]]:
    today = clock.today()
    periods = [Period.year(today.year - back) for back in range(YEARS_BACK)]
    quarter = Period.around(today, "quarter")
    quarters = [Period.parse(f"{quarter.start.year}Q{number}") for number in range((quarter.start.month - 1) // 3 + 1, 0, -1)]
    offered = [*periods[:1], *quarters, *periods[1:]]
    if chosen not in offered:
        offered.insert(0, chosen)
    return [(period_code(one), str(one.label), one == chosen) for one in offered]


def scope_context(request: HttpRequest) -> tuple[Unit | None, Unit | None, Period]:
    root = city()
    period = asked_period(request.GET.get("period", "").strip())
    return root, asked_unit(request, root) if root is not None else None, period


def as_of(figure: Figure) -> str:
    until = min(figure.period.last_day, clock.today())
    return looks.day_words(until, with_year=True)


# ------------------------------------------------------------------------------------------------------------- pages


@require_safe
def all_figures(request: Any) -> HttpResponse:
    """/figures/: every figure of a unit and period, with its definition beside it."""
    root, unit, period = scope_context(request)
    found = reading.figures(unit, period, person=request.person) if unit is not None else []
    shown_ones = [(one, card(one, root)) for one in found if getattr(one.definition, "is_published", True)]
    topics: dict[str, list[Any]] = {}
    for one, made in shown_ones:
        topics.setdefault(one.definition.topic, []).append((one, made))
    return render(
        request,
        "public/figures.html",
        {
            "topics": [(TOPICS.get(name, Text(name)), rows) for name, rows in topics.items()],
            "unit": unit,
            "period": period,
            "period_options": period_options(period),
        },
    )


TOPICS = {
    "opening": Text("标杆班组", "A model team"),
    "training": Text("学", "Training"),
    "contests": Text("赛", "Contests"),
    "incentives": Text("奖", "Incentives"),
    "studios": Text("创", "Innovation"),
    "matchmaker": Text("联", "Matchmaker"),
}


@require_safe
def figure(request: Any, key: str) -> HttpResponse:
    """/figures/<key>/: the number, its passport, and behind it the list, the units, the trend, the definition."""
    if key not in catalogue.FIGURES and key not in catalogue.BY_ARTICLE:
        raise Http404
    root, unit, period = scope_context(request)
    if unit is None:
        raise Http404
    found = reading.figure(key, unit, period, request.person)
    tab = request.GET.get("tab", "records")
    tab = tab if tab in dict(TABS) else "records"
    context = {
        "figure": found,
        "card": card(found, root),
        "unit": unit,
        "period": period,
        "period_options": period_options(period),
        "tabs": [(name, label, address(found.key, period, unit, root, tab=name), name == tab) for name, label in TABS],
        "tab": tab,
        "as_of": as_of(found),
        "citation": citation(request, found),
        "base": address(found.key, period, unit, root),
        "exports": [(kind, f"/figures/{found.key}.{kind}?{request.GET.urlencode()}") for kind in ("xlsx", "csv")],
        "api": f"/api/v1/figures/{found.key}/records?{urlencode({'period': period_code(period), 'unit': unit.code})}",
        **behind(tab, found, root, request),
    }
    return render(request, "public/figure.html", context)


def behind(tab: str, found: Figure, root: Unit | None, request: Any) -> dict[str, Any]:
    person = request.person
    if tab == "records":
        page = reading.records(found, person, request.GET.get("after", ""))
        return {"page": page, "rows": [record_row(one, page, person) for one in page.rows], "labels": [c.label for c in page.columns]}
    if tab in {"district", "enterprise"}:
        split = reading.by_unit(found, tab, person)
        largest = max((cell.value or 0 for cell in split.cells), default=0)
        bars = [bar_row(cell, found, root) for cell in split.cells]
        finding = charts.share_finding(bars, found.value) if split.is_additive else None
        return {"split": split, "bars": bars, "largest": largest, "finding": finding}
    if tab == "trend":
        points = reading.trend(found, person)
        rows = [trend_row(one, root) for one in points]
        return {
            "points": rows,
            "finding": charts.trend_finding([(one.period, one.figure) for one in points]),
            "charts": [("wide", charts.line(rows, width=720, height=260)), ("narrow", charts.line(rows))] if len(rows) > 1 else [],
        }
    return {"definition": found.definition, "parts": found.parts}


def exact(found: Figure, value: int | None) -> str:
    if value is None:
        return "—"
    return exact_words(found.definition, value)


def record_row(row: Any, page: Any, person: Any) -> dict[str, Any]:
    cells = []
    for column, value in zip(page.columns, row.cells, strict=False):
        said = shown._SAID.get(column.kind, shown._text)(value, row.record, person) if value not in (None, "") else shown.NOTHING
        ref = getattr(row.record, "ref", "")
        cells.append(
            {"label": column.label, "said": said, "is_title": column.link, "address": f"/{row.desk}/{ref}/" if row.desk and ref else ""}
        )
    return {"cells": cells, "unit": row.unit or "—", "on": row.on, "value": row.words, "part": row.part, "role": row.role}


def bar_row(cell: Any, found: Figure, root: Unit | None) -> dict[str, Any]:
    return {
        "label": cell.label,
        "value": cell.value,
        "words": exact(found, cell.value) if cell.value is not None else str(Text("少于 5", "fewer than 5")),
        "share": quantity.percent_text(cell.share_bp),
        "records": cell.record_count,
        "address": address(found.key, found.period, cell.unit, root) if cell.unit is not None else "",
    }


def trend_row(point: Any, root: Unit | None) -> dict[str, Any]:
    made = card(point.figure, root)
    return {
        "period": point.period.label,
        "axis": str(point.period.start.year),
        "words": made.words,
        "exact": made.exact_words,
        "address": made.address,
        "data": made.exact,
        "value": point.figure.value,
    }


def citation(request: HttpRequest, found: Figure) -> str:
    """One line to quote: what, how much, when, where from."""
    return str(
        Text(
            f"{found.unit}{found.label.zh} {found.exact}{found.definition.noun.zh}，{found.span.label}，数据截至 {as_of(found)}。{request.build_absolute_uri()}",
            f"{found.unit}, {found.label.en}: {found.exact} {found.definition.noun.en}, {found.span.label}, as of {as_of(found)}. {request.build_absolute_uri()}",
        )
    )
