"""What stands on a worker's home beside the proposal (我的首页): the balance, and the next class or contest; one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Subquery, Sum

from gongchuang.kernel import clock
from gongchuang.people import lookup
from gongchuang.web import passbook


@dataclass(frozen=True)
class Coming:
    """A class or a contest that is still to come."""

    title: str
    on: date
    place: str
    address: str


def glance(person: Any) -> tuple[int, Coming | None]:
    """The points of all own accounts, and whichever comes first of the next class and the next contest."""
    today = clock.today()
    points = passbook.accounts(person).order_by().values("person").annotate(sum=Sum("balance")).values("sum")
    classes = person.enrolments.filter(state="signed_up", training__starts_on__gte=today).order_by("training__starts_on", "pk")
    contests = person.contest_entries.filter(entry__state="entered", contest__held_on__gte=today).order_by("contest__held_on", "pk")
    row = lookup.row_of(person).values(
        points=Subquery(points[:1]),
        class_uid=Subquery(classes.values("uid")[:1]),
        class_title=Subquery(classes.values("training__title")[:1]),
        class_on=Subquery(classes.values("training__starts_on")[:1]),
        class_place=Subquery(classes.values("training__place")[:1]),
        contest_no=Subquery(contests.values("contest__no")[:1]),
        contest_title=Subquery(contests.values("contest__title")[:1]),
        contest_on=Subquery(contests.values("contest__held_on")[:1]),
    )[0]
    found = []
    if row["class_on"]:
        found.append(Coming(row["class_title"], row["class_on"], row["class_place"], f"/enrolments/{row['class_uid']}/"))
    if row["contest_on"]:
        found.append(Coming(row["contest_title"], row["contest_on"], "", f"/contests/{row['contest_no']}/"))
    return row["points"] or 0, min(found, key=lambda one: one.on, default=None)
