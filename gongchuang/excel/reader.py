"""Reading a sheet that comes from outside (读表): a child process parses, this side only takes rows of plain values.

`read(path)` gives the sheets of an xlsx, xls or csv file, or raises Refused in plain words. What the file is, is decided
by its content. The child's limits stand in parse.py, the limits on the file in safety.py.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from gongchuang.kernel.cells import Cell
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text

DEADLINE = 40  # seconds of waiting; the child's own limit is on processor time

AGAIN = Text("请用 Excel 或 WPS 打开花名册，另存为 .xlsx 后再上传。", "Open the roster in Excel or WPS, save it as .xlsx and upload that.")
ONLY_SHEET = Text(
    "请新建一个工作簿，只把花名册的文字粘进去（选择性粘贴：数值），再上传。",
    "Make a new workbook, paste only the roster's values into it, and upload that.",
)
WORDS: dict[str, tuple[Text, Text]] = {
    "empty": (Text("文件是空的，一行也没有。", "The file is empty."), Text("请确认选对了文件，打开能看到内容后再上传。", "Check that it is the right file and shows rows when opened.")),
    "large": (Text("文件超过 20 MB。", "The file is larger than 20 MB."), Text("请删去图片，或把花名册分成几个文件。", "Remove pictures, or split the roster into several files.")),
    "program": (Text("这是一个程序文件，不是表格，没有打开。", "This is a program, not a sheet; it was not opened."), AGAIN),
    "pdf": (Text("这是 PDF，不是表格。", "This is a PDF, not a sheet."), Text("请上传做成这份 PDF 的原表格。", "Upload the sheet it was made from.")),
    "picture": (Text("这是图片，不是表格。", "This is a picture, not a sheet."), Text("请上传原表格；照片里的名单没法导入。", "Upload the sheet itself; a photo of it cannot be read.")),
    "archive": (Text("这是压缩包，不是表格。", "This is an archive, not a sheet."), Text("请先解压，再上传里面的表格。", "Unpack it and upload the sheet inside.")),
    "word": (Text("这是文字文档，不是表格。", "This is a text document, not a sheet."), Text("请把名单复制到 Excel 或 WPS 表格里再上传。", "Copy the list into a sheet and upload that.")),
    "html": (Text("这是网页，只是名字像表格。", "This is a web page that only bears a sheet's name."), AGAIN),
    "otherbook": (Text("这种表格格式读不了。", "This kind of workbook cannot be read."), AGAIN),
    "locked": (Text("文件有密码，打不开。", "The file is locked with a password."), Text("请去掉打开密码后另存，再上传。", "Save it without the password and upload that.")),
    "macro": (Text("文件带有宏，没有打开。", "The file carries macros; it was not opened."), AGAIN),
    "dtd": (Text("文件里有外部定义，可能有害，没有打开。", "The file holds document type definitions and may be harmful; it was not opened."), ONLY_SHEET),
    "bomb": (Text("文件解开后大得不正常，没有打开。", "The file unpacks to an abnormal size; it was not opened."), ONLY_SHEET),
    "members": (Text("文件里的部件超过 1,000 个，没有打开。", "The file has more than 1,000 parts; it was not opened."), ONLY_SHEET),
    "cells": (Text("表格超过 500 万格。", "The sheet has more than 5 million cells."), Text("请删去空行空列和多余的工作表，只留花名册。", "Delete blank rows, columns and other sheets; keep the roster only.")),
    "damaged": (Text("文件已损坏，读不出来。", "The file is damaged and cannot be read."), AGAIN),
    "encoding": (Text("文字编码认不出来。", "The text encoding is not known."), Text("请另存为 .xlsx，或 UTF-8、GBK 编码的 CSV。", "Save it as .xlsx, or as CSV in UTF-8 or GBK.")),
    "unknown": (Text("这不是表格文件。", "This is not a sheet."), AGAIN),
    "limits": (Text("读这份文件要的内存或时间超过了限度，没有打开。", "Reading this file takes more memory or time than allowed; it was not opened."), ONLY_SHEET),
}  # fmt: skip

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(slots=True)
class Sheet:
    """A worksheet as rows of plain values; row 1 of the file is rows[0]."""

    name: str
    hidden: bool = False
    rows: list[list[Cell]] = field(default_factory=list)


def refusal(code: str) -> Refused:
    message, cure = WORDS.get(code, WORDS["unknown"])
    return Refused(message, field="file", cure=cure)


def read(path: Path) -> list[Sheet]:
    """The sheets of an untrusted file, in its own order; Refused says in plain words why not."""
    with tempfile.TemporaryDirectory(prefix="sheet-") as folder:
        target = Path(folder) / "rows"
        _run_child(path, target)
        sheets = list(_sheets(target))
    if not any(any(row) for sheet in sheets for row in sheet.rows):
        raise refusal("empty")
    return sheets


def _run_child(path: Path, target: Path) -> None:
    command = [sys.executable, "-I", str(Path(__file__).with_name("parse.py")), str(path.resolve()), str(target)]
    try:
        done = subprocess.run(command, env={"PYTHONUTF8": "1"}, capture_output=True, timeout=DEADLINE, cwd=target.parent, check=False)
    except subprocess.TimeoutExpired:
        raise refusal("limits") from None
    if done.returncode != 0:
        raise refusal("limits" if done.returncode in (3, -9, -24, -25, -6) else "damaged")


def _sheets(target: Path) -> Iterator[Sheet]:
    sheet: Sheet | None = None
    with target.open(encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            if isinstance(item, list):
                assert sheet is not None
                sheet.rows.append([_cell(cell) for cell in item])
                continue
            if "refused" in item:
                raise refusal(item["refused"])
            if sheet is not None:
                yield sheet
            sheet = Sheet(item["sheet"], item["hidden"])
    if sheet is not None:
        yield sheet


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(value["d"]) if "T" in value["d"] else date.fromisoformat(value["d"])
        return str(value["d"])
    if value is None or isinstance(value, (int, float, bool)):
        return value
    return _UNREADABLE.sub("\ufffd", str(value))  # PostgreSQL keeps no NUL; whoever looks at the row sees where it stood
