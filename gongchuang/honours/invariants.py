"""What must always hold of selections."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q

from gongchuang.honours.models import Nomination, Objection, SelectionRound
from gongchuang.kernel.verify import Break, Invariant


def grants() -> Iterator[Break | int]:
    """A nomination that is named has a standing grant by its round's document; a revoked one a revoked grant."""
    rows = Nomination.objects.filter(state__in=["named", "revoked"])
    yield rows.count()
    wrong = rows.exclude(grant__document_no=F("round__document_no"), grant__title=F("round__title")) | rows.filter(
        Q(state="named", grant__revoked_on__isnull=False) | Q(state="revoked", grant__revoked_on__isnull=True)
    )
    for no in wrong.values_list("no", flat=True):
        yield Break("honours_nomination", no, "its grant does not say the same")


def objections() -> Iterator[Break | int]:
    """Nothing was named while an objection was open."""
    yield Objection.objects.count()
    waiting = Objection.objects.filter(state="lodged", nomination__round__state__in=["named", "settled"])
    late = Objection.objects.filter(decided_on__gt=F("nomination__round__named_on"))
    for uid in (waiting | late).values_list("uid", flat=True):
        yield Break("honours_objection", str(uid), "was open when the round was named")


def quotas() -> Iterator[Break | int]:
    """No more were listed than the quota."""
    chosen = Count("nominations", filter=Q(nominations__state__in=["listed", "removed", "named", "revoked"]))
    rows = SelectionRound.objects.annotate(chosen=chosen)
    yield rows.count()
    for selection in rows.filter(chosen__gt=F("quota")):
        yield Break("honours_selectionround", selection.no, f"lists {selection.chosen} for {selection.quota}")


INVARIANTS: list[Invariant] = [
    ("honours.grants", grants),
    ("honours.objections", objections),
    ("honours.quotas", quotas),
]
