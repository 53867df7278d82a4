"""The overlap ledger (重复效益台账): what was declared, and what counts once every yuan is counted once."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q, Sum

from gongchuang.people.models import Unit
from gongchuang.results.models import Benefit, BenefitQuerySet


@dataclass(slots=True)
class Group:
    """One group and year: the record that counts, and those that cite it."""

    name: str
    year: int
    owner_no: str = ""
    owner_fen: int = 0
    cited_nos: list[str] = field(default_factory=list)
    cited_fen: int = 0


@dataclass(frozen=True, slots=True)
class Overlap:
    """A unit's certified benefits: declared total, total after overlap, and the groups between them."""

    declared_fen: int
    counted_fen: int
    groups: list[Group]


def sums(certified: BenefitQuerySet) -> tuple[int, int]:
    """Declared total and total after overlap of certified benefits, in one query."""
    found = certified.aggregate(declared=Sum("amount_fen"), counted=Sum("amount_fen", filter=Q(is_owner=True)))
    return int(found["declared"] or 0), int(found["counted"] or 0)


def ledger(unit: Unit) -> Overlap:
    """Over the certified benefits inside a unit; three queries."""
    certified = Benefit.objects.certified().filter(unit__in=Unit.objects.inside(unit))
    grouped = certified.exclude(overlap_group=None).select_related("result", "overlap_group").order_by("year", "pk")
    groups: dict[tuple[int | None, int], Group] = {}
    for benefit in grouped:
        name = benefit.overlap_group.name if benefit.overlap_group else ""
        found = groups.setdefault((benefit.overlap_group_id, benefit.year), Group(name, benefit.year))
        if benefit.is_owner:
            found.owner_no, found.owner_fen = benefit.result.no, benefit.amount_fen
        else:
            found.cited_nos.append(benefit.result.no)
            found.cited_fen += benefit.amount_fen
    return Overlap(*sums(certified), list(groups.values()))
