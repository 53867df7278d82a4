"""Put the constraints and indexes of a migration's new tables into the making of the table; `--check` only looks.

makemigrations writes each of them as a step of its own, behind the tables. Every such step renders the whole project anew
and, on SQLite, copies the table: folded, an empty city is made in less than half the time. The state is the same.
Run it after a package's initial migration was made again. A table that gets columns later in the same file is left alone.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "gongchuang.settings"
os.environ.setdefault("GONGCHUANG_DATA", tempfile.gettempdir())

import django  # noqa: E402

django.setup()

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402
from django.db.migrations.operations.base import Operation  # noqa: E402
from django.db.migrations.writer import MigrationWriter  # noqa: E402


def fold(operations: list[Operation]) -> list[Operation]:
    """The same operations, with what can stand in a CreateModel inside it."""
    grown = {one.model_name_lower for one in operations if isinstance(one, AddField)}
    made = {one.name_lower: one for one in operations if isinstance(one, CreateModel) and one.name_lower not in grown}
    kept: list[Operation] = []
    for one in operations:
        table = made.get(one.model_name_lower) if isinstance(one, AddConstraint | AddIndex) else None
        if table is None:
            kept.append(one)
        elif isinstance(one, AddConstraint):
            table.options = table.options | {"constraints": [*table.options.get("constraints", []), one.constraint]}
        elif isinstance(one, AddIndex):
            table.options = table.options | {"indexes": [*table.options.get("indexes", []), one.index]}
    return kept


def main() -> int:
    unfolded = []
    migrations: list[Migration] = list(MigrationLoader(None).disk_migrations.values())
    for migration in migrations:
        file = Path(sys.modules[type(migration).__module__].__file__ or "")
        if ROOT / "gongchuang" not in file.parents:
            continue
        before = len(migration.operations)
        migration.operations = fold(migration.operations)
        if len(migration.operations) < before:
            unfolded.append(file)
            if "--check" not in sys.argv:
                file.write_text(MigrationWriter(migration).as_string(), encoding="utf-8")
    for file in unfolded:
        print(file.relative_to(ROOT))
    return 1 if unfolded and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
