"""The rounding word a value allows, and no other."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from gongchuang.indicators import catalogue
from gongchuang.kernel import quantity
from gongchuang.report.wording import chosen, said


@pytest.mark.parametrize(
    ("word", "digits", "value", "wanted"),
    [
        ("余", 2, 206_318, ("余", 200_000)),
        ("余", 2, 200_000, ("exact", 200_000)),  # nothing above it: the word would be false
        ("近", 1, 9_876, ("近", 10_000)),
        ("近", 1, 1_234, ("近", 1_300)),  # 2,000 would be far away, so two digits are kept
        ("近", 1, 400, ("exact", 400)),
        ("超", 1, 21_840_000, ("超", 20_000_000)),
        ("以上", 1, 112, ("以上", 100)),
        ("以上", 1, 20_000, ("以上", 20_000)),
        ("多", 1, 527, ("多", 500)),
        ("多", 1, 193, ("多", 190)),  # 100 多 says less than 110
        ("余", 1, 7, ("exact", 7)),
        ("exact", 2, 365_000, ("exact", 365_000)),
    ],
)
def test_the_word_fits_the_value(word, digits, value, wanted):
    assert chosen(SimpleNamespace(wording=word, digits=digits), value) == wanted


@pytest.mark.parametrize("value", [1, 19, 20, 99, 100, 101, 999, 1_000, 1_001, 9_876, 104_263, 4_123_456_789])
def test_no_word_is_ever_false(value):
    for definition in catalogue.FIGURES.values():
        word, at = chosen(definition, value)
        assert word in quantity.words_allowed(value, at)


def figure(key, value):
    definition = catalogue.BY_ARTICLE[key]
    exact = f"{value / 100:g}" if definition.measured_in in {"percent", "times"} else ""
    return SimpleNamespace(definition=definition, value=value, exact=exact)


@pytest.mark.parametrize(
    ("key", "value", "zh", "en"),
    [
        ("proposals", 104_263, "10.4万余件", "more than 104,000 proposals"),
        ("economic_benefit", 412_345_678_900, "超41亿元", "over CNY 4.1 billion"),
        ("team_output_multiple", 2_351, "23倍", "23 times"),
        ("team_automation_rate", 9_677, "96.77%", "96.77%"),
        ("team_output_per_head", 380_000_000, "380万元/人", "CNY 3.8 million a person"),
        ("contest_level_promotions", 9_876, "近1万人", "nearly 10,000 people"),
        ("skilled_talents", 365_000, "36.5万人", "365,000 people"),
        ("match_needs", 396, "近400项", "nearly 400 needs"),
        ("incentive_share_max", 500, "5%", "5%"),
        ("city_craftsman_prize", 1_000_000, "1万元", "CNY 10,000"),
    ],
)
def test_figures_are_said_as_the_article_says_them(key, value, zh, en):
    assert (said(figure(key, value), "zh-hans"), said(figure(key, value), "en")) == (zh, en)
