"""The report's page and files."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from gongchuang.indicators import tally
from gongchuang.indicators.tests.conftest import Town, cast, town  # noqa: F401


@pytest.fixture
def certified(town, team, worker, leader, officer, certifier):  # noqa: F811
    town.certify(town.benefit(town.result(team, worker, officer), officer, 60_000_000), certifier)
    tally.catch_up()


@pytest.mark.parametrize("address", ["/report/", "/report/2026/", "/report/2026Q2/", "/report/?period=2026-05"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_a_visitor_reads_it_and_each_number_opens(certified, client, address, lang):
    answer = client.get(address, HTTP_ACCEPT_LANGUAGE=lang)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'data-figure="economic_benefit" data-value="600000.00"' in page
    assert client.get("/figures/results.benefit/?period=2026&unit=379900").status_code == 200


@pytest.mark.parametrize("address", ["/report/soon/", "/report/2026.exe", "/figures/results.benefit.exe", "/figures/nothing.csv"])
def test_what_is_no_report_is_no_error(certified, client, address):
    assert client.get(address).status_code in {404, 422}


def test_it_is_downloaded_as_word(certified, client):
    answer = client.get("/report/2026.docx")
    document = Document(BytesIO(answer.content))
    assert any("创造经济效益60万元" in paragraph.text for paragraph in document.paragraphs)
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]


def test_it_is_downloaded_as_pdf(certified, client):
    answer = client.get("/report/2026.pdf")
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_figures_list_is_downloaded_and_adds_up(certified, client):
    answer = client.get("/figures/economic_benefit.xlsx?period=2026")
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    assert (rows[1][-1], rows[-1][-1]) == (600_000, 600_000)
    lines = client.get("/figures/economic_benefit.csv?period=2026").content.decode("utf-8-sig").splitlines()
    assert lines[-1].endswith(",600000.00")


def test_the_page_writes_nothing_and_asks_little(certified, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(24) as told:
        client.get("/report/2026/")
    assert not [one["sql"] for one in told if one["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
