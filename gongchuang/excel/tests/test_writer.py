"""Sheets out: numbers exact, text never a formula, what goes out comes back."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongchuang.excel import reader, writer
from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Text

STARTS = st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u00a0=", "\n=", "'", "'=", "|", "%"])
# What XML can hold; blanks at the ends of a cell are kept by the format but not by its readers.
LETTERS = st.characters(codec="utf-8", exclude_characters="\r\ufffe\uffff", exclude_categories=["Cc", "Cs"])
HOSTILE = st.builds(lambda start, rest: start.replace("\r", "") + rest, STARTS, st.text(LETTERS, max_size=30))


@dataclass
class Benefit:
    no: str
    name: str
    amount_fen: int
    count: int
    rate_bp: int
    on: date | None
    at: datetime


TABLE = Table(
    [
        Column("no", Text("编号", "No."), kind="code", link=True),
        Column("name", Text("名称", "Name")),
        Column("amount_fen", Text("效益", "Benefit"), kind="money", total=True),
        Column("count", Text("件数", "Count"), kind="number", total=True),
        Column("rate_bp", Text("比例", "Share"), kind="percent_bp"),
        Column("on", Text("日期", "Day"), kind="date"),
        Column("at", Text("时刻", "Moment"), kind="moment"),
    ]
)
NOON = datetime(2026, 6, 5, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ROWS = [
    Benefit("CG-2026-00001", '=HYPERLINK("http://x")', 60_000_000, 3, 9_677, date(2026, 6, 5), NOON),
    Benefit("370602199001010012", "叶轮护套", 1, 0, 10_000, None, NOON),
]


def sheet(path: Path) -> list[list]:
    (found,) = reader.read(path)
    return found.rows


def test_a_table_keeps_numbers_as_numbers_and_adds_up(tmp_path):
    path = writer.write_xlsx(tmp_path / "a.xlsx", TABLE, ROWS, None, title="成果")
    rows = sheet(path)
    assert rows[0] == ["编号", "名称", "效益（元）", "件数", "比例", "日期", "时刻"]
    assert rows[1] == ["CG-2026-00001", '=HYPERLINK("http://x")', 600_000.0, 3.0, 0.9677, date(2026, 6, 5), datetime(2026, 6, 5, 12, 0)]
    assert rows[2][0] == "370602199001010012"
    assert rows[3][:4] == ["合计 2 条", "", 600_000.01, 3.0]


def test_csv_says_the_same_and_is_exact(tmp_path):
    lines = list(csv.reader(io.StringIO(writer.write_csv(TABLE, ROWS, None).decode("utf-8-sig"))))
    assert lines[1] == ["CG-2026-00001", '\'=HYPERLINK("http://x")', "600000.00", "3", "0.9677", "2026-06-05", "2026-06-05 12:00"]
    assert lines[3][:4] == ["合计 2 条", "", "600000.01", "3"]


def test_a_workbook_holds_no_formula_and_no_link(tmp_path):
    path = writer.write_xlsx(tmp_path / "a.xlsx", TABLE, ROWS, None, title="成果", mark="王秀兰 & 2026")
    with zipfile.ZipFile(path) as archive:
        content = archive.read("xl/worksheets/sheet1.xml").decode()
        assert not any("hyperlink" in name.lower() or "externallink" in name.lower() for name in archive.namelist())
    assert "<f>" not in content
    assert "<hyperlink" not in content


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_a_guard_can_always_be_taken_off(text):
    assert writer.unguarded(writer.guarded(text)) == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "\u00a0=", "\n=", "\u3000@", "\ufeff="])
def test_every_formula_start_is_guarded(start):
    assert writer.guarded(f"{start}1+1").startswith("'")
    assert writer.guarded("张伟明") == "张伟明"


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(HOSTILE, min_size=100, max_size=1_000))
def test_hostile_texts_come_back_as_they_went(tmp_path, texts):
    """About ten thousand texts a run, by XLSX and by CSV."""
    path = writer.xlsx_of(tmp_path / "h.xlsx", ["文字"], ([text] for text in texts), ["text"], title="文字")
    rows = sheet(path)[1:]
    back = [row[0] if row else "" for row in rows] + [""] * (len(texts) - len(rows))
    assert [text.strip("\n") for text in back] == [text.strip("\n") for text in texts]
    lines = csv.reader(io.StringIO(writer.csv_of(["文字"], ([text] for text in texts)).decode("utf-8-sig"), newline=""))
    assert [writer.unguarded(line[0]) for line in list(lines)[1:]] == texts


def test_what_no_sheet_can_hold_is_replaced_not_lost(tmp_path):
    path = writer.xlsx_of(tmp_path / "a.xlsx", ["文字"], [["a\x00b"], ["长" * 40_000]], ["text"], title="[文]:*字?/")
    (_, first, second) = sheet(path)
    assert first == ["a\ufffdb"]
    assert len(second[0]) == writer.MOST_LETTERS
