"""Who did what, when and to which rows (历史): actions, Events, row digests and the seal that chains them."""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, connection, models, transaction

from gongchuang.kernel import clock, search, statements, taken, touched
from gongchuang.kernel.errors import Conflict, Refused
from gongchuang.kernel.models import Event, EventRow, Notice, Seal
from gongchuang.kernel.secret import row_mac
from gongchuang.kernel.text import Text
from gongchuang.kernel.ticket import ticket

P = ParamSpec("P")
R = TypeVar("R")
UTC = ZoneInfo("UTC")
GENESIS = "0" * 64
touch = touched.note_many

# ---- actions ---------------------------------------------------------------------------------------------------------


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action (办理): one transaction, one effect a key, every changed row in its Event.

    The function takes keyword-only `by` (a Person, or None for the system) and `key`. Called again with the same key and
    the same arguments it returns the subject of what it did before; with other arguments it raises Conflict.
    """
    signature = inspect.signature(function)

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        given = dict(signature.bind(*args, **kwargs).arguments)
        key = key_hash(given.pop("by", None), cast("str | None", given.pop("key", None)))
        digest = request_digest(function.__qualname__, given)
        if touched.running.get() is not None:
            return _inner(function, key, digest, args, kwargs)
        try:
            with ticket(), transaction.atomic():
                return _outer(function, key, digest, args, kwargs)
        except IntegrityError as error:
            if key and (before := Event.objects.filter(key=key).first()):
                return cast(R, _replay(before, digest))
            if refused := taken.refusal(error):
                raise refused from error
            raise
        except Refused as refused:
            # Two presses of one key at once on PostgreSQL: the second waited for the row that the first one has moved on.
            if key and not isinstance(refused, Conflict) and (before := Event.objects.filter(key=key).first()):
                return cast(R, _replay(before, digest))
            raise

    return run


def _inner(function: Callable[..., R], key: str | None, digest: str, args: Any, kwargs: Any) -> R:
    collector = touched.running.get()
    assert collector is not None
    if key:
        if statements.is_keyed(key):
            return cast(R, _replay(Event.objects.get(key=key), digest))
        collector.digests[key] = digest
    return function(*args, **kwargs)


def _outer(function: Callable[..., R], key: str | None, digest: str, args: Any, kwargs: Any) -> R:
    collector = touched.Touched()
    token = touched.running.set(collector)
    try:
        result = _inner(function, key, digest, args, kwargs)
        if collector:
            _write_rows(collector)
        return result
    except BaseException:
        for path in collector.files:  # nothing comes of them
            path.unlink(missing_ok=True)
        raise
    finally:
        touched.running.reset(token)


def _replay(before: Event, digest: str) -> models.Model | None:
    subject = subject_of(before)
    if before.request_digest != digest:
        raise Conflict(Text("这一条已经提交过，内容不同。", "This was handed in before, with other content."), subject=subject)
    return subject


def key_hash(by: Any, key: str | None) -> str | None:
    """The stored form of a client's key: the same key of two persons is two keys."""
    if not key:
        return None
    return hashlib.sha256(f"{getattr(by, 'uid', '')}|{key}".encode()).hexdigest()


def request_digest(name: str, given: dict[str, Any]) -> str:
    """One digest of what was asked: cleaned values and file contents, without keys and tokens."""
    content = json.dumps([name, _plain(given)], ensure_ascii=False, sort_keys=True)
    return row_mac(content.encode())  # keyed: what was asked may hold an identity number


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return f"{value._meta.db_table}:{value.pk or getattr(value, 'uid', '')}"
    if isinstance(value, models.QuerySet):
        return sorted(_plain(row) for row in value)
    if isinstance(value, File):
        value.seek(0)
        digest = hashlib.sha256(value.read()).hexdigest()
        value.seek(0)
        return digest
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def subject_of(event: Event) -> models.Model | None:
    """The record an Event is about, if it still exists."""
    model = model_of(event.subject_table)
    return model._base_manager.filter(pk=event.subject_pk).first() if model else None


@functools.lru_cache(maxsize=1)
def _models_by_table() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}


def model_of(table: str) -> type[models.Model] | None:
    return _models_by_table().get(table)


# ---- Events ----------------------------------------------------------------------------------------------------------


def record(
    by: Any,
    name: str,
    *,
    subject: models.Model,
    key: str | None = None,
    tell: Iterable[Any] = (),
    say: Text | None = None,
    **facts: Any,
) -> Event:
    """Write down that `by` did `name` to `subject`; `tell` persons get a Notice saying `say`."""
    collector = touched.running.get()
    if collector is None:
        raise touched.OutsideAction(f"{name} was recorded outside an action")
    hashed = key_hash(by, key)
    unit = getattr(subject, "unit", None)
    event = Event(
        at=clock.now(),
        action=name,
        actor_uid=getattr(by, "uid", None),
        subject_table=subject._meta.db_table,
        subject_pk=subject.pk,
        unit_path=getattr(unit, "path", None),
        unit_code=getattr(unit, "code", ""),
        key=hashed,
        request_digest=collector.digests.get(hashed or "", ""),
        facts=_plain(facts),
    )
    statements.insert(event)
    collector.event = collector.event or event
    notify(event, tell, say or Text(str(subject)[:300]), subject)
    return event


