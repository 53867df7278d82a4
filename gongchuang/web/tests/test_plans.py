"""Lists of every scope are read by the index meant for it: a city's in its own order, a district's and an enterprise's by unit."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongchuang.kernel import clock
from gongchuang.people.models import Person
from gongchuang.proposals.models import Proposal
from gongchuang.results.models import Result

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL plans by its statistics")

TABLES = {"proposals": "proposals_proposal", "results": "results_result", "people": "people_person"}
UNITS = 12


@pytest.fixture
def many(cast, city, district, other_factory, worker):
    """Enough rows in enough units that a plan matters."""
    districts = [district, other_factory.parent, *(cast.unit(city, "district", f"第{at}区", code=f"37992{at}") for at in range(4))]
    factories = [cast.unit(districts[at % 6], "enterprise", f"工厂{at}") for at in range(UNITS)]
    persons = Person.objects.bulk_create(Person(name="某人", unit=unit) for unit in factories for _ in range(150))
    today = clock.today()
    Proposal.objects.bulk_create(
        Proposal(no=f"JY-X-{at}", title="改进", problem="问题", idea="办法", author=one, unit=one.unit, submitted_on=today)
        for at, one in enumerate(persons)
    )
    Result.objects.bulk_create(
        Result(no=f"CG-X-{at}", kind="technical_innovation", title="成果", unit=one.unit, registered_by=one, registered_on=today)
        for at, one in enumerate(persons)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return factories


def plans(client, address: str, table: str) -> list[str]:
    """How SQLite reads a table in the statements of a page."""
    client.get(address)
    with CaptureQueriesContext(connection) as told:
        assert client.get(address).status_code == 200
    found = []
    with connection.cursor() as cursor:
        for query in told:
            if f'FROM "{table}"' in query["sql"] and "COUNT(" not in query["sql"]:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                found.append(" | ".join(row[3] for row in cursor.fetchall()))
    return found


@pytest.mark.parametrize("key", TABLES)
def test_a_citys_list_walks_its_own_order_and_sorts_nothing(many, city_officer, as_, key):
    (plan,) = plans(as_(city_officer), f"/{key}/", TABLES[key])
    assert "TEMP B-TREE" not in plan
    assert f"SCAN {TABLES[key]}" in plan  # from the end, fifty rows
    assert "UNION" not in plan


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("who", ["district", "enterprise", "worker"])
def test_a_smaller_scope_scans_no_table(many, cast, district_officer, worker, as_, key, who):
    person = {"district": district_officer, "enterprise": cast.person(many[0], "干事", "officer"), "worker": worker}[who]
    for plan in plans(as_(person), f"/{key}/", TABLES[key]):
        assert not [step for step in plan.split(" | ") if step.startswith("SCAN") and "INDEX" not in step and "SUBQUERY" not in step], plan


def test_an_enterprises_proposals_are_found_by_their_unit(many, cast, as_):
    (plan,) = plans(as_(cast.person(many[0], "干事", "officer")), "/proposals/", "proposals_proposal")
    assert "proposal_unit_day" in plan or "proposals_proposal_unit_id" in plan
    assert "people_unit" in plan


@pytest.mark.parametrize("key", TABLES)
def test_the_second_page_goes_on_by_key(many, city_officer, as_, key):
    client = as_(city_officer)
    page = client.get(f"/{key}/").context["page"]
    assert page.after
    with CaptureQueriesContext(connection) as told:
        client.get(f"/{key}/?after={page.after}")
    assert not [query["sql"] for query in told if "OFFSET" in query["sql"]]
    (plan,) = plans(client, f"/{key}/?after={page.after}", TABLES[key])
    assert f"SEARCH {TABLES[key]} USING INTEGER PRIMARY KEY (rowid<?)" in plan
