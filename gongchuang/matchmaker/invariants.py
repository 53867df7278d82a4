"""What must always hold of matches, recounted from their rows."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Min, Q

from gongchuang.kernel.verify import Break, Invariant
from gongchuang.matchmaker.models import Contract, Match, Need


def matched() -> Iterator[Break | int]:
    """A need is matched since the first day on which both sides of one of its matches agreed."""
    rows = Need.objects.annotate(first=Min("matches__agreed_on"))
    yield rows.count()
    for no, said, first in rows.exclude(matched_on=None, first=None).values_list("no", "matched_on", "first"):
        if said != first:
            yield Break("matchmaker_need", no, f"says matched on {said}, its matches agreed on {first}")


def scores() -> Iterator[Break | int]:
    """The reasons kept with a match add up to its score."""
    rows = Match.objects.values_list("no", "score_bp", "reasons")
    yield rows.count()
    for no, score_bp, reasons in rows.iterator(chunk_size=1000):
        if score_bp != sum(int(points) for _, _, points in reasons):
            yield Break("matchmaker_match", no, "its reasons do not add up to its score")


def signed() -> Iterator[Break | int]:
    """A signed match has its contract of the same day; an effective one has a confirmed benefit, no other has."""
    contracts = Contract.objects.annotate(confirmed=Count("benefits", filter=Q(benefits__state="confirmed"))).select_related("match")
    yield contracts.count()
    for contract in contracts:
        match = contract.match
        if contract.signed_on != match.signed_on:
            yield Break("matchmaker_contract", contract.no, f"was signed on {contract.signed_on}, its match says {match.signed_on}")
        if (match.state == "effective") != (contract.confirmed > 0):
            yield Break("matchmaker_match", match.no, f"is {match.state} with {contract.confirmed} confirmed benefits")
    for no in Match.objects.filter(state__in=["signed", "effective"], contract=None).values_list("no", flat=True):
        yield Break("matchmaker_match", no, "is signed without a contract")


def sides() -> Iterator[Break | int]:
    """A match belongs to its need's enterprise."""
    rows = Match.objects.all()
    yield rows.count()
    for no in rows.exclude(unit=F("need__unit")).values_list("no", flat=True):
        yield Break("matchmaker_match", no, "belongs to another enterprise than its need")


INVARIANTS: list[Invariant] = [
    ("matchmaker.matched", matched),
    ("matchmaker.scores", scores),
    ("matchmaker.signed", signed),
    ("matchmaker.sides", sides),
]
