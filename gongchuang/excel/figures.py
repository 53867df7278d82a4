"""The list behind a figure as a file (明细下载): it adds up to the figure for every reader."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import FileResponse, HttpResponse

from gongchuang.excel import door, writer
from gongchuang.indicators import export
from gongchuang.indicators.figure import Figure
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person


def download(figure: Figure, kind: str, viewer: Person | None) -> HttpResponse | FileResponse:
    """The rows of a figure as xlsx or csv, with what the viewer may not open in one line and the total last."""
    headings, kinds, rows = export.table(figure, viewer)
    lines = list(rows)
    if figure.definition.kind != "ratio":  # its sides do not add up to it
        lines.append([str(Text("合计", "Total")), *[""] * (len(headings) - 2), export.number(figure.exact)])
    name = door.file_name(f"{figure.label}-{figure.span}", kind)
    if kind == "csv":
        return door.named(HttpResponse(writer.csv_of(headings, lines), content_type=door.TYPES[kind]), name)
    with tempfile.TemporaryDirectory(prefix="figure-") as folder:
        path = Path(folder) / "figure.xlsx"
        writer.xlsx_of(path, headings, lines, kinds, title=str(figure.label), mark=door.mark(viewer), has_total=True)
        return door.sent(path, name)
