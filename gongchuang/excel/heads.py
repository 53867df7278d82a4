"""Where the roster is in a file, and which column is which (找表头、对列): pure, rows in, a Mapping out.

The sheet and the heading row are found by counting known headings, so merged title rows above do no harm. Columns are
matched by heading, then by what their cells look like; a mapping remembered for the unit goes before both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gongchuang.excel.reader import Sheet
from gongchuang.kernel.cells import Cell, filled, plain
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.secret import mask_phone
from gongchuang.kernel.text import Text
from gongchuang.people.roster import BY_KEY, COLUMNS, NEEDED_ONE, bare_heading, is_footer, shown

LOOK_AT = 40  # a heading row deeper than this is not looked for
SAMPLES = 60  # rows read to see what a column looks like
SURE = 0.6  # share of cells that must look like a column to take it without a heading

Mapped = dict[int, str]  # column number from 0 → column key


@dataclass(slots=True)
class HeadColumn:
    """One column of the file: its place and heading, what it is taken for, three samples."""

    number: int
    heading: str
    key: str = ""
    why: str = ""  # remembered | heading | content | chosen
    samples: list[str] = field(default_factory=list)

    @property
    def letter(self) -> str:
        return letter_of(self.number)

    @property
    def title(self) -> str:
        return self.heading or str(Text(f"{self.letter} 列", f"column {self.letter}"))


@dataclass(slots=True)
class Found:
    """A roster found in a file. `head` is the row number of the headings as people count, 0 when there are none."""

    sheet: str
    head: int
    first: int  # index of the first row that may be a person
    columns: list[HeadColumn]

    @property
    def mapping(self) -> Mapped:
        return {column.number: column.key for column in self.columns if column.key}

    @property
    def ignored(self) -> list[HeadColumn]:
        return [column for column in self.columns if not column.key]

    def remembered(self) -> dict[str, str]:
        """The mapping by heading, as it is kept for the unit."""
        return {bare_heading(column.heading): column.key for column in self.columns if column.heading}

    def require_enough(self) -> None:
        """Refuse a mapping nobody can be recognised by."""
        keys = set(self.mapping.values())
        if "name" not in keys or not keys & set(NEEDED_ONE):
            raise Refused(
                Text("没有找到“姓名”以及“身份证号”或“工号”列。", "No columns were found for the name and for an identity or work number."),
                field="mapping",
                cure=Text("请在“对列”里指明这些列，或检查表头。", "Say which columns they are, or check the headings."),
            )


def letter_of(number: int) -> str:
    """0 → A, 26 → AA, as a sheet names its columns."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def find(sheets: Sequence[Sheet], remembered: Mapping[str, str] | None = None) -> Found:
    """The best roster in these sheets; one with headings wins over one without, visible over hidden, long over short."""
    known = dict(remembered or {})
    best: tuple[tuple[int, int, int], Sheet, int] | None = None
    for sheet in sheets:
        for index in range(min(LOOK_AT, len(sheet.rows))):
            score = _head_score(sheet.rows, index, known)
            if score < 2:
                continue
            rank = (score, 0 if sheet.hidden else 1, len(sheet.rows))
            if best is None or rank > best[0]:
                best = (rank, sheet, index)
    if best is not None:
        return _with_head(best[1], best[2], known)
    longest = max(sheets, key=lambda sheet: (not sheet.hidden, len(sheet.rows)))
    return _without_head(longest)


def _heading(rows: Sequence[Sequence[Cell]], index: int, column: int) -> str:
    """A heading; a cell merged downwards has its text one row higher."""
    own = plain(rows[index][column])
    if own or index == 0 or column >= len(rows[index - 1]):
        return own
    above = plain(rows[index - 1][column])
    return above if _fit(above) else ""


def _fit(heading: str) -> int:
    return max((column.known_as(heading) for column in COLUMNS), default=0) if heading else 0


def _head_score(rows: Sequence[Sequence[Cell]], index: int, known: Mapping[str, str]) -> int:
    """How much a row looks like headings, cells merged from the row above included."""
    score = 0
    for column in range(len(rows[index])):
        text = _heading(rows, index, column)
        if text and len(text) <= 24:
            score += 3 if known.get(bare_heading(text)) else _fit(text)
    return score


