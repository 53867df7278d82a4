"""Numbers that open (数字): every figure on a page is a link to the list it was counted from."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongchuang.web import charts, looks

register = template.Library()


@register.inclusion_tag("parts/_figure_card.html")
def figure_card(figure: Any, css: str = "") -> dict[str, Any]:
    """A figure in a ledger: name and badge, number and unit, what it opens to. `figure` is a web.figures.Shown."""
    return {"figure": figure, "css": css}


@register.simple_tag
def open_number(figure: Any, words: str = "") -> SafeString:
    """A figure inside a sentence: dotted underline, opens to its records."""
    return format_html(
        '<a class="open-number" href="{}" data-figure="{}" data-value="{}">{}</a>',
        figure.address,
        figure.key,
        figure.exact,
        words or figure.words,
    )


@register.inclusion_tag("parts/_spark.html")
def spark(values: list[int]) -> dict[str, Any]:
    """A sparkline of a few values, 90 × 34."""
    if len(values) < 2 or max(values) == min(values):
        return {"path": ""}
    low, high = min(values), max(values)
    step = 84 / (len(values) - 1)
    points = [(2 + step * at, 30 - 26 * (value - low) / (high - low)) for at, value in enumerate(values)]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return {"path": path, "x": f"{points[-1][0]:.1f}", "y": f"{points[-1][1]:.1f}"}


@register.simple_tag
def bar(value: int, largest: int) -> SafeString:
    """One bar of a bar list, as wide as its share of the largest."""
    width = round(100 * value / largest, 1) if largest else 0
    return format_html(
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-track" width="100" height="10"/>'
        '<rect class="chart-bar" width="{}" height="10"/></svg>',
        width,
    )


@register.simple_tag
def period_words(period: Any) -> str:
    return str(period.label) if period is not None else ""


@register.filter
def badge(source: str) -> str:
    return str(looks.source_of(source)[1])


@register.simple_tag
def chart_sentence(marks: Any) -> str:
    """All marks of a chart in one sentence, for those who hear it."""
    return charts.sentence(marks)
