"""The worker's own pages (我的): home, to-dos, passbook, learning, messages, details."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from gongchuang.kernel import clock, notices
from gongchuang.kernel.text import Text
from gongchuang.people import actions
from gongchuang.web import after, coming, desklist, door, listing, passbook, todos, walked
from gongchuang.web.context import text_size
from gongchuang.web.learning import own as own_learning

View = Callable[..., HttpResponse]


def own(view: View) -> View:
    """A page of the person's own: visitors sign in first."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **more: Any) -> HttpResponse:
        return view(request, *args, **more) if request.person is not None else door.to_login(request)

    return require_safe(guarded)


@own
def home(request: Any) -> HttpResponse:
    """/me/: propose, at most three to-dos, the last proposal, the balance, the next class or contest. Nothing else."""
    person = request.person
    proposals = listing.own(desklist.by_key()["proposals"], person, desklist.by_key()["proposals"].rows_for(person))
    last = proposals.select_related("unit", "author").order_by("-pk").first()
    tasks = todos.tasks_of(person)
    balance, next_one = coming.glance(person)
    return render(
        request,
        "me/home.html",
        {
            "tasks": tasks[:3],
            "task_count": len(tasks),
            "last": last,
            "stations": stations_of(last),
            "balance": balance,
            "coming": next_one,
            "todo_count": min(len(tasks), 99),
        },
    )


def stations_of(proposal: Any) -> list[walked.Station]:
    """How far it has come, down to the passbook."""
    if proposal is None:
        return []
    result = walked.results_of(proposal).first()
    return walked.stations(proposal, result=result, credited_on=walked.credited_on(result))


@own
def todo(request: Any) -> HttpResponse:
    """/me/todo/: everything that waits for this person, the most pressing first."""
    tasks = todos.tasks_of(request.person)
    return render(
        request,
        "me/todo.html",
        {"groups": todos.grouped(tasks), "task_count": len(tasks), "here": "todo", "back": "/home/", "todo_count": min(len(tasks), 99)},
    )


@own
def bank(request: Any) -> HttpResponse:
    """/me/bank/: the passbook, every entry with its arithmetic."""
    return render(request, "me/bank.html", {**passbook.page(request, request.GET.get("year", "")), "back": "/me/", "here": "profile"})


@own
def messages_page(request: Any) -> HttpResponse:
    """/me/messages/: what this person was told, newest first."""
    return render(request, "me/messages.html", {"notices": todos.told(request.person), "back": "/me/profile/", "here": "profile"})


@own
def learning(request: Any) -> HttpResponse:
    """/me/learning/: courses to sign up for and contests to enter, with what is coming next."""
    return render(request, "me/learning.html", {**own_learning(request), "here": "learning", "back": "/me/"})


@own
def profile(request: Any) -> HttpResponse:
    """/me/profile/: own data in one place."""
    person = request.person
    return render(
        request,
        "me/profile.html",
        {
            "me": person,
            "here": "profile",
            "back": "/me/",
            "size": text_size(request),
            "steps": [(0, Text("普通", "Usual")), (1, Text("大", "Large")), (2, Text("更大", "Larger")), (3, Text("最大", "Largest"))],
            "links": [(desk.key, desk.label) for key in ("skills", "honours", "plans") if (desk := desklist.by_key().get(key))],
        },
    )


@require_POST
def read_messages(request: Any) -> HttpResponse:
    """Mark all messages as read."""
    if request.person is not None:
        notices.mark_read(request.person)
    return HttpResponseRedirect("/me/messages/")


@require_POST
def consent(request: Any) -> HttpResponse:
    """Agree to be shown by name in public, or take it back; it holds at once."""
    if request.person is None:
        return door.to_login(request)
    actions.set_public(request.person, is_public=request.POST.get("agree") == "yes", by=request.person, key=str(clock.new_uid()))
    after.committed()
    return HttpResponseRedirect("/me/profile/")


OWN_PAGES: dict[str, View] = {"bank": bank}


@own
def own_list(request: HttpRequest, key: str) -> HttpResponse:
    """/me/<desk>/: the person's own rows of a desk."""
    if key in OWN_PAGES:
        return OWN_PAGES[key](request)
    desk = desklist.by_key().get(key)
    if desk is None or "me" not in desk.spaces:
        raise Http404
    return door.list_page(request, desk, space="me")


def serves(key: str, space: str) -> bool:
    """Whether there is such a list of one's own."""
    desk = desklist.by_key().get(key)
    return key in OWN_PAGES or (desk is not None and space in desk.spaces)


own_list.serves = serves  # type: ignore[attr-defined]