def _with_head(sheet: Sheet, index: int, known: Mapping[str, str]) -> Found:
    width = max((len(row) for row in sheet.rows[index : index + SAMPLES]), default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in sheet.rows[max(0, index - 1) : index + 1]]
    columns = [HeadColumn(number, _heading(padded, len(padded) - 1, number)) for number in range(width)]
    found = Found(sheet.name, index + 1, index + 1, columns)
    _fill_samples(found, sheet.rows)
    _match(found, sheet.rows, known)
    found.columns = [column for column in columns if column.heading or column.samples]
    return found


def _without_head(sheet: Sheet) -> Found:
    width = max((len(row) for row in sheet.rows[:SAMPLES]), default=0)
    found = Found(sheet.name, 0, 0, [HeadColumn(number, "") for number in range(width)])
    _fill_samples(found, sheet.rows)
    _match(found, sheet.rows, {})
    found.columns = [column for column in found.columns if column.samples]
    return found


def _cells(found: Found, rows: Sequence[Sequence[Cell]], number: int) -> list[Cell]:
    return [row[number] for row in rows[found.first : found.first + SAMPLES] if number < len(row)]


def _fill_samples(found: Found, rows: Sequence[Sequence[Cell]]) -> None:
    for column in found.columns:
        column.samples = [_sample(cell) for cell in _cells(found, rows, column.number) if filled(cell)][:3]


def _sample(cell: Cell) -> str:
    """A cell as the page may show it among samples: identity numbers and phones masked."""
    text = shown(cell)
    return mask_phone(text) if re.fullmatch(r"1\d{10}", text) else text


def _match(found: Found, rows: Sequence[Sequence[Cell]], known: Mapping[str, str]) -> None:
    """Give each column key to its best column: remembered, then heading (content decides ties), then content alone."""
    offers: list[tuple[float, int, str, str]] = []
    for column in found.columns:
        bare = bare_heading(column.heading)
        if bare in known:
            if known[bare]:
                offers.append((100.0, column.number, known[bare], "remembered"))
            continue
        samples = _cells(found, rows, column.number)
        for kind in COLUMNS:
            by_heading, by_content = kind.known_as(column.heading), kind.seen_in(samples)
            if by_heading:
                offers.append((by_heading * 10 + by_content * 8, column.number, kind.key, "heading"))
            elif by_content >= SURE and not (column.heading and _fit(column.heading)):
                offers.append((by_content, column.number, kind.key, "content"))
    by_number = {column.number: column for column in found.columns}
    taken: set[str] = set()
    for _, number, key, why in sorted(offers, key=lambda offer: (-offer[0], offer[1])):
        column = by_number[number]
        if not column.key and key not in taken and key in BY_KEY:
            column.key, column.why = key, why
            taken.add(key)


def choose(found: Found, chosen: Mapping[int, str]) -> None:
    """Take a person's own choice for some columns ("" = leave out); a key stands at one column only."""
    for column in found.columns:
        if column.number in chosen:
            column.key, column.why = chosen[column.number], "chosen"
    for key in set(chosen.values()) - {""}:
        wanted = [number for number, choice in chosen.items() if choice == key]
        if len(wanted) > 1:
            label = BY_KEY[key].label
            raise Refused(
                Text(f"“{label.zh}”对应了两列，只能选一列。", f"{label.en} is chosen for two columns; choose one."), field="mapping"
            )
        for column in found.columns:
            if column.key == key and column.number not in wanted:
                column.key, column.why = "", ""


def data_rows(found: Found, sheet: Sheet) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Row number as people count it, and its cells by column key; blank lines, totals and repeated headings are left out."""
    mapping = found.mapping
    headings = {column.number: column.heading for column in found.columns if column.key and column.heading}
    for index in range(found.first, len(sheet.rows)):
        row = sheet.rows[index]
        if is_footer(row):
            continue
        cells = {key: row[number] if number < len(row) else None for number, key in mapping.items()}
        if not any(plain(cell) for cell in cells.values()):
            continue
        if headings and all(plain(row[number]) == heading for number, heading in headings.items() if number < len(row)):
            continue
        yield index + 1, cells
