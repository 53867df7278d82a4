"""Kill a process with SIGKILL before each SQL statement of an act, and look whether anything is half-done.

Run as a program with a city's data folder; prints one JSON object. Used by test_kill.py on both databases.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django


def main() -> None:
    django.setup()
    from django.db import connections

    from gongchuang.cli.database import make_city
    from gongchuang.kernel import verify
    from tests import kill_stories

    make_city()
    found: dict[str, Any] = {}
    for name, act, count in kill_stories.prepared():
        found[name] = {"kills": 0, "half_done": [], "broken": []}
        before, number = count(), 0
        while True:
            number += 1
            connections.close_all()
            died = _run_until(act, number)
            after = count()
            if died:
                found[name]["kills"] += 1
            if after not in (before, kill_stories.DONE[name](before), *kill_stories.between(name, before)):
                found[name]["half_done"].append([number, before, after])
            if not died:
                found[name]["done"] = after == kill_stories.DONE[name](before)
                break
        found[name]["broken"] = [one.name for one in verify.run() if not one.holds]
    print(json.dumps(found, ensure_ascii=False))


def _run_until(act: Callable[[], object], number: int) -> bool:
    """Run an act in a child that dies before its `number`-th statement; whether it died."""
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    from django.db import connection

    left = number

    def killer(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    code = 0
    try:
        with connection.execute_wrapper(killer):
            act()
    except BaseException as error:  # the parent reads the exit code, and the reason on standard error
        print(repr(error), file=sys.stderr)
        code = 3
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
