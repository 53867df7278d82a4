"""A cell of a sheet as people mean it (格值): one line of half-width text, and which words stand for nothing."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime

Cell = str | int | float | bool | date | datetime | None

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
NOTHING = {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "空", "null", "none", "n/a", "#n/a", "na", "nan"}


def plain(cell: Cell) -> str:
    """The cell as one line of text: half-width, no invisible letters, blanks joined, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if math.isfinite(cell) and cell == int(cell):
            return str(int(cell)) if abs(cell) < 1e15 else f"{cell:.15G}"
        return repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d") if (cell.hour, cell.minute) == (0, 0) else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    text = unicodedata.normalize("NFKC", str(cell)).translate(INVISIBLE)
    text = " ".join(text.split())
    forced = re.fullmatch(r'="(.*)"', text)  # how some systems force text into a CSV
    return forced[1] if forced else text.removeprefix("'").strip()


def filled(cell: Cell) -> str:
    """plain(), with the usual words for nothing (无, -, /) read as empty."""
    text = plain(cell)
    return "" if text.lower() in NOTHING else text
