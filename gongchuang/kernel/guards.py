"""Guards and views as data (守卫与视图): triggers and audit views that both databases carry.

`install()` is what `gongchuang migrate` does: drop views, migrate, create views and guards. It may be run again at any
time. A SQLite table remake silently loses triggers, so the health check compares the database's list with ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction

from gongchuang.kernel.flow import FLOWS, flow_of
from gongchuang.kernel.models import FlowMove


@dataclass(frozen=True)
class AppendOnly:
    """Rows are written once: no UPDATE, no DELETE (只增不改)."""

    model: type[models.Model]

    def statements(self) -> Iterator[tuple[str, str]]:
        table = self.model._meta.db_table
        for verb in ("UPDATE", "DELETE"):
            yield f"guard_{table}_{verb.lower()}", _refuse(f"guard_{table}_{verb.lower()}", table, verb, "", f"{table} is append-only")


@dataclass(frozen=True)
class LockedWhen:
    """Rows for which `condition` (SQL over OLD) holds can be neither changed nor deleted."""

    model: type[models.Model]
    condition: str

    def statements(self) -> Iterator[tuple[str, str]]:
        table = self.model._meta.db_table
        for verb in ("UPDATE", "DELETE"):
            name = f"guard_{table}_locked_{verb.lower()}"
            yield name, _refuse(name, table, verb, self.condition, f"this row of {table} is locked")


@dataclass(frozen=True)
class RefuseInsert:
    """Inserts for which `condition` (SQL over NEW) holds are refused."""

    model: type[models.Model]
    name: str
    condition: str
    message: str

    def statements(self) -> Iterator[tuple[str, str]]:
        table = self.model._meta.db_table
        yield f"guard_{table}_{self.name}", _refuse(f"guard_{table}_{self.name}", table, "INSERT", self.condition, self.message)


@dataclass(frozen=True)
class RefuseUpdate:
    """Updates for which `condition` (SQL over OLD and NEW) holds are refused."""

    model: type[models.Model]
    name: str
    condition: str
    message: str

    def statements(self) -> Iterator[tuple[str, str]]:
        table = self.model._meta.db_table
        yield f"guard_{table}_{self.name}", _refuse(f"guard_{table}_{self.name}", table, "UPDATE", self.condition, self.message)


@dataclass(frozen=True)
class Moves:
    """A state changes only as the flow's moves allow."""

    model: type[models.Model]
    flow: str

    def statements(self) -> Iterator[tuple[str, str]]:
        table = self.model._meta.db_table
        condition = (
            "OLD.state <> NEW.state AND NOT EXISTS (SELECT 1 FROM kernel_flowmove m "
            f"WHERE m.flow = '{self.flow}' AND m.source = OLD.state AND m.target = NEW.state)"
        )
        yield f"guard_{table}_moves", _refuse(f"guard_{table}_moves", table, "UPDATE", condition, f"{self.flow}: no such move")


@dataclass(frozen=True)
class View:
    """A read-only view for auditors; the SQL must run on both databases."""

    name: str
    select: str


Guard = AppendOnly | LockedWhen | RefuseInsert | RefuseUpdate | Moves


def _refuse(name: str, table: str, verb: str, condition: str, message: str) -> str:
    """One trigger that refuses a statement, in the dialect of the connected database."""
    message = message.replace("'", "''")
    if connection.vendor == "sqlite":
        when = f"WHEN {condition} " if condition else ""
        return f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" {when}BEGIN SELECT RAISE(ABORT, \'{message}\'); END'
    when = f"WHEN ({condition}) " if condition and "EXISTS" not in condition else ""
    test = f"IF NOT ({condition}) THEN RETURN {'OLD' if verb == 'DELETE' else 'NEW'}; END IF; " if "EXISTS" in condition else ""
    return (
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {test}'
        f"RAISE EXCEPTION '{message.replace('%', '%%')}' USING ERRCODE = 'integrity_constraint_violation'; END $$; "
        f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" FOR EACH ROW {when}EXECUTE FUNCTION "{name}"()'
    )


def guards() -> list[Guard]:
    """Every guard: those the domains declare and one for each flow's state column."""
    found: list[Guard] = []
    for module in _modules():
        found += getattr(module, "GUARDS", [])
    return found + [Moves(model, flow) for model, flow in flow_models()]


def views() -> list[View]:
    return [view for module in _modules() for view in getattr(module, "VIEWS", [])]


def _modules() -> Iterator[object]:
    for config in apps.get_app_configs():
        if config.name.startswith("gongchuang.") and find_spec(f"{config.name}.guards") and config.label != "kernel":
            yield import_module(f"{config.name}.guards")
        elif config.label == "kernel":
            yield import_module("gongchuang.kernel.own_guards")


def flow_models() -> list[tuple[type[models.Model], str]]:
    """Each model with a state column, and the name of its flow."""
    return [(model, flow.name) for model in apps.get_models() if (flow := flow_of(model))]


def install(verbosity: int = 0) -> None:
    """Bring schema, moves, guards and views up to date; idempotent."""
    _drop_all()
    call_command("migrate", interactive=False, verbosity=verbosity)
    with transaction.atomic():
        FlowMove.objects.all().delete()
        FlowMove.objects.bulk_create(
            FlowMove(flow=flow.name, source=source, target=target) for flow in FLOWS.values() for source, target in sorted(flow.pairs())
        )
    with connection.cursor() as cursor:
        for _, statement in wanted():
            cursor.execute(statement)
        for view in views():
            cursor.execute(f'CREATE VIEW "{view.name}" AS {view.select}')


def wanted() -> list[tuple[str, str]]:
    return [pair for guard in guards() for pair in guard.statements()]


def present() -> set[str]:
    """Names of our guards and views as the database has them."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE (type = 'trigger' AND name LIKE 'guard@_%' ESCAPE '@') OR (type = 'view' AND name LIKE 'v@_%' ESCAPE '@')"
    else:
        query = (
            "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'guard@_%' ESCAPE '@' AND tgenabled <> 'D' UNION "
            "SELECT table_name FROM information_schema.views WHERE table_schema = 'public' AND table_name LIKE 'v@_%' ESCAPE '@'"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def missing() -> set[str]:
    return ({name for name, _ in wanted()} | {view.name for view in views()}) - present()


def _drop_all() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in sorted(present()):
                cursor.execute(f'DROP {"TRIGGER" if name.startswith("guard_") else "VIEW"} IF EXISTS "{name}"')
            return
        for name in sorted(present()):
            if name.startswith("guard_"):
                cursor.execute(f'DROP FUNCTION IF EXISTS "{name}"() CASCADE')
            else:
                cursor.execute(f'DROP VIEW IF EXISTS "{name}" CASCADE')
