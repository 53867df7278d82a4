"""The sheet door (表格的门): a desk's rows as a file to keep, exactly what its list has filtered."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpResponse

from gongchuang.excel import writer
from gongchuang.kernel import clock
from gongchuang.kernel.desk import Desk
from gongchuang.kernel.table import Table
from gongchuang.kernel.text import Text

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
CHUNK = 500  # records read at once


def download(desk: Desk, table: Table, rows: Any, kind: str, viewer: Any) -> HttpResponse | FileResponse:
    """Rows that a rule has let through, as a file; `kind` is xlsx or csv."""
    name = file_name(str(desk.label), kind)
    records = rows.iterator(chunk_size=CHUNK)
    if kind == "csv":
        return named(HttpResponse(writer.write_csv(table, records, viewer), content_type=TYPES[kind]), name)
    with tempfile.TemporaryDirectory(prefix="sheet-") as folder:
        path = writer.write_xlsx(Path(folder) / "sheet.xlsx", table, records, viewer, title=str(desk.label), mark=mark(viewer))
        return sent(path, name)


def sent(path: Path, name: str) -> FileResponse:
    """A workbook under a name; the open file outlives its folder."""
    return named(FileResponse(path.open("rb"), content_type=TYPES["xlsx"]), name)


def named[R: (HttpResponse, FileResponse)](response: R, name: str) -> R:
    """A download with a Chinese file name, kept by no cache."""
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def file_name(title: str, kind: str) -> str:
    return f"{title}-{clock.today():%Y%m%d}.{kind}"


def mark(viewer: Any) -> str:
    """Who took the sheet and when, for the foot of its pages."""
    who = str(viewer) if viewer is not None else str(Text("公开页面", "public page"))
    return f"{who} {clock.now().astimezone(clock.ZONE):%Y-%m-%d %H:%M}"
