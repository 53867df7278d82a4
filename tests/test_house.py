"""The house rules of docs/walk.md, enforced: sizes, names, doors, the one clock, protected tables, named migrations."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "gongchuang"
DOORS = ("web", "api", "excel", "paper", "cli")
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base_models", "services", "managers", "signals"}
# Django asks for these names in these places.
EXCUSED_NAMES = {"sqlite/base.py"}

# A door's own model, which no other step knows.
OWN_MODELS = {"api/tokens.py", "web/memory.py"}

SOURCES = [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]
TESTS = [*(path for path in SOURCES if "tests" in path.parts), *sorted((ROOT / "tests").rglob("*.py")), ROOT / "conftest.py"]
CODE = [path for path in SOURCES if "tests" not in path.parts]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def none(found: list[str]) -> None:
    """There is nothing to be found; what is found is named, one a line."""
    assert not found, "\n" + "\n".join(found)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def length(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_a_file_fits_in_500_lines():
    none([f"{name(path)}: {length(path)}" for path in [*CODE, *sorted((ROOT / "tools").glob("*.py"))] if length(path) > 500])


def test_a_test_file_fits_in_400_lines():
    none([f"{name(path)}: {length(path)}" for path in TESTS if length(path) > 400])


def test_a_function_fits_in_70_lines():
    long = [
        f"{name(path)}: {node.name}: {node.end_lineno - node.lineno + 1}"
        for path in [*CODE, *TESTS]
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > 70
    ]
    none(long)


def test_no_file_is_named_for_nothing_in_particular():
    parts = [(path, set(path.relative_to(PACKAGE).with_suffix("").parts)) for path in CODE]
    none([name(path) for path, words in parts if words & FORBIDDEN_NAMES])


def test_doors_ask_rules_for_their_records():
    """A door names a model's manager only as what a rule is asked to choose among: RULE.among(person, X.objects…)."""
    managers = ("objects", "_default_manager", "_base_manager")
    found = []
    for path in CODE:
        inside = path.relative_to(PACKAGE)
        if inside.parts[0] not in DOORS or {"demo", "bench"} & set(inside.parts) or inside.as_posix() in OWN_MODELS:
            continue
        code = tree(path)
        asked = [node for node in ast.walk(code) if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "among"]
        excused = {id(part) for call in asked for argument in call.args for part in ast.walk(argument)}
        for node in ast.walk(code):
            if isinstance(node, ast.Attribute) and node.attr in managers and id(node) not in excused:
                found.append(f"{name(path)}:{node.lineno}")
    none(found)


def test_the_clock_is_asked_in_one_place():
    asking = {"now", "utcnow", "today", "time", "uuid1", "uuid4", "uuid7", "localdate", "localtime"}
    givers = {"datetime", "date", "time", "uuid", "timezone"}
    found = []
    for path in CODE:
        if path == PACKAGE / "kernel" / "clock.py":
            continue
        for node in ast.walk(tree(path)):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in asking and getattr(called.value, "id", "") in givers:
                found.append(f"{name(path)}:{node.lineno}")
            if isinstance(node, ast.ImportFrom) and node.module in ("uuid", "time", "django.utils.timezone"):
                found += [f"{name(path)}:{node.lineno}" for alias in node.names if alias.name in asking]
    none(found)


def test_changes_of_data_stand_in_actions():
    """No save(), signals or callbacks in models and forms: what happens is read in actions.py."""
    found = []
    for path in CODE:
        if path.name in ("models.py", "forms.py", "tables.py", "desk.py", "rules.py") and path.parent.name != "kernel":
            found += [f"{name(path)}: {node.name}" for node in functions(path) if node.name in ("save", "delete")]
        found += [f"{name(path)}: signals" for line in path.read_text(encoding="utf-8").splitlines() if "django.db.models.signals" in line]
    none([one for one in found if not one.startswith("gongchuang/kernel/")])


def test_our_own_code_is_not_mocked():
    found = [name(path) for path in TESTS if re.search(r"unittest\.mock|\bmocker\b|MagicMock\(", path.read_text(encoding="utf-8"))]
    none([one for one in found if one != "tests/test_house.py"])


def test_every_migration_says_what_it_changes():
    numbers = re.compile(r"^\d{4}_(initial|auto_\w*|\w*_and_more|\d+)$")
    files = sorted(PACKAGE.glob("*/migrations/[0-9]*.py"))
    assert files
    none([name(path) for path in files if numbers.match(path.stem)])


def test_every_table_is_on_the_protected_or_the_derived_list():
    from gongchuang.kernel import verify

    protected = {model._meta.db_table for model in verify.protected_models()}
    own = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("gongchuang.")}
    assert own - protected - derived() == set(), "list the table in tests/derived_tables.txt with its reason, or make it a Record"
    assert derived() - own == set(), "no such table any more"
    assert derived() & protected == set()


def derived() -> set[str]:
    """Tables that can be made anew from protected ones, or that another mechanism watches; one a line with its reason."""
    lines = (ROOT / "tests" / "derived_tables.txt").read_text(encoding="utf-8").splitlines()
    return {line.split("#")[0].strip() for line in lines} - {""}


@pytest.mark.parametrize("door", DOORS)
def test_templates_and_pages_keep_people_in_both_languages(door):
    """Chinese in a template goes through translation; catalogue texts stand in code as Text."""
    chinese = re.compile("[\u4e00-\u9fff]")
    found = []
    for path in sorted((PACKAGE / door).rglob("*.html")) + (sorted((PACKAGE / "templates").rglob("*.html")) if door == "web" else []):
        text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.S)
        found += [f"{name(path)}: {line.strip()[:60]}" for line in text.splitlines() if chinese.search(line)]
    none(found)


def test_every_setting_of_the_environment_is_documented():
    said = set(re.findall(r'"(GONGCHUANG_[A-Z_]+|DATABASE_URL)"', (PACKAGE / "settings.py").read_text(encoding="utf-8")))
    told = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    assert said
    none(sorted(name for name in said if name not in told))
