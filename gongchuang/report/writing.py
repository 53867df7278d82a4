"""The public report of a unit and period (公报): sentences with figures put in, ready for page, Word and JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import get_language

from gongchuang.indicators import catalogue, reading
from gongchuang.indicators.figure import Figure
from gongchuang.indicators.rules import Reader
from gongchuang.kernel.period import Period
from gongchuang.kernel.remembered import kept
from gongchuang.kernel.text import Text
from gongchuang.people import unit as tree
from gongchuang.people.lookup import units_at
from gongchuang.people.models import Grant, Title, Unit
from gongchuang.report.sentences import PARAGRAPHS, Sentence
from gongchuang.report.wording import said
from gongchuang.studios.models import TeamMeasure

TITLE: Final = Text("全员创新体系建设情况报告", "Report on the whole-staff innovation system")
OPENING_KEYS: Final = ("team_automation_rate", "team_output_per_head", "team_output_multiple")
_SLOT: Final = re.compile(r"\{([A-Za-z_]+)(?:\.([a-z]+))?\}")


@dataclass(frozen=True)
class Run:
    """A stretch of text; `figure` where it is a number, `is_fact` where it was read from a record, else it was written."""

    text: str
    figure: Figure | None = None
    article: str = ""
    is_fact: bool = False

    @property
    def href(self) -> str:
        """Where the number opens; empty for text."""
        if self.figure is None:
            return ""
        return address(self.figure)


@dataclass(frozen=True)
class Written:
    """A paragraph of the finished report."""

    key: str
    heading: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def figures(self) -> list[Figure]:
        return [run.figure for run in self.runs if run.figure is not None]


@dataclass(frozen=True)
class Report:
    """The report as it stands now; `typed` counts the digits that no figure and no record answers for: always 0."""

    unit: Unit
    period: Period
    lang: str
    title: str
    issuer: str
    paragraphs: tuple[Written, ...]
    as_of: datetime

    @property
    def figures(self) -> list[Figure]:
        """Each figure once, in the order in which they are first said."""
        found: dict[tuple[str, str], Figure] = {}
        for paragraph in self.paragraphs:
            for figure in paragraph.figures:
                found.setdefault((figure.key, figure.unit.code), figure)
        return list(found.values())

    @property
    def typed(self) -> int:
        written = (run.text for one in self.paragraphs for run in one.runs if run.figure is None and not run.is_fact)
        return sum(character.isdigit() for text in written for character in text)

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "issuer": self.issuer,
            "unit": self.unit.code,
            "period": str(self.period),
            "as_of": self.as_of.isoformat(timespec="seconds"),
            "typed": self.typed,
            "paragraphs": [
                {
                    "key": one.key,
                    "heading": one.heading,
                    "text": one.text,
                    "figures": [
                        {"article": run.article, "key": run.figure.key, "said": run.text, "href": run.href}
                        for run in one.runs
                        if run.figure is not None
                    ],
                }
                for one in self.paragraphs
            ],
            "figures": [figure.as_json() for figure in self.figures],
        }


def address(figure: Figure) -> str:
    """The page of a figure, for its unit and period."""
    query = urlencode({"period": str(figure.period), "unit": figure.unit.code})
    return f"/figures/{figure.key}/?{query}"


def write(unit: Unit, period: Period, reader: Reader = None, lang: str | None = None) -> Report:
    """The report of a unit and period, in a language (default: the current one)."""
    language = "en" if (lang or get_language() or "zh").startswith("en") else "zh-hans"
    figures = reading.figures(unit, period, person=reader)
    by_article = {name: figure for figure in figures for name in figure.definition.article}
    facts = _opening(unit, period, by_article, reader, language)
    paragraphs = []
    number = 0
    for paragraph in PARAGRAPHS:
        runs = tuple(run for one in paragraph.sentences for run in _sentence(one, by_article, facts, language))
        if not runs:
            continue
        heading = paragraph.heading.in_language(language)
        if heading:
            number += 1
            heading = f"{'一二三四五六七八九'[number - 1]}、{heading}" if language != "en" else heading
        paragraphs.append(Written(paragraph.key, heading, _joined(runs)))
    as_of = min((figure.as_of for figure in figures), default=None)
    assert as_of is not None
    issuer = Text(f"{unit.name}总工会", f"{unit.name} Federation of Trade Unions").in_language(language)
    return Report(unit, period, language, TITLE.in_language(language), issuer, tuple(paragraphs), as_of)


def covered() -> set[str]:
    """The article keys that the sentences say."""
    texts = (text for one in PARAGRAPHS for sentence in one.sentences for text in sentence.clauses)
    return {found[1] for text in texts for found in _SLOT.finditer(text.zh) if found[1] in catalogue.BY_ARTICLE}


# ---- sentences -------------------------------------------------------------------------------------------------------


def _sentence(sentence: Sentence, figures: Mapping[str, Figure], facts: Mapping[str, str], lang: str) -> Iterator[Run]:
    clauses = [runs for clause in sentence.clauses if (runs := _clause(clause, figures, facts, lang))]
    start = _clause(sentence.start, figures, facts, lang) if str(sentence.start.zh) else []
    if not clauses or start is None:
        return
    english = lang == "en"
    opening = start or []
    if english and not opening:
        clauses[0] = _capitalised(clauses[0])
    yield from opening
    for place, runs in enumerate(clauses):
        if place:
            yield Run(sentence.joint.in_language(lang))
        yield from runs
    yield Run(sentence.end.in_language(lang) + (" " if english else ""))


def _capitalised(runs: Sequence[Run]) -> list[Run]:
    first = runs[0]
    if first.figure is None and not first.is_fact:
        return [Run(first.text[:1].upper() + first.text[1:]), *runs[1:]]
    return list(runs)


def _clause(text: Text, figures: Mapping[str, Figure], facts: Mapping[str, str], lang: str) -> list[Run] | None:
    """The runs of a clause; None where a figure or fact that it names has nothing to say."""
    template = text.in_language(lang)
    runs: list[Run] = []
    at = 0
    for slot in _SLOT.finditer(template):
        if slot.start() > at:
            runs.append(Run(template[at : slot.start()]))
        at = slot.end()
        name, aspect = slot.groups()
        if name.isupper():
            if not facts.get(name):
                return None
            runs.append(Run(facts[name], is_fact=True))
            continue
        figure = figures.get(name)
        if figure is None or not figure.value:
            return None
        if aspect == "unit":
            runs.append(Run(str(figure.unit), is_fact=True))
        elif aspect == "period":
            runs.append(Run(figure.period.label_in(lang), is_fact=True))
        else:
            runs.append(Run(said(figure, lang), figure, name))
    if at < len(template):
        runs.append(Run(template[at:]))
    return runs


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Neighbouring stretches of written text as one."""
    found: list[Run] = []
    for run in runs:
        is_written = run.figure is None and not run.is_fact
        if found and is_written and found[-1].figure is None and not found[-1].is_fact:
            found[-1] = Run(found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)


