"""The severity mirror (宽严镜): how strict or mild each judge is, and whether the medals would change.

Additive model x[i, j] = entrant[i] + judge[j] + rest, least squares over complete sheets, judges' effects summing to
zero. Shown beside the official result to the chief judge before release; the official result never uses it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt


@dataclass(frozen=True)
class Severity:
    """One judge against the panel, in points of 100: below zero is strict, above zero is mild."""

    judge: str
    points: Fraction
    error: float  # standard error, in points; 0 where nothing is left to estimate it from
    sheets: int


@dataclass(frozen=True)
class Mirror:
    """What the panel looks like, and the means once each judge's severity is taken off."""

    severities: tuple[Severity, ...]
    adjusted: Mapping[str, Fraction]
    linked: bool  # False: the panel falls into groups that share no entrant, so judges cannot be compared

    def top(self, medals: int = 3) -> tuple[str, ...]:
        """The entrants who would stand on the podium after adjustment; equal ones by code."""
        return tuple(sorted(self.adjusted, key=lambda code: (-self.adjusted[code], code))[:medals])


def mirror(totals: Mapping[str, Mapping[str, Fraction]]) -> Mirror:
    """Severities and adjusted means.

    totals: entrant → judge → sheet total in points of 100; only complete sheets. Shape (entrants, judges), may have
    gaps (a judge who stood back).
    """
    rows = {code: dict(row) for code, row in sorted(totals.items()) if row}
    judges = sorted({judge for row in rows.values() for judge in row})
    if not _linked(rows, judges):
        return Mirror((), {}, linked=False)
    effects = _effects(rows, judges)
    adjusted = {code: sum((value - effects[judge] for judge, value in row.items()), Fraction(0)) / len(row) for code, row in rows.items()}
    rest = [value - adjusted[code] - effects[judge] for code, row in rows.items() for judge, value in row.items()]
    free = len(rest) - len(rows) - len(judges) + 1
    spread = float(sum((one * one for one in rest), Fraction(0))) / free if free > 0 else 0.0
    given = {judge: sum(judge in row for row in rows.values()) for judge in judges}
    return Mirror(
        tuple(Severity(judge, effects[judge], sqrt(spread / given[judge]), given[judge]) for judge in judges),
        adjusted,
        linked=True,
    )


def _linked(rows: Mapping[str, Mapping[str, Fraction]], judges: list[str]) -> bool:
    if not judges:
        return False
    reached, todo = {judges[0]}, [judges[0]]
    while todo:
        judge = todo.pop()
        for row in rows.values():
            if judge in row:
                todo += [other for other in row if other not in reached]
                reached |= set(row)
    return len(reached) == len(judges)


def _effects(rows: Mapping[str, Mapping[str, Fraction]], judges: list[str]) -> dict[str, Fraction]:
    """Solve the normal equations with the entrants eliminated: a matrix no larger than the panel."""
    size = len(judges)
    place = {judge: index for index, judge in enumerate(judges)}
    left = [[Fraction(0)] * size for _ in judges]
    right = [Fraction(0)] * size
    for row in rows.values():
        mean = sum(row.values(), Fraction(0)) / len(row)
        share = Fraction(1, len(row))
        for judge, value in row.items():
            right[place[judge]] += value - mean
            left[place[judge]][place[judge]] += 1
            for other in row:
                left[place[judge]][place[other]] -= share
    # the equations fix effects only up to a constant; adding one to each cell of the matrix fixes their sum at zero
    solved = _solve([[cell + 1 for cell in line] for line in left], right)
    return dict(zip(judges, solved, strict=True))


def _solve(left: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    size = len(right)
    grid = [[*line, value] for line, value in zip(left, right, strict=True)]
    for column in range(size):
        pivot = next(row for row in range(column, size) if grid[row][column] != 0)
        grid[column], grid[pivot] = grid[pivot], grid[column]
        head = grid[column][column]
        grid[column] = [cell / head for cell in grid[column]]
        for row in range(size):
            if row != column and grid[row][column] != 0:
                times = grid[row][column]
                grid[row] = [cell - times * base for cell, base in zip(grid[row], grid[column], strict=True)]
    return [line[size] for line in grid]
