"""What others ask the ledger (查账)."""

from __future__ import annotations

from datetime import date

from django.db.models import Min

from gongchuang.bank.models import Transfer


def credited_on(desk: str, ref: str) -> date | None:
    """The day the first points for a certified record of another step came into an account."""
    return Transfer.objects.filter(about_desk=desk, about_ref=ref, what="certified").aggregate(first=Min("on"))["first"]
