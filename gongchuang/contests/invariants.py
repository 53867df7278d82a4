"""What must always hold of contests, recounted from the locked sheets."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q

from gongchuang.contests.board import board
from gongchuang.contests.models import Contest, Entry, Recusal, ScoreSheet
from gongchuang.contests.scheme import shown
from gongchuang.kernel.verify import Break, Invariant


def released_ranks() -> Iterator[Break | int]:
    """A released rank is what the locked sheets and the sealed rules give, to the last fraction."""
    for contest in Contest.objects.filter(state="released").order_by("pk"):
        seen = board(contest)
        yield len(seen.entries)
        if (seen.ranking.marks_version, seen.ranking.rules_version) != (contest.marks_version, contest.rules_version):
            yield Break("contests_contest", contest.ref, "marks or rules are not those that were signed")
        for standing in seen.ranking.standings:
            entry = seen.entries[int(standing.code)]
            exact = "" if standing.total is None or standing.rank is None else str(standing.total)
            score = "" if not exact or standing.total is None else shown(standing.total, seen.rules.places)
            if (entry.rank, entry.score_exact, entry.score) != (standing.rank, exact, score):
                yield Break("contests_entry", entry.ref, f"says rank {entry.rank}, the sheets give {standing.rank}")


def own_unit_marks() -> Iterator[Break | int]:
    """No sheet counts of a judge who stands back from the entry."""
    yield Recusal.objects.count()
    counted = ScoreSheet.objects.current().filter(entry__recusals__judge=F("judge"))
    yield from (Break("contests_scoresheet", sheet.ref, "its judge stands back from this entry") for sheet in counted)


def whole_sheets() -> Iterator[Break | int]:
    """A locked sheet has a mark for every criterion."""
    rows = ScoreSheet.objects.filter(state="locked").annotate(given=Count("marks"))
    yield rows.count()
    for uid, given, scheme in rows.values_list("uid", "given", "contest__rules").iterator(chunk_size=1000):
        if given != len(scheme["criteria"]):
            yield Break("contests_scoresheet", str(uid), f"has {given} marks")


def advanced() -> Iterator[Break | int]:
    """Whoever was recommended one level up was placed high enough below."""
    rows = Entry.objects.exclude(source=None)
    yield rows.count()
    wrong = rows.filter(Q(source__rank=None) | Q(source__rank__gt=F("source__contest__places_up")))
    yield from (Break("contests_entry", entry.ref, "was not placed high enough to be recommended") for entry in wrong)


INVARIANTS: list[Invariant] = [
    ("contests.released_ranks", released_ranks),
    ("contests.own_unit_marks", own_unit_marks),
    ("contests.whole_sheets", whole_sheets),
    ("contests.advanced", advanced),
]
