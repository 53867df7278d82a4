"""The real input by command: 5,000 rows with 37 faults, within time and memory, twice, and back again."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests import rosters as samples

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(settings.DATABASES["default"]["ENGINE"] != "gongchuang.sqlite", reason="a city in a folder"),
]
FOUND = """
import django; django.setup()
from gongchuang.people import actions
from gongchuang.people.models import Person, Unit
city, admin = Unit.objects.get(code="379900"), Person.objects.get()
factory = actions.found_unit(city, kind="enterprise", name="海岳风机有限公司", short_name="海岳风机", code="HYFJ", by=admin, key="f")
for name in %r: actions.found_unit(factory, kind="team", name=name, by=admin, key=name)
"""


# The kernel's ru_maxrss of a child begins with the size of whoever forked it, so the command says its own peak.
MEASURED = """
import sys
from gongchuang.cli.main import main
code = main(sys.argv[1:])
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print("peak_kb", peak, file=sys.stderr)
raise SystemExit(code)
"""


def run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GONGCHUANG", "DJANGO", "DATABASE"))}
    environment |= {"DJANGO_SETTINGS_MODULE": "gongchuang.settings", "GONGCHUANG_DATA": str(data)}
    return subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, check=False)


def call(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(data, "-m", "gongchuang", *words)


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Path:
    data = tmp_path_factory.mktemp("city") / "data"
    assert call(data, "init", "--city", "海岳市", "--code", "379900").returncode == 0
    made = run(data, "-c", FOUND % (samples.TEAMS,))
    assert made.returncode == 0, made.stderr
    return data


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    return samples.write_xlsx(tmp_path_factory.mktemp("in") / "海岳风机2026年6月花名册.xlsx", samples.roster())


def said_by(done: subprocess.CompletedProcess[str]) -> dict:
    assert done.stdout.startswith("{"), done.stderr
    return json.loads(done.stdout)


def counts(said: dict) -> tuple[int, ...]:
    return tuple(said[name] for name in ("new", "changed", "same", "wrong", "reminders", "rows"))


def test_five_thousand_rows_in_time_and_memory_twice_and_back(city, file):
    preview = call(city, "import", "people", str(file), "--org", "海岳风机", "--dry-run", "--json")
    assert preview.returncode == 0, preview.stderr
    said = json.loads(preview.stdout)
    assert counts(said) == (4_963, 0, 0, 37, 0, 5_000)
    groups = [error["group"] for error in said["errors"]]
    assert {name: groups.count(name) for name in set(groups)} == {"unit_missing:叶轮车间": 22, "id_cut": 9, "phone_length": 6}
    assert {error["row"] for error in said["errors"]} == set(samples.roster().wrong)
    assert set(said["errors"][0]) == {"sheet", "row", "column", "found", "expected", "cure", "group"}

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    called = run(city, "-c", MEASURED, "import", "people", str(file), "--org", "HYFJ", "--json")
    done = said_by(called)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert counts(done) == counts(said)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= 20
    assert int(called.stderr.rsplit("peak_kb ", 1)[1]) <= 600 * 1024

    again = said_by(call(city, "import", "people", str(file), "--org", "HYFJ", "--json"))
    assert counts(again) == (0, 0, 4_963, 37, 0, 5_000)
    assert "id" not in again

    undone = call(city, "import", "undo", done["id"])
    assert undone.returncode == 0, undone.stderr
    assert call(city, "import", "undo", done["id"]).returncode == 0
    assert counts(said_by(call(city, "import", "people", str(file), "--org", "HYFJ", "--dry-run", "--json"))) == counts(said)
    verified = said_by(call(city, "verify", "--json"))
    assert verified["holds"], [one for one in verified["invariants"] if not one["holds"]]