def notify(event: Event, persons: Iterable[Any], say: Text, subject: models.Model) -> None:
    """Tell each person once about an Event; nobody is told of what they did themselves."""
    uids = dict.fromkeys(person.uid for person in persons if person is not None)
    uids.pop(event.actor_uid, None)
    notices = [
        Notice(
            person_uid=uid,
            event=event,
            text_zh=say.zh[:300],
            text_en=say.en[:300],
            desk=getattr(subject, "desk_key", ""),
            ref=getattr(subject, "ref", ""),
            at=event.at,
        )
        for uid in uids
    ]
    statements.insert_many(notices)


def _write_rows(collector: touched.Touched) -> None:
    if collector.event is None:
        tables = sorted(model._meta.db_table for model in collector.rows)
        raise touched.OutsideAction(f"rows of {', '.join(tables)} were changed without an Event")
    rows: list[tuple[str, int, str]] = []
    for model, pks in sorted(collector.rows.items(), key=lambda pair: pair[0]._meta.db_table):
        rows += [(model._meta.db_table, *row) for row in _digested(model, sorted(pks))]
    rows += [(table, pk, "") for table, pk in sorted(collector.gone)]
    statements.write_rows(collector.event.pk, rows)


def _digested(model: type[models.Model], pks: Sequence[int], size: int = 500) -> Iterator[tuple[int, str]]:
    """The digests of rows as the database holds them now, and from the same reading what search finds them by."""
    searched = tuple(getattr(model, "searched", ()))
    fields = protected_fields(model)
    names, attributes = tuple(field.name for field in fields), [field.attname for field in fields]
    for start in range(0, len(pks), size):
        chunk = pks[start : start + size]
        texts: dict[int, str] = {}
        for pk, *values in statements.stored(model, chunk, names + searched):
            yield pk, digest_of(model._meta.db_table, attributes, values[: len(names)])
            texts[pk] = " ".join(str(text or "") for text in values[len(names) :])
        if searched:
            search.renew(model._meta.db_table, chunk, texts)


# ---- digests ---------------------------------------------------------------------------------------------------------


def protected_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    unprotected: Iterable[str] = getattr(model, "unprotected", ())
    return [field for field in model._meta.concrete_fields if field.name not in unprotected]


def digest_of(table: str, names: Sequence[str], values: Sequence[Any]) -> str:
    content = [table, *([name, _canonical(value)] for name, value in zip(names, values, strict=True))]
    return row_mac(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def _canonical(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value


# ---- the chain -------------------------------------------------------------------------------------------------------


def seal(limit: int = 5000) -> int:
    """Chain the committed Events that are not sealed yet; returns how many. Alone, under one lock."""
    with ticket(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(7305)")
        last = Seal.objects.order_by("-seq").first()
        floor = last.event_id - 10_000 if last else 0  # an id is given before commit, so late ones lie a little below
        events = list(Event.objects.filter(pk__gt=floor, seal=None).order_by("pk")[:limit])
        seq, head = (last.seq, last.hash) if last else (0, GENESIS)
        seals = []
        rows = _rows_by_event(events)
        for event in events:
            seq += 1
            linked = link(head, event, rows.get(event.pk, []))
            seals.append(Seal(seq=seq, event=event, prev_hash=head, hash=linked))
            head = linked
        Seal.objects.bulk_create(seals, batch_size=1000)
        if seals:
            transaction.on_commit(functools.partial(_anchor, seq, head))
    return len(seals)


def _rows_by_event(events: Sequence[Event]) -> dict[int, list[tuple[str, int, str]]]:
    found: dict[int, list[tuple[str, int, str]]] = {}
    pks = [event.pk for event in events]
    for start in range(0, len(pks), 500):
        rows = EventRow.objects.filter(event_id__in=pks[start : start + 500]).order_by("event_id", "pk")
        for event_id, table, pk, digest in rows.values_list("event_id", "table", "pk_of_row", "digest"):
            found.setdefault(event_id, []).append((table, pk, digest))
    return found


def link(head: str, event: Event, rows: Sequence[tuple[str, int, str]]) -> str:
    """The hash of an Event on top of the chain's head; it runs over what is stored."""
    content = [
        head,
        *(_canonical(getattr(event, name)) for name in ("uid", "at", "action", "actor_uid", "subject_table", "subject_pk")),
        *(_canonical(getattr(event, name)) for name in ("unit_code", "key", "request_digest", "facts", "row_count")),
        [list(row) for row in rows],
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _anchor(seq: int, head: str) -> None:
    """Write the head outside the database, so that a chain cut short is seen."""
    with open(settings.ANCHORS, "a", encoding="ascii") as anchors:
        anchors.write(f"{seq} {head}\n")


def timeline(table: str, pk: int, limit: int = 100) -> models.QuerySet[Event]:
    """The Events about one record, oldest first."""
    return Event.objects.filter(subject_table=table, subject_pk=pk).order_by("pk")[:limit]


def about(subject: models.Model) -> models.QuerySet[Event]:
    """All Events about one record (经过)."""
    return Event.objects.filter(subject_table=subject._meta.db_table, subject_pk=subject.pk)


def was_done(by: Any, key: str) -> bool:
    """Whether a press by this person under this key has already had its effect."""
    return done(by, key) is not None


def done(by: Any, key: str) -> Event | None:
    """The Event of this person's press under this key, if it has had its effect."""
    return Event.objects.filter(key=key_hash(by, key)).first()
