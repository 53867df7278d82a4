"""The two sheets a list's import hands out (名单模板与待修行): our headings on a blank sheet, and the rows that stayed behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter

from gongchuang.excel.lists import ListKind
from gongchuang.excel.roster_sheets import OPTIONS, REASON, as_text
from gongchuang.excel.writer import sheet_name, storable
from gongchuang.kernel.text import Text
from gongchuang.people.imports import ImportRun
from gongchuang.people.roster_staging import wrong_rows


def write_template(path: Path, kind: ListKind) -> Path:
    """A blank list: a hint above the headings; needed columns carry a star."""
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    sheet = book.add_worksheet(sheet_name(str(kind.label)))
    head = book.add_format({"bold": True, "bg_color": "#F5F6F8", "bottom": 1, "num_format": "@"})
    hint = book.add_format({"text_wrap": True, "valign": "vcenter", "font_color": "#4A535E"})
    sheet.merge_range(0, 0, 0, len(kind.headings) - 1, str(kind.help), hint)
    sheet.set_row(0, 36)
    for at, heading in enumerate(kind.headings):
        sheet.set_column(at, at, 18, book.add_format({"num_format": "@"}))
        sheet.write_string(1, at, f"{heading.label}{'*' if heading.is_needed else ''}", head)
    sheet.freeze_panes(2, 0)
    book.close()
    return path


def write_remaining(path: Path, run: ImportRun) -> Path:
    """The rows that were not imported, under the file's own headings, each with its reason in the last column."""
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    sheet = book.add_worksheet(sheet_name(run.sheet or str(Text("待修的行", "Rows to repair"))))
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"bold": True, "bg_color": "#F5F6F8", "bottom": 1, "num_format": "@"})
    columns = [column for column in run.columns if column["heading"].strip() not in (REASON.zh, REASON.en)]
    for at, column in enumerate(columns):
        sheet.set_column(at, at, 16, text)
        sheet.write_string(0, at, storable(column["heading"]), head)
    sheet.set_column(len(columns), len(columns), 60, text)
    sheet.write_string(0, len(columns), str(REASON), head)
    for row, content in enumerate(wrong_rows(run), start=1):
        cells = content["cells"]
        for at, column in enumerate(columns):
            cell: Any = cells[column["number"]] if column["number"] < len(cells) else None
            sheet.write_string(row, at, storable(as_text(cell)), text)
        reasons = "；".join(f"{one['column']}：{Text(*one['expected'])}。{Text(*one['cure'])}" for one in content["faults"])
        sheet.write_string(row, len(columns), storable(reasons), text)
    sheet.freeze_panes(1, 0)
    book.close()
    return path
