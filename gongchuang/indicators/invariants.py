"""The tally against the records (计数核验): counted again through the indicators' own filters, and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gongchuang.indicators import catalogue, rolls, tally
from gongchuang.indicators.definition import Indicator
from gongchuang.indicators.models import Fact, First, Roll
from gongchuang.indicators.rolls import FactRow, FirstRow, RollKey
from gongchuang.kernel.verify import Break, Invariant


def facts_match() -> Iterator[Break | int]:
    """Every fact is what its record gives now, and every record has given its facts."""
    tally.fold_everything()
    for indicator in catalogue.INDICATORS.values():
        stored = _stored_facts(indicator)
        counted = Counter(tally.facts_of(indicator))
        yield sum(counted.values())
        table = indicator.model._meta.db_table
        said, true = _by_record(stored - counted), _by_record(counted - stored)
        for src in sorted(said.keys() | true.keys()):
            more, less = said.get(src, 0), true.get(src, 0)
            yield Break(table, str(src), f"{indicator.key} counts {more} that the record does not give, and lacks {less}")
    known = set(catalogue.BY_MEASURE)
    for measure in Fact.objects.exclude(measure__in=known).values_list("measure", flat=True).distinct():
        yield Break("indicators_fact", str(measure), "belongs to no indicator")


def _by_record(facts: Counter[FactRow]) -> dict[int, int]:
    """The sum of facts by the record they are of."""
    found: dict[int, int] = {}
    for fact, times in facts.items():
        found[fact.src] = found.get(fact.src, 0) + fact.value * times
    return found


def _stored_facts(indicator: Indicator) -> Counter[FactRow]:
    rows = Fact.objects.filter(measure=indicator.measure).values_list(*FactRow._fields)
    return Counter(FactRow(*row) for row in rows.iterator(chunk_size=5_000))


def rolls_match() -> Iterator[Break | int]:
    """Every roll is the sum of its facts, and every person is counted once."""
    wanted = rolls.Changes()
    for indicator in catalogue.INDICATORS.values():
        facts = _stored_facts(indicator)
        wanted += rolls.changes(((1, fact) for fact in facts.elements()), (), catalogue.BY_MEASURE)
        if indicator.persons:
            firsts = rolls.firsts(facts)
            stored = {FirstRow(*row) for row in First.objects.filter(measure=indicator.measure).values_list(*FirstRow._fields)}
            yield len(stored)
            for first in sorted(stored ^ firsts)[:100]:
                yield Break("indicators_first", str(first.person), f"first fact of {indicator.key} is not kept as it is")
            wanted += rolls.changes((), ((1, first) for first in firsts), catalogue.BY_MEASURE)
    expected = {key: both for key, both in wanted.items() if both != (0, 0)}
    for roll in Roll.objects.iterator(chunk_size=5_000):
        yield 1
        key = RollKey(roll.measure, roll.part, roll.node, roll.grain, roll.starts)
        if expected.pop(key, None) != (roll.records, roll.value):
            yield Break("indicators_roll", str(roll.pk), f"is not the sum of its facts ({key})")
    for key in sorted(expected):
        yield Break("indicators_roll", "", f"is missing ({key})")


INVARIANTS: list[Invariant] = [("tally:facts", facts_match), ("tally:rolls", rolls_match)]
