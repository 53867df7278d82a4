"""The one list of what can be seen and done; every door reads it. A step's invariants for `verify` stand here too."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from gongchuang.kernel.desk import Desk
from gongchuang.kernel.verify import Invariant

STEPS = (
    "people", "bank", "proposals", "results", "studios", "academy", "contests", "matchmaker", "honours", "indicators",
    "report",
)  # fmt: skip


def _gathered(module: str, wanted: type) -> list[object]:
    """Every object of a type that the steps' modules of this name define, in the order of the staircase."""
    found: dict[int, object] = {}
    for step in STEPS:
        name = f"gongchuang.{step}.{module}"
        if apps.is_installed(f"gongchuang.{step}") and find_spec(name):
            for value in vars(import_module(name)).values():
                if isinstance(value, wanted):
                    found[id(value)] = value
    return list(found.values())


DESKS: list[Desk] = _gathered("desk", Desk)  # type: ignore[assignment]


def invariants() -> list[Invariant]:
    """What `verify` checks besides the kernel's own."""
    found: list[Invariant] = []
    for step in STEPS:
        name = f"gongchuang.{step}.invariants"
        if apps.is_installed(f"gongchuang.{step}") and find_spec(name):
            found += import_module(name).INVARIANTS
    return found


def in_space(space: str) -> list[Desk]:
    return [desk for desk in DESKS if space in desk.spaces]
