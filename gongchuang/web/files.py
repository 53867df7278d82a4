"""Drafts and attached files (草稿与附件): kept by their owner, shown to whoever may see the record."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongchuang.kernel import clock, drafts
from gongchuang.kernel import files as stored
from gongchuang.kernel.models import Attachment
from gongchuang.web import desklist

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
DRAFT_MOST = 20_000


@never_cache
@require_POST
def draft(request: Any, form: str) -> HttpResponse:
    """Keep what is being written, every three seconds, under the key it will be handed in with."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed out"}, status=401)
    content, key = request.POST.get("content", "{}"), request.POST.get("key", "")[:64]
    try:
        said = json.loads(content)
    except ValueError:
        said = None
    if not key or not isinstance(said, dict) or len(content) > DRAFT_MOST:
        return JsonResponse({"error": "not a draft"}, status=422)
    drafts.keep(request.user.uid, key, form, said)
    return JsonResponse({"at": clock.now().astimezone(clock.ZONE).strftime("%H:%M")})


@require_GET
def download(request: Any, uid: Any) -> FileResponse:
    """A file by the rule of the record it belongs to; foreign and missing look alike."""
    found = stored.by_uid(uid)
    path = settings.MEDIA_ROOT / found.stored_as if found is not None else None
    if found is None or path is None or not may_read(request.person, found) or not path.is_file():
        raise Http404
    is_shown = found.content_type in PICTURES
    response = FileResponse(path.open("rb"), content_type=found.content_type if is_shown else "application/octet-stream")
    kind = "inline" if is_shown and "download" not in request.GET else "attachment"
    response.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(found.name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def may_read(person: Any, found: Attachment) -> bool:
    """Whoever may see the record may see its files; a file not yet attached is its owner's."""
    if found.pk_of_row is None:
        return person is not None and found.owner_uid == person.uid
    desk = desklist.of_table(found.table)
    return desk is not None and desk.rows_for(person).filter(pk=found.pk_of_row).exists()
