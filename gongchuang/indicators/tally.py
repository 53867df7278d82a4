"""The tally (计数): every indicator counted ahead, by folding the rows that newly sealed Events touched.

`differences` is the whole of it: from touched records to the facts that go and the facts that come. Folding writes
them; a reading adds those not folded yet and writes nothing; a recount starts from the records alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import Final

from django.db import models, transaction
from django.db.models import Subquery
from django.db.models.functions import Coalesce

from gongchuang.indicators import catalogue, rehoming, rolls
from gongchuang.indicators.definition import Indicator
from gongchuang.indicators.models import Fact, First, Roll, Watermark
from gongchuang.indicators.rolls import FactRow, FirstRow
from gongchuang.kernel import history
from gongchuang.kernel.models import Event, EventRow, Seal
from gongchuang.kernel.remembered import kept
from gongchuang.kernel.ticket import ticket

FOLD_ROWS: Final = 20_000  # more than this at once is work for the task
TAIL_ROWS: Final = 2_000  # more than this a reading leaves out, and says up to when it counted
_CHUNK: Final = 5_000


@dataclass
class Differences:
    """What touched records change: facts and first facts that go (with their keys) and that come."""

    gone: list[tuple[int, FactRow]] = field(default_factory=list)
    new: list[FactRow] = field(default_factory=list)
    firsts_gone: list[tuple[int, FirstRow]] = field(default_factory=list)
    firsts_new: list[FirstRow] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.gone or self.new)

    def facts(self) -> Iterator[tuple[int, FactRow]]:
        """Each fact with the sign it changes the sums by."""
        yield from ((-1, fact) for _, fact in self.gone)
        yield from ((1, fact) for fact in self.new)

    def firsts(self) -> Iterator[tuple[int, FirstRow]]:
        yield from ((-1, first) for _, first in self.firsts_gone)
        yield from ((1, first) for first in self.firsts_new)


# ---- from records to facts -------------------------------------------------------------------------------------------


def facts_of(indicator: Indicator, pks: Sequence[int] | None = None) -> Iterator[FactRow]:
    """The facts that records give now, through the indicator's own filter; all records when none are named."""
    records = indicator.records()
    if pks is not None:
        records = records.filter(pk__in=pks)
    for chunk in batched(records.order_by("pk").iterator(chunk_size=2_000), 2_000):
        counted = [(record.pk, one) for record in chunk for one in indicator.counted(record)]
        paths = rehoming.paths_on({(one.unit, one.day) for _, one in counted})
        for pk, one in counted:
            path = paths[one.unit, one.day]
            yield FactRow(indicator.measure, one.part, path, one.day, pk, one.value, one.person)


def differences(touched: Mapping[str, set[int]]) -> Differences:
    """Everything the touched records change, measure by measure; reads only."""
    found = Differences()
    for indicator, pks in _records_by_indicator(touched):
        _differences_of(indicator, sorted(pks), found)
    return found


def _records_by_indicator(touched: Mapping[str, set[int]]) -> Iterator[tuple[Indicator, set[int]]]:
    """Each tables' touched rows as records of the indicators they bear on, moved units included."""
    rehomed = rehoming.records_in_moved_units(touched)
    for indicator in catalogue.INDICATORS.values():
        pks = set(touched.get(indicator.model._meta.db_table, ())) | rehomed.get(indicator.measure, set())
        for model, records in (indicator.also or {}).items():
            if rows := touched.get(model._meta.db_table):
                for chunk in batched(sorted(rows), _CHUNK):
                    pks.update(records(chunk))
        if pks:
            yield indicator, pks


def _differences_of(indicator: Indicator, pks: Sequence[int], found: Differences) -> None:
    gone: list[tuple[int, FactRow]] = []
    new: list[FactRow] = []
    for chunk in batched(pks, _CHUNK):
        new += facts_of(indicator, chunk)
        stored = Fact.objects.filter(measure=indicator.measure, src__in=chunk)
        gone += ((row[0], FactRow(*row[1:])) for row in stored.values_list("pk", *FactRow._fields))
    fresh = Counter(new)
    for pk, fact in gone:  # what is the same stays
        if fresh[fact]:
            fresh[fact] -= 1
        else:
            found.gone.append((pk, fact))
    added = list(fresh.elements())
    found.new += added
    if indicator.persons:
        dropped = [fact for _, fact in found.gone if fact.measure == indicator.measure]
        _firsts(indicator, dropped, added, found)


def _firsts(indicator: Indicator, dropped: Sequence[FactRow], added: Sequence[FactRow], found: Differences) -> None:
    """First facts of every person whose facts change, as they will be once these differences are in."""
    persons = sorted({fact.person for fact in (*dropped, *added) if fact.person is not None})
    for chunk in batched(persons, _CHUNK):
        stored = Fact.objects.filter(measure=indicator.measure, person__in=chunk)
        facts = Counter(FactRow(*row) for row in stored.values_list(*FactRow._fields))
        here = set(chunk)
        facts.subtract(fact for fact in dropped if fact.person in here)
        facts.update(fact for fact in added if fact.person in here)
        wanted = rolls.firsts(facts.elements())
        old = First.objects.filter(measure=indicator.measure, person__in=chunk)
        for row in old.values_list("pk", *FirstRow._fields):
            first = FirstRow(*row[1:])
            if first in wanted:
                wanted.discard(first)
            else:
                found.firsts_gone.append((row[0], first))
        found.firsts_new += sorted(wanted)


# ---- folding ---------------------------------------------------------------------------------------------------------


