"""Plans: each scope reads facts by the index meant for it, and a page of a city's list sorts nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongchuang.indicators import reading, tally
from gongchuang.indicators.models import Fact
from gongchuang.indicators.rules import OPERATOR
from gongchuang.kernel.period import Period

Y2026 = Period.year(2026)
pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL plans by its statistics")


@pytest.fixture
def many(town, worker, city):
    """Enough facts that a plan matters."""
    town.propose(worker)
    tally.catch_up()
    Fact.objects.bulk_create(
        (
            Fact(measure=measure, path=worker.unit.path, day=date(2020 + at % 6, 1 + at % 12, 1), src=10_000 + at, value=1, person=None)
            for measure in (201, 101)
            for at in range(3_000)
        ),
        batch_size=1_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plans(run) -> list[str]:
    """How SQLite reads facts in the queries of `run`."""
    with CaptureQueriesContext(connection) as told:
        run()
    found = []
    with connection.cursor() as cursor:
        for query in told:
            if "indicators_fact" in query["sql"]:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                found.append(" | ".join(row[3] for row in cursor.fetchall()))
    return found


@pytest.mark.parametrize(("key", "index"), [("proposals", "fact_day"), ("skilled_talents", "fact_record")])
def test_a_citys_list_is_read_in_its_own_order(many, city, key, index):
    figure = reading.figure(key, city, Y2026, OPERATOR)
    (plan,) = plans(lambda: reading.records(figure, OPERATOR))
    assert index in plan
    assert "TEMP B-TREE FOR GROUP BY" not in plan


def test_a_small_unit_reads_its_own_facts_by_path(many, factory, team):
    for unit in (factory, team):
        (plan,) = plans(lambda unit=unit: reading.figure("proposals", unit, Y2026, OPERATOR))
        assert "fact_scope" in plan


def test_a_city_reads_only_the_edge_days_from_facts(many, city, district):
    for unit in (city, district):
        for plan in plans(lambda unit=unit: reading.figure("proposals", unit, Period.parse("2025-03-02..2026-02-10"), OPERATOR)):
            assert "indicators_fact USING INDEX fact_day (measure=? AND day>? AND day<?)" in plan
    assert plans(lambda: reading.figure("proposals", city, Period.year(2025), OPERATOR)) == []
