"""What a benchmark is (基准): the project's own way against a named reference, both over the same work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from gongchuang import sqlite
from gongchuang.kernel.text import Text


@dataclass(frozen=True)
class Setting:
    """Where a benchmark runs: a throw-away demo city, a folder for files, and how many rows a sheet has."""

    folder: Path
    rows: int
    rounds: int


@dataclass(frozen=True)
class Pair:
    """Both sides of a benchmark, ready to run; each is told the round's number.

    Both return what they found. agree: whether the two must be equal, where they answer the same question.
    """

    ours: Callable[[int], object]
    reference: Callable[[int], object]
    size: int
    agree: bool = False


@dataclass(frozen=True)
class Benchmark:
    """One named comparison. reference_package: the package whose version is told, or "" for the database's own."""

    label: Text
    reference: str
    prepare: Callable[[Setting], Pair]
    reference_package: str = ""

    def reference_version(self) -> str:
        if self.reference_package:
            return f"{self.reference_package} {version(self.reference_package)}"
        return "SQLite " + ".".join(map(str, sqlite.version()))
