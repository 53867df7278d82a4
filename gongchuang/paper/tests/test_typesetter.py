"""Setting a paper: it leaves nothing behind in the web process, ends in time, and says what is wrong with a template."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from gongchuang.kernel.errors import Refused
from gongchuang.paper import typesetter
from gongchuang.paper.press import Job

MOST_KEPT = 25  # MB; with the fonts it would be above 40 for this small paper, 80 for the report

TEN_PAPERS = """
    import django

    django.setup()
    from gongchuang.paper import typesetter

    def resident():
        return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))

    empty = {name: [] for name in ("facts", "sums", "heads", "rows", "due_heads", "dues")}
    words = {name: "对账单" for name in ("city", "title", "empty", "dues_title", "note", "printed")}
    before = resident()
    for _ in range(10):
        assert typesetter.pdf("statement.typ", {"lang": "zh", **empty, **words}).startswith(b"%PDF-")
    print((resident() - before) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the kernel tells the memory of a process on Linux only")
def test_ten_papers_leave_no_fonts_in_the_process() -> None:
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(TEN_PAPERS)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) < MOST_KEPT, "MB were kept"


def job(template: Path) -> Job:
    return {"template": str(template), "root": str(template.parent), "fonts": [], "data": json.dumps({}), "timestamp": 0}


def test_a_paper_that_takes_too_long_is_stopped_and_the_reader_told(tmp_path: Path) -> None:
    endless = tmp_path / "endless.typ"
    endless.write_text("#let n = 0\n#for a in range(100000) { for b in range(100000) { n += 1 } }\n#n")
    with pytest.raises(Refused, match="选短一些的期间"):
        typesetter.printed(job(endless), longest=1)


def test_a_faulty_template_is_named_with_its_fault(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.typ"
    faulty.write_text("#nothing_of_this_name")
    with pytest.raises(RuntimeError, match=r"(?s)faulty\.typ was not set.*nothing_of_this_name"):
        typesetter.printed(job(faulty))


def test_a_paper_reaches_nothing_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    inside = tmp_path / "inside"
    inside.mkdir()
    curious = inside / "curious.typ"
    curious.write_text('#read("../secret.txt")')
    with pytest.raises(RuntimeError, match="was not set"):
        typesetter.printed(job(curious))
