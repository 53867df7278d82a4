"""The page of all definitions (指标手册), written from the catalogue: docs/indicators.md is this text, and a test keeps it so."""

from __future__ import annotations

from collections.abc import Iterator

from gongchuang.indicators import catalogue
from gongchuang.indicators.definition import KINDS, Definition, Indicator, Leading, Ratio

PUBLIC = {
    "records": "records, by fixed columns",
    "units": "by unit; rows only to whoever may open them",
    "total": "the total",
}


def page() -> str:
    """All figures as Markdown, both languages side by side."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# 指标手册 · The definitions of all figures"
    yield ""
    yield "Written from `gongchuang/indicators/catalogue/`; do not edit. `article` is the row of the article it answers."
    for definition in catalogue.FIGURES.values():
        yield ""
        yield f"## {definition.label.zh} · {definition.label.en}"
        yield ""
        yield definition.definition.zh
        yield ""
        yield definition.definition.en
        yield ""
        yield from _facts(definition)


def _facts(definition: Definition) -> Iterator[str]:
    article = f" · article `{'`, `'.join(definition.article)}`" if definition.article else ""
    kind = KINDS[definition.kind]
    yield f"- `{definition.key}`{article} · {kind.zh} {kind.en} · {definition.noun.zh} {definition.noun.en}"
    if definition.excludes.zh:
        yield f"- {definition.excludes.zh} {definition.excludes.en}"
    if definition.signed_by.zh:
        yield f"- 签认 signed by: {definition.signed_by.zh} · {definition.signed_by.en}"
    small = ", cells below five hidden" if definition.public == "units" and definition.hides_small else ""
    yield f"- 公开 open to the public: {PUBLIC[definition.public]}{small}"
    source = _source(definition)
    yield f"- 口径第 {definition.version} 版 version {definition.version} · {source}"


def _source(definition: Definition) -> str:
    if isinstance(definition, Indicator):
        people = ", each person once" if definition.persons or definition.per_person else ""
        return f"counted from `{definition.model._meta.db_table}`{people}"
    if isinstance(definition, Ratio):
        under = definition.under if isinstance(definition.under, str) else definition.under.key
        return f"`{definition.over.key}` ÷ `{under}`"
    if isinstance(definition, Leading):
        what = "the largest record" if definition.by_record else "the leading enterprise"
        return f"`{definition.of.key}` of {what}, {definition.years} year(s)"
    return "read from the rule in force"
