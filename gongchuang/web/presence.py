"""Who else has an item open (正在处理): a light note kept in memory for a minute and a half, never in the database."""

from __future__ import annotations

from collections.abc import Collection
from types import SimpleNamespace
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from gongchuang.kernel import clock
from gongchuang.kernel.flow import flow_of
from gongchuang.web import desklist, shown

SECONDS = 90
MOST = 5


def is_awaited(record: Any, acts: Collection[str]) -> bool:
    """Whether the record waits for one of these acts: who has it open and may do that one is at work on it, a reader is not."""
    flow = flow_of(type(record))
    wait = flow.waits.get(record.state) if flow is not None else None
    return wait is not None and wait.act in acts


def _key(record: Any) -> str:
    return f"web.here.{record._meta.db_table}.{record.pk}"


def others(record: Any, person: Any) -> list[str]:
    """Names of those who had this item open just now, masked where the reader is from elsewhere."""
    if person is None:
        return []
    since = clock.now().timestamp() - SECONDS
    found = [one for uid, one in cache.get(_key(record), {}).items() if uid != str(person.uid) and one[2] > since]
    return [shown.actor(SimpleNamespace(actor_name=name, actor_path=path), person) for name, path, _ in found]


def note(record: Any, person: Any) -> None:
    """This person has it open now."""
    now = clock.now().timestamp()
    here = {uid: one for uid, one in cache.get(_key(record), {}).items() if one[2] > now - SECONDS}
    if str(person.uid) in here or len(here) < MOST:
        here[str(person.uid)] = (person.name, person.unit.path, now)
    cache.set(_key(record), here, SECONDS)


def leave(record: Any, person: Any) -> None:
    """Done with it: nobody waits for somebody who has acted."""
    here = dict(cache.get(_key(record), {}))
    if here.pop(str(person.uid), None):
        cache.set(_key(record), here, SECONDS)


@require_POST
def beacon(request: Any, key: str, ref: str) -> HttpResponse:
    """/here/<desk>/<ref>/: I have this open; who else has? Only for those who may see it."""
    desk = desklist.by_key().get(key)
    if desk is None or request.person is None or len(ref) > 60:
        raise Http404
    record = desk.one_for(request.person, ref)
    if record is None:
        raise Http404
    if request.POST.get("gone"):
        leave(record, request.person)
    else:
        note(record, request.person)
    return JsonResponse({"who": others(record, request.person)})
