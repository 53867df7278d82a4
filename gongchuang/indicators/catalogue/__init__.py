"""Every figure there is (指标目录): one file for each domain, one list each."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps

from gongchuang.indicators.definition import Definition, Indicator

# Each file of the catalogue and the steps it reads, in the order in which figures are listed.
DOMAINS = {
    "studios": ("studios",),
    "academy": ("academy",),
    "contests": ("contests",),
    "people": ("people",),
    "bank": ("bank",),
    "honours": ("people",),
    "innovators": ("proposals", "results", "studios", "contests"),
    "results": ("results",),
    "proposals": ("proposals",),
    "matchmaker": ("matchmaker",),
}


def _in_order() -> list[Definition]:
    found: list[Definition] = []
    for domain, steps in DOMAINS.items():
        if all(apps.is_installed(f"gongchuang.{step}") for step in steps):
            found += import_module(f"{__name__}.{domain}").ALL
    return found


_ALL = _in_order()
INDICATORS: dict[str, Indicator] = {one.key: one for one in _ALL if isinstance(one, Indicator)}
BY_MEASURE: dict[int, Indicator] = {one.measure: one for one in INDICATORS.values()}
FIGURES: dict[str, Definition] = {one.key: one for one in _ALL if not isinstance(one, Indicator) or one.is_published}
BY_ARTICLE: dict[str, Definition] = {name: one for one in FIGURES.values() for name in one.article}
HEADLINES: list[Definition] = [one for one in FIGURES.values() if one.headline]

if len(BY_MEASURE) != len(INDICATORS):
    raise ValueError("two indicators have one measure number")
