"""What the web server's process loads: the site, and beside it in the same process the worker and the catching up.

On SQLite they share the write ticket with the pages, so that nobody overtakes anybody.
"""

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections
from django_ox.worker import Worker

from gongchuang.indicators.tasks import fold_the_rest
from gongchuang.wsgi import application

__all__ = ["application"]

CATCH_UP_SECONDS = 5.0
log = logging.getLogger(__name__)
_worker = Worker(backend_alias="default", concurrency=1, poll_interval=1.0)


def _catch_up() -> None:
    """Seal and fold what doors left; they do it after each act themselves, so there is mostly nothing to do."""
    pause = threading.Event()
    while not pause.wait(CATCH_UP_SECONDS):
        close_old_connections()
        try:
            fold_the_rest.call()
        except Exception:
            log.exception("sealing and folding failed; it is tried again")


def _beside(name: str, work: Callable[[], None]) -> None:
    def run() -> None:
        try:
            work()
        except Exception:
            # The site goes on; what waits is done after the next start.
            log.exception("%s has stopped", name)

    threading.Thread(target=run, name=name, daemon=True).start()


_beside("tasks", _worker.run)
_beside("catching up", _catch_up)
