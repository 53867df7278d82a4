"""One to-do after the other (逐条办理): the item fills the screen, and after acting the next one follows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from gongchuang.kernel import waiting
from gongchuang.web import desklist

MOST = 100
QUEUE = "todo"
DONE = "/me/todo/"


def addresses(person: Any) -> list[str]:
    """All that waits for this person, the most pressing first."""
    rows = waiting.of(person).values_list("desk", "ref")[:MOST]
    return [f"/{desk}/{ref}/" for desk, ref in rows if desk in desklist.by_key()]


def queued(address: str) -> str:
    return f"{address}?{urlencode({'queue': QUEUE})}" if address != DONE else DONE


def standing(request: Any, here: str) -> dict[str, Any] | None:
    """Where this item stands among all that waits, and where to go from it; nothing outside of the queue."""
    if request.person is None or request.GET.get("queue") != QUEUE:
        return None
    waits = addresses(request.person)
    at = waits.index(here) if here in waits else -1
    following = waits[at + 1] if at + 1 < len(waits) else ""
    before = waits[at - 1] if at > 0 else ""
    return {
        "at": at + 1,
        "count": len(waits),
        "next": queued(following) if following else "",
        "previous": queued(before) if before else "",
        "after": queued(following or before or DONE),
    }


def led_on(act: dict[str, Any], triage: dict[str, Any] | None) -> dict[str, Any]:
    """An act whose press leads on to the next item."""
    return {**act, "address": f"{act['address']}?{urlencode({'next': triage['after']})}"} if triage else act
