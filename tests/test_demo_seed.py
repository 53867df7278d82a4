"""The demo city is the same for the same seed and day, whatever the process's hash seed, the city's key and its lots.

The order of blind codes in a contest is drawn by the city's own key and differs; whom it ranks, pays and names does not.
"""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

SCALE = "0.0005"
# What comes from the city's own key or from chance: cipher texts, digests, password hashes, stored names of files.
# A cipher text begins a word: a key "uid:uid" whose first uid ends in a1 is none.
KEYED = re.compile(r"\ba1:[0-9a-f]+|argon2\S+|[0-9a-f]{64}|[0-9a-f]{40}|(?<=marks_version.: .)[0-9a-f]{16}")
UID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}")
LOT = re.compile(r"选手号是 \d+|number is \d+| \d+号|No\. ?\d+")
# Django's own, and what verify proves from the rest: Events and rows of one act stand in the order of the lots.
LEFT_OUT = {"django_migrations", "people_login", "sqlite_sequence", "kernel_eventrow", "kernel_seal", "kernel_searchword"}
BY_LOT = {
    "contests_contest": {"marks_version"},
    "contests_entry": {"code"},
    "contests_mark": {"id", "uid", "sheet_id"},
    "contests_scoresheet": {"id", "uid", "code"},
    "indicators_roll": {"id"},
    "kernel_event": {"id", "uid", "subject_pk"},
    "kernel_notice": {"id", "event_id"},
    "kernel_waiting": {"id", "row_pk", "ref"},
    "people_account": {"date_joined"},
}
MARKS = "SELECT s.entry_id, s.judge_id, m.* FROM contests_mark m JOIN contests_scoresheet s ON s.id = m.sheet_id"


def build(data: Path, hash_seed: str) -> Path:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GONGCHUANG", "DJANGO", "DATABASE"))}
    environment |= {"PYTHONHASHSEED": hash_seed, "GONGCHUANG_NOW": "2026-06-01T09:00"}
    words = [sys.executable, "-m", "gongchuang", "--data", str(data), "demo", "--no-serve", "--scale", SCALE]
    made = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return data / "gongchuang.sqlite3"


def content(file: Path) -> dict[str, list[str]]:
    """Every table's rows; a uid is told by the row it belongs to, what hangs on a key or a lot is left out."""
    database = sqlite3.connect(file)
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} - LEFT_OUT
    owners: dict[str, str] = {}
    for table in sorted(tables):
        columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
        if {"id", "uid"} <= set(columns):
            owners |= {uid: f"{table}:{pk}" for pk, uid in database.execute(f'SELECT id, uid FROM "{table}"')}
    found = {table: sorted(rows(database, table, owners)) for table in sorted(tables)}
    database.close()
    return found


def rows(database: sqlite3.Connection, table: str, owners: dict[str, str]) -> Iterator[str]:
    def told(match: re.Match[str]) -> str:
        return owners.get(match.group().replace("-", ""), "uid")

    cursor = database.execute(MARKS if table == "contests_mark" else f'SELECT * FROM "{table}"')
    left_out = BY_LOT.get(table, set())
    kept = [at for at, column in enumerate(cursor.description) if column[0] not in left_out]
    for row in cursor:
        text = " | ".join(UID.sub(told, KEYED.sub("keyed", str(row[at]))) for at in kept)
        yield LOT.sub("lot", text)


@pytest.mark.thorough
@pytest.mark.skipif(settings.DATABASES["default"]["ENGINE"] != "gongchuang.sqlite", reason="a city in a folder")
def test_two_cities_of_one_seed_hold_the_same(tmp_path):
    one, other = (content(build(tmp_path / seed, seed)) for seed in ("1", "2"))
    assert set(one) == set(other)
    differing = {
        table: [pair for pair in zip(one[table], other[table], strict=False) if pair[0] != pair[1]][:2]
        for table in one
        if one[table] != other[table]
    }
    assert not differing
    assert sum(map(len, one.values())) > 5_000