def fold(limit: int = FOLD_ROWS) -> bool:
    """Take in what sealed Events touched since the last fold; False when more is left than `limit` rows."""
    with ticket(), transaction.atomic():
        mark = _locked_mark()
        _recount_changed_definitions(mark)
        head = Seal.objects.aggregate(head=models.Max("seq"))["head"] or 0
        rows = list(
            EventRow.objects.filter(event__seal__seq__gt=mark.seq, event__seal__seq__lte=head)
            .order_by("event__seal__seq")
            .values_list("event__seal__seq", "table", "pk_of_row")[: limit + 1]
        )
        is_all = len(rows) <= limit
        # Cut between two Events; a single Event larger than the limit is taken whole.
        until = head if is_all else max(rows[-1][0] - 1, rows[0][0])
        if not is_all and until == rows[0][0]:
            one = EventRow.objects.filter(event__seal__seq=until)
            rows = [(until, table, pk) for table, pk in one.values_list("table", "pk_of_row")]
        if until > mark.seq:
            apply(differences(by_table((table, pk) for seq, table, pk in rows if seq <= until)))
            mark.seq = until
            mark.at = Event.objects.filter(seal__seq=until).values_list("at", flat=True).get()
            mark.save()
    return is_all


def fold_everything() -> None:
    """Fold in steps until nothing is left: the background task and the commands."""
    while not fold():
        pass


def catch_up() -> None:
    """Seal what was committed, then fold it: what a door does after each action."""
    history.seal()
    fold()


def by_table(rows: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for table, pk in rows:
        found.setdefault(table, set()).add(pk)
    return found


def apply(found: Differences) -> None:
    """Write differences: facts and first facts replaced, rolls adjusted by exactly as much."""
    for chunk in batched((pk for pk, _ in found.gone), _CHUNK):
        Fact.objects.filter(pk__in=chunk).delete()
    Fact.objects.bulk_create((Fact(**fact._asdict()) for fact in found.new), batch_size=_CHUNK)
    for chunk in batched((pk for pk, _ in found.firsts_gone), _CHUNK):
        First.objects.filter(pk__in=chunk).delete()
    First.objects.bulk_create((First(**first._asdict()) for first in found.firsts_new), batch_size=_CHUNK)
    rolls.adjust(rolls.changes(found.facts(), found.firsts(), catalogue.BY_MEASURE))


def _locked_mark() -> Watermark:
    Watermark.objects.get_or_create(pk=1)
    return Watermark.objects.select_for_update().get(pk=1)


# ---- recounting ------------------------------------------------------------------------------------------------------


def recount() -> int:
    """Throw the whole tally away and count again from the records; returns the number of facts."""
    history.seal()
    with ticket(), transaction.atomic():
        mark = _locked_mark()
        for model in (Fact, First, Roll):
            model.objects.all().delete()
        for indicator in catalogue.INDICATORS.values():
            _count_anew(indicator)
        last = Seal.objects.select_related("event").order_by("-seq").first()
        mark.seq, mark.at = (last.seq, last.event.at) if last else (0, None)
        mark.versions = _versions()
        mark.save()
        return Fact.objects.count()


def _versions() -> dict[str, int]:
    return {key: indicator.version for key, indicator in catalogue.INDICATORS.items()}


def _recount_changed_definitions(mark: Watermark) -> None:
    """A definition that is new or has a new version is counted from its records, the others are left alone."""
    wanted = _versions()
    if mark.versions == wanted:
        return
    known = set(catalogue.BY_MEASURE)
    for model in (Fact, First, Roll):
        model.objects.exclude(measure__in=known).delete()
    for key, version in wanted.items():
        if mark.versions.get(key) != version:
            _count_anew(catalogue.INDICATORS[key])
    mark.versions = wanted
    mark.save()


def _count_anew(indicator: Indicator) -> None:
    for model in (Fact, First, Roll):
        model.objects.filter(measure=indicator.measure).delete()
    found = rolls.Changes()
    for chunk in batched(facts_of(indicator), _CHUNK):
        Fact.objects.bulk_create(Fact(**fact._asdict()) for fact in chunk)
        found += rolls.changes(((1, fact) for fact in chunk), (), catalogue.BY_MEASURE)
    if indicator.persons:
        facts = Fact.objects.filter(measure=indicator.measure).values_list(*FactRow._fields)
        firsts = rolls.firsts(FactRow(*row) for row in facts.iterator())
        First.objects.bulk_create((First(**first._asdict()) for first in sorted(firsts)), batch_size=_CHUNK)
        found += rolls.changes((), ((1, first) for first in firsts), catalogue.BY_MEASURE)
    rolls.adjust(found)


# ---- the tail --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tail:
    """What a reading has to add to the folded sums: nothing, the differences, or more than a page should compute."""

    found: Differences
    is_left_out: bool = False


def tail() -> Tail:
    """The differences of sealed Events that are not folded yet; reads only. That there are none holds until the next Event."""
    return kept("tally.tail", None, _tail, is_worth=lambda found: not found.found and not found.is_left_out)


def _tail() -> Tail:
    mark = Watermark.objects.filter(pk=1).values("seq")[:1]
    rows = (
        EventRow.objects.filter(event__seal__seq__gt=Coalesce(Subquery(mark), 0))
        .values_list("table", "pk_of_row")
        .order_by()[: TAIL_ROWS + 1]
    )
    touched = [(table, pk) for table, pk in rows]
    if len(touched) > TAIL_ROWS:
        return Tail(Differences(), is_left_out=True)
    return Tail(differences(by_table(touched)) if touched else Differences())


def folded_until() -> datetime | None:
    """The moment of the last Event that the sums contain (数据截至)."""
    return Watermark.objects.filter(pk=1).values_list("at", flat=True).first()
