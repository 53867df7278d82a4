"""What is owed to makers and winners (应付奖励): made by an act of this or a higher step, which brings the cause Event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongchuang.bank import flow
from gongchuang.bank.models import Due, Policy
from gongchuang.kernel import clock
from gongchuang.kernel.models import Event, next_number
from gongchuang.people.models import Person, Unit


@dataclass(frozen=True, slots=True)
class About:
    """What a due or transfer is for, and the desk and number where it can be looked up."""

    title: str
    desk: str = ""
    ref: str = ""


def owe(
    unit: Unit,
    payee: Person | Unit,
    *,
    kind: str,
    source: str,
    about: About,
    cause: Event,
    by: Person | None,
    amount_fen: int | None,
    year: int,
    instalment: int = 0,
    base_fen: int | None = None,
    share_bp: int = 10_000,
    working: str = "",
    due_on: date | None = None,
    policy: Policy | None = None,
    key: str | None = None,
) -> Due:
    """One due, once for (source, kind, instalment, payee); without an amount it waits for its year's profit.

    source: the business fact, e.g. 'benefit:<uid>'. amount_fen > 0, or None while it is not known yet.
    """
    person = payee if isinstance(payee, Person) else None
    team = payee if isinstance(payee, Unit) else None
    before = Due.objects.filter(source=source, kind=kind, instalment=instalment, person=person, payee_unit=team).first()
    if before is not None:
        return before
    day = due_on or clock.today()
    due = Due(
        no=next_number("JL", clock.today().year),
        unit=unit,
        kind=kind,
        person=person,
        payee_unit=team,
        source=source,
        instalment=instalment,
        year=year,
        base_fen=base_fen,
        share_bp=share_bp,
        amount_fen=amount_fen,
        working=working[:200],
        due_on=day,
        policy=policy,
        cause=cause,
        about=about.title[:200],
        about_desk=about.desk,
        about_ref=about.ref[:40],
    )
    flow.DUE.start(due, by=by, key=key, name="owe", amount_fen=amount_fen, about=about.ref)
    if amount_fen is not None and day <= clock.today():
        flow.DUE.move(due, "fall_due", by=by, tell=[person] if person else [])
    return due


def become_known(due: Due, *, base_fen: int, amount_fen: int, working: str, by: Person | None) -> Due:
    """A year's profit is certified: the expected due gets its amount; a year without profit cancels it."""
    due.base_fen, due.amount_fen, due.working = base_fen, amount_fen or None, working[:200]
    move = "fall_due" if amount_fen else "cancel"
    flow.DUE.move(due, move, by=by, tell=[due.person] if due.person else [], reason="" if amount_fen else "no profit")
    return due


def call_off(source: str, *, by: Person | None, reason: str) -> list[Due]:
    """The fact a source stood on was overturned: what is unpaid is cancelled, what is paid is to be recovered."""
    changed = []
    for due in Due.objects.filter(source=source).exclude(state__in=["cancelled", "to_recover", "recovered"]).order_by("pk"):
        flow.DUE.move(
            due,
            "recall" if due.state == "paid" else "cancel",
            by=by,
            tell=[due.person] if due.person else [],
            reason=reason,
        )
        changed.append(due)
    return changed
