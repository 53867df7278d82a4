"""The check-in code on the lecturer's screen (签到码): six digits, new every 20 seconds, never stored."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

RENEWS_SECONDS = 20
GRACE = 3
"""A scanned code stays good for this many renewals more: a slow phone needs a minute."""


def code_at(session_uid: UUID, at: datetime) -> str:
    """The code shown for a session at a moment."""
    return _code(session_uid, _slot(at))


def is_good(session_uid: UUID, code: str, at: datetime) -> bool:
    """Whether a code was on the screen at `at` or within the grace before it."""
    slot = _slot(at)
    return any(constant_time_compare(_code(session_uid, slot - age), code.strip()) for age in range(GRACE + 1))


def _slot(at: datetime) -> int:
    return int(at.timestamp()) // RENEWS_SECONDS


def _code(session_uid: UUID, slot: int) -> str:
    digest = salted_hmac("gongchuang.academy.session", f"{session_uid}:{slot}", algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06d}"
