"""What must always hold of the academies, recounted from enrolments and attendance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Min, Q, Sum
from django.db.models.functions import Coalesce

from gongchuang.academy.models import Enrolment, TrainingClass
from gongchuang.kernel import clock
from gongchuang.kernel.verify import Break, Invariant


def seats() -> Iterator[Break | int]:
    """The seats a class says are taken are those its enrolments hold."""
    rows: Any = TrainingClass.objects.annotate(held=Count("enrolments", filter=Q(enrolments__seat__isnull=False)))
    yield rows.count()
    for training in rows.exclude(held=F("taken")):
        yield Break("academy_trainingclass", training.no, f"says {training.taken} seats are taken, {training.held} are held")


def attendance() -> Iterator[Break | int]:
    """What an enrolment says of attendance is what was signed: how often, and when first."""
    rows = Enrolment.objects.annotate(noted=Count("attendances"), first=Min("attendances__session__starts_at"))
    yield rows.count()
    shown = rows.values_list("uid", "sessions_attended", "attended_on", "noted", "first")
    for uid, said, attended_on, noted, first in shown.iterator(chunk_size=1000):
        day = first.astimezone(clock.ZONE).date() if first else None
        if (said, attended_on) != (noted, day):
            yield Break(
                "academy_enrolment",
                str(uid),
                f"says {said} meetings since {attended_on}, signed are {noted} since {day}",
            )


def hours() -> Iterator[Break | int]:
    """The hours booked at the end of a class are those of the meetings attended."""
    ended = Enrolment.objects.filter(training__state="finished").exclude(state="withdrawn")
    rows: Any = ended.annotate(attended=Coalesce(Sum("attendances__session__hours"), 0))
    yield rows.count()
    for uid, said, attended in rows.exclude(hours=F("attended")).values_list("uid", "hours", "attended"):
        yield Break("academy_enrolment", str(uid), f"says {said} hours, the meetings attended have {attended}")


INVARIANTS: list[Invariant] = [
    ("academy.seats", seats),
    ("academy.attendance", attendance),
    ("academy.hours", hours),
]
