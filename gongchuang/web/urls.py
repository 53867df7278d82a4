"""Routes of the pages: the house, the spaces, then every desk by its key."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from gongchuang.desks import DESKS
from gongchuang.kernel.desk import Desk
from gongchuang.web import (
    contests,
    door,
    dossier,
    exports,
    feedback,
    files,
    gallery,
    imports,
    judge,
    learning,
    list_imports,
    match,
    memory,
    people,
    presence,
    proposals,
    results,
    rewards,
    shown,
    tree,
    views,
)
from gongchuang.web.spaces import cockpit, figures, me, org, public, report, team

OWN = (feedback.DESK,)
FACES = (contests, dossier, learning, people, proposals, results, rewards)  # imported, so that their faces are registered
shown.learn_labels((*DESKS, *OWN))


def routes_of(desk: Desk) -> list[URLPattern]:
    """/<desk>/, /<desk>/<ref or creating act>/, /<desk>/<ref>/<act>/."""

    def many(request: Any) -> HttpResponse:
        return door.list_page(request, desk) if request.method in {"GET", "HEAD"} else HttpResponseNotAllowed(["GET"])

    def one(request: Any, tail: str) -> HttpResponse:
        act = desk.act(tail)
        if act is not None and act.creates:
            return door.act_page(request, desk, act)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET"])
        return door.record_page(request, desk, tail)

    def act(request: Any, ref: str, name: str) -> HttpResponse:
        found = desk.act(name)
        if found is None or found.creates:
            raise Http404
        return door.act_page(request, desk, found, ref)

    return [
        path(f"{desk.key}/", many, name=desk.key),
        path(f"{desk.key}/<str:tail>/", one),
        path(f"{desk.key}/<str:ref>/<slug:name>/", act),
    ]


HOUSE = [
    path("", public.home, name="home"),
    path("home/", views.own_home),
    path("login/", views.Login.as_view(), name="login"),
    path("login/as/", views.login_as),
    path("logout/", views.leave),
    path("tour/", views.walk),
    path("text-size/", views.text_size),
    path("help/", views.plain("public/help.html")),
    path("accessibility/", views.plain("public/accessibility.html")),
    path("search/", public.search),
    path("feedback/", feedback.page),
    path("studios/tree/", tree.page),
    path("match/", match.page),
    path("healthz", views.healthz),
    path("readyz", views.readyz),
    path("robots.txt", views.robots),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}brand.svg")),
    path("drafts/<slug:form>/", files.draft),
    path("lists/<slug:key>/", memory.change),
    path("here/<slug:key>/<str:ref>/", presence.beacon),
    path("files/<uuid:uid>/", files.download),
    *exports.ROUTES,
    path("figures/", figures.all_figures),
    path("figures/<str:key>/", figures.figure),
    path("figures/<str:key>.<slug:kind>", report.figure_file),
    path("report/", report.page),
    path("report/<str:period>/", report.page),
    path("report/<str:period>.<slug:kind>", report.file),
]
SPACES = [
    path("me/", me.home),
    path("me/todo/", me.todo),
    path("me/messages/", me.messages_page),
    path("me/messages/read/", me.read_messages),
    path("me/public/", me.consent),
    path("me/learning/", me.learning),
    path("me/profile/", me.profile),
    path("me/<slug:key>/", me.own_list),
    path("judge/", judge.home),
    path("judge/<str:no>/", judge.contest),
    path("judge/<str:no>/<int:code>/", judge.sheet),
    path("team/", team.inbox),
    path("team/inbox/", team.inbox),
    path("org/", org.board),
    path("org/certify/", org.certify),
    *imports.ROUTES,
    *list_imports.ROUTES,
    path("org/<slug:key>/", org.desk_list),
    path("fed/", org.fed_home),
    path("fed/cockpit/", cockpit.page),
    path("fed/match/", match.page),
    path("fed/<slug:key>/", org.desk_list),
]
DEBUG_ONLY = [path("ui/", gallery.page)] if settings.DEBUG or getattr(settings, "SHOW_UI", False) else []
urlpatterns = [*HOUSE, *SPACES, *DEBUG_ONLY, *(route for desk in (*DESKS, *OWN) for route in [*routes_of(desk), *exports.routes_of(desk)])]
