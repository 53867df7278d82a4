"""What the written-out statements store and read is what the ORM stores and reads, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import models

from gongchuang.kernel import clock, history, statements
from gongchuang.kernel.models import Event, EventRow, Notice, SearchWord, Waiting
from gongchuang.people.models import Person

pytestmark = pytest.mark.django_db
FACTS = {"名称": "横杆", "rate": 2, "nested": [{"is_owner": True, "note": None}]}


def event() -> Event:
    return Event(at=clock.now(), action="proposal.adopt", actor_uid=clock.new_uid(), subject_table="x", subject_pk=2**40, facts=FACTS)


def notice() -> Notice:
    about = event()
    statements.insert(about)
    return Notice(person_uid=clock.new_uid(), event=about, text_zh="新建议：“横杆”", text_en="New 100%s", at=clock.now())


def waiting() -> Waiting:
    return Waiting(
        table="x", pk_of_row=7, desk="proposals", ref="JY-2026-00001", act="adopt", role="leader", path=2**40, since_on=date(2026, 6, 12)
    )


def columns(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}


@pytest.mark.parametrize("made", [event, notice, waiting])
def test_an_inserted_row_reads_back_as_it_was_given_and_knows_its_key(made: Callable[[], models.Model]) -> None:
    row = made()
    statements.insert(row)
    assert row.pk is not None and not row._state.adding
    assert columns(type(row)._base_manager.get(pk=row.pk)) == columns(row)


def test_rows_inserted_together_are_those_of_the_orm() -> None:
    first = notice()
    rows = [first, Notice(**{**columns(first), "text_zh": "第二条"})]
    statements.insert_many(rows)
    Notice._base_manager.bulk_create([Notice(**columns(row)) for row in rows])
    stored = [columns(row) for row in Notice._base_manager.order_by("pk")]
    assert stored[:2] == stored[2:] == [columns(row) for row in rows]


def test_a_reading_is_that_of_the_orm_ciphers_and_dates_included(worker: Person, leader: Person) -> None:
    names = tuple(field.name for field in history.protected_fields(Person))
    pks = [leader.pk, worker.pk]
    read = [list(row) for row in Person._base_manager.filter(pk__in=pks).order_by("pk").values_list("pk", *names)]
    assert list(statements.stored(Person, pks, names)) == read
    assert len(read) == 2


def test_rows_and_their_number_stand_in_the_event() -> None:
    made = event()
    statements.insert(made)
    statements.write_rows(made.pk, [("b", 2, "d2"), ("a", 1, "")])
    rows = EventRow.objects.filter(event=made).order_by("pk").values_list("table", "pk_of_row", "digest")
    assert list(rows) == [("b", 2, "d2"), ("a", 1, "")]
    assert Event.objects.get(pk=made.pk).row_count == 2


def test_words_come_and_go_for_their_own_table_only() -> None:
    statements.change_words("a", gone=[], new=[("焊接", 1), ("叶轮", 2)])
    statements.change_words("b", gone=[], new=[("焊接", 1)])
    assert statements.words_of("a", [1, 2]) == {("焊接", 1), ("叶轮", 2)}
    statements.change_words("a", gone=[("焊接", 1)], new=[])
    assert set(SearchWord.objects.values_list("token", "table", "pk_of_row")) >= {("叶轮", "a", 2), ("焊接", "b", 1)}
    assert statements.words_of("a", [1]) == set()


def test_a_to_do_is_forgotten_for_its_own_record_only() -> None:
    for pk in (7, 8):
        row = waiting()
        row.pk_of_row = pk
        statements.insert(row)
    statements.forget_waiting("x", 7)
    assert list(Waiting.objects.filter(table="x").values_list("pk_of_row", flat=True)) == [8]


def test_every_series_and_year_counts_by_itself() -> None:
    assert [statements.next_in(*series) for series in [("ZZ", 2026), ("ZZ", 2026), ("ZZ", 2027), ("YY", 2026)]] == [1, 2, 1, 1]


def test_a_key_is_known_once_its_event_stands() -> None:
    made = event()
    made.key = "k" * 64
    assert not statements.is_keyed(made.key)
    statements.insert(made)
    assert statements.is_keyed(made.key)


def test_facts_are_stored_as_json_not_as_text_of_json() -> None:
    made = event()
    statements.insert(made)
    assert Event.objects.filter(pk=made.pk, facts__rate=2).exists()
