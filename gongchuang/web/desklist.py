"""Which desk a key or a table belongs to (台目): looked up once the desks are loaded."""

from __future__ import annotations

from functools import lru_cache

from gongchuang.desks import DESKS
from gongchuang.kernel.desk import Desk

OWN: list[Desk] = []
"""Desks of the pages' own, which no other door serves."""


@lru_cache(maxsize=1)
def by_key() -> dict[str, Desk]:
    return {desk.key: desk for desk in (*DESKS, *OWN)}


@lru_cache(maxsize=1)
def by_table() -> dict[str, Desk]:
    found: dict[str, Desk] = {}
    for desk in (*DESKS, *OWN):
        found.setdefault(desk.model._meta.db_table, desk)
    return found


def of_table(table: str) -> Desk | None:
    return by_table().get(table)
