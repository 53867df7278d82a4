"""An enterprise's and the federation's pages (企业与工会): board, certification, lists by desk."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from gongchuang.indicators import reading
from gongchuang.kernel import clock, waiting
from gongchuang.kernel.period import Period
from gongchuang.people.models import Unit
from gongchuang.web import desklist, door, todos
from gongchuang.web.context import roles_of, space_of
from gongchuang.web.spaces import cockpit, figures
from gongchuang.web.spaces.me import own

ALIASES = {
    "people": "people", "training": "courses", "needs": "needs", "awards": "rounds", "match": "match",
    "units": "units", "bank": "accounts", "rewards": "dues", "academy": "academies", "returns": "returns",
}  # fmt: skip
BOARD_KEYS = ("proposals.made", "proposals.adopted", "proposals.implemented", "results.benefit", "bank.incentives_paid", "academy.trained")


def my_unit(request: Any) -> Unit:
    """The unit an officer's pages are about: the enterprise they work in, or their own district or city."""
    return request.person.unit.enterprise


@own
def board(request: Any) -> HttpResponse:
    """/org/: this year against the last, and what needs somebody here."""
    if space_of(request) not in {"org", "fed"}:
        return HttpResponseRedirect("/home/")
    unit = my_unit(request)
    period = figures.asked_period(request.GET.get("period", "").strip())
    keys = [key for key in BOARD_KEYS if key in figures.catalogue.FIGURES]
    before = Period.year(period.last_day.year - 1)
    series = reading.over_periods(unit, keys, [before, period], request.person)
    tasks = todos.tasks_of(request.person)
    return render(
        request,
        "org/board.html",
        {
            "unit": unit,
            **cockpit.proposals(series, None),
            "cards": [figures.card(found[-1], None, found) for found in series.values()],
            "period_options": figures.period_options(period),
            "period": period,
            "tasks": tasks[:8],
            "task_count": len(tasks),
            "todo_count": min(len(tasks), 99),
            "as_of": figures.looks.day_words(min(period.last_day, clock.today()), with_year=True),
        },
    )


@own
def certify(request: Any) -> HttpResponse:
    """/org/certify/: the benefit sheets that wait for this person."""
    rows = [row for row in waiting.of(request.person) if row.desk == "benefits"]
    return render(
        request,
        "org/certify.html",
        {
            "tasks": [todos.task_of(row, clock.today()) for row in rows],
            "todo_count": len(rows),
            "has_role": "certifier" in roles_of(request),
        },
    )


def fed_home(request: Any) -> HttpResponse:
    """/fed/: the cockpit is where the federation begins."""
    return HttpResponseRedirect("/fed/cockpit/")


@own
def desk_list(request: Any, key: str) -> HttpResponse:
    """/org/<desk>/ and /fed/<desk>/: the lists of a space; one record has one address, outside of it."""
    space = request.path.split("/")[1]
    desk = desklist.by_key().get(ALIASES.get(key, key)) or desklist.by_key().get(key)
    if desk is None or space not in desk.spaces:
        raise Http404
    return door.list_page(request, desk, space=space)


def serves(key: str, space: str) -> bool:
    """Whether a space has a list of this name: menus leave out what no desk answers to."""
    desk = desklist.by_key().get(ALIASES.get(key, key)) or desklist.by_key().get(key)
    return desk is not None and space in desk.spaces


desk_list.serves = serves  # type: ignore[attr-defined]
