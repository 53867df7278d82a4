"""Whatever is changed, deleted or doubled by SQL behind the application, `verify` names by table and record."""

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, models, transaction

from gongchuang.api import tokens
from gongchuang.cli.demo import city as demo
from gongchuang.kernel import clock, verify
from gongchuang.kernel.secret import EncryptedField
from gongchuang.people import calendar
from gongchuang.proposals import actions as proposals
from gongchuang.results import certification
from gongchuang.results.models import Result
from gongchuang.web import feedback
from tests.marks import thorough_on_postgresql

pytestmark = thorough_on_postgresql
TABLES = verify.protected_models()


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """One small city for all tables; everything done to it is taken back."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGCHUANG_NOW", "2026-06-01T09:00")
        with transaction.atomic():
            made = demo.build(scale=0.0005)
            add_what_it_lacks(made)
            yield made
            transaction.set_rollback(True)


def add_what_it_lacks(city: demo.City) -> None:
    """One record of each table that the demo leaves empty, made as people make them."""
    worker, officer = city.cast["worker"], city.cast["officer"]
    assert worker.unit is not None
    mate = next(one for one in city.workers[worker.unit.pk] if one != worker)
    photo = SimpleUploadedFile("before.pdf", b"%PDF-1.4 jig")
    proposals.submit(
        worker.unit, problem="换模要等二十分钟", idea="做一个快换夹具", coauthors=[mate], photos=[photo], by=worker, key="tamper-proposal"
    )
    feedback.hand_in(city.root, text="公示看不到附件", contact="13800000000", by=None, key="tamper-feedback")
    tokens.make_token(worker.account, name="报表", scope="read", secret=tokens.Secret(), by=worker, key="tamper-token")
    result = Result.objects.filter(state="recognised", unit__path__range=city.fan.span()).exclude(makers__person=officer).first()
    assert result is not None
    lines = [{"kind": "cost", "label": "夹具", "quantity": 1, "price_fen": 10_000, "proof_text": "发票"}]
    period = {"from_on": datetime.date(2022, 1, 1), "to_on": datetime.date(2022, 12, 31)}
    benefit = certification.claim(result, **period, lines=lines, by=officer, key="tamper-claim")
    certification.group(benefit, group=None, name="快换", is_owner=True, by=officer, key="tamper-group")
    calendar.set_days(datetime.date(2026, 6, 20), is_working=True, name="调休", by=city.cast["city"], key="tamper-holiday")


@pytest.fixture
def unguarded(city) -> Iterator[None]:
    """The database as somebody with its password has it: without triggers and foreign keys, until the test is over."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")
            else:
                cursor.execute("PRAGMA defer_foreign_keys = ON")
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        transaction.set_rollback(True)


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def broken(model) -> set[str]:
    table = model._meta.db_table
    (invariant,) = [one for one in verify.own([table]) if one[0] == f"rows:{table}"]
    return {found.record for found in verify.check(*invariant).breaks if found.table == table}


def done(statement: str, values: list[object]) -> bool:
    """Run one statement; False where the database itself refuses it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount == 1
    except (DatabaseError, OverflowError):
        return False


def others(field: models.Field, value: object) -> list[object]:
    """Values a column may be changed to, the likeliest first."""
    if field.choices:
        return [other for other, _ in field.flatchoices if other != value]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1, 1_000_003]
    if isinstance(value, uuid.UUID):
        return [clock.new_uid()]
    if isinstance(value, datetime.date):
        return [value + datetime.timedelta(days=1), value - datetime.timedelta(days=1)]
    if value is None:
        return [clock.now()] if isinstance(field, models.DateTimeField) else [1, clock.today(), "x", clock.new_uid(), True]
    if isinstance(value, dict | list):
        return [{"x": 1}]
    return (
        [f"{value}x", f"{str(value)[:-1]}{'8' if str(value).endswith('7') else '7'}", 3] if not hasattr(value, "as_tuple") else [value + 1]
    )


def changed(model, field: models.Field, pk: int) -> bool:
    """Change one column of one row by SQL."""
    before = model._base_manager.values_list(field.attname, flat=True).get(pk=pk)
    table, column = model._meta.db_table, field.column
    if isinstance(field, EncryptedField):
        return done(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', ["not a cipher text", pk])
    for other in others(field, before):
        try:
            stored = field.get_db_prep_save(other, connection)
        except (TypeError, ValueError, AttributeError, ValidationError):
            continue
        if done(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', [stored, pk]):
            return True
    return False


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.db_table)
def test_any_changed_value_is_named(model, unguarded):
    pk = model._base_manager.order_by("pk").values_list("pk", flat=True).last()
    assert pk is not None, "the city needs a record of this table: see add_what_it_lacks"
    refused, unseen, seen = [], [], []
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in getattr(model, "unprotected", ()):
            continue
        with taken_back():
            if not changed(model, field, pk):
                refused.append(field.name)
            elif broken(model) != {str(pk)}:
                unseen.append(field.name)
            else:
                seen.append(field.name)
    assert unseen == []
    assert len(seen) > len(refused), f"the database's own constraints refused too much to prove anything: {refused}"


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.db_table)
def test_a_deleted_row_is_named(model, unguarded):
    pks = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    assert pks, "the city needs a record of this table: see add_what_it_lacks"
    for pk in pks[-1:] + pks[:1]:
        with taken_back():
            assert done(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [pk])
            assert broken(model) == {str(pk)}


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.db_table)
def test_a_doubled_row_is_named_or_refused(model, unguarded):
    table = model._meta.db_table
    pk = model._base_manager.order_by("pk").values_list("pk", flat=True).last()
    assert pk is not None, "the city needs a record of this table: see add_what_it_lacks"
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    twin = pk + 1_000
    chosen, values = [], []
    for field in fields:
        fresh = clock.new_uid() if field.name == "uid" else "TWIN-1" if field.name == "no" else None
        chosen.append("%s" if fresh else f'"{field.column}"')
        values += [field.get_db_prep_save(fresh, connection)] if fresh else []
    columns = ", ".join(f'"{field.column}"' for field in fields)
    if done(f"INSERT INTO {table} (id, {columns}) SELECT %s, {', '.join(chosen)} FROM {table} WHERE id = %s", [twin, *values, pk]):
        assert broken(model) == {str(twin)}
    else:
        assert model._meta.constraints or any(field.unique for field in fields), "only a constraint may have stopped it"
