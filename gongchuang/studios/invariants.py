"""What must always hold of studios, recounted from their rows."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from gongchuang.kernel.verify import Break, Invariant
from gongchuang.studios import lineage
from gongchuang.studios.models import Activity, Studio, StudioMember


def forest() -> Iterator[Break | int]:
    """The lineage is a forest: nobody is their own ancestor, and a mother is a studio that was named."""
    rows = list(Studio.objects.values_list("pk", "no", "mother", "mother__named_on"))
    parents = {pk: mother for pk, _, mother, _ in rows}
    yield len(rows)
    for pk, no, mother, mother_named_on in rows:
        if mother is None:
            continue
        if lineage.would_circle(parents, child=pk, parent=mother):
            yield Break("studios_studio", no, "is its own ancestor")
        if mother_named_on is None:
            yield Break("studios_studio", no, "grew out of a studio that was never named")


def leaders() -> Iterator[Break | int]:
    """Each studio has exactly one member with the leader's part, and it is its leader."""
    rows = Studio.objects.all()
    yield rows.count()
    wrong = StudioMember.objects.filter(part="leader").exclude(person=F("studio__leader"))
    for member in wrong.select_related("studio"):
        yield Break("studios_studiomember", str(member.uid), f"is called leader of {member.studio.no}, which somebody else leads")
    led = StudioMember.objects.filter(part="leader").values("studio")
    for no in rows.exclude(pk__in=led).values_list("no", flat=True):
        yield Break("studios_studio", no, "has no member called its leader")


def attended() -> Iterator[Break | int]:
    """An accepted activity has at least one person."""
    rows = Activity.objects.filter(state="accepted")
    yield rows.count()
    for no in rows.filter(parts=None).values_list("no", flat=True):
        yield Break("studios_activity", no, "was accepted, and nobody took part")


INVARIANTS: list[Invariant] = [("studios.forest", forest), ("studios.leaders", leaders), ("studios.attended", attended)]
