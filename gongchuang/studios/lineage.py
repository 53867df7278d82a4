"""1+N lineage (传承树): who grew out of whom. A forest without cycles, as plain values: no database.

A *node* is a studio's id; `parents` maps each to its mother studio's id, or None for a mother studio of its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

type Parents = Mapping[int, int | None]


@dataclass(frozen=True)
class Branch:
    """A studio with the studios its members went on to lead. depth: 0 for a mother studio."""

    id: int
    depth: int
    children: tuple["Branch", ...] = ()

    @property
    def size(self) -> int:
        """Studios in this branch, itself included."""
        return 1 + sum(child.size for child in self.children)

    @property
    def generations(self) -> int:
        """How many generations grew out of it: 0 if none."""
        return max((1 + child.generations for child in self.children), default=0)


def would_circle(parents: Parents, child: int, parent: int) -> bool:
    """Whether putting `child` under `parent` would make a studio its own ancestor."""
    return child in ancestors(parents, parent) or child == parent


def ancestors(parents: Parents, node: int) -> list[int]:
    """Mother, grandmother and so on, nearest first. A circle in the data ends the walk instead of the process."""
    found: list[int] = []
    above = parents.get(node)
    while above is not None and above not in found and above != node:
        found.append(above)
        above = parents.get(above)
    return found


def descendants(parents: Parents, node: int) -> list[int]:
    """All that grew out of a studio, in the order of the indented list, itself left out."""
    below = _children(parents, sorted)
    found: list[int] = []
    waiting = list(reversed(below.get(node, [])))
    while waiting:
        current = waiting.pop()
        if current != node and current not in found:
            found.append(current)
            waiting.extend(reversed(below.get(current, [])))
    return found


def forest(parents: Parents, order: Callable[[Iterable[int]], Sequence[int]] = sorted) -> list[Branch]:
    """All trees, each a mother studio; a parent outside the given studios counts as none, so filters keep a forest."""
    below = _children(parents, order)
    roots = order(node for node, parent in parents.items() if parent is None or parent not in parents)
    return [_branch(root, 0, below) for root in roots]


def indented(branches: Iterable[Branch]) -> list[Branch]:
    """The forest as the rows of an indented list, mothers before their children."""
    rows: list[Branch] = []
    for branch in branches:
        rows.append(branch)
        rows.extend(indented(branch.children))
    return rows


def limited(branches: Sequence[Branch], most: int) -> tuple[list[Branch], int]:
    """The first whole trees that fit into `most` nodes (at least one tree), and how many studios are left out."""
    shown: list[Branch] = []
    drawn = 0
    for branch in branches:
        if shown and drawn + branch.size > most:
            break
        shown.append(branch)
        drawn += branch.size
    return shown, sum(branch.size for branch in branches) - drawn


def _children(parents: Parents, order: Callable[[Iterable[int]], Sequence[int]]) -> dict[int, Sequence[int]]:
    gathered: dict[int, list[int]] = {}
    for node, parent in parents.items():
        if parent is not None:
            gathered.setdefault(parent, []).append(node)
    return {parent: order(nodes) for parent, nodes in gathered.items()}


def _branch(node: int, depth: int, below: Mapping[int, Sequence[int]]) -> Branch:
    return Branch(node, depth, tuple(_branch(child, depth + 1, below) for child in below.get(node, ())))
