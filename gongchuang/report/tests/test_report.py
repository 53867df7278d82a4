"""The report: every number is a figure that opens, none is typed, and one certified benefit moves exactly one sentence."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from gongchuang.indicators import catalogue, tally
from gongchuang.indicators.tests.conftest import Town, cast, town  # noqa: F401
from gongchuang.kernel.period import Period
from gongchuang.report import documents, writing
from gongchuang.report.sentences import PARAGRAPHS

Y2026 = Period.year(2026)
ARTICLE = Path(__file__).parent / "article_figures.csv"


def article() -> list[dict[str, str]]:
    with ARTICLE.open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


def test_every_figure_of_the_article_has_a_definition_of_its_kind_and_a_place_in_its_paragraph():
    rows = article()
    assert len(rows) == 41
    placed = {
        found: paragraph.key
        for paragraph in PARAGRAPHS
        for sentence in paragraph.sentences
        for clause in sentence.clauses
        for found in re.findall(r"\{([a-z_]+)\}", clause.zh)
    }
    for row in rows:
        definition = catalogue.BY_ARTICLE[row["key"]]
        assert definition.kind == row["kind"], row["key"]
        assert placed[row["key"]] == row["paragraph"]
        assert definition.topic == row["paragraph"]
        assert {"yuan": "fen", "yuan_per_person": "fen_per_person"}.get(row["unit"], row["unit"]) == definition.measured_in


def test_no_digit_is_typed_in_any_sentence():
    for paragraph in PARAGRAPHS:
        for sentence in paragraph.sentences:
            for text in (paragraph.heading, sentence.start, sentence.end, *sentence.clauses):
                assert not re.search(r"\d", text.zh + text.en)


def test_both_languages_name_the_same_figures():
    for paragraph in PARAGRAPHS:
        for sentence in paragraph.sentences:
            for clause in sentence.clauses:
                named = [set(re.findall(r"\{([a-z_]+)\}", text)) for text in (clause.zh, clause.en)]
                assert named[0] == named[1]


@pytest.fixture
def certified(town, team, worker, leader, officer, certifier):  # noqa: F811
    town.propose(worker)
    benefit = town.benefit(town.result(team, worker, officer), officer, 60_000_000)
    town.certify(benefit, certifier)
    tally.catch_up()


def test_it_says_what_was_certified_and_links_each_number(certified, city):
    report = writing.write(city, Y2026, lang="zh-hans")
    studios = next(one for one in report.paragraphs if one.key == "studios")
    assert "技术革新1项" in studios.text
    assert "创造经济效益60万元" in studios.text
    links = {run.article: run.href for run in studios.runs if run.figure}
    assert links["economic_benefit"] == "/figures/results.benefit/?period=2026&unit=379900"
    assert report.typed == 0
    assert report.title == "全员创新体系建设情况报告"


def test_what_has_nothing_to_say_is_left_out(certified, city):
    report = writing.write(city, Y2026, lang="zh-hans")
    said = "".join(one.text for one in report.paragraphs)
    assert "工匠学院" not in said
    assert "{" not in said
    assert not re.search(r"(?<![\d,.])0(?![\d.,])", said)


def test_english_says_the_same_figures(certified, city):
    chinese, english = (writing.write(city, Y2026, lang=lang) for lang in ("zh-hans", "en"))
    assert [(one.key, one.value) for one in chinese.figures] == [(one.key, one.value) for one in english.figures]
    assert not re.search(r"[\u4e00-\u9fff]", "".join(run.text for one in english.paragraphs for run in one.runs if not run.is_fact))


def test_word_html_and_json_tell_the_same(certified, city):
    report = writing.write(city, Y2026, lang="zh-hans")
    document = Document(BytesIO(documents.docx(report)))
    said = [paragraph.text for paragraph in document.paragraphs]
    for written in report.paragraphs:
        assert written.text in said
    annex = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert annex["创造经济效益"] == "600,000.00"
    page = documents.html(report).decode()
    assert page.count("data-figure=") == sum(len(one.figures) for one in report.paragraphs)
    told = json.loads(json.dumps(report.as_json()))
    assert [one["text"] for one in told["paragraphs"]] == [one.text for one in report.paragraphs]
    assert told["typed"] == 0


def test_an_empty_city_has_a_report_without_a_sentence(city):
    assert writing.write(city, Y2026).paragraphs == ()