# ---- the opening: one team -------------------------------------------------------------------------------------------


def _opening(unit: Unit, period: Period, figures: dict[str, Figure], reader: Reader, lang: str) -> dict[str, str]:
    """The team the report opens with; puts its own figures in the place of the unit's, and gives the facts that are said of it."""
    tables = [model._meta.db_table for model in (TeamMeasure, Grant, Title, Unit)]
    team, honour = kept(("report.opening", unit.path, period.end), tables, lambda: _opening_team(unit, period))
    if team is None:
        return {}
    for figure in reading.figures(team, period, OPENING_KEYS, reader):
        figures.update(dict.fromkeys(figure.definition.article, figure))
    top = tree.at_level(team.path, tree.ENTERPRISE)
    enterprise = units_at([top]).get(top, team)
    facts = {"TEAM": f"{enterprise}{team}" if lang != "en" else f"{team} of {enterprise}"}
    multiple = figures.get("team_output_multiple")
    if multiple and multiple.record_pk:
        facts["REFERENCE_YEAR"] = str(next(one.year for one in reading.references() if one.pk == multiple.record_pk))
    if honour is not None:
        facts["HONOUR"] = honour.title.name.in_language(lang)
        facts["HONOUR_DAY"] = Period.around(honour.granted_on, "day").label_in(lang)
    return facts


def _opening_team(unit: Unit, period: Period) -> tuple[Unit | None, Grant | None]:
    """The measured team honoured by the nation if there is one, else the one with the highest output a head; and its honour."""
    measures = TeamMeasure.objects.filter(state="confirmed", unit__path__range=unit.span(), ends_on__lte=period.end).select_related("unit")
    latest = {measure.unit_id: measure for measure in measures.order_by("ends_on")}
    if not latest:
        return None, None
    honours = {
        grant.unit_id: grant
        for grant in Grant.objects.standing()
        .filter(person=None, result_no="", unit__in=latest, granted_on__lt=period.end)
        .select_related("title")
        .order_by("granted_on")
    }
    chosen = max(
        latest.values(),
        key=lambda one: (_rank(honours.get(one.unit_id)), one.output_per_head_fen, -one.unit_id),
    )
    return chosen.unit, honours.get(chosen.unit_id)


def _rank(grant: Grant | None) -> int:
    return ["enterprise", "district", "city", "province", "national"].index(grant.title.level) + 1 if grant else 0
