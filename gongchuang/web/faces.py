"""Faces of their own (专用页面): what a desk's own template needs beyond the generic one, registered here by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.http import url_has_allowed_host_and_scheme

from gongchuang.kernel.desk import Act, Desk
from gongchuang.people.models import Unit

Extra = Callable[[Any, dict[str, Any]], dict[str, Any]]
EXTRAS: dict[tuple[str, str], Extra] = {}
OPEN: dict[str, Any] = {}
"""Desks of which everybody may read the open records, by a rule of their own (for public figures)."""
DONE: dict[tuple[str, str], Callable[[Any, Any], Any]] = {}
NEXT: dict[tuple[str, str], Callable[[Any, Any], str]] = {}


def of(desk_key: str, face: str) -> Callable[[Extra], Extra]:
    """Register what a face needs: extra(request, context) -> more context."""

    def keep(function: Extra) -> Extra:
        EXTRAS[(desk_key, face)] = function
        return function

    return keep


def after(desk_key: str, act: str) -> Callable[[Callable[[Any, Any], str]], Callable[[Any, Any], str]]:
    """Register where an act leads: function(request, subject) -> address."""

    def keep(function: Callable[[Any, Any], str]) -> Callable[[Any, Any], str]:
        NEXT[(desk_key, act)] = function
        return function

    return keep


def done(desk_key: str, act: str) -> Callable[[Callable[[Any, Any], Any]], Callable[[Any, Any], Any]]:
    """Register what is said after an act: function(request, subject) -> words that name what is next."""

    def keep(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        DONE[(desk_key, act)] = function
        return function

    return keep


def extra(desk: Desk, face: str, request: Any, context: dict[str, Any]) -> dict[str, Any]:
    function = EXTRAS.get((desk.key, face))
    return function(request, context) if function else {}


def has_own(desk: Desk, face: str) -> bool:
    try:
        get_template(f"{desk.key}/{face}.html")
    except TemplateDoesNotExist:
        return False
    return True


def may_create(act: Act, person: Any) -> bool:
    """Whether a person may make a new record: the rule is asked of their own unit, the place it would belong to."""
    return bool(act.rule.allows(person, person.unit))


def could_create(act: Act, person: Any) -> bool:
    """Whether there is any unit for which the person may hand this form in: nobody opens one they never can."""
    return act.rule.could_ever(person, Unit)


def done_words(request: Any, desk: Desk, act: Act, subject: Any) -> str:
    """What was saved, under which number, and what comes next where the face says so."""
    if special := DONE.get((desk.key, act.name)):
        return str(special(request, subject))
    number = getattr(subject, "no", "") or ""
    return f"{act.done} {number}".strip() if number and number not in str(act.done) else str(act.done)


def address_of(subject: Any) -> str:
    key = getattr(subject, "desk_key", "")
    return f"/{key}/{subject.ref}/" if key and subject is not None and subject.pk else ""


def safe_next(request: HttpRequest) -> str:
    """Where the person came from, if it is a page of ours."""
    said = request.POST.get("next") or request.GET.get("next") or ""
    return said if said and url_has_allowed_host_and_scheme(said, {request.get_host()}, request.is_secure()) else ""


def next_address(request: Any, desk: Desk, act: Act, record: Any, subject: Any) -> str:
    """After an act: where the form said, where the face says, else the subject, else the desk."""
    if said := safe_next(request):
        parts = urlsplit(said)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    if special := NEXT.get((desk.key, act.name)):
        return special(request, subject)
    target = record if record is not None and record.pk else subject
    return address_of(target) or address_of(subject) or f"/{desk.key}/"
