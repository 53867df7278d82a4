"""A request that knows its Person (请求): set once, before any view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from gongchuang.people.models import Person


class PersonRequest(HttpRequest):
    """What every view of ours receives."""

    person: Person | None


class PersonMiddleware:
    """Puts the account's active person on the request; a leaver's account reads as a visitor's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        person = getattr(request.user, "person", None) if request.user.is_authenticated else None
        request.person = person if person is not None and person.is_active else None
        return self.get_response(request)
