"""What seldom changes is read once and remembered until the chain says that one of its tables was touched (记住).

Units, benchmarks, rules in force: a page needs them by the dozen and they change a few times a day. A process keeps them
with the place in the chain at which they were read. Each request asks the chain once what was sealed since then, and
forgets what those Events touched. So every process is right by itself, whoever made the change, as figures are: up to
the last sealed Event. Actions never read from here; rights neither.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from gongchuang.kernel.models import Seal

MOST: Final = 2_000  # values kept in a process
FAR: Final = 1_000  # touched rows after which it is cheaper to forget everything

Tables = Collection[str] | None  # None: any Event at all makes the value old


class Memory:
    """The values of one process, and the place in the chain up to which they hold."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, tuple[Tables, Any]] = OrderedDict()
        self._seq = 0
        self._hash = ""

    def look(self) -> int:
        """Ask the chain what was touched since; one query, where nothing unusual happened. Returns the place reached."""
        with self._lock:
            seq, known = self._seq, self._hash
        since = Seal.objects.filter(seq__gte=seq).order_by("seq").values_list("seq", "hash", "event__rows__table")
        rows = list(since[: FAR + 1]) if known else []
        if not rows or rows[0][:2] != (seq, known) or len(rows) > FAR:
            head = Seal.objects.order_by("-seq").values_list("seq", "hash").first() or (0, "")
            self.forget(*head)
            return self._seq
        touched = {table for at, _, table in rows if at > seq}
        last, last_hash, _ = rows[-1]
        with self._lock:
            if touched and self._seq < last:
                old = [key for key, (tables, _) in self._values.items() if tables is None or not touched.isdisjoint(tables)]
                for key in old:
                    del self._values[key]
                self._seq, self._hash = last, last_hash
        return last

    def forget(self, seq: int = 0, link: str = "") -> None:
        """Begin anew at a place in the chain."""
        with self._lock:
            self._values.clear()
            self._seq, self._hash = seq, link

    def get(self, keys: Iterable[Hashable]) -> dict[Hashable, Any]:
        with self._lock:
            found = {key: self._values[key][1] for key in keys if key in self._values}
            for key in found:
                self._values.move_to_end(key)
        return found

    def keep(self, seq: int, values: Mapping[Any, Any], tables: Tables) -> None:
        """Remember what was read after a look at `seq`; not where somebody has looked further since, nor without a chain."""
        with self._lock:
            if seq and seq == self._seq:
                self._values |= {key: (tables, value) for key, value in values.items()}
                while len(self._values) > MOST:
                    self._values.popitem(last=False)


MEMORY: Final = Memory()
_here = threading.local()


@contextmanager
def looking_once() -> Iterator[None]:
    """Within it the chain is looked at once, when that is first needed: a request, or one reading of figures."""
    if hasattr(_here, "seq"):
        yield
        return
    _here.seq = None
    try:
        yield
    finally:
        del _here.seq


class RememberedMiddleware:
    """A request looks at the chain at most once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with looking_once():
            return self.get_response(request)


def _place() -> int:
    seq: int | None = getattr(_here, "seq", None)
    if seq is None:
        seq = MEMORY.look()
        if hasattr(_here, "seq"):
            _here.seq = seq
    return seq


def kept[V](key: Hashable, tables: Tables, read: Callable[[], V], *, is_worth: Callable[[V], bool] = lambda value: True) -> V:
    """The value under a key, read where it is not remembered. `tables`: where it stands, so what makes it old."""
    seq = _place()
    found = MEMORY.get([key])
    if key in found:
        value: V = found[key]
        return value
    value = read()
    if is_worth(value):
        MEMORY.keep(seq, {key: value}, tables)
    return value


def kept_many[K: Hashable, V](kind: str, keys: Iterable[K], tables: Tables, read: Callable[[list[K]], Mapping[K, V]]) -> dict[K, V]:
    """The values under many keys; those not remembered are read together."""
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return {}
    seq = _place()
    known = {key[1]: value for key, value in MEMORY.get((kind, one) for one in wanted).items()}  # type: ignore[index]
    missing = [one for one in wanted if one not in known]
    if missing:
        fresh = dict(read(missing))
        MEMORY.keep(seq, {(kind, one): value for one, value in fresh.items()}, tables)
        known |= fresh
    return {one: known[one] for one in wanted if one in known}
