"""Figures read from the rolls against the same figures counted from the records by SQL (数字)."""

from __future__ import annotations

from django.db import connection

from gongchuang.cli.bench.shape import Benchmark, Pair, Setting
from gongchuang.indicators import reading, tally
from gongchuang.indicators.figure import Figure
from gongchuang.kernel.text import Text
from gongchuang.people.lookup import the_city
from gongchuang.proposals.models import Proposal

RECOGNISED = "SELECT count(*) FROM v_result WHERE kind = '{}' AND state = 'recognised'"
FROM_RECORDS = {
    "proposals.made": "SELECT count(*) FROM v_proposal WHERE state <> 'withdrawn'",
    "results.technical_innovations": RECOGNISED.format("technical_innovation"),
    "results.inventions": RECOGNISED.format("invention"),
    "results.operating_methods": RECOGNISED.format("operating_method"),
    "results.benefit": "SELECT COALESCE(sum(amount_fen), 0) FROM v_benefit WHERE state IN ('certified', 'audited') AND is_owner",
    "bank.incentives_paid": (
        "SELECT COALESCE(sum(e.amount), 0) FROM v_ledger_entry e JOIN bank_account a ON a.id = e.account "
        "WHERE a.kind = 'received' AND e.unit = 'CNY'"
    ),
}
"""One independent question over the audit views for each figure; what was counted before the platform is no record."""


def prepare(setting: Setting) -> Pair:
    _fill(setting.rows)
    city = the_city()
    assert city is not None
    period = reading.default_period()

    def read(number: int) -> dict[str, int]:
        return {one.key: _from_records(one) for one in reading.figures(city, period, FROM_RECORDS)}

    def count(number: int) -> dict[str, int]:
        found: dict[str, int] = {}
        with connection.cursor() as cursor:
            for key, statement in FROM_RECORDS.items():
                cursor.execute(statement)
                found[key] = int(cursor.fetchone()[0])
        return found

    return Pair(read, count, setting.rows, agree=True)


def _fill(rows: int) -> None:
    """So many more proposals, copies of the first; the tally is then counted anew."""
    columns = [str(field.column) for field in Proposal._meta.concrete_fields if not field.primary_key]
    own = {"uid": "lower(hex(randomblob(16)))", "no": "'BENCH-' || n"}
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {rows:d}) "
            f"INSERT INTO proposals_proposal ({', '.join(columns)}) SELECT {', '.join(own.get(one, one) for one in columns)} "
            "FROM number, (SELECT * FROM proposals_proposal ORDER BY id LIMIT 1)"
        )
    tally.recount()


def _from_records(figure: Figure) -> int:
    return sum(part.value for part in figure.parts if part.status in ("certified", "recorded"))


BENCHMARK = Benchmark(
    label=Text("六个累计数字：读汇总", "six cumulative figures, read from the rolls"),
    reference="one SQL over the audit views for each figure, with equal results",
    prepare=prepare,
)
