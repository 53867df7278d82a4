"""The two sheets an import hands out (模板与待修行): the blank roster, and the rows that stayed behind with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from gongchuang.excel.writer import sheet_name, storable
from gongchuang.kernel.cells import plain
from gongchuang.kernel.text import Text
from gongchuang.people.imports import ImportRun
from gongchuang.people.models import SKILL_LEVELS, Unit
from gongchuang.people.roster import BY_KEY
from gongchuang.people.roster_staging import units_of, wrong_rows
from gongchuang.people.roster_words import title_of

ASKED = ("name", "work_no", "id_number", "gender", "phone", "workshop", "team", "skill_level", "occupation", "hired_on")
WIDTHS = {"id_number": 22, "phone": 15, "workshop": 16, "team": 16, "hired_on": 13}
TEMPLATE_ROWS = 5_000
REASON = Text("原因", "Reason")
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": False,
}


def write_template(path: Path, unit: Unit) -> Path:
    """A blank roster: a hint above the headings, drop-down lists, identity number and phone as text."""
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    sheet = book.add_worksheet(str(Text("花名册", "Roster")))
    lists = book.add_worksheet(str(Text("选项", "Lists")))
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
    head = book.add_format({"bold": True, "bg_color": "#F5F6F8", "bottom": 1, "num_format": "@"})
    hint = book.add_format({"text_wrap": True, "valign": "vcenter", "font_color": "#4A535E"})
    words = Text(
        f"{unit} 花名册。一人一行；身份证号、手机号已设为文本，直接填 18 位和 11 位；日期写 2024-06-05；没有的格子空着。",
        f"Roster of {unit}. One row for a person; identity number and phone are text columns; dates like 2024-06-05; leave cells blank where there is nothing.",
    )
    sheet.merge_range(0, 0, 0, len(ASKED) - 1, str(words), hint)
    sheet.set_row(0, 36)
    below = units_of(unit)
    choices = {
        "gender": [str(Text("男", "male")), str(Text("女", "female"))],
        "skill_level": [level.zh for level in SKILL_LEVELS[1:]],
        "workshop": sorted({one.name for one in below if one.kind == "workshop"}),
        "team": sorted({one.name for one in below if one.kind == "team"}),
    }
    for at, key in enumerate(ASKED):
        shape = day if key == "hired_on" else text
        sheet.set_column(at, at, WIDTHS.get(key, 12), shape)
        sheet.write_string(1, at, str(BY_KEY[key].label), head)
        if choices.get(key):
            _drop_down(sheet, lists, at, choices[key], strict=key in ("gender", "skill_level"))
    lists.hide()
    sheet.freeze_panes(2, 0)
    book.close()
    return path


def _drop_down(sheet: Any, lists: Any, column: int, choices: Sequence[str], *, strict: bool) -> None:
    """A list to choose from; other words are only warned of where a new department may be meant."""
    for row, choice in enumerate(choices):
        lists.write_string(row, column, choice)
    letter = xlsxwriter.utility.xl_col_to_name(column)
    sheet.data_validation(
        2,
        column,
        TEMPLATE_ROWS + 1,
        column,
        {
            "validate": "list",
            "source": f"='{lists.get_name()}'!${letter}$1:${letter}${len(choices)}",
            "error_type": "stop" if strict else "warning",
            "error_title": str(Text("请从列表里选", "Please choose")),
            "error_message": str(Text("不在列表里。", "This is not in the list.")),
        },
    )


def write_remaining(path: Path, run: ImportRun) -> Path:
    """The rows that were not imported, under the file's own headings, each with its reason in the last column."""
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    sheet = book.add_worksheet(sheet_name(run.sheet or str(Text("待修的行", "Rows to repair"))))
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"bold": True, "bg_color": "#F5F6F8", "bottom": 1, "num_format": "@"})
    marked = book.add_format({"num_format": "@", "bg_color": "#FDECEE"})
    columns = [column for column in run.columns if bare(column["heading"]) not in (REASON.zh, REASON.en.lower())]
    places = {column["number"]: at for at, column in enumerate(columns)}
    wrong_at = {column["heading"] or column["letter"]: places[column["number"]] for column in columns if column["key"]}
    for at, column in enumerate(columns):
        label = BY_KEY[column["key"]].label if column["key"] else None
        sheet.set_column(at, at, WIDTHS.get(column["key"], 14), text)
        sheet.write_string(0, at, column["heading"] or str(label or column["letter"]), head)
    sheet.set_column(len(columns), len(columns), 60, text)
    sheet.write_string(0, len(columns), str(REASON), head)
    for row, content in enumerate(wrong_rows(run), start=1):
        bad = {wrong_at.get(fault["column"]) for fault in content["faults"]}
        for number, at in places.items():
            cell = content["cells"][number] if number < len(content["cells"]) else None
            sheet.write_string(row, at, storable(as_text(cell)), marked if at in bad else text)
        sheet.write_string(row, len(columns), storable(reasons(content["faults"])), text)
    sheet.freeze_panes(1, 0)
    book.close()
    return path


def reasons(faults: Sequence[Mapping[str, Any]]) -> str:
    return "；".join(f"{fault['column']}：{title_of(fault['group'])}。{Text(*fault['cure'])}" for fault in faults)


def bare(heading: str) -> str:
    return re.sub(r"\s", "", plain(heading)).lower()


def as_text(cell: Any) -> str:
    if isinstance(cell, dict):
        return str(cell.get("d") or cell.get("t") or "")
    return "" if cell is None else cell if isinstance(cell, str) else plain(cell)
