"""Tables out to sheets (导出): xlsx and csv, row by row, so that a long list needs no memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Final

import xlsxwriter

SHEET_NAME_LENGTH: Final = 31  # Excel's limit
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_DATE: Final = "yyyy-mm-dd"
_MONEY: Final = "#,##0.00"


def write_xlsx(target: IO[bytes], title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write one sheet with a frozen bold head; returns the number of rows. Text is never read as a formula."""
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    )
    bold, day, money = (book.add_format(one) for one in ({"bold": True}, {"num_format": _DATE}, {"num_format": _MONEY}))
    sheet = book.add_worksheet(_sheet_name(title))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(headings) - 1, 0), 18)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(count, column, float(value), money)
            elif isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
                sheet.write_number(count, column, value)
            elif isinstance(value, date) and not isinstance(value, datetime):
                sheet.write_datetime(count, column, datetime(value.year, value.month, value.day), day)
            elif value not in (None, ""):
                sheet.write_string(count, column, _said(value))
    book.close()
    return count


def write_csv(target: IO[str], headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write comma-separated lines; text that a spreadsheet would run as a formula is quoted with an apostrophe."""
    out = csv.writer(target, lineterminator="\r\n")
    out.writerow(headings)
    count = 0
    for count, row in enumerate(rows, start=1):
        out.writerow([_harmless(value) for value in row])
    return count


def _harmless(value: Any) -> Any:
    if isinstance(value, int | Decimal):
        return value
    said = _said(value)
    return f"'{said}" if said.startswith(_FORMULA_STARTS) else said


def _said(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _sheet_name(title: str) -> str:
    plain = "".join("·" if character in "[]:*?/\\" else character for character in title).strip("'")
    return plain[:SHEET_NAME_LENGTH] or "Sheet1"
