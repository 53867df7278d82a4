"""One benchmark in a process of its own: both sides in turn, round by round; the medians and the peak as JSON."""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from pathlib import Path

import django

from gongchuang.cli.bench import benchmark
from gongchuang.cli.bench.shape import Setting

ROWS = {"act_submit": 20, "figures": 50_000, "import_people": 5_000}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--rows", type=int)
    parser.add_argument("--rounds", type=int, required=True)
    args = parser.parse_args()
    django.setup()
    json.dump(measured(args.name, args.folder, args.rows or ROWS.get(args.name, 0), args.rounds), sys.stdout)
    return 0


def measured(name: str, folder: Path, rows: int, rounds: int) -> dict[str, object]:
    """One round more than asked is run: the first, which warms both sides, is not counted."""
    chosen = benchmark(name)
    pair = chosen.prepare(Setting(folder, rows, rounds + 1))
    times: list[tuple[float, float]] = []
    for number in range(rounds + 1):
        begun = time.perf_counter()
        ours = pair.ours(number)
        between = time.perf_counter()
        reference = pair.reference(number)
        times.append((between - begun, time.perf_counter() - between))
        if pair.agree and ours != reference:
            raise SystemExit(f"{name}: {ours} is not what the reference found: {reference}")
    counted = times[1:]
    return {
        "name": name,
        "label": str(chosen.label),
        "ratio": round(statistics.median(ours / reference for ours, reference in counted), 3),
        "reference": chosen.reference,
        "reference_version": chosen.reference_version(),
        "seconds": round(statistics.median(ours for ours, _ in counted), 6),
        "reference_seconds": round(statistics.median(reference for _, reference in counted), 6),
        "peak_mb": peak_mb(),
        "size": pair.size,
        "rounds": rounds,
    }


def peak_mb() -> int:
    """The most memory this process held. A child's ru_maxrss begins with its parent's size, so Linux is asked first."""
    status = Path("/proc/self/status")
    if status.is_file():
        kilobytes = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return kilobytes // 1024
    per_mb = 2**20 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // per_mb


if __name__ == "__main__":
    sys.exit(main())
