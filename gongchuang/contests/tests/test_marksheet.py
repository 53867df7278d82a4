"""Reading marks: the same contest as rows, as JSON and as a workbook gives the same ranking."""

import argparse
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from gongchuang.cli import score
from gongchuang.contests import marksheet
from gongchuang.contests.scheme import read_rules
from gongchuang.contests.scoring import rank
from gongchuang.kernel.errors import Refused

SCHEME: dict[str, Any] = {
    "criteria": [
        {"key": "fit", "label": "装配间隙", "maximum": 60, "step": "0.5"},
        {"key": "time", "label": "用时", "maximum": 40},
    ],
    "ties": [{"by": "minutes", "best": "low"}],
}
ROWS = [
    ["选手", "评委", "装配间隙", "用时", "minutes", "否决"],
    ["7", "周志刚", 50.5, 30, 35, ""],
    ["7", "林晓峰", 49.5, 30, 35, ""],
    ["12", "周志刚", 50, 30, 36, ""],
    ["12", "林晓峰", "回避", "", "", ""],
    ["3", "周志刚", "未评", 30, 36, ""],
    ["3", "林晓峰", 60, 40, 36, ""],
    ["9", "周志刚", 60, 40, 36, "安全否决"],
    ["9", "林晓峰", 60, 40, 36, ""],
    ["", "", "", "", "", ""],
]
EXPECTED = [("7", "ranked", 1), ("12", "ranked", 2), ("3", "partial", None), ("9", "out", None)]


def standings(marks: marksheet.Marks) -> list[tuple[str, str, int | None]]:
    result = rank(read_rules(SCHEME), marks.entrants, marks.sheets, marks.judges)
    return [(one.code, one.status, one.rank) for one in result.standings]


def test_rows_with_a_recusal_a_gap_a_veto_and_a_tie_by_minutes():
    assert standings(marksheet.read_rows(read_rules(SCHEME), ROWS)) == EXPECTED


def test_json_rows_and_nested_sheets_say_the_same():
    rows = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:-1]]
    assert standings(marksheet.read_json(read_rules(SCHEME), rows)) == EXPECTED
    nested = {
        "judges": ["周志刚", "林晓峰"],
        "entrants": [
            {"code": 7, "facts": {"minutes": 35}},
            {"code": "12", "facts": {"minutes": 36}, "recused": ["林晓峰"]},
            "3",
            {"code": "9", "out": "安全否决"},
        ],
        "sheets": [
            {"entrant": 7, "judge": "周志刚", "marks": {"fit": Decimal("50.5"), "time": 30}},
            {"entrant": "7", "judge": "林晓峰", "marks": {"fit": "49.5", "time": 30}},
            {"entrant": "12", "judge": "周志刚", "marks": {"fit": 50, "time": 30}},
            {"entrant": "3", "judge": "林晓峰", "marks": {"fit": 60, "time": None}},
        ],
    }
    assert standings(marksheet.read_json(read_rules(SCHEME), nested)) == EXPECTED


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([], "rows"),
        ([["选手", "装配间隙", "用时"]], "judge"),
        ([["选手", "评委", "装配间隙"]], "rows"),
        ([ROWS[0], ["7", "", 1, 1]], "judge@2"),
        ([ROWS[0], ["7", "甲", "很好", 1]], "fit@2"),
        ([ROWS[0]], "entrant"),
    ],
)
def test_a_wrong_table_is_refused_by_row_and_column(rows: list[list[Any]], field: str):
    with pytest.raises(Refused) as refused:
        marksheet.read_rows(read_rules(SCHEME), rows)
    assert refused.value.field == field


def run(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps(SCHEME, ensure_ascii=False))
    assert score.run(argparse.Namespace(file=file, rules=rules, json=True)) == 0
    return json.loads(capsys.readouterr().out)


def test_the_command_reads_a_workbook_and_json_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    book = xlsxwriter.Workbook(tmp_path / "marks.xlsx")
    sheet = book.add_worksheet("评分")
    for place, row in enumerate(ROWS):
        sheet.write_row(place, 0, row)
    book.close()
    rows = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:-1]]
    (tmp_path / "marks.json").write_text(json.dumps(rows, ensure_ascii=False))
    from_book = run(tmp_path, tmp_path / "marks.xlsx", capsys)
    assert from_book == run(tmp_path, tmp_path / "marks.json", capsys)
    assert [(one["entrant"], one["status"], one["rank"]) for one in from_book["standings"]] == EXPECTED
    first = from_book["standings"][0]
    assert (first["total"], first["exact"], first["decided_by"]) == ("80.00", "80", "minutes")
    assert first["arithmetic"] == "(79.50 + 80.50) ÷ 2 = 80.00"


@pytest.mark.parametrize("content", ["", "[1]", "{}", "[[[", '{"sheets": [{}]}'])
def test_a_damaged_file_is_refused_in_words(tmp_path: Path, content: str):
    (tmp_path / "rules.json").write_text(json.dumps(SCHEME))
    (tmp_path / "marks.json").write_text(content)
    with pytest.raises(Refused):
        score.run(argparse.Namespace(file=tmp_path / "marks.json", rules=tmp_path / "rules.json", json=True))
