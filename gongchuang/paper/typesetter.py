"""Paper as PDF (排版): a typst template, plain data, and Chinese fonts that are embedded; nothing from the machine.

Each paper is set by a process of its own (`press.py`): the typesetter keeps its fonts for as long as its process lives, which would
be 80 MB in every web process for good.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pylopdf_fonts_zh_cn as fonts

from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text
from gongchuang.paper import glyphs

if TYPE_CHECKING:
    from gongchuang.paper.press import Job

TEMPLATES = Path(__file__).resolve().parent / "templates"
PRESS = Path(__file__).resolve().parent / "press.py"
LONGEST = 60  # seconds one paper may take; a common one takes a fifth of one
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would show a console for it


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Set a template with plain data. Characters without a glyph are named in the data under `missing`."""
    lost = glyphs.missing(texts_of(data))
    said = {**data, "missing": note_of(lost)}
    return printed(
        {
            "template": str(TEMPLATES / template),
            "root": str(TEMPLATES),
            "fonts": [str(fonts.sans_path().parent)],
            "data": json.dumps(said, ensure_ascii=False),
            "timestamp": int(clock.now().timestamp()),
        }
    )


def printed(job: Job, *, longest: float = LONGEST) -> bytes:
    """Have the press set one job; it is ended, and the reader told, when it takes longer than `longest` seconds."""
    command = [sys.executable, "-P", str(PRESS)]  # -P: what lies beside the press is not for import
    try:
        run = subprocess.run(
            command, input=json.dumps(job).encode(), capture_output=True, timeout=longest, creationflags=NO_WINDOW, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(
            Text("排版用时太长，已经停下，什么也没有改变。", "Setting this paper took too long and was stopped; nothing was changed."),
            cure=Text("请稍后再试，或选短一些的期间。", "Please try again later, or choose a shorter period."),
        ) from error
    if run.returncode:
        raise RuntimeError(
            f"{Path(job['template']).name} was not set (exit {run.returncode}): {run.stderr.decode(errors='replace')[-2000:]}"
        )
    return run.stdout


def note_of(lost: Iterable[str]) -> str:
    """The line under a paper that could not print everything; empty when it could."""
    codes = ", ".join(f"U+{ord(character):04X}" for character in lost)
    if not codes:
        return ""
    return str(Text(f"字库缺字：{codes}，请手工补写。", f"No glyph for {codes}: please write it in by hand."))


def texts_of(data: Any) -> Iterator[str]:
    """Every text in nested plain data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from texts_of(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts_of(value)
