"""What tests of the catalogue ask: the figures of a unit now, each checked against its own list."""

from __future__ import annotations

from gongchuang.indicators import invariants, listing, reading, tally
from gongchuang.indicators.rules import OPERATOR
from gongchuang.kernel import verify
from gongchuang.kernel.period import Period
from gongchuang.people.models import Unit

Y2026 = Period.year(2026)


def counted(unit: Unit, *articles: str, period: Period = Y2026) -> list[int | None]:
    """The values of figures by article key, after folding; lists add up and the tally equals a recount."""
    tally.catch_up()
    found = reading.figures(unit, period, articles, OPERATOR)
    for figure in found:
        rows = list(listing.everything(figure, OPERATOR, size=3))
        if figure.definition.kind not in {"ratio", "rule"}:
            assert (sum(row.value for row in rows), len(rows)) == (figure.value, figure.record_count), figure.key
    for name, function in invariants.INVARIANTS:
        assert verify.check(name, function).breaks == []
    return [figure.value for figure in found]
