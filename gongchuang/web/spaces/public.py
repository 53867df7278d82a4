"""What everybody may see (公开页): the front page, search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gongchuang.indicators import catalogue, reading
from gongchuang.kernel import search as words
from gongchuang.kernel.desk import Desk
from gongchuang.kernel.period import Period
from gongchuang.kernel.text import Text
from gongchuang.people.lookup import enterprises_of
from gongchuang.people.models import Unit
from gongchuang.results import rules
from gongchuang.results.models import Benefit
from gongchuang.web import batch, desklist, menus, shown
from gongchuang.web.spaces import figures

HEADLINES = (
    "economic_benefit", "proposals", "technical_innovations", "innovation_participants", "city_studios", "match_contracts",
)  # fmt: skip
TREND_YEARS = 6
JOURNEY = (
    (Text("提交", "Handed in"), Text("职工拍张照片，说问题和办法", "a worker takes a photo, says what and how")),
    (Text("回复", "Answered"), Text("班组长三个工作日内答复", "the leader answers in three working days")),
    (Text("实施", "Implemented"), Text("做完拍照确认", "done, with a photo of afterwards")),
    (Text("成果", "Result"), Text("登记成果，不用再填", "made a result, nothing typed again")),
    (Text("认证", "Certified"), Text("财务逐项核算效益", "finance works out the benefit")),
    (Text("入账", "Credited"), Text("按份额存入积分", "points by share")),
)
AREAS = (
    ("results", Text("成果", "Results"), Text("登记、认证、推广", "registered, certified, spread")),
    ("studios", Text("工作室", "Studios"), Text("1+N 传承", "1+N lineage")),
    ("academies", Text("工匠学院", "Academies"), Text("课程与班次", "courses and sessions")),
    ("contests", Text("竞赛", "Contests"), Text("报名、评分、公布", "entry, marking, results")),
    ("honours", Text("荣誉", "Honours"), Text("劳模和工匠", "model workers, craftsmen")),
    ("match", Text("技术红娘", "Matchmaker"), Text("需求与对接", "needs and matches")),
)


@require_safe
def home(request: Any) -> HttpResponse:
    """/: six figures, the way of a proposal, the latest certified results, the areas."""
    root, unit, period = figures.scope_context(request)
    cards = headline_cards(unit, root, period, request.person) if unit is not None else []
    return render(
        request,
        "public/home.html",
        {
            "cards": cards,
            "period": period,
            "period_options": figures.period_options(period),
            "journey": [{"label": label, "said": said, "standing": "done"} for label, said in JOURNEY],
            "latest": latest_results(),
            "areas": [(f"/{key}/", label, said) for key, label, said in AREAS if menus.is_served(f"/{key}/")],
            "as_of": figures.looks.day_words(min(period.last_day, figures.clock.today()), with_year=True),
        },
    )


def headline_cards(unit: Unit, root: Unit | None, period: Period, person: Any) -> list[figures.Shown]:
    """Six figures with their change and trend, in one reading."""
    keys = [name for name in HEADLINES if name in catalogue.BY_ARTICLE]
    keys = [catalogue.BY_ARTICLE[name].key for name in keys] or [one.key for one in catalogue.HEADLINES[:6]]
    years = [Period.year(period.last_day.year - back) for back in range(TREND_YEARS - 1, 0, -1)]
    series = reading.over_periods(unit, keys, [*years, period], person)
    return [figures.card(found[-1], root, found) for found in series.values()]


def latest_results() -> list[dict[str, Any]]:
    """The four open results whose benefit was certified last."""
    rows = rules.OPEN_BENEFIT.among(None, Benefit._default_manager.all()).filter(result__state="recognised", is_owner=True)
    found = list(rows.select_related("result", "unit").order_by("-certified_on", "-pk")[:4])
    enterprises = enterprises_of(one.unit for one in found)
    return [
        {
            "ref": one.result.ref,
            "title": one.result.title,
            "no": one.result.no,
            "unit": enterprises.get(one.unit_id, one.unit),
            "on": one.certified_on,
            "fen": one.amount_fen,
        }
        for one in found
    ]


# ------------------------------------------------------------------------------------------------------------ search


@require_safe
def search(request: Any) -> HttpResponse:
    """/search/?q=: numbers first, then words; only what this person may see, at most five of a kind."""
    query = request.GET.get("q", "").strip()[:80]
    groups = groups_of(request, desklist.by_key().values(), query) if query else []
    names = [one for one in catalogue.FIGURES.values() if query and (query in one.label.zh or query.lower() in one.label.en.lower())]
    return render(
        request,
        "public/search.html",
        {
            "query": query,
            "groups": groups,
            "figures": [(one.label, f"/figures/{one.key}/") for one in names[:5]],
            "headlines": [(one.label, f"/figures/{one.key}/") for one in catalogue.HEADLINES[:6]],
            "count": sum(len(group["hits"]) for group in groups) + len(names[:5]),
        },
    )


def hits(desk: Desk, query: str, person: Any) -> Any:
    """What this person may see of a desk under these words, or at all, in the order of the page; None where the desk is not searched."""
    if person is None and "public" not in desk.spaces:
        return None
    has_number = any(one.name == "no" for one in desk.model._meta.concrete_fields)
    rows = desk.rows_for(person)
    if not query:
        return desk.table.rows(rows)
    if has_number and query.isascii() and "-" in query:
        return rows.filter(no__istartswith=query).order_by("no")
    if getattr(desk.model, "searched", ()):
        return words.hits(query, desk.table.rows(rows))
    return None


def groups_of(request: Any, desks: Iterable[Desk], query: str = "", most: int = 5) -> list[dict[str, Any]]:
    """The first hits of each desk, without words its newest records: all of them in one statement."""
    asked = [(desk, rows) for desk in desks if (rows := hits(desk, query, request.person)) is not None]
    found = [(desk, batch.of(request)(rows.prefetch_related(None)[:most])) for desk, rows in asked]
    return [
        {
            "label": desk.label,
            "more": f"/{desk.key}/" + (f"?{urlencode({'q': query})}" if query else ""),
            "hits": [
                {"address": f"/{desk.key}/{one.ref}/", "title": title(desk, one, request.person), "small": getattr(one, "no", "") or ""}
                for one in rows
            ],
        }
        for desk, rows in found
        if rows
    ]


def title(desk: Desk, record: Any, person: Any) -> Any:
    said = shown.said(desk.table.title, record, person)
    return said if said != shown.NOTHING else str(record)
