"""A result's schedule of dues (分年兑付计划): every instalment under every plan, so that nothing is paid twice unseen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongchuang.bank.models import DUE_KINDS, Due
from gongchuang.results import rewards
from gongchuang.results.models import Result


@dataclass(slots=True)
class Instalment:
    """One instalment of the whole result; `dues` are its parts by maker."""

    year: int
    kind: str
    due_on: date
    state: str
    policy: str
    amount_fen: int = 0
    base_fen: int | None = None
    dues: list[Any] = field(default_factory=list)

    @property
    def label(self) -> str:
        return DUE_KINDS.label(self.kind)


@dataclass(frozen=True, slots=True)
class Schedule:
    """All instalments of a result, by year."""

    result: Result
    instalments: list[Instalment]

    @property
    def owed_fen(self) -> int:
        """Known and standing: to be paid or paid."""
        return sum(one.amount_fen for one in self.instalments if one.state in ("due", "approved", "paid"))

    @property
    def paid_fen(self) -> int:
        return sum(due.amount_fen or 0 for one in self.instalments for due in one.dues if due.state == "paid")


def schedule(result: Result, dues: Any = None) -> Schedule:
    """Read a result's dues once, under the yearly and the profit-share plan alike; `dues` are those that may be seen."""
    sources = [rewards.schedule_of(result), *(rewards.source_of(benefit) for benefit in result.benefits.all())]
    rows = (
        (Due.objects.all() if dues is None else dues)
        .filter(source__in=sources)
        .select_related("person", "policy")
        .order_by("year", "instalment", "pk")
    )
    found: dict[tuple[str, str, int], Instalment] = {}
    for due in rows:
        key = (due.source, due.kind, due.instalment)
        policy = str(due.policy) if due.policy else ""
        one = found.setdefault(key, Instalment(due.year, due.kind, due.due_on, due.state, policy))
        one.dues.append(due)
        one.amount_fen += due.amount_fen or 0
        one.base_fen = due.base_fen
    return Schedule(result, list(found.values()))
