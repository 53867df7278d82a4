"""Compile every .po of the project, and check that Chinese is complete.

No system gettext is needed. Code carries English msgids; gongchuang/<package>/locale/zh_Hans holds the Chinese. The
compiled catalogues are committed, so that a bare machine shows both languages. `--check` changes nothing and names
what is missing: texts in code or templates without a translation, empty or fuzzy entries, catalogues not compiled.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation import template as django_template

ROOT = Path(__file__).resolve().parents[1] / "gongchuang"
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "gettext_noop"}
CHINESE = re.compile("[\u4e00-\u9fff]")
PERCENT = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")


def catalogues() -> list[Path]:
    return sorted(ROOT.glob("**/locale/zh_Hans/LC_MESSAGES/*.po"))


def used() -> Iterator[tuple[str, str]]:
    """(msgid, where) of every text that code or a template marks for translation."""
    for file in sorted(ROOT.rglob("*.py")):
        if "tests" not in file.parts:
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _name(node.func) in MARKS:
                    yield from ((text, f"{file.relative_to(ROOT)}:{node.lineno}") for text in _texts(node))
    for file in sorted([*ROOT.rglob("templates/**/*.html"), *ROOT.rglob("templates/**/*.txt")]):
        for text in _template_texts(file.read_text(encoding="utf-8"), str(file)):
            yield text, str(file.relative_to(ROOT))


def one_sided() -> Iterator[tuple[str, str]]:
    """(text, where) of every bilingual Text whose English was left out."""
    for file in sorted(ROOT.rglob("*.py")):
        if "tests" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) == "Text" and len(node.args) == 1 and not node.keywords:
                text = node.args[0].value if isinstance(node.args[0], ast.Constant) else ""
                if isinstance(text, str) and CHINESE.search(text):
                    yield text, f"{file.relative_to(ROOT)}:{node.lineno}"


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _texts(call: ast.Call) -> list[str]:
    """The msgid of a call; the first of two for a plural, the second for one with a context."""
    texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return texts[1:2] if _name(call.func).startswith("pgettext") else texts[:1]


def _template_texts(source: str, origin: str) -> Iterator[str]:
    """The msgids of a template, out of the form Django itself hands to xgettext."""
    for call in re.findall(
        r"(?:gettext|_)\(u?((?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))", django_template.templatize(source, origin=origin)
    ):
        yield ast.literal_eval(call)


def faults() -> list[str]:
    found, known = [], set()
    for path in catalogues():
        catalogue = polib.pofile(str(path))
        name = path.relative_to(ROOT)
        known |= {entry.msgid for entry in catalogue if entry.translated()}
        found += [f"{name}: not translated: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]
        found += [f"{name}: fuzzy: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
        found += [f"{name}: other placeholders: {entry.msgid!r}" for entry in catalogue if _placeholders_differ(entry)]
        if not path.with_suffix(".mo").is_file() or path.with_suffix(".mo").read_bytes() != catalogue.to_binary():
            found.append(f"{name}: not compiled; run tools/messages.py")
    found += [f"{where}: no English for {text!r}" for text, where in one_sided()]
    own = django_messages()
    return found + [f"{where}: no Chinese for {text!r}" for text, where in used() if text not in known | own]


def _placeholders_differ(entry: polib.POEntry) -> bool:
    translations = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    wanted = sorted(PERCENT.findall(entry.msgid_plural or entry.msgid))
    return any(sorted(PERCENT.findall(text)) != wanted for text in translations)


def django_messages() -> set[str]:
    """What Django itself and allauth have in Chinese already."""
    import allauth
    import django

    known = set()
    for package in (django, allauth):
        for path in Path(package.__file__).parent.glob("**/locale/zh_Hans/LC_MESSAGES/*.mo"):
            known |= {entry.msgid for entry in polib.mofile(str(path))}
    return known


def compile_all() -> None:
    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


if __name__ == "__main__":
    if "--check" not in sys.argv:
        compile_all()
    wrong = faults()
    print("\n".join(wrong) or "messages: complete")
    sys.exit(1 if wrong else 0)
