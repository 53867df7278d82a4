"""A list that comes in as a sheet (名单读入): headings found, rows judged, faults by row. Pure but for what judges.

Every domain that takes lists says its Headings and how a Line is judged; finding the headings, leaving totals out, counting
and naming what is wrong are here, once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from gongchuang.kernel.cells import Cell, filled, plain
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text

LOOK_AT: Final = 40  # a heading row deeper than this is not looked for
MOST: Final = 2_000
TOTALS: Final = ("合计", "总计", "小计")
OUTCOMES: Final = ("new", "changed", "same", "wrong")
CELL_CURE: Final = Text("改好这一格，再导入。", "Put this cell right and import again.")


class SheetRows(Protocol):
    """A worksheet: its name and its rows of plain values."""

    name: str
    rows: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column we know: what we call it, what others do; without a needed one there is no list."""

    key: str
    label: Text
    names: tuple[str, ...]
    is_needed: bool = False

    def is_called(self, heading: str) -> bool:
        return heading in (bare(self.label.zh), bare(self.label.en)) or heading in self.names


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a row out: column, what stands there, what should, how to put it right; equal causes share a group."""

    column: str
    found: str
    expected: Text
    cure: Text = CELL_CURE
    group: str = ""


@dataclass(slots=True)
class Line:
    """A row of the list: its number as people count, its cells by heading, what came of it."""

    number: int
    cells: dict[str, Cell]
    cleaned: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    reminders: list[Fault] = field(default_factory=list)
    outcome: str = "new"

    def said(self, key: str) -> str:
        return filled(self.cells.get(key))


@dataclass(frozen=True, slots=True)
class Found:
    """Where the list is: sheet, heading row as people count, which column is which, the headings as they are written."""

    sheet: str
    head: int
    columns: dict[str, int]
    headings: dict[str, str]

    def heading(self, key: str, known: Sequence[Heading]) -> str:
        return self.headings.get(key) or next((str(one.label) for one in known if one.key == key), key)


@dataclass(slots=True)
class Listed:
    """A list as it was found and judged: new + changed + same + wrong = rows, reminders among the first three."""

    found: Found
    lines: list[Line]

    @property
    def counts(self) -> dict[str, int]:
        outcomes = Counter(line.outcome for line in self.lines)
        reminded = sum(bool(line.reminders) and line.outcome != "wrong" for line in self.lines)
        return {**{name: outcomes[name] for name in OUTCOMES}, "reminders": reminded, "rows": len(self.lines)}

    @property
    def writable(self) -> list[Line]:
        return [line for line in self.lines if line.outcome in ("new", "changed")]

    def errors(self) -> list[dict[str, Any]]:
        """Every fault in the words of INTERFACE.md."""
        return [
            {
                "sheet": self.found.sheet,
                "row": line.number,
                "column": fault.column,
                "found": fault.found,
                "expected": str(fault.expected),
                "cure": str(fault.cure),
                "group": fault.group or fault.column,
            }
            for line in self.lines
            for fault in line.faults
        ]


def bare(heading: str) -> str:
    """A heading without blanks, brackets, stars and units: 年效益（万元）* → 年效益."""
    return re.sub(r"[\s*：:]|[(（].*?[)）]", "", heading).lower()


def find(sheets: Sequence[SheetRows], known: Sequence[Heading]) -> Found:
    """The first row that has all needed headings; refused with the ones that are missing where they stand nearest."""
    needed = {heading.key for heading in known if heading.is_needed}
    best: set[str] = set()
    for sheet in sheets:
        for index, row in enumerate(sheet.rows[:LOOK_AT]):
            columns = _columns(row, known)
            if needed <= set(columns):
                return Found(sheet.name, index + 1, columns, {key: str(row[at]).strip() for key, at in columns.items()})
            best = max(best, set(columns), key=len)
    missing = [heading.label for heading in known if heading.is_needed and heading.key not in best]
    raise Refused(
        Text(
            f"表里没有这些列：{'、'.join(label.zh for label in missing)}。",
            f"The sheet lacks these columns: {', '.join(label.en for label in missing)}.",
        ),
        field="file",
        cure=Text("请在第一行写上这些表头。", "Please write these headings in the first row."),
    )


def _columns(row: Sequence[Cell], known: Sequence[Heading]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, cell in enumerate(row):
        text = bare(plain(cell))
        key = next((one.key for one in known if one.key not in columns and text and one.is_called(text)), None)
        if key:
            columns[key] = at
    return columns


def lines(sheets: Sequence[SheetRows], found: Found, first: str) -> list[Line]:
    """Every filled row below the headings; totals, by what stands under the heading `first`, are left out."""
    rows = next(sheet.rows for sheet in sheets if sheet.name == found.sheet)
    made = list(_filled(rows, found, first))
    if len(made) > MOST:
        raise Refused(
            Text(f"一次最多 {MOST:,} 行，这里有 {len(made):,} 行。", f"At most {MOST:,} rows at a time; these are {len(made):,}."),
            field="file",
            cure=Text("请分成几个文件。", "Please split the file."),
        )
    if not made:
        raise Refused(Text("表头下面一行也没有。", "There is no row below the headings."), field="file")
    return made


def _filled(rows: Sequence[Sequence[Cell]], found: Found, first: str) -> Iterator[Line]:
    for index in range(found.head, len(rows)):
        cells = {key: rows[index][at] if at < len(rows[index]) else None for key, at in found.columns.items()}
        if any(filled(cell) for cell in cells.values()) and bare(plain(cells.get(first))) not in TOTALS:
            yield Line(index + 1, cells)


def settle(made: Sequence[Line], known: set[Any], identity: Mapping[int, Any]) -> None:
    """Say of each judged line what it is: wrong with a fault, same when its identity is known or was seen above it."""
    seen: set[Any] = set()
    for line in made:
        if line.faults:
            line.outcome = "wrong"
        elif identity[line.number] in known or identity[line.number] in seen:
            line.outcome = "same"
        else:
            seen.add(identity[line.number])
