"""Messages to one person (消息): read by day, marked as read by an act of their own, never by looking."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from gongchuang.kernel import clock
from gongchuang.kernel.models import Event, Notice
from gongchuang.kernel.text import Text
from gongchuang.kernel.ticket import ticket


def of(person: Any) -> models.QuerySet[Notice]:
    """What this person was told, newest first."""
    return Notice.objects.filter(person_uid=person.uid).order_by("-pk")


def finished(event: Event | None, person: Any, say: Text, *, page: str, ref: str) -> None:
    """Work in the background is done: whoever started it is told, once, with the page where it stands."""
    if person is None or event is None:
        return
    with ticket(), transaction.atomic():
        Notice.objects.get_or_create(
            person_uid=person.uid,
            event=event,
            desk=page,
            ref=ref,
            defaults={"text_zh": say.zh[:300], "text_en": say.en[:300], "at": clock.now()},
        )


def mark_read(person: Any) -> int:
    """Mark everything that has been shown as read; it changes no record and leaves no Event."""
    with ticket(), transaction.atomic():
        return of(person).filter(read_at=None).update(read_at=clock.now())
