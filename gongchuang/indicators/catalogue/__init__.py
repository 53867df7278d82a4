"""Every figure there is (指标目录): one file for each domain, one list each."""

from __future__ import annotations

from gongchuang.indicators.catalogue import (
    academy,
    bank,
    contests,
    honours,
    innovators,
    matchmaker,
    people,
    proposals,
    results,
    studios,
)
from gongchuang.indicators.definition import Definition, Indicator

_IN_ORDER: list[Definition] = [
    *studios.ALL,
    *academy.ALL,
    *contests.ALL,
    *people.ALL,
    *bank.ALL,
    *honours.ALL,
    *innovators.ALL,
    *results.ALL,
    *proposals.ALL,
    *matchmaker.ALL,
]

INDICATORS: dict[str, Indicator] = {one.key: one for one in _IN_ORDER if isinstance(one, Indicator)}
BY_MEASURE: dict[int, Indicator] = {one.measure: one for one in INDICATORS.values()}
FIGURES: dict[str, Definition] = {one.key: one for one in _IN_ORDER if not isinstance(one, Indicator) or one.is_published}
BY_ARTICLE: dict[str, Definition] = {name: one for one in FIGURES.values() for name in one.article}
HEADLINES: list[Definition] = [one for one in FIGURES.values() if one.headline]

if len(BY_MEASURE) != len(INDICATORS):
    raise ValueError("two indicators have one measure number")
