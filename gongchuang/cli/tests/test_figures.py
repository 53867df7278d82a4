"""The commands for figures, and that every door tells the same number."""

from __future__ import annotations

import csv
import json

import pytest
from python_calamine import CalamineWorkbook

from gongchuang.cli import figures as commands
from gongchuang.cli.main import _parser
from gongchuang.indicators import catalogue, tally
from gongchuang.indicators.tests.conftest import Town, cast, town  # noqa: F401
from gongchuang.kernel.errors import Refused


@pytest.fixture
def full(town, city, city_officer, team, worker, worker2, leader, officer, certifier, stranger):  # noqa: F811
    town.propose(worker)
    town.propose(stranger, "2025-12-30")
    for maker, fen in ((worker, 60_000_000), (worker2, 12_345_678)):
        town.certify(town.benefit(town.result(team, maker, officer), officer, fen), certifier)
    town.benefit(town.result(team, leader, officer, kind="invention"), officer, 777)
    title = town.title(city, city_officer, "craftsman", is_craftsman=True, prize_fen=1_000_000)
    town.grant(title, city, city_officer, worker, "2026-04-28")


def run(capsys, *words: str):
    args = _parser().parse_args(words)
    code = args.run(args)
    said = capsys.readouterr()
    return code, json.loads(said.out) if "--json" in words else said.out, said.err


def listed(capsys, tmp_path, key: str, kind: str) -> list[int]:
    out = tmp_path / f"list.{kind}"
    run(capsys, "figure", key, "--period", "2026", "--list", str(out))
    if kind == "jsonl":
        return [json.loads(line)["value"] for line in out.read_text(encoding="utf-8").splitlines()]
    if kind == "csv":
        with out.open(encoding="utf-8-sig", newline="") as lines:
            return [int(row["value"]) for row in csv.DictReader(lines)]
    _, *rows = CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
    return [int(row[5]) for row in rows]


def test_list_number_export_api_and_command_are_equal_for_every_figure(full, client, capsys, tmp_path):
    _, told, _ = run(capsys, "figures", "--period", "2026", "--json")
    api = client.get("/api/v1/figures", {"period": "2026"}).json()
    by_api = {one["key"]: one["value"] for one in api["figures"]}
    assert {one["key"] for one in told["figures"]} == set(catalogue.FIGURES)
    above_zero = 0
    for one in told["figures"]:
        assert by_api[one["key"]] == one["value"], one["key"]
        if one["kind"] in {"ratio", "rule"}:
            continue
        for kind in ("jsonl", "csv", "xlsx"):
            rows = listed(capsys, tmp_path, one["key"], kind)
            assert (sum(rows), len(rows)) == (one["value"] or 0, one["record_count"]), (one["key"], kind)
        found = client.get(f"/api/v1/figures/{one['key']}/records", {"period": "2026", "unit": one["unit_code"]}).json()
        shown = sum(row["value"] for row in found["rows"]) + found["hidden_total"]
        assert shown == found["total"], one["key"]
        page = client.get(f"/figures/{one['key']}/", {"period": "2026"}).content.decode()
        wanted = f"{one['value'] / 100:.2f}" if one["unit"] == "fen" else str(one["value"])
        assert f'data-figure="{one["key"]}" data-value="{wanted}"' in page, one["key"]
        above_zero += bool(one["value"])
    assert above_zero >= 10


def test_the_shape_is_the_one_promised(full, capsys):
    _, told, _ = run(capsys, "figures", "--period", "2026", "--json")
    benefit = next(one for one in told["figures"] if one["article"] == "economic_benefit")
    assert (told["period"], told["unit"]) == ("2026", "379900")
    assert (benefit["value"], benefit["unit"], benefit["status"], benefit["record_count"]) == (72_345_678, "fen", "certified", 2)
    assert benefit["parts"] == [
        {"status": "certified", "value": 72_345_678, "record_count": 2},
        {"status": "claimed", "value": 777, "record_count": 1},
    ]
    assert {
        "key",
        "article",
        "label",
        "value",
        "unit",
        "period",
        "unit_code",
        "status",
        "definition_version",
        "record_count",
    } <= benefit.keys()


def test_a_figure_is_found_by_its_article_key_for_a_unit_by_name(full, capsys):
    _, told, _ = run(capsys, "figure", "proposals", "--period", "2026", "--unit", "海岳风机", "--json")
    assert (told["key"], told["value"], told["unit_code"]) == ("proposals.made", 1, "HYFJ")


@pytest.mark.parametrize(
    "words", [("figure", "nothing"), ("figure", "proposals", "--unit", "不存在"), ("figure", "proposals", "--list", "list.pdf")]
)
def test_what_does_not_exist_is_refused_with_the_cure(full, capsys, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refused) as refusal:
        run(capsys, *words)
    assert str(refusal.value.cure)


def test_a_period_that_is_none_is_wrong_use(capsys):
    with pytest.raises(SystemExit) as wrong:
        _parser().parse_args(["figures", "--period", "soon"])
    assert wrong.value.code == 2
    assert "2024Q2" in capsys.readouterr().err


def test_the_report_by_command(full, capsys, tmp_path):
    _, told, _ = run(capsys, "report", "2026", "--json")
    assert told["typed"] == 0
    assert any("72万元" in one["text"] for one in told["paragraphs"])
    for kind, head in (("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!doctype html>"), ("json", b"{")):
        out = tmp_path / f"report.{kind}"
        run(capsys, "report", "2026", "--format", kind, "-o", str(out))
        assert out.read_bytes().startswith(head)


def test_recount_gives_the_same(full, capsys):
    tally.catch_up()
    _, before, _ = run(capsys, "figures", "--period", "2026", "--json")
    code, told, _ = run(capsys, "recount", "--json")
    assert (code, told["facts"] > 0) == (0, True)
    _, after, _ = run(capsys, "figures", "--period", "2026", "--json")
    assert [one["value"] for one in after["figures"]] == [one["value"] for one in before["figures"]]
    assert commands.COLUMNS[-1] == "value"
