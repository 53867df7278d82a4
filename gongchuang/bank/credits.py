"""Points for contributions (积分入账): the unit's rule on the day, shared among makers, each posting with its arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet

from gongchuang.bank import ledger
from gongchuang.bank.dues import About
from gongchuang.bank.models import POINT, Policy, Transfer
from gongchuang.bank.policy import shared
from gongchuang.kernel import clock
from gongchuang.kernel.models import Event
from gongchuang.kernel.together import Batch, along
from gongchuang.people import unit as tree
from gongchuang.people.models import Person, Unit

Shares = Sequence[tuple[Person, int]]
"""Persons with their basis points, which add up to 10,000."""


def policy_on(unit: Unit, plan: str, day: date) -> Policy | None:
    """The version in force on a day: the nearest unit's upward, and there the latest that has begun."""
    return policies_on(unit, day, plan).get(plan)


def policies_on(unit: Unit, day: date, *plans: str) -> dict[str, Policy]:
    """The version in force on a day of each plan (of all, if none is named), in two queries whatever their number."""
    return nearest(versions_on(unit, day, *plans))


def versions_on(unit: Unit, day: date, *plans: str) -> QuerySet[Policy]:
    """All that have begun on a day for a unit and those above it, what goes first of each plan first."""
    found = Policy.objects.in_force().filter(unit__path__in=tree.ancestors(unit.path), from_on__lte=day)
    found = found.filter(plan__in=plans) if plans else found
    return found.order_by("plan", "-unit__path", "-from_on", "-number").select_related("unit")


def nearest(versions: Iterable[Policy]) -> dict[str, Policy]:
    """The first version of each plan, with its terms."""
    chosen: dict[str, Policy] = {}
    batch = Batch()
    for policy in versions:
        if policy.plan not in chosen:
            chosen[policy.plan] = policy
            along(policy, ("bands", "points"), batch)
    return chosen


def expires_on(policy: Policy, day: date) -> date | None:
    """The last day of points earned on a day: the end of the year in which their term ends; None = never."""
    return date(day.year + policy.valid_years, 12, 31) if policy.valid_years is not None else None


def credit_points(
    unit: Unit,
    shares: Shares,
    points: int,
    policy: Policy,
    *,
    cause: Event,
    batch: str,
    what: str,
    about: About,
    working: dict[str, object] | None = None,
) -> list[Transfer]:
    """Credit `points` among makers by their shares; keys are the batch and the person, so the same fact credits once."""
    if not points:
        return []
    bank = unit.enterprise
    issuer = ledger.account("issuer", POINT, bank)
    parts = shared(points, [share for _, share in shares])
    explained = [
        {"person": str(person.uid), "name": person.name, "share_bp": share, "points": part}
        for (person, share), part in zip(shares, parts, strict=True)
    ]
    postings = [
        ledger.Posting(
            issuer,
            ledger.account("worker", POINT, bank, person),
            part,
            f"{batch}:{person.uid}",
            what,
            policy=policy,
            expires_on=expires_on(policy, clock.today()),
            about=about.title,
            about_desk=about.desk,
            about_ref=about.ref,
            working={**(working or {}), "points": points, "shares": explained},
        )
        for (person, _), part in zip(shares, parts, strict=True)
        if part
    ]
    return ledger.post(postings, cause=cause, batch=batch)
