"""./run: it parses on an old Python, finds one that runs, and says in one sentence what stops it."""

import ast
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

RUN = Path(__file__).resolve().parents[1] / "run"


@pytest.fixture
def start(tmp_path, monkeypatch) -> ModuleType:
    """The start script as a module, standing in a checkout of its own."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("start", str(RUN))
    module = module_from_spec(spec_from_loader("start", loader))
    loader.exec_module(module)
    module.ROOT = str(tmp_path)
    module.VENV = str(tmp_path / ".venv")
    module.STAMP = str(tmp_path / ".venv" / "gongchuang-lock")
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    return module


def broken(folder: Path) -> str:
    """An interpreter that exists and does not run, as a pyenv shim of a version that was removed."""
    shim = folder / "python3"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    return str(shim)


def test_it_parses_on_python_3_8_and_needs_no_package():
    tree = ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= sys.stdlib_module_names
    assert not any(isinstance(node, ast.JoinedStr | ast.ImportFrom) for node in ast.walk(tree))


def test_an_interpreter_that_does_not_run_is_passed_over(start, tmp_path, monkeypatch):
    monkeypatch.setattr(start, "candidates", lambda: iter([None, broken(tmp_path), str(tmp_path / "none"), sys.executable]))
    assert start.find_python() == sys.executable


def test_no_suitable_python_is_one_sentence_with_the_cure(start, tmp_path, monkeypatch):
    monkeypatch.setattr(start, "candidates", lambda: iter([broken(tmp_path)]))
    with pytest.raises(SystemExit) as stopped:
        start.find_python()
    assert "Python 3.12" in stopped.value.code
    assert "apt install" in stopped.value.code


def test_an_environment_is_kept_until_its_lock_changes(start, tmp_path):
    (tmp_path / ".venv").mkdir()
    Path(start.STAMP).write_text(start.fingerprint("requirements-dev.lock"))
    start.prepare("requirements.lock")  # the developers' environment holds everything
    start.prepare("requirements-dev.lock")
    before = start.fingerprint("requirements.lock")
    (tmp_path / "requirements.lock").write_text("other")
    assert start.fingerprint("requirements.lock") != before


def test_a_plain_environment_does_not_pass_for_the_developers(start, tmp_path, monkeypatch):
    (tmp_path / ".venv").mkdir()
    Path(start.STAMP).write_text(start.fingerprint("requirements.lock"))
    start.prepare("requirements.lock")
    monkeypatch.setattr(start, "candidates", lambda: iter([]))
    with pytest.raises(SystemExit):
        start.prepare("requirements-dev.lock")
    assert not Path(start.STAMP).exists(), "a renewal that broke off must not leave the old stamp"


def test_the_locks_carry_hashes_and_name_no_index():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (RUN.parent / lock).read_text()
        packages = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
        assert len(packages) > 20
        assert all(line.endswith("\\") for line in packages)
        assert "://" not in text
        assert "--index-url" not in text
