"""What if (试算): an enterprise tries a plan on its own last years before it adopts it, and sees where it would cliff."""

from __future__ import annotations

from dataclasses import dataclass

from gongchuang.bank.policy import Cliff, Fault, Plan, cliffs, faults, payouts_fen, points_for, warnings
from gongchuang.kernel import clock
from gongchuang.people.models import Unit
from gongchuang.results.models import Benefit


@dataclass(frozen=True, slots=True)
class Row:
    """One result under the tried plan and, beside it, under the plan in force."""

    no: str
    title: str
    benefits_fen: list[int]
    tried_fen: int
    now_fen: int
    tried_points: int


@dataclass(frozen=True, slots=True)
class Trial:
    """The tried plan over the last years: result by result, its sum, its cliffs, and what forbids or warns of it."""

    years: list[int]
    rows: list[Row]
    faults: list[Fault]
    warnings: list[Fault]
    cliffs: list[Cliff]

    @property
    def tried_fen(self) -> int:
        return sum(row.tried_fen for row in self.rows)

    @property
    def now_fen(self) -> int:
        return sum(row.now_fen for row in self.rows)


def trial(unit: Unit, plan: Plan, now: Plan | None = None, *, years: int = 3) -> Trial:
    """Reckon certified benefits of the last `years` inside a unit by `plan` and, to compare, by `now`. Reads only."""
    this_year = clock.today().year
    span = list(range(this_year - years + 1, this_year + 1))
    benefits = (
        Benefit.objects.counted()
        .filter(unit__in=Unit.objects.inside(unit), year__in=span)
        .select_related("result")
        .order_by("result__no", "year")
    )
    by_result: dict[int, list[Benefit]] = {}
    for benefit in benefits:
        by_result.setdefault(benefit.result_id, []).append(benefit)
    wrong = faults(plan)
    rows = [_row(found, plan, now, is_sound=not wrong) for found in by_result.values()]
    return Trial(span, rows, wrong, warnings(plan), cliffs(plan))


def _row(found: list[Benefit], plan: Plan, now: Plan | None, *, is_sound: bool) -> Row:
    amounts = [benefit.amount_fen for benefit in found]
    result = found[0].result
    points = [points_for(plan, amount, result.kind, is_first=at == 0) for at, amount in enumerate(amounts)]
    return Row(
        result.no,
        result.title,
        amounts,
        _paid(plan, amounts) if is_sound else 0,
        _paid(now, amounts) if now else 0,
        sum(points) if is_sound else 0,
    )


def _paid(plan: Plan, amounts: list[int]) -> int:
    """A yearly share is paid every year; a profit share only in its years."""
    if plan.kind == "points":
        return 0
    if plan.kind == "share":
        return sum(sum(payouts_fen(plan, [amount])) for amount in amounts)
    return sum(payouts_fen(plan, amounts))
