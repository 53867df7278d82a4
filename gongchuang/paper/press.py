"""The press (印机): a program of its own that sets one paper and ends, so that its fonts leave the memory with it.

Run as a file with the job on standard input: one line of JSON (see `Job`), the PDF comes on standard output. It imports nothing of this
project, since starting Django would take longer than the paper.
"""

from __future__ import annotations

import json
import sys
from typing import TypedDict

import typst


class Job(TypedDict):
    """What is set: a template below a root, fonts, the data as JSON text, and the moment that stands in the file (Unix seconds)."""

    template: str
    root: str
    fonts: list[str]
    data: str
    timestamp: int


def main() -> None:
    job: Job = json.loads(sys.stdin.buffer.read())
    made = typst.compile(
        job["template"],
        root=job["root"],
        font_paths=list(job["fonts"]),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": job["data"]},
        timestamp=job["timestamp"],
    )
    if not isinstance(made, bytes):
        sys.exit(f"{job['template']} gave no single file")
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
