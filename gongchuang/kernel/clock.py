"""The one source of now, today and new ids (时钟): tests, the demo and simulations replace it."""

from __future__ import annotations

import os
import secrets
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar

ZONE = ZoneInfo("Asia/Shanghai")
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)
_uid_lock = threading.Lock()
_last_uid = 0


def now() -> datetime:
    """The present moment, with its zone."""
    frozen_at = _frozen.get() or _from_environment()
    return frozen_at if frozen_at is not None else datetime.now(ZONE)


def today() -> date:
    """The present day in Asia/Shanghai."""
    return now().astimezone(ZONE).date()


def _from_environment() -> datetime | None:
    said = os.environ.get("GONGCHUANG_NOW")
    return parse_moment(said) if said else None


@lru_cache(maxsize=64)
def parse_moment(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


@contextmanager
def frozen(moment: datetime | date | str) -> Iterator[None]:
    """Stop the clock at a moment: for tests and for the demo city, whose history happens in one minute."""
    if isinstance(moment, str):
        moment = parse_moment(moment)
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 9, 0, tzinfo=ZONE)
    token = _frozen.set(moment if moment.tzinfo else moment.replace(tzinfo=ZONE))
    try:
        yield
    finally:
        _frozen.reset(token)


def new_uid() -> uuid.UUID:
    """A UUIDv7: sorted by the clock, never twice, also when many are asked for in one millisecond."""
    global _last_uid
    stamp = int(now().timestamp() * 1000) & ((1 << 48) - 1)
    value = (stamp << 80) | (0x7 << 76) | (secrets.randbits(12) << 64) | (0b10 << 62) | secrets.randbits(62)
    with _uid_lock:
        if value == _last_uid:
            value ^= 1
        _last_uid = value
    return uuid.UUID(int=value)


def is_working_day(day: date, corrections: Mapping[date, bool] | None = None) -> bool:
    """Whether offices work on this day: the city's corrections first, then the State Council's calendar (调休), then weekdays."""
    if corrections and day in corrections:
        return corrections[day]
    return _is_official(day)


@lru_cache(maxsize=4096)
def _is_official(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # the calendar of that year is not published yet
        return day.weekday() < 5


def add_working_days(day: date, count: int, corrections: Mapping[date, bool] | None = None) -> date:
    """The `count`-th working day after `day`; count ≥ 0."""
    if count < 0:
        raise ValueError("count must not be negative")
    while count:
        day += timedelta(days=1)
        if is_working_day(day, corrections):
            count -= 1
    return day
