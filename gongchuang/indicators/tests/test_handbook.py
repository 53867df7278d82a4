"""The committed page of definitions says what the catalogue says, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from gongchuang.indicators import catalogue, handbook
from gongchuang.indicators.definition import KINDS, NOUNS, Indicator

PAGE = Path(settings.BASE_DIR).parent / "docs" / "indicators.md"


def test_the_committed_page_is_the_catalogue():
    assert PAGE.read_text(encoding="utf-8") == handbook.page(), "run: gongchuang figures --handbook > docs/indicators.md"


def test_every_definition_is_told_in_both_languages():
    for one in catalogue.FIGURES.values():
        for text in (one.label, one.definition, one.signed_by):
            assert text.zh, one.key
            assert text.en, one.key
            assert not re.search(r"[\u4e00-\u9fff]", text.en), one.key
        assert one.measured_in in NOUNS
        assert one.kind in KINDS


def test_keys_are_domain_and_noun_and_measures_are_never_given_twice():
    measures = [one.measure for one in catalogue.INDICATORS.values()]
    assert len(set(measures)) == len(measures)
    for key in catalogue.FIGURES:
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", key)


def test_what_is_counted_says_who_may_see_its_rows():
    for one in catalogue.FIGURES.values():
        if isinstance(one, Indicator):
            assert one.see is not None, one.key
            assert one.columns, one.key
