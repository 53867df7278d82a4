"""A request that knows its Person (请求): set once, before any view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from gongchuang.people.backends import already_read

if TYPE_CHECKING:
    from gongchuang.people.models import Person


class PersonRequest(HttpRequest):
    """What every view of ours receives."""

    person: Person | None


class SessionAccountMiddleware(AuthenticationMiddleware):
    """Django's own, with the account that the session was read with: all of its checks, without a second query."""

    def process_request(self, request: Any) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user_of(request))


def _user_of(request: Any) -> Any:
    request.session.get(SESSION_KEY)  # reads the session, if that has not happened
    with already_read(request.session.account):
        return get_user(request)


class PersonMiddleware:
    """Puts the account's active person on the request; a leaver's account reads as a visitor's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        person = getattr(request.user, "person", None) if request.user.is_authenticated else None
        request.person = person if person is not None and person.is_active else None
        return self.get_response(request)
