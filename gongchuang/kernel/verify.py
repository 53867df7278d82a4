"""verify (核验): every invariant by name, and which record breaks it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.conf import settings
from django.db import models

from gongchuang.kernel import guards, history, waiting
from gongchuang.kernel.flow import FLOWS
from gongchuang.kernel.models import Attachment, Event, EventRow, Hands, Record, Seal

CHUNK = 2000


@dataclass(frozen=True)
class Break:
    """Where an invariant does not hold."""

    table: str
    record: str
    what: str


@dataclass
class Finding:
    name: str
    checked: int = 0
    breaks: list[Break] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.breaks


Invariant = tuple[str, Callable[[], Iterator[Break | int]]]
"""A name, and a function that yields how many things it has looked at (int) and each Break it finds."""


def protected_models() -> list[type[models.Model]]:
    """The tables whose every row must equal the digest of its last Event."""
    found = [model for model in apps.get_models() if issubclass(model, Record) or model is Hands]
    return sorted(found, key=lambda model: model._meta.db_table)


def run(extra: Iterable[Invariant] = (), tables: Iterable[str] = ()) -> list[Finding]:
    """Check everything, the kernel's own invariants first."""
    history.seal(limit=10**9)
    return [check(name, function) for name, function in [*own(tables), *extra]]


def digest() -> str:
    """One digest of all protected tables: the same on a restored copy, another after any change of any row."""
    whole = hashlib.sha256()
    for model in protected_models():
        table = model._meta.db_table
        names = [one.attname for one in history.protected_fields(model)]
        for pk, *values in model._base_manager.order_by("pk").values_list("pk", *names).iterator(chunk_size=CHUNK):
            whole.update(f"{table}:{pk}:{history.digest_of(table, names, values)}\n".encode())
    return whole.hexdigest()


def check(name: str, function: Callable[[], Iterator[Break | int]]) -> Finding:
    finding = Finding(name)
    for found in function():
        if isinstance(found, Break):
            finding.breaks.append(found)
        else:
            finding.checked += found
    return finding


def own(tables: Iterable[str] = ()) -> list[Invariant]:
    wanted = set(tables)
    chosen = [model for model in protected_models() if not wanted or model._meta.db_table in wanted]
    return [
        ("chain", chain),
        ("anchors", anchors),
        *((f"rows:{model._meta.db_table}", _rows_of(model)) for model in chosen),
        ("waiting", waits),
        ("guards", guards_present),
        ("files", files),
    ]


def chain() -> Iterator[Break | int]:
    """Every Event is linked to the one before it, and says what it said when it was sealed."""
    head, expected = history.GENESIS, 1
    seals = Seal.objects.select_related("event").order_by("seq")
    batch: list[Seal] = []
    for seal in seals.iterator(chunk_size=CHUNK):
        batch.append(seal)
        if len(batch) == 500:
            head, expected = yield from _links(batch, head, expected)
            batch = []
    yield from _links(batch, head, expected)
    for event in Event.objects.filter(seal=None).order_by("pk")[:100]:
        yield Break("kernel_event", str(event.pk), "is not in the chain")


def _links(batch: list[Seal], head: str, expected: int) -> Any:
    rows = history._rows_by_event([seal.event for seal in batch])
    for seal in batch:
        yield 1
        if seal.seq != expected:
            yield Break("kernel_seal", str(expected), f"is missing; the chain goes on at {seal.seq}")
        linked = history.link(seal.prev_hash, seal.event, rows.get(seal.event_id, []))
        if seal.prev_hash != head or linked != seal.hash:
            yield Break("kernel_event", str(seal.event_id), "differs from what was sealed")
        head, expected = seal.hash, seal.seq + 1
    return head, expected


def anchors() -> Iterator[Break | int]:
    """The heads written outside the database are still in the chain."""
    try:
        with open(settings.ANCHORS, encoding="ascii") as lines:
            heads = [line.split() for line in lines if line.strip()]
    except FileNotFoundError:
        return
    hashes = dict(Seal.objects.filter(seq__in=[int(seq) for seq, _ in heads[-5000:]]).values_list("seq", "hash"))
    for seq, head in heads[-5000:]:
        yield 1
        if hashes.get(int(seq)) != head:
            yield Break("kernel_seal", seq, "is not the head that was written outside the database")


def _rows_of(model: type[models.Model]) -> Callable[[], Iterator[Break | int]]:
    def compare() -> Iterator[Break | int]:
        table = model._meta.db_table
        names = [one.attname for one in history.protected_fields(model)]
        after = 0
        while pks := list(model._base_manager.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
            rows = model._base_manager.filter(pk__gt=after, pk__lte=pks[-1]).order_by("pk")
            yield from _compared(table, names, _readable(rows, pks, names), _last_digests(table, after, pks[-1]))
            after = pks[-1]
        yield from _compared(table, names, (), _last_digests(table, after))

    return compare


def _compared(table: str, names: list[str], rows: Iterable[list[Any]], last: dict[int, str]) -> Iterator[Break | int]:
    """Rows of one range of keys against the digests of their last Events."""
    for pk, *values in rows:
        yield 1
        known = last.pop(pk, None)
        if known is None:
            yield Break(table, str(pk), "was added behind the application")
        elif values == [None] * len(names) or history.digest_of(table, names, values) != known:
            yield Break(table, str(pk), "was changed behind the application")
    yield from (Break(table, str(pk), "was deleted behind the application") for pk, digest in last.items() if digest)


def _last_digests(table: str, after: int, until: int | None = None) -> dict[int, str]:
    """The newest digest of each key above `after` and up to `until`; an empty one says that the row is gone."""
    rows = EventRow.objects.filter(table=table, pk_of_row__gt=after)
    if until is not None:
        rows = rows.filter(pk_of_row__lte=until)
    return dict(rows.order_by("pk_of_row", "pk").values_list("pk_of_row", "digest").iterator(chunk_size=CHUNK))


def _readable(rows: models.QuerySet[Any], pks: list[int], names: list[str]) -> Iterator[list[Any]]:
    """Rows as lists [pk, *values]; one whose cipher text cannot be opened comes with None values."""
    try:
        yield from [list(row) for row in rows.values_list("pk", *names)]
    except (ValueError, InvalidTag):
        yield from (_readable_one(rows, pk, names) for pk in pks)


def _readable_one(rows: models.QuerySet[Any], pk: int, names: list[str]) -> list[Any]:
    try:
        return list(rows.filter(pk=pk).values_list("pk", *names).get())
    except (ValueError, InvalidTag):
        return [pk, *([None] * len(names))]


def waits() -> Iterator[Break | int]:
    """The to-do list says what the records' states say."""
    pairs = [(model, FLOWS[name]) for model, name in guards.flow_models()]
    yield len(pairs)
    for table, pk, what in waiting.mismatches(pairs):
        yield Break(table, str(pk), what)


def guards_present() -> Iterator[Break | int]:
    yield len(guards.wanted()) + len(guards.views())
    yield from (Break(name, "", "guard or view is missing: run migrate") for name in sorted(guards.missing()))


def files() -> Iterator[Break | int]:
    """Every stored file still has the content it was handed in with."""
    for attachment in Attachment.objects.order_by("pk").iterator(chunk_size=CHUNK):
        yield 1
        path = settings.MEDIA_ROOT / attachment.stored_as
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        if digest != attachment.sha256:
            yield Break("kernel_attachment", str(attachment.pk), "the file is missing or was changed")
