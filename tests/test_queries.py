"""Every page takes few queries, whatever the number of rows.

Five is what a page may take; tests/query_budgets.csv names the pages that honestly need more, with the reason. A page is
counted as it is met in a running city: what a process remembers (docs/decisions/0012-pages-in-few-queries.md) has been read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count, Model
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from gongchuang.desks import DESKS
from gongchuang.kernel import clock, remembered
from gongchuang.kernel.together import Batch
from gongchuang.proposals.desk import PROPOSALS
from gongchuang.web import listing
from tests.pages import VISITOR, City, Visit, chosen, noting

BUDGETS = Path(__file__).with_name("query_budgets.csv")
FIVE = 5
COLD = 20
"""What a page of figures may take in a process that remembers nothing yet."""
TODAY = "2026-06-01T09:00"
LOOKS = 2


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    anchors = tmp_path_factory.mktemp("anchors") / "anchors.log"
    with (
        django_db_blocker.unblock(), clock.frozen(TODAY), override_settings(ANCHORS=anchors, IS_DEMO=True), transaction.atomic()
    ):  # fmt: skip
        yield City()
        transaction.set_rollback(True)


def budgets() -> dict[str, int]:
    with BUDGETS.open(encoding="utf-8") as file:
        return {row["page"]: int(row["queries"]) for row in csv.DictReader(file)}


def counted(city: City, visit: Visit, most: int) -> tuple[int, list[str]]:
    """How many statements a page takes; asked again where it is over, since the first look may read what is remembered."""
    with clock.frozen(TODAY):
        for _ in range(2):
            response, statements = city.look(visit)
            assert response.status_code in {200, 302, 404} or visit.reader == VISITOR, f"{visit}: {response.status_code}"
            if len(statements) <= most:
                break
    return (len(statements) if response.status_code == 200 else 0), statements


def test_no_page_takes_more_than_its_budget(city):
    allowed = budgets()
    seen: dict[str, int] = {}
    over: list[str] = []
    for visit in chosen(city.visits(), LOOKS):
        most = allowed.get(visit.page, FIVE)
        count, statements = counted(city, visit, most)
        seen[visit.page] = max(seen.get(visit.page, 0), count)
        if count > most:
            over.append("\n   ".join([f"{visit.page} as {visit.reader} ({visit.address}): {count}, allowed {most}", *statements]))
    assert over == [], "\n".join(over)
    assert set(allowed) <= set(seen), "a budget is of a page that is not there"
    assert len(seen) > 250, "the walk has lost pages"


def test_a_list_takes_the_same_for_one_row_and_for_many(city):
    tried, wrong = 0, []
    for desk in DESKS:
        for reader in ("city", "officer", "worker"):
            person = city.persons[reader]
            order = listing.order_for(desk, desk.table, "")
            rows = list(listing.ordered(desk.table.rows(desk.rows_for(person)), order))
            if len(rows) < 4:
                continue
            # Both pages begin after a key: behind the first row stand many, behind the last but one stands one.
            with clock.frozen(TODAY):
                pages = [f"/{desk.key}/?after={listing._write_key(row, order)}" for row in (rows[0], rows[-2])]
                city.look(Visit("", reader, pages[0]))
                many, one = (len(city.look(Visit("", reader, page))[1]) for page in pages)
            tried += 1
            if many != one:
                wrong.append(f"/{desk.key}/ as {reader}: {many} for {len(rows) - 1} rows, {one} for one")
            break
    assert wrong == []
    assert tried > 20


@pytest.mark.parametrize("page", ["/", "/figures/", "/report/"])
def test_figures_are_read_in_a_bounded_number_by_a_process_that_remembers_nothing(city, page):
    remembered.MEMORY.forget()
    with clock.frozen(TODAY):
        response, statements = city.look(Visit(page, "city", page))
    assert response.status_code == 200
    assert FIVE < len(statements) <= COLD, statements


def test_a_page_never_writes(city):
    with clock.frozen(TODAY):
        for page in ("/", "/figures/", "/report/", "/me/", "/proposals/", "/proposals/new/"):
            _, statements = city.look(Visit(page, "worker", page))
            assert not [one for one in statements if one.lstrip("(").split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def test_what_is_read_together_is_what_would_be_read_alone(city):
    """Every desk's rows with all that is joined to them: the same values of the same types, in the same order."""
    batch, statements = Batch(), list[str]()
    whole = {desk.key: desk.table.rows(desk.rows_for(city.persons["city"])).prefetch_related(None) for desk in DESKS}
    rows = {f"{key} {most}": one[:most] for key, one in whole.items() for most in (25, None)}
    counts = PROPOSALS.rows_for(city.persons["city"]).order_by().values_list("state").annotate(n=Count("pk"))
    read = {key: batch(one.all()) for key, one in rows.items()}
    read_counts, nothing = batch(counts.all()), batch(whole["units"].none())
    with connection.execute_wrapper(noting(statements)):
        assert len(list(read["units 25"])) > 2 and list(nothing) == []
    assert len(statements) == 1
    assert sorted(read_counts) == sorted(counts)
    for key, one in rows.items():
        assert [standing(record) for record in read[key]] == [standing(record) for record in one], key
    assert sum(map(len, read.values())) > 1000
    assert len(statements) == 1


def standing(record: Any, deep: int = 3) -> Any:
    """All values of a record with their types, and those of the records that came with it."""
    if not isinstance(record, Model):
        return type(record), record
    values = {name: (type(value), value) for name, value in vars(record).items() if name != "_state"}
    return type(record), values, {name: standing(one, deep - 1) for name, one in record._state.fields_cache.items() if deep}
