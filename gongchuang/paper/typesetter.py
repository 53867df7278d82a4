"""Paper as PDF (排版): a typst template, plain data, and Chinese fonts that are embedded; nothing from the machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as fonts
import typst

from gongchuang.kernel import clock
from gongchuang.kernel.text import Text
from gongchuang.paper import glyphs

TEMPLATES = Path(__file__).resolve().parent / "templates"


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Set a template with plain data. Characters without a glyph are named in the data under `missing`."""
    lost = glyphs.missing(texts_of(data))
    said = {**data, "missing": note_of(lost)}
    made = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(fonts.sans_path().parent)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(said, ensure_ascii=False)},
        timestamp=int(clock.now().timestamp()),
    )
    if not isinstance(made, bytes):
        raise RuntimeError(f"{template} gave no single file")
    return made


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
