"""The six stations of a proposal (进度): 提交 → 回复 → 实施 → 成果 → 认证 → 入账, with days, person and time left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, Q, QuerySet

from gongchuang.bank import lookup
from gongchuang.kernel import clock
from gongchuang.kernel.text import Text
from gongchuang.people.models import holders_of
from gongchuang.results.models import CERTIFIED
from gongchuang.web import looks

LABELS = (
    Text("提交", "Sent"),
    Text("回复", "Answer"),
    Text("实施", "Done"),
    Text("成果", "Result"),
    Text("认证", "Certify"),
    Text("入账", "Points"),
)
# How many stations a state has behind it; the next one is under way.
_BEHIND = {
    "submitted": 1, "asked": 1, "passed_on": 1, "declined": 2, "adopted": 2, "under_way": 2,
    "implemented": 3, "closed": 3, "resulted": 4,
}  # fmt: skip
_ENDED = frozenset({"declined", "withdrawn", "closed"})


@dataclass(frozen=True)
class Station:
    label: Text
    standing: str  # done | now | late | ahead
    on: date | None = None
    said: str = ""


def stations(proposal: Any, *, due_on: date | None = None, result: Any = None, credited_on: date | None = None) -> list[Station]:
    """Where a proposal stands; `result` is the Result made from it, `credited_on` the day its points came."""
    behind = 1 if proposal.state == "withdrawn" else _BEHIND.get(proposal.state, 1)
    certified_on = getattr(result, "certified_on", None)
    if behind == 4 and certified_on is not None:
        behind = 6 if credited_on is not None else 5
    days = (
        proposal.submitted_on, proposal.replied_on, proposal.implemented_on,
        getattr(result, "registered_on", None), certified_on, credited_on,
    )  # fmt: skip
    is_late = due_on is not None and due_on < clock.today()
    made = []
    for at, (label, on) in enumerate(zip(LABELS, days, strict=True)):
        standing = "done" if at < behind else "ahead"
        if at == behind and proposal.state not in _ENDED:
            standing = "late" if is_late else "now"
        made.append(Station(label, standing, on if at < behind else None))
    return made


def now_words(proposal: Any, row: Any, who: list[Any]) -> dict[str, Any]:
    """Who has it, and by when they must answer: nothing goes silent."""
    if row is None:
        return {}
    names = "、".join(str(one.name) for one in who[:2]) or str(Text("负责人", "the person in charge"))
    doing = {
        "submitted": Text(f"等 {names} 回复", f"{names} will answer"),
        "passed_on": Text(f"等 {names} 回复", f"{names} will answer"),
        "asked": Text(f"等 {names} 补充", f"{names} is asked for more"),
        "adopted": Text(f"{names} 安排实施", f"{names} arranges it"),
        "under_way": Text(f"{names} 正在实施", f"{names} is doing it"),
        "implemented": Text(f"等 {names} 登记为成果", f"{names} makes it a result"),
    }.get(proposal.state, Text(f"等 {names} 办理", f"waiting for {names}"))
    if row.due_on is None:
        return {"now": doing}
    is_late = row.due_on < clock.today()
    left = looks.overdue_words(row.due_on) if is_late else looks.left_words((row.due_on - clock.today()).days)
    day = looks.day_words(row.due_on)
    due = str(Text(f"{day}前，{left}", f"by {day}, {left}")) if not is_late else left
    return {"now": doing, "now_due": due, "is_late": is_late}


def who_has_it(record: Any, row: Any) -> list[Any]:
    """The persons a record waits for: by name, or the holders of the role over its unit."""
    if row is None:
        return []
    if row.person_uid is not None:
        return [one for one in (getattr(record, "author", None),) if one is not None and one.uid == row.person_uid]
    unit = getattr(record, "handler", None) if row.role == "officer" and getattr(record, "handler_id", None) else record.unit
    return list(holders_of((row.role,), unit)[:2]) if unit is not None else []


def results_of(proposal: Any) -> QuerySet[Any]:
    """The result made from a proposal, with the day its first benefit was certified; by the right to see the proposal."""
    first = Min("benefits__certified_on", filter=Q(benefits__state__in=CERTIFIED))
    rows: QuerySet[Any] = proposal.results.annotate(certified_on=first).order_by("pk")[:1]
    return rows if proposal.state == "resulted" else rows.none()


def credited_on(result: Any) -> date | None:
    """The day the first points of a result came into an account."""
    if result is None or result.certified_on is None:
        return None
    return lookup.credited_on("results", result.ref)
