"""The unit tree (单位树): parent is the truth, `path` a packed 64-bit integer in which a subtree is one range.

Seven levels share 62 bits: province 6, city 6, district (also zone, industry union, 市直) 6, town or street 8,
enterprise (also public body, school) 16, workshop 10, team 10. Real children are numbered from 2; 1 says that a level
is skipped; 0 that the node stands above it.
"""

from __future__ import annotations

from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Choices, Text

WIDTHS = (6, 6, 6, 8, 16, 10, 10)
SHIFTS = tuple(sum(WIDTHS[level + 1 :]) for level in range(len(WIDTHS)))
PROVINCE, CITY, DISTRICT, TOWN, ENTERPRISE, WORKSHOP, TEAM = range(7)
SKIPPED = 1
FIRST = 2

KINDS = Choices(
    [
        ("province", Text("省", "Province")),
        ("city", Text("市", "City")),
        ("district", Text("区市", "District")),
        ("zone", Text("开发区", "Zone")),
        ("industry_union", Text("产业工会", "Industry union")),
        ("direct", Text("市直", "Directly affiliated")),
        ("external", Text("外部单位", "Outside units")),
        ("town", Text("镇街", "Town or street")),
        ("enterprise", Text("企业", "Enterprise")),
        ("public_body", Text("机关事业单位", "Public body")),
        ("school", Text("院校", "School or institute")),
        ("workshop", Text("车间", "Workshop")),
        ("team", Text("班组", "Team")),
    ]
)
LEVEL_OF = {
    "province": PROVINCE,
    "city": CITY,
    "district": DISTRICT,
    "zone": DISTRICT,
    "industry_union": DISTRICT,
    "direct": DISTRICT,
    "external": DISTRICT,
    "town": TOWN,
    "enterprise": ENTERPRISE,
    "public_body": ENTERPRISE,
    "school": ENTERPRISE,
    "workshop": WORKSHOP,
    "team": TEAM,
}


def level_of(path: int) -> int:
    """The level of the node a path names: the last one whose number is not 0."""
    for level in reversed(range(len(WIDTHS))):
        if (path >> SHIFTS[level]) & ((1 << WIDTHS[level]) - 1):
            return level
    raise ValueError("a path of 0 names nothing")


def span(path: int) -> tuple[int, int]:
    """The first and last path of the subtree of a node, the node included."""
    return path, path | ((1 << SHIFTS[level_of(path)]) - 1)


def contains(path: int, other: int) -> bool:
    """Whether `other` is the node or stands below it."""
    low, high = span(path)
    return low <= other <= high


def ancestors(path: int) -> list[int]:
    """The paths of the node and of everything it may stand under, root first; skipped levels give none."""
    found = []
    for level in range(level_of(path) + 1):
        if (path >> SHIFTS[level]) & ((1 << WIDTHS[level]) - 1) != SKIPPED:
            found.append((path >> SHIFTS[level]) << SHIFTS[level])
    return found


def skip_to(parent: int | None, level: int) -> int:
    """The prefix under which children of `parent` at `level` are numbered: levels between are marked as skipped."""
    prefix = parent or 0
    for between in range(level_of(parent) + 1 if parent else 0, level):
        prefix |= SKIPPED << SHIFTS[between]
    return prefix


def child(prefix: int, level: int, number: int) -> int:
    """The path of the `number`-th child; refuses a number that its level cannot hold."""
    if number < FIRST or number >= 1 << WIDTHS[level]:
        raise Refused(
            Text("下级单位已满，请先新建一个上级单位。", "This unit has no room for more units. Please make another one above."),
            field="parent",
        )
    return prefix | (number << SHIFTS[level])


def at_level(path: int, level: int) -> int:
    """The path cut at a level: the node's ancestor there (or its skipped place)."""
    return (path >> SHIFTS[level]) << SHIFTS[level]
