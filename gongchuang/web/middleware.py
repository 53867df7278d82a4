"""What happens around every page: language, refusals told as pages, headers (网页中间层)."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from gongchuang.kernel.errors import Busy, Conflict, NotYours, Refused, Stale

log = logging.getLogger(__name__)
LANGUAGES = {"zh": "zh-hans", "zh-hans": "zh-hans", "zh-cn": "zh-hans", "en": "en"}
YEAR = 365 * 24 * 3600
Next = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Chinese unless somebody chose otherwise: ?lang=en, then a cookie, then the account's own choice.

    The browser's list of languages is not asked: an English Windows in a Chinese workshop is common.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = LANGUAGES.get(request.GET.get("lang", "").lower())
        chosen = asked or LANGUAGES.get(request.COOKIES.get("lang", "")) or settings.LANGUAGE_CODE
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", "en" if chosen == "en" else "zh-CN")
        patch_vary_headers(response, ["HX-Request"])  # a part of a page is not the page
        if asked:
            response.set_cookie("lang", "en" if asked == "en" else "zh", max_age=YEAR, samesite="Lax", secure=request.is_secure())
        return response


class RefusalMiddleware:
    """Turns the errors a person is meant to read into pages that say what is wrong and how to go on."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if request.path.startswith("/api/"):
            return None  # the API says the same as problem details
        if isinstance(error, Refused):
            return refusal_page(request, error)
        if isinstance(error, Http404 | PermissionDenied | SuspiciousOperation):
            return None  # nothing is broken: Django answers these with their own pages
        # The number ties what the person reads to the line in the log; nothing of the error itself is shown.
        request.error_number = secrets.token_hex(2).upper()  # type: ignore[attr-defined]
        log.error("page error %s at %s", request.error_number, request.path, exc_info=error)  # type: ignore[attr-defined]
        return None


def refusal_page(request: HttpRequest, error: Refused, **more: Any) -> HttpResponse:
    """The page for an error a person is meant to read: 403, 409, 422 or 503."""
    if isinstance(error, NotYours):
        return render(request, "403.html", {"error": error, **more}, status=403)
    template = "errors/422.html"
    if isinstance(error, Busy):
        template = "errors/503.html"
    elif isinstance(error, Conflict | Stale):
        template = "errors/changed.html"
    response = render(request, template, {"error": error, **more}, status=error.status)
    if isinstance(error, Busy):
        response.headers["Retry-After"] = "5"
    return response
