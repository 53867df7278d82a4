"""The database as an installation has it: profile, guards, and that a test which commits leaves nothing behind."""

import pytest
from django.db import IntegrityError, connection, transaction

from gongchuang import sqlite
from gongchuang.cli.database import migrate
from gongchuang.kernel import guards
from gongchuang.kernel.models import FlowMove, Seal

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own profile")


@pytest.mark.django_db(transaction=True)
def test_a_migrated_city_has_every_guard_and_view():
    assert guards.missing() == set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", [1, 2])
def test_what_a_test_commits_is_gone_before_the_next(_time):
    assert not FlowMove.objects.filter(flow="nothing").exists()
    FlowMove.objects.create(flow="nothing", source="a", target="b")


@pytest.mark.django_db(transaction=True)
def test_migrating_again_changes_nothing():
    before = guards.present(), FlowMove.objects.count()
    migrate()
    assert (guards.present(), FlowMove.objects.count()) == before


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_keeps_acknowledged_work_through_a_power_cut():
    with connection.cursor() as cursor:
        journal, synchronous, foreign_keys, triggers = (
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        )
    assert journal == ("wal" if sqlite.is_sound() else "delete")
    assert (synchronous, foreign_keys, triggers) == (2, 1, 1)


@on_sqlite
@pytest.mark.django_db
def test_a_query_may_carry_as_many_values_as_the_library_takes():
    names = [str(number) for number in range(32_766)]
    assert FlowMove.objects.filter(flow__in=names).count() == 0
    assert connection.features.max_query_params == len(names)


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_replacing_a_row_does_not_slip_past_the_guards():
    columns = ", ".join(f'"{field.column}"' for field in Seal._meta.concrete_fields)
    with connection.cursor() as cursor:
        rows = [name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'guard_kernel_seal_%'")]
        assert len(rows) == 2
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            for _ in range(2):
                values = ", ".join("1" for _ in Seal._meta.concrete_fields)
                cursor.execute(f"INSERT OR REPLACE INTO {Seal._meta.db_table} ({columns}) VALUES ({values})")
