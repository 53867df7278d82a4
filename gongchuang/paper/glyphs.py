"""Which characters a font can print (字形): read from the font's own table, so that a lost character is noticed.

A name with a rare character (㛃, 𬭚) must not come out as an empty box. What no font holds is named beside the paper.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn as fonts

Ranges = tuple[tuple[int, int], ...]


@lru_cache(maxsize=4)
def ranges_of(path: Path) -> Ranges:
    """The code points of an OpenType font, as inclusive ranges, from formats 4 and 12 of its cmap table."""
    data = path.read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * number) for number in range(count))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    tables = struct.unpack_from(">H", data, start + 2)[0]
    found: set[tuple[int, int]] = set()
    for number in range(tables):
        at = start + struct.unpack_from(">L", data, start + 4 + 8 * number + 4)[0]
        kind = struct.unpack_from(">H", data, at)[0]
        if kind == 12:
            found.update(_segmented(data, at))
        elif kind == 4:
            found.update(_two_bytes(data, at))
    return tuple(sorted(found))


def _segmented(data: bytes, at: int) -> Iterable[tuple[int, int]]:
    groups = struct.unpack_from(">L", data, at + 12)[0]
    for number in range(groups):
        first, last, _ = struct.unpack_from(">LLL", data, at + 16 + 12 * number)
        yield first, last


def _two_bytes(data: bytes, at: int) -> Iterable[tuple[int, int]]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    return ((first, last) for first, last in zip(starts, ends, strict=True) if last != 0xFFFF)


@lru_cache(maxsize=1)
def printable() -> Ranges:
    """What the fonts of the papers hold together."""
    return tuple(sorted({*ranges_of(fonts.sans_path()), *ranges_of(fonts.serif_path())}))


def has(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in printable())


def missing(texts: Iterable[str]) -> list[str]:
    """The characters of some texts that no font of the papers can print, each once, in their order."""
    seen = dict.fromkeys(character for text in texts for character in text if not character.isspace())
    return [character for character in seen if not has(character)]
