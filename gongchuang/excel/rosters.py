"""From an uploaded file to a staged roster (花名册入口): what the page and the command share."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gongchuang.excel import heads, reader
from gongchuang.excel.heads import Found, HeadColumn
from gongchuang.kernel.cells import Cell
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text
from gongchuang.people import roster_staging
from gongchuang.people.imports import ImportRun
from gongchuang.people.models import Person, Unit
from gongchuang.people.roster import BY_KEY, bare_heading


@dataclass(slots=True)
class RosterFile:
    """A file in which a roster was found: its columns as they are taken, and its rows with all their cells."""

    name: str
    digest: str
    found: Found
    rows: list[tuple[int, list[Cell]]]

    def mapped(self) -> list[tuple[int, dict[str, Cell]]]:
        mapping = self.found.mapping
        return [(number, {key: cells[at] if at < len(cells) else None for at, key in mapping.items()}) for number, cells in self.rows]

    def headings(self) -> dict[str, str]:
        return {column.key: column.heading or column.letter for column in self.found.columns if column.key}


def open_roster(path: Path, unit: Unit, *, name: str = "", chosen: Mapping[str, str] | None = None) -> RosterFile:
    """Read a file, find the roster in it and match its columns; `chosen` maps headings or column letters to keys."""
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while piece := content.read(2**20):
            digest.update(piece)
    sheets = reader.read(path)
    meant = {bare_heading(heading): _key(said) for heading, said in (chosen or {}).items()}
    found = heads.find(sheets, roster_staging.remembered_columns(unit) | meant)
    if chosen:
        heads.choose(found, _by_number(found, chosen))
    sheet = next(sheet for sheet in sheets if sheet.name == found.sheet)
    rows = [(number, sheet.rows[number - 1]) for number, _ in heads.data_rows(found, sheet)]
    roster_staging.require_size(len(rows))
    return RosterFile(name or path.name, digest.hexdigest(), found, rows)


def _by_number(found: Found, chosen: Mapping[str, str]) -> dict[int, str]:
    numbers: dict[int, str] = {}
    for said, key in chosen.items():
        hits = [column for column in found.columns if said in (column.letter, column.heading)]
        hits = hits or [column for column in found.columns if bare_heading(column.heading) == bare_heading(said)]
        if not hits:
            raise Refused(
                Text(f"表里没有“{said}”这一列。", f"The sheet has no column “{said}”."),
                field="mapping",
                cure=Text("请写表头原文，或 A、B、C 这样的列号。", "Give the heading as it stands, or a letter such as A, B, C."),
            )
        numbers[hits[0].number] = _key(key)
    return numbers


def _key(said: str) -> str:
    """The key of an item named by its key or its label; "" leaves the column out."""
    if said in BY_KEY or not said:
        return said
    for key, column in BY_KEY.items():
        if said in (column.label.zh, column.label.en):
            return key
    names = "、".join(f"{key}（{column.label.zh}）" for key, column in BY_KEY.items())
    raise Refused(
        Text(f"没有“{said}”这一项。", f"There is no item “{said}”."),
        field="mapping",
        cure=Text(f"可以用：{names}", f"Use one of: {', '.join(BY_KEY)}"),
    )


def stage(roster: RosterFile, unit: Unit, *, by: Person | None) -> ImportRun:
    """Keep the file's rows for the preview."""
    return roster_staging.stage(
        unit,
        file_name=roster.name,
        file_digest=roster.digest,
        sheet=roster.found.sheet,
        head=roster.found.head,
        columns=columns_of(roster.found.columns),
        rows=roster.rows,
        by=by,
    )


def columns_of(columns: Sequence[HeadColumn]) -> list[dict[str, Any]]:
    return [{**asdict(column), "letter": column.letter} for column in columns]


def rematched(run: ImportRun, chosen: Mapping[int, str]) -> list[dict[str, Any]]:
    """The run's columns under a person's own choice."""
    columns = [HeadColumn(column["number"], column["heading"], column["key"], column["why"], column["samples"]) for column in run.columns]
    found = Found(run.sheet, run.head, run.head, columns)
    heads.choose(found, chosen)
    found.require_enough()
    return columns_of(found.columns)
