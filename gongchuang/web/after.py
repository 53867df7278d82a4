"""What a door does once an action has been committed: seal its Events and count them (提交之后)."""

from __future__ import annotations

import logging

from gongchuang.indicators import tally
from gongchuang.kernel.errors import Busy

log = logging.getLogger(__name__)


def committed() -> None:
    """Fold the new Events into the figures. The act is done either way: a task takes up what is left here."""
    try:
        tally.catch_up()
    except Busy:
        log.warning("the tally was busy; the task will fold what is new")
    except Exception:
        log.exception("folding after an act failed; the task will fold what is new")
