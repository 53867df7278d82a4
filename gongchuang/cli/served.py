"""What the web server's process loads: the site, and one task worker beside it in the same process."""

import logging
import threading

from django_ox.worker import Worker

from gongchuang.wsgi import application

__all__ = ["application"]

_worker = Worker(backend_alias="default", concurrency=1, poll_interval=1.0)


def _work() -> None:
    try:
        _worker.run()
    except Exception:
        # The site goes on without its worker; /readyz and `check` report a worker that is not heard of.
        logging.getLogger("gongchuang").exception("the task worker has stopped")


threading.Thread(target=_work, name="tasks", daemon=True).start()
