"""The write ticket (写号): on SQLite one writer at a time, first come first served, with a deadline.

SQLite's own busy handler lets late comers overtake; a fair queue inside the process keeps the slowest press short.
PostgreSQL needs no ticket.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from gongchuang.kernel.errors import Busy
from gongchuang.kernel.text import Text

DEADLINE_SECONDS = 15.0
_mutex = threading.Lock()
_queue: deque[threading.Event] = deque()


@contextmanager
def ticket(deadline: float = DEADLINE_SECONDS) -> Iterator[None]:
    """Hold the only right to write while the block runs."""
    if connection.vendor != "sqlite":
        yield
        return
    mine = threading.Event()
    with _mutex:
        _queue.append(mine)
        if _queue[0] is mine:
            mine.set()
    try:
        if not mine.wait(deadline):
            raise Busy(Text("现在办理的人多，请稍后再按一次。", "Many people are saving at this moment. Please press again."))
        yield
    finally:
        with _mutex:
            _queue.remove(mine)
            if _queue:
                _queue[0].set()
