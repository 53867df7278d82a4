"""bench: the project's own benchmarks (基准), each a ratio to a named reference, both sides taken in turn in one run.

Each stands in a file of its own here, with BENCHMARK. Times of two runs say nothing about each other: only ratios do.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from gongchuang.cli.bench.shape import Benchmark
from gongchuang.cli.output import note, show
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text

NAMES = ("act_submit", "figures", "import_people", "page_list")


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    bench = commands.add_parser("bench", help=str(Text("基准：与具名参照的比值", "benchmarks: ratios to named references")))
    bench.add_argument("name", nargs="?", choices=NAMES, metavar="NAME", help=", ".join(NAMES))
    bench.add_argument("--scale", type=float, default=0.002, help=str(Text("演示城市的规模", "the scale of the demo city")))
    bench.add_argument("--rows", type=int, default=None, help=str(Text("一轮的行数", "rows in a round")))
    bench.add_argument("--rounds", type=int, default=5)
    bench.set_defaults(run=run_bench, needs_city=False)


def benchmark(name: str) -> Benchmark:
    found: Benchmark = import_module(f"gongchuang.cli.bench.{name}").BENCHMARK
    return found


def run_bench(args: argparse.Namespace) -> int:
    """In a throw-away demo city, never in anybody's own; each benchmark in a process and a copy of its own."""
    with tempfile.TemporaryDirectory(prefix="gongchuang-bench-") as folder:
        data = Path(folder) / "data"
        note(Text(f"先做一个规模 {args.scale:g} 的演示城市 …", f"Making a demo city of scale {args.scale:g} …"))
        _call(data, "gongchuang", "--data", str(data), "demo", "--no-serve", "--scale", str(args.scale))
        found = []
        for name in [args.name] if args.name else NAMES:
            note(f"{name}: {benchmark(name).label}")
            copy = shutil.copytree(data, Path(folder) / name)  # what one benchmark leaves, the next does not find
            words = [name, "--folder", folder, "--rounds", str(args.rounds)]
            said = _call(copy, "gongchuang.cli.bench.measure", *words, *(["--rows", str(args.rows)] if args.rows else []))
            found.append(json.loads(said))
    show(args, found, (_line(one) for one in found))
    return 0


def _call(data: Path, module: str, *words: str) -> str:
    """What a child says on standard output; it gets no settings of this process's own city."""
    kept = {name: value for name, value in os.environ.items() if not re.match("GONGCHUANG_|DJANGO_|DATABASE_URL", name)}
    environment = kept | {"GONGCHUANG_DATA": str(data), "DJANGO_SETTINGS_MODULE": "gongchuang.settings"}
    done = subprocess.run([sys.executable, "-m", module, *words], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        why = (done.stderr.strip().splitlines() or [""])[-1]
        raise Refused(Text(f"基准没有跑完：{why}", f"The benchmark did not finish: {why}"))
    return done.stdout


def _line(one: dict[str, Any]) -> str:
    return (
        f"{one['name']:<14} ×{one['ratio']:,.1f}  {one['reference']} ({one['reference_version']})  "
        f"{one['seconds']:.4f} s : {one['reference_seconds']:.4f} s  {one['peak_mb']} MB"
    )
