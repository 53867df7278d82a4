"""Sheets out (写表): a kernel Table and its records to XLSX or CSV, the same rows and columns as the list.

Numbers stay numbers, text stays text: nothing a person has typed can become a formula. Money is in yuan with the unit in
the heading; the last row is the total.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import models

from gongchuang.kernel import clock
from gongchuang.kernel.quantity import FEN_IN_YUAN
from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person
from gongchuang.people.sight import name_for

MOST_LETTERS = 32_767  # of one cell, by the format
BLANKS = r"[\s\u00a0\u200b\u200c\u200d\u2060\ufeff\u3000]*"
FORMULA = re.compile(rf"{BLANKS}[=+\-@＝＋－＠\t\r'|%]")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FORMATS = {"money": "#,##0.00", "percent_bp": "0.00%", "number": "#,##0", "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}
WIDTHS = {"money": 16, "number": 12, "date": 12, "moment": 17, "state": 10, "unit": 18, "code": 20}

Lines = Sequence[tuple[str, str]]
Plain = str | int | Decimal | date | datetime | None


def heading(column: Column) -> str:
    return f"{column.label}{Text('（元）', ' (CNY)')}" if column.kind == "money" else str(column.label)


def plain(column: Column, record: Any, viewer: Any) -> Plain:
    """The value of a cell: numbers exact, money as yuan, names as this viewer may read them."""
    try:
        value = column.value(record)
    except (AttributeError, models.ObjectDoesNotExist):
        return None
    return typed(column.kind, value, record, viewer)


def typed(kind: str, value: Any, record: Any = None, viewer: Any = None) -> Plain:
    """A column's plain value as a cell holds it."""
    if value is None or value == "":
        return None
    if kind == "money":
        return Decimal(int(value)) / FEN_IN_YUAN
    if kind == "percent_bp":
        return Decimal(int(value)) / 10_000
    if isinstance(value, bool):
        return str(Text("是", "yes") if value else Text("否", "no"))
    if isinstance(value, int) and kind != "code":
        return value
    if isinstance(value, datetime):
        return value.astimezone(clock.ZONE).replace(tzinfo=None, microsecond=0)
    if isinstance(value, date):
        return value
    if kind == "state":
        display = getattr(record, "get_state_display", None)
        return str(display()) if display and value == getattr(record, "state", None) else str(value)
    if kind == "person" and isinstance(value, Person):
        return name_for(viewer, value, record)
    if kind == "persons":
        return "、".join(one.for_reader(viewer, record) for one in value)
    if kind == "list" and not isinstance(value, str):
        return "、".join(str(one) for one in value)
    return str(value)


def guarded(text: str) -> str:
    """A text as a CSV cell that no spreadsheet takes for a formula: an apostrophe in front where one is needed."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text behind a guarded CSV cell."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def storable(text: str) -> str:
    """A text an XLSX cell can hold: without control characters, not too long."""
    text = ILLEGAL.sub("\ufffd", text)
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"


def total_row(table: Table, sums: dict[str, int], count: int) -> list[Plain]:
    """The last row: the number of rows, and the sum under each column that adds up."""
    cells: list[Plain] = [typed(column.kind, sums[column.key]) if column.key in sums else None for column in table.columns]
    label = str(Text(f"合计 {count:,} 条", f"Total: {count:,}"))
    if cells and cells[0] is None:
        cells[0] = label
    return cells


def rows_of(table: Table, records: Iterable[Any], viewer: Any) -> Iterable[list[Plain]]:
    """The records' cells, row by row, with the total last."""
    sums = {column.key: 0 for column in table.columns if column.total}
    count = 0
    for record in records:
        count += 1
        for column in table.columns:
            if column.total:
                sums[column.key] += int(column.value(record) or 0)
        yield [plain(column, record, viewer) for column in table.columns]
    yield total_row(table, sums, count)


def write_csv(table: Table, records: Iterable[Any], viewer: Any, about: Lines = ()) -> bytes:
    """CSV in UTF-8 with a mark, which Excel and WPS open as it is."""
    return b"".join(csv_lines(table, records, viewer, about))


def csv_lines(table: Table, records: Iterable[Any], viewer: Any, about: Lines = ()) -> Iterator[bytes]:
    """The same line by line; the first line of `about`, who took it when, stands last."""
    yield codecs.BOM_UTF8
    yield from csv_rows([[heading(column) for column in table.columns]])
    yield from csv_rows(rows_of(table, records, viewer))
    if about:
        yield from csv_rows([[f"{label}：{value}"] for label, value in about[:1]])


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[Plain]]) -> bytes:
    return b"".join([codecs.BOM_UTF8, *csv_rows([headings]), *csv_rows(rows)])


def csv_rows(rows: Iterable[Sequence[Plain]]) -> Iterator[bytes]:
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    for row in rows:
        lines.writerow([_csv_cell(cell) for cell in row])
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()


def _csv_cell(cell: Plain) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, Decimal):
        return f"{cell:.2f}" if cell == cell.quantize(Decimal("0.01")) else f"{cell:f}"
    return guarded(cell) if isinstance(cell, str) else str(cell)


def write_xlsx(path: Path, table: Table, records: Iterable[Any], viewer: Any, *, title: str, mark: str = "", about: Lines = ()) -> Path:
    """An XLSX of a table; `mark` names who made it and when, in the footer of every printed page."""
    kinds = [column.kind for column in table.columns]
    headings = [heading(column) for column in table.columns]
    return xlsx_of(path, headings, rows_of(table, records, viewer), kinds, title=title, mark=mark, has_total=True, about=about)


def xlsx_of(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Sequence[Plain]],
    kinds: Sequence[str],
    *,
    title: str,
    mark: str = "",
    has_total: bool = False,
    about: Lines = (),
) -> Path:
    """Rows of plain values as a workbook, row by row in constant memory; `about` makes a second sheet that says whose it is."""
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    bold = {"bold": True, "bg_color": "#F5F6F8", "bottom": 1}
    head = book.add_format({**bold, "text_wrap": True, "valign": "vcenter"})
    formats = {kind: book.add_format({"num_format": shape}) for kind, shape in FORMATS.items()}
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(sheet_name(title))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{mark.replace('&', '&&')}&R&P / &N")
    book.set_properties({"title": title, "comments": mark})
    for at, kind in enumerate(kinds):
        sheet.set_column(at, at, WIDTHS.get(kind, 24))
    for at, words in enumerate(headings):
        sheet.write_string(0, at, storable(words), head)
    number = 0
    for number, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            kind = kinds[at] if at < len(kinds) else "text"
            _write(sheet, number, at, cell, formats.get(kind), text if kind == "code" else None)
    last = number - 1 if has_total else number
    if last >= 1 and headings:
        sheet.autofilter(0, 0, last, len(headings) - 1)
    if about:
        _about(book, about, head)
    book.close()
    return path


def _about(book: Any, about: Lines, head: Any) -> None:
    sheet = book.add_worksheet(str(Text("说明", "About")))
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 60)
    for at, (label, value) in enumerate(about):
        sheet.write_string(at, 0, storable(label), head)
        sheet.write_string(at, 1, storable(value))


def _write(sheet: Any, row: int, column: int, cell: Plain, shape: Any, text: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, storable(cell), text)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, shape)
    else:
        sheet.write_number(row, column, float(cell) if isinstance(cell, Decimal) else cell, shape)


def sheet_name(title: str) -> str:
    """A title as Excel allows it on a sheet's tab."""
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "1"
