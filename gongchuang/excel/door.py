"""The sheet door (表格的门): a desk's rows as a file to keep, exactly what its list has filtered."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from gongchuang.excel import writer
from gongchuang.kernel import clock
from gongchuang.kernel.desk import Desk
from gongchuang.kernel.table import Table
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
CHUNK = 500  # records read at once
About = tuple[tuple[str, str], ...]


def holds_persons(desk: Desk, table: Table, viewer: Any) -> bool:
    """Whether a list names persons to somebody: such files say who took them, and leave an Event."""
    return viewer is not None and (issubclass(desk.model, Person) or any(column.kind in {"person", "persons"} for column in table.columns))


def download(desk: Desk, table: Table, rows: Any, kind: str, viewer: Any, about: About = ()) -> HttpResponse | FileResponse:
    """Rows that a rule has let through, as a file; `kind` is xlsx or csv, `about` what the file says of itself."""
    name = file_name(str(desk.label), kind)
    if kind == "csv":
        content = writer.write_csv(table, rows.iterator(chunk_size=CHUNK), viewer, about)
        return named(HttpResponse(content, content_type=TYPES[kind]), name)
    with tempfile.TemporaryDirectory(prefix="sheet-") as folder:
        return sent(write(Path(folder) / "sheet.xlsx", desk, table, rows, viewer, about), name)


def streamed(desk: Desk, table: Table, rows: Any, viewer: Any) -> StreamingHttpResponse:
    """A long public list as it is read, row by row."""
    lines = writer.csv_lines(table, rows.iterator(chunk_size=CHUNK), viewer)
    return named(StreamingHttpResponse(lines, content_type=TYPES["csv"]), file_name(str(desk.label), "csv"))


def write(path: Path, desk: Desk, table: Table, rows: Any, viewer: Any, about: About = ()) -> Path:
    """A list as a file on the disk, whatever its length in the same memory."""
    records = rows.iterator(chunk_size=CHUNK)
    if path.suffix == ".csv":
        with path.open("wb") as out:
            out.writelines(writer.csv_lines(table, records, viewer, about))
        return path
    return writer.write_xlsx(path, table, records, viewer, title=str(desk.label), mark=mark(viewer), about=about)


def about(desk: Desk, viewer: Any, filters: dict[str, str], count: int) -> About:
    """The lines a list of persons carries: what it is, who took it when, under which filters."""
    said = "；".join(f"{name}={value}" for name, value in filters.items()) or str(Text("无", "none"))
    return (
        (str(Text("制表", "Made by")), mark(viewer)),
        (str(Text("名单", "List")), str(desk.label)),
        (str(Text("筛选", "Filters")), said),
        (str(Text("条数", "Rows")), f"{count:,}"),
        (
            str(Text("说明", "Note")),
            str(Text("含个人信息，下载已记录，请勿外传。", "It holds personal data; the download is on record. Do not pass it on.")),
        ),
    )


def sent(path: Path, name: str) -> FileResponse:
    """A workbook under a name; the open file outlives its folder."""
    return named(FileResponse(path.open("rb"), content_type=TYPES["xlsx"]), name)


def named[R: (HttpResponse, FileResponse, StreamingHttpResponse)](response: R, name: str) -> R:
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
