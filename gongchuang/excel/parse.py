"""The child that reads an untrusted sheet (受限子进程): started by reader.py as a script of its own.

It has limits on memory, time and written bytes, no database, no settings, an empty environment and, where the system
allows it, no network. It writes one JSON line for each sheet and row to its output: a number, a text, or {"d": date}.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

sys.path.insert(0, str(Path(__file__).parent))  # -I leaves the script's own folder out

import python_calamine as calamine
import safety  # type: ignore[import-not-found]

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

MEMORY = 560 * 2**20
SECONDS = 15
OUTPUT = 80 * 2**20  # about 200,000 rows of a roster; the reader holds them all


def limit() -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(AttributeError, OSError):
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)  # type: ignore[attr-defined]


def plain(cell: Any) -> Any:
    if isinstance(cell, datetime.datetime):
        return {"d": cell.isoformat(timespec="minutes")}
    if isinstance(cell, datetime.date):
        return {"d": cell.isoformat()}
    if isinstance(cell, (datetime.time, datetime.timedelta)):
        return str(cell)
    if isinstance(cell, float) and cell != cell:
        return ""
    return cell


def write_row(out: TextIO, cells: list[Any]) -> None:
    while cells and cells[-1] in ("", None):
        cells.pop()
    out.write(json.dumps([plain(cell) for cell in cells], ensure_ascii=False) + "\n")


def read(path: Path, out: TextIO) -> None:
    kind = safety.kind_of(path)
    if kind == "csv":
        rows = safety.read_csv(path)
        out.write(json.dumps({"sheet": "", "kind": kind, "hidden": False}) + "\n")
        for row in rows:
            write_row(out, row)
        return
    try:
        with calamine.load_workbook(io.BytesIO(path.read_bytes())) as book:
            for number, about in enumerate(book.sheets_metadata):
                if about.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_index(number)
                if sheet.total_height * sheet.total_width > safety.MAX_CELLS:
                    raise safety.Unsafe("cells")
                hidden = about.visible != calamine.SheetVisibleEnum.Visible
                out.write(json.dumps({"sheet": about.name, "kind": kind, "hidden": hidden}, ensure_ascii=False) + "\n")
                for row in sheet.to_python(skip_empty_area=False):
                    write_row(out, row)
    except calamine.PasswordError as error:
        raise safety.Unsafe("locked") from error
    except calamine.CalamineError as error:
        raise safety.Unsafe("damaged") from error


def main() -> int:
    limit()
    path, target = Path(sys.argv[1]), Path(sys.argv[2])
    with target.open("w", encoding="utf-8") as out:
        try:
            read(path, out)
        except safety.Unsafe as refusal:
            out.seek(0)
            out.truncate()
            out.write(json.dumps({"refused": refusal.code}) + "\n")
        except (MemoryError, OSError):  # OSError: the output grew past its limit
            return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
