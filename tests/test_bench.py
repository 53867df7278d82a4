"""./run bench says what INTERFACE.md promises: one object a benchmark, on standard output and nothing else there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongchuang.cli.bench import NAMES

SHAPE = {
    "name": str,
    "label": str,
    "ratio": float,
    "reference": str,
    "reference_version": str,
    "seconds": float,
    "reference_seconds": float,
    "peak_mb": int,
    "size": int,
    "rounds": int,
}


def bench(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GONGCHUANG", "DJANGO", "DATABASE"))}
    environment["TMPDIR"] = str(folder)
    return subprocess.run(
        [sys.executable, "-m", "gongchuang", "bench", *words], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.thorough
def test_every_benchmark_gives_a_ratio_to_a_named_reference(tmp_path):
    done = bench(tmp_path, "--json", "--scale", "0.0005", "--rows", "20", "--rounds", "1")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [one["name"] for one in found] == list(NAMES)
    for one in found:
        assert {key: type(value) for key, value in one.items()} == SHAPE
        assert one["ratio"] > 0
        assert one["reference_version"].split()[0] in ("SQLite", "python-calamine")
        assert 20 < one["peak_mb"] < 600
    assert not list(tmp_path.glob("gongchuang-bench-*")), "its city is thrown away"


def test_a_benchmark_that_does_not_exist_is_wrong_use(tmp_path):
    assert bench(tmp_path, "nonsense").returncode == 2


def test_each_file_beside_the_three_of_the_command_is_a_benchmark():
    files = {file.stem for file in Path(sys.modules["gongchuang.cli.bench"].__file__).parent.glob("*.py")}
    assert files - {"__init__", "measure", "shape"} == set(NAMES)
