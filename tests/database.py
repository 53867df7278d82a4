"""The test database: migrated once a run, the way a city's is, and copied for every worker.

A test that commits for real gets the whole copy put back afterwards. Django would empty the tables instead, which the
guards on append-only tables refuse, and rightly.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import fasteners
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test.testcases import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
RUN = Path(os.environ.get("GONGCHUANG_TEST_DATA", "run")).name.replace("-", "_")


def _use(name: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _make(name: str) -> None:
    """Bring the empty database `name` to the state `gongchuang migrate` leaves."""
    from gongchuang.cli.database import migrate

    _use(name)
    migrate(verbosity=0)
    connections.close_all()


class OnSqlite:
    """The template is a file, and so is each worker's copy of it."""

    def __init__(self) -> None:
        self.template = settings.DATA / "template.sqlite3"
        self.name = str(settings.DATA / f"{WORKER}.sqlite3")

    def build(self) -> None:
        if not self.template.exists():
            half = self.template.with_suffix(".half")
            _make(str(half))
            half.rename(self.template)

    def open(self) -> None:
        shutil.copy(self.template, self.name)
        _use(self.name)

    def restore(self) -> None:
        # Through the library, not over the file: a server thread may still hold it open.
        connection.close()
        connection.ensure_connection()
        template = type(connection.connection)(str(self.template))
        template.backup(connection.connection)
        template.close()

    def close(self) -> None:
        connections.close_all()


class OnPostgresql:
    """The template is a database; a copy of it takes a fraction of a second."""

    def __init__(self) -> None:
        self.template = f"{RUN}_template"
        self.name = f"{RUN}_{WORKER}"

    def _run(self, *statements: str) -> None:
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def build(self) -> None:
        done = settings.DATA / "template.done"
        if not done.exists():
            self._run(f'CREATE DATABASE "{self.template}"')
            _make(self.template)
            done.touch()

    def open(self) -> None:
        # Nobody is connected to the template, and only one copy is taken at a time: PostgreSQL asks for both.
        self._run(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')
        _use(self.name)

    def restore(self) -> None:
        with fasteners.InterProcessLock(settings.DATA / "template.lock"):
            self._run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
            self.open()

    def close(self) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    database = OnPostgresql() if connection.vendor == "postgresql" else OnSqlite()
    with django_db_blocker.unblock():
        with fasteners.InterProcessLock(settings.DATA / "template.lock"):
            database.build()
            database.open()
        emptied = TransactionTestCase._fixture_teardown
        TransactionTestCase._fixture_teardown = lambda case: database.restore()
    yield
    TransactionTestCase._fixture_teardown = emptied
    with django_db_blocker.unblock():
        database.close()
