"""Where a fact lies in the unit tree, by arithmetic on its path (范围). Pure."""

from __future__ import annotations

from typing import Final

from gongchuang.kernel.text import Text
from gongchuang.people import unit as tree

LEVELS: Final = {"district": tree.DISTRICT, "enterprise": tree.ENTERPRISE}
LEVEL_LABELS: Final = {
    "district": Text("按区市", "By district"),
    "enterprise": Text("按企业", "By enterprise"),
}


def is_heavy(path: int) -> bool:
    """Cities and districts are summed ahead in rolls; below them facts are few enough to be added when asked."""
    return tree.level_of(path) in {tree.CITY, tree.DISTRICT}


def heavy_nodes(path: int) -> tuple[int, ...]:
    """The rolled units a fact counts in: its city and its district; a fact of the city itself only in the city."""
    city, district = tree.at_level(path, tree.CITY), tree.at_level(path, tree.DISTRICT)
    return (city,) if city == district else (city, district)


def is_in_subtree(path: int, root: int) -> bool:
    low, high = tree.span(root)
    return low <= path <= high
