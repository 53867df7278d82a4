"""The judge's tablet (评分): one contestant a page by number alone, a row a criterion, saved as marked, locked in two taps."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from gongchuang.contests import judging, sight
from gongchuang.contests.forms import MARK, MarkForm, plain, words
from gongchuang.contests.models import ScoreSheet
from gongchuang.contests.scheme import Criterion, shown
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Conflict, Refused
from gongchuang.web import after, door

ALL_SHOWN = 6  # so many big buttons fit a row; the lower marks open below
MOST_BUTTONS = 40  # beyond this a stepper is quicker


@never_cache
def home(request: Any) -> HttpResponse:
    """/judge/: the contests one marks or leads, with what is left to do."""
    if request.person is None:
        return door.to_login(request)
    rows: dict[int, dict[str, Any]] = {}
    for sheet in sight.own_sheets(request.person):
        row = rows.setdefault(sheet.contest_id, {"contest": sheet.contest, "owed": 0, "locked": 0})
        row["owed"] += 1
        row["locked"] += sheet.state == "locked"
    led = list(sight.led_by(request.person))
    return render(request, "contests/judge_home.html", {"rows": list(rows.values()), "led": led})


@never_cache
def contest(request: Any, no: str) -> HttpResponse:
    """/judge/<contest>/: the first contestant who is not locked yet, else the first of all."""
    if request.person is None:
        return door.to_login(request)
    sheets = own_sheets(request.person, no)
    if not sheets:
        raise Http404
    chosen = next((sheet for sheet in sheets if sheet.state == "open"), sheets[0])
    return HttpResponseRedirect(address(chosen))


@never_cache
def sheet(request: Any, no: str, code: int) -> HttpResponse:
    """/judge/<contest>/<number>/: one sheet, marked and handed in."""
    if request.person is None:
        return door.to_login(request)
    sheets = own_sheets(request.person, no)
    place = next((at for at, one in enumerate(sheets) if one.code == code), None)
    if place is None:
        raise Http404
    return press(request, sheets, place) if request.method == "POST" else page(request, sheets, place)


def own_sheets(person: Any, no: str) -> list[ScoreSheet]:
    """This judge's sheets of a contest that count, in the order of the numbers."""
    return list(sight.own_sheets(person).filter(contest__no=no))


def address(one: ScoreSheet) -> str:
    return f"/judge/{one.contest.no}/{one.code}/"


def press(request: Any, sheets: list[ScoreSheet], place: int) -> HttpResponse:
    """Save, and if asked lock; then stay, or go to the one before or after."""
    one = sheets[place]
    do = request.POST.get("do", "save")
    key = request.POST.get("key", "")[:64] or str(clock.new_uid())
    form = MarkForm(request.POST, person=request.person, record=one)
    wants_json = "application/json" in request.headers.get("Accept", "")
    if one.state == "open":
        if not form.is_valid():
            return refused(request, sheets, place, form, wants_json)
        try:
            act = judging.lock if do == "lock" else judging.mark
            one = act(one, by=request.person, key=key, **form.cleaned_data)
        except Conflict:
            return page(request, sheets, place)
        except Refused as refusal:
            field = f"{MARK}{refusal.field}"
            form.add_error(field if field in form.fields else None, str(refusal))
            return refused(request, sheets, place, form, wants_json)
        after.committed()
    if wants_json:
        return JsonResponse(state_of(one))
    step = {"before": -1, "after": 1}.get(do, 0)
    if do == "lock":
        others = [*sheets[place + 1 :], *sheets[:place]]
        step = 0 if not (left := [other for other in others if other.state == "open"]) else sheets.index(left[0]) - place
    return HttpResponseRedirect(address(sheets[(place + step) % len(sheets)]))


def refused(request: Any, sheets: list[ScoreSheet], place: int, form: MarkForm, wants_json: bool) -> HttpResponse:
    if wants_json:
        return JsonResponse({"errors": {name: [str(one) for one in said] for name, said in form.errors.items()}}, status=422)
    return page(request, sheets, place, form, status=422)


def state_of(one: ScoreSheet) -> dict[str, Any]:
    """What the bar below says: how many are left, and the total once there are none."""
    given = {mark.aspect: mark.value for mark in one.marks.all()}
    scheme = one.contest.scheme()
    left = [criterion for criterion in scheme.criteria if criterion.key not in given]
    total = sum((criterion.points(given[criterion.key]) for criterion in scheme.criteria if criterion.key in given), Fraction(0))
    return {
        "left": len(left),
        "unscored": [criterion.key for criterion in left],
        "total": None if left else shown(total, 1),
        "saved": one.saved_at.astimezone(clock.ZONE).strftime("%H:%M") if one.saved_at else "",
        "locked": one.locked_at.astimezone(clock.ZONE).strftime("%H:%M") if one.locked_at else "",
    }


def page(request: Any, sheets: list[ScoreSheet], place: int, form: MarkForm | None = None, status: int = 200) -> HttpResponse:
    one = sheets[place]
    given = {mark.aspect: plain(mark.value) for mark in one.marks.all()}
    if form is not None:
        given = {key[len(MARK) :]: value for key, value in form.data.items() if key.startswith(MARK) and value}
    state = state_of(one)
    scheme = one.contest.scheme()
    context = {
        "sheet": one,
        "contest": one.contest,
        "rows": [row(at, criterion, given.get(criterion.key, "")) for at, criterion in enumerate(scheme.criteria, start=1)],
        "state": state,
        "missing": [criterion.label for criterion in scheme.criteria if criterion.key in state["unscored"]],
        "place": place + 1,
        "count": len(sheets),
        "before": address(sheets[place - 1]) if place else "",
        "after": address(sheets[place + 1]) if place + 1 < len(sheets) else "",
        "waiting": sum(other.state == "open" for other in sheets),
        "form": form,
        "errors": [] if form is None else [message for said in form.errors.values() for message in said],
        "key": str(clock.new_uid()),
    }
    return render(request, "contests/judge.html", context, status=status)


def row(at: int, criterion: Criterion, value: str) -> dict[str, Any]:
    """One criterion as it is drawn: big buttons for the usual marks, the lower ones behind a link, or a stepper."""
    steps = int(criterion.top / criterion.step)
    values = [plain(criterion.step * step) for step in range(steps + 1)] if steps <= MOST_BUTTONS else []
    usual = values[-ALL_SHOWN:]
    lower = values[: len(values) - len(usual)]
    return {
        "at": at,
        "key": criterion.key,
        "name": f"{MARK}{criterion.key}",
        "label": criterion.label,
        "words": words(criterion),
        "value": value,
        "usual": usual,
        "lower": lower,
        "is_low": value in lower,
        "least_usual": usual[0] if lower else "",
        "levels": criterion.levels,
        "top": plain(criterion.top),
        "step": plain(criterion.step),
    }
