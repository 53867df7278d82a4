"""Messages to one person (消息): read by day, marked as read by an act of their own, never by looking."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from gongchuang.kernel import clock
from gongchuang.kernel.models import Notice
from gongchuang.kernel.ticket import ticket


def of(person: Any) -> models.QuerySet[Notice]:
    """What this person was told, newest first."""
    return Notice.objects.filter(person_uid=person.uid).order_by("-pk")


def mark_read(person: Any) -> int:
    """Mark everything that has been shown as read; it changes no record and leaves no Event."""
    with ticket(), transaction.atomic():
        return of(person).filter(read_at=None).update(read_at=clock.now())
