"""Figures and their rows as plain lines (导出): one shape for the command, the API and downloads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from gongchuang.indicators import listing
from gongchuang.indicators.figure import Figure, exact_words
from gongchuang.indicators.listing import Row
from gongchuang.indicators.rules import Operator, Reader
from gongchuang.kernel.period import Period
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person, Unit
from gongchuang.people.sight import name_for

HEADINGS = {
    "part": Text("性质", "Part"),
    "table": Text("表", "Table"),
    "no": Text("编号", "No."),
    "unit_code": Text("单位代码", "Unit code"),
    "on": Text("日期", "Day"),
    "value": Text("数值", "Value"),
    "role": Text("分子分母", "Side"),
}


def figures_json(unit: Unit, period: Period, figures: Iterable[Figure]) -> dict[str, Any]:
    """{"period", "unit", "figures": […]}, as docs/interface.md promises it."""
    return {"period": str(period), "unit": unit.code, "figures": [figure.as_json() for figure in figures]}


def lines(figure: Figure, reader: Reader) -> Iterator[dict[str, Any]]:
    """All rows of a figure that the reader may open, as JSON lines, then what they may not in one line."""
    after = ""
    while True:
        page = listing.page(figure, reader, after, 1_000)
        yield from (row.as_json() for row in page.rows)
        if not page.next_after:
            break
        after = page.next_after
    if page.hidden_count:
        yield hidden(page.hidden_count, page.hidden_total)


def hidden(count: int, total: int) -> dict[str, Any]:
    """The last line of a list: so many rows that the reader may not open, with their sum."""
    return {"part": "hidden", "table": "", "no": "", "unit_code": "", "on": "", "value": total, "count": count}


def page_json(figure: Figure, page: listing.Page) -> dict[str, Any]:
    """A page of rows for the API."""
    return {
        "figure": figure.as_json(),
        "rows": [_with_cells(row, page) for row in page.rows],
        "hidden": {"count": page.hidden_count, "value": page.hidden_total},
        "count": page.count,
        "total": figure.plain,
        "next": page.next_after or None,
    }


def _with_cells(row: Row, page: listing.Page) -> dict[str, Any]:
    shown = {
        column.key: _plain(cell)
        for column, cell in zip(page.columns, row.cells, strict=False)
        if column.public and column.key not in row.as_json()
    }
    return {**row.as_json(), **shown}


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str | None) else str(value)


def table(figure: Figure, reader: Reader) -> tuple[list[str], list[str], Iterator[list[Any]]]:
    """Headings, kinds of column and rows for a sheet, money in yuan: the public columns between number and value, and
    a last row for what may not be opened, so that the column adds up to the figure."""
    columns = listing.columns_of(figure.definition)
    money = figure.definition.is_money
    headings = [
        str(HEADINGS["part"]),
        str(HEADINGS["no"]),
        *(str(column.label) for column in columns if column.key != "no"),
        str(Text("单位", "Unit")),
        str(HEADINGS["unit_code"]),
        str(HEADINGS["on"]),
        str(Text("金额（元）", "Amount (yuan)")) if money else str(HEADINGS["value"]),
    ]
    middle = [column for column in columns if column.key != "no"]
    kinds = ["text", "code", *("text" for _ in middle), "unit", "code", "date", "money" if money else "number"]
    return headings, kinds, _sheet_rows(figure, reader, [column.key for column in columns])


def _sheet_rows(figure: Figure, reader: Reader, keys: list[str]) -> Iterator[list[Any]]:
    after = ""
    while True:
        page = listing.page(figure, reader, after, 1_000)
        for row in page.rows:
            cells = dict(zip(keys, row.cells, strict=False))
            yield [
                row.part,
                row.no,
                *(_named(cells.get(key, ""), row, reader) for key in keys if key != "no"),
                str(row.unit or ""),
                row.unit.code if row.unit else "",
                row.on,
                number(row.words),
            ]
        if not page.next_after:
            break
        after = page.next_after
    if page.hidden_count:
        blank = [""] * (len([key for key in keys if key != "no"]) + 3)
        yield ["hidden", str(page.hidden_line), *blank, number(exact_words(figure.definition, page.hidden_total))]


def number(words: str) -> int | Decimal | str:
    """An exact value in figures as a number for a cell."""
    plain = words.replace(",", "")
    try:
        return Decimal(plain) if "." in plain else int(plain)
    except ValueError:
        return ""


def _named(cell: Any, row: Row, reader: Reader) -> Any:
    """A cell as a file says it: a person by the name this reader may read."""
    if isinstance(cell, Person):
        return cell.name if isinstance(reader, Operator) else name_for(reader, cell, row.record)
    return _plain(cell)
