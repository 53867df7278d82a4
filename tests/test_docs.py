"""The pages for users hold to the code: links, pictures, twins, button labels, commands, views and what is generated."""

import argparse
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.db import connection

from gongchuang.cli.main import _parser
from gongchuang.desks import DESKS
from gongchuang.indicators import catalogue, handbook
from gongchuang.kernel import guards

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
# Pages of one language: for developers and auditors, and those that hold both languages side by side.
ONE_LANGUAGE = {"access", "bench", "extend", "indicators", "interface", "views", "walk"}
LINK = re.compile(r"\]\(([^)\s]+)\)")
LABELS = {".zh.md": re.compile(r"「([^」]+)」"), ".md": re.compile(r"\*\*([^*]+)\*\*")}
# Pages whose marked words are labels of buttons and fields: 「…」 in Chinese, **…** in English.
SYSTEMS = (
    "proposals", "people", "results", "bank", "studios", "academy", "contests", "honours", "matchmaker", "figures", "import", "operate", "use",
)  # fmt: skip


def plain(path: Path) -> str:
    """A page without its code blocks."""
    return re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)


def is_chinese(path: Path) -> bool:
    return path.name.endswith(".zh.md")


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in LINK.findall(plain(page)):
            if "://" not in target and not target.startswith(("#", "mailto:")):
                yield page, target


def test_every_link_and_picture_leads_somewhere():
    lost = [f"{page.relative_to(ROOT)}: {target}" for page, target in links() if not (page.parent / target.partition("#")[0]).exists()]
    assert not lost, "\n".join(lost)


def test_every_picture_is_shown_somewhere():
    shown = {(page.parent / target).resolve() for page, target in links()}
    unused = [path.name for path in (DOCS / "pictures").iterdir() if path.resolve() not in shown]
    assert not unused, f"no page shows {unused}"


def test_every_page_for_users_is_there_in_both_languages():
    pages = {path.name for path in DOCS.glob("*.md")}
    alone = [name for name in pages if not name.endswith(".zh.md") and name.removesuffix(".md") not in ONE_LANGUAGE]
    assert {name for name in alone if name.replace(".md", ".zh.md") not in pages} == set()
    assert {name for name in pages if name.endswith(".zh.md") and name.replace(".zh.md", ".md") not in pages} == set()
    for name in alone:
        twin = name.replace(".md", ".zh.md")
        assert f"]({twin})" in (DOCS / name).read_text(encoding="utf-8"), f"{name} does not name its Chinese twin"
        assert f"]({name})" in (DOCS / twin).read_text(encoding="utf-8"), f"{twin} does not name its English twin"


def test_both_front_pages_show_the_same():
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))
    code = re.compile(r"^\./run (\S+)", re.M)
    assert code.findall(english) == code.findall(chinese)
    targets = [[target.replace(".zh.", ".").replace(".en.", ".") for target in LINK.findall(text)] for text in (english, chinese)]
    assert sorted(set(targets[0]) - {"README.md"}) == sorted(set(targets[1]) - {"README.md"})


@cache
def spoken() -> str:
    """Everything the application says: labels in Python, templates, translations and scripts."""
    kinds = {".py", ".html", ".po", ".js"}
    files = (path for path in (ROOT / "gongchuang").rglob("*") if path.suffix in kinds)
    return "".join(path.read_text(encoding="utf-8") for path in files if not {"tests", "demo"} & set(path.parts))


@pytest.mark.parametrize("name", [f"{name}{tail}" for name in SYSTEMS for tail in LABELS])
def test_every_label_a_page_quotes_is_on_a_screen(name):
    marked = LABELS[".zh.md" if name.endswith(".zh.md") else ".md"].findall(plain(DOCS / name))
    assert marked or name.startswith(("figures", "use")), f"{name} quotes no label at all"
    strange = [label for label in (" ".join(one.split()) for one in marked) if not is_label(label)]
    assert not strange, f"{name}: nothing on the screens is called {strange}"


def is_label(said: str) -> bool:
    return any(f"{quote}{said}{quote}" in spoken() for quote in "\"'")


def commands(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every command with its own long options."""
    options: list[str] = []
    for one in parser._actions:
        if isinstance(one, argparse._SubParsersAction):
            for word, below in one.choices.items():
                yield from commands(below, f"{name} {word}".strip())
        else:
            options += [option for option in one.option_strings if option not in {"-h", "--help", "--data", "--lang", "--json", "--out"}]
    if name and not any(isinstance(one, argparse._SubParsersAction) for one in parser._actions):
        yield name, options


def test_every_command_and_option_is_promised():
    """Each command has its row, which names all its options."""
    rows = [line for line in (DOCS / "interface.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    found = list(commands(_parser()))
    assert len(found) > 20
    for name, options in found:
        row = next((one for one in rows if re.search(rf"`{re.escape(name)}( \[?[A-Z]+\]?)*`", one)), None)
        assert row, f"docs/interface.md does not name the command {name}"
        missing = [option for option in options if option not in row]
        assert not missing, f"docs/interface.md, {name}: {missing}"


def test_every_desk_is_named_among_the_addresses():
    said = re.search(r"Desks, in the order of the pages: `([^`]+)`", (DOCS / "interface.md").read_text(encoding="utf-8"))
    assert said and said[1].split() == [desk.key for desk in DESKS]


def test_every_view_is_told_with_its_columns(db):
    rows = dict(re.findall(r"^\| `(v_\w+)` \| (.+) \|$", (DOCS / "views.md").read_text(encoding="utf-8"), flags=re.M))
    assert set(rows) == {view.name for view in guards.views()}
    for view, said in rows.items():
        told = [piece.split()[0].rstrip(":") for piece in re.split(r",\s*", re.sub(r"\([^)]*\)", "", said).partition(":")[0])]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {view} WHERE 1 = 0")
            assert told == [column[0] for column in cursor.description], view


def test_the_handbook_is_what_the_catalogue_says():
    assert (DOCS / "indicators.md").read_text(encoding="utf-8") == handbook.page()


def test_every_figure_a_page_names_is_in_the_catalogue():
    keys = set(catalogue.FIGURES) | {one.key for one in catalogue.INDICATORS.values()}
    topics = {key.partition(".")[0] for key in keys}
    for name in SYSTEMS:
        for path in (DOCS / f"{name}.md", DOCS / f"{name}.zh.md"):
            named = re.findall(r"`([a-z]+\.[a-z_]+)`", plain(path))
            wrong = [one for one in named if one.partition(".")[0] in topics and one not in keys and not one.startswith("ledger.")]
            assert not wrong or all(is_invariant(one) for one in wrong), f"{path.name}: {wrong}"


def is_invariant(said: str) -> bool:
    return f'"{said}"' in spoken()
