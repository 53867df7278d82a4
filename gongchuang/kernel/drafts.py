"""What somebody is still writing (草稿): kept under the key it will be handed in with, gone once that was done.

A draft is not a record yet: it has no Event, nobody else sees it, and it is encrypted like a personal value.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db import transaction

from gongchuang.kernel import clock
from gongchuang.kernel.models import Draft
from gongchuang.kernel.ticket import ticket

MOST = 20
"""Drafts kept for one account; the oldest make room."""


def keep(account_uid: UUID, key: str, form: str, content: dict[str, Any]) -> None:
    """Write the draft down, anew under its key."""
    with ticket(), transaction.atomic():
        Draft.objects.update_or_create(
            account_uid=account_uid,
            key=key,
            defaults={"form": form, "content": json.dumps(content, ensure_ascii=False), "saved_at": clock.now()},
        )
        spare = Draft.objects.filter(account_uid=account_uid).order_by("-saved_at").values_list("pk", flat=True)[MOST:]
        Draft.objects.filter(pk__in=list(spare)).delete()


def last(account_uid: UUID, form: str, key: str = "") -> Draft | None:
    """The draft under a key, else the newest of this form."""
    found = Draft.objects.filter(account_uid=account_uid, form=form).order_by("-saved_at")
    return (found.filter(key=key) if key else found).first()


def read(draft: Draft) -> dict[str, Any]:
    said = json.loads(draft.content)
    return said if isinstance(said, dict) else {}


def drop(account_uid: UUID, key: str) -> None:
    """What was handed in is no draft any more."""
    if Draft.objects.filter(account_uid=account_uid, key=key).exists():
        with ticket(), transaction.atomic():
            Draft.objects.filter(account_uid=account_uid, key=key).delete()
