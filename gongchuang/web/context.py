"""What every page knows (页面通用内容): who looks, in which frame, with which menus. Read lazily, only when drawn."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gongchuang.kernel import clock
from gongchuang.kernel.text import Text
from gongchuang.people.lookup import the_city
from gongchuang.people.posts import ROLES
from gongchuang.people.unit import CITY
from gongchuang.web import batch, menus, tour

CITY_SECONDS = 300


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor of all pages."""
    person = getattr(request, "person", None)
    user = getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated
    size = text_size(request)
    return {
        "person": person,
        "account_name": person.name if person else (user.get_username() if user is not None and is_known else ""),
        "frame": frame_for(request),
        "public_menu": SimpleLazyObject(lambda: menus.marked(menus.PUBLIC, request.path, frozenset())),
        "desk_menu": SimpleLazyObject(lambda: menus.marked(menus.MENUS[space_of(request)], request.path, roles_of(request))),
        "own_home": SimpleLazyObject(lambda: own_home(request)),
        "role_name": SimpleLazyObject(lambda: ROLES.label(menus.main_role(roles_of(request)))),
        "scope_name": SimpleLazyObject(lambda: scope_name(person)),
        "todo_count": SimpleLazyObject(lambda: batch.badge(request)),
        "text_size": size,
        "next_text_size": (size + 1) % 4,
        "is_demo": is_demo(),
        "city_place": SimpleLazyObject(lambda: str(Text(f"{city_name()}全员创新", f"{city_name()} staff innovation"))),
        "city_owner": SimpleLazyObject(lambda: str(Text(f"{city_name()}总工会", f"{city_name()} Federation of Trade Unions"))),
        "tour": tour.standing(request),
        "printed_at": SimpleLazyObject(clock.now),
    }


def roles_of(request: HttpRequest) -> frozenset[str]:
    person = getattr(request, "person", None)
    return frozenset(person.roles()) if person is not None else frozenset()


def space_of(request: HttpRequest) -> str:
    return menus.space_of(roles_of(request))


def own_home(request: HttpRequest) -> str:
    if getattr(request, "person", None) is None:
        return "/admin/" if getattr(request.user, "is_staff", False) else "/login/"
    return menus.HOMES[space_of(request)]


def frame_for(request: HttpRequest) -> str:
    """The frame of pages that everybody may open: the person's own, or the public one; none for a part of a page."""
    htmx = getattr(request, "htmx", None)
    if htmx and not htmx.history_restore_request:
        return "frames/part.html"
    if getattr(request, "person", None) is None:
        return "frames/public.html"
    return menus.FRAMES[space_of(request)]


def scope_name(person: Any) -> str:
    """Enterprise and team of a person: 海岳风机 · 叶轮装配班."""
    if person is None:
        return ""
    unit = person.unit
    names = [str(unit)]
    if unit.parent_id and unit.level > CITY + 3:
        key = f"web.enterprise.{unit.pk}"
        enterprise = cache.get(key)
        if enterprise is None:
            enterprise = str(unit.enterprise)
            cache.set(key, enterprise, CITY_SECONDS)
        names.insert(0, enterprise)
    return " · ".join(dict.fromkeys(names))


def text_size(request: HttpRequest) -> int:
    """Step of the large type: 0 is the usual size. The account's own choice, else a cookie."""
    said = request.COOKIES.get("size", "")
    if said in {"0", "1", "2", "3"}:
        return int(said)
    return getattr(getattr(request, "user", None), "text_size", 0) or 0


def is_demo() -> bool:
    """Whether this installation is a demo city: its maker leaves a mark in the data folder."""
    return bool(getattr(settings, "IS_DEMO", False)) or (settings.DATA / "demo.json").is_file()


def city_name() -> str:
    """The name of the city at the root of the tree, remembered for a few minutes."""
    name = cache.get("web.city")
    if not name:
        root = the_city()
        name = root.name if root is not None else ""
        if name:
            cache.set("web.city", name, CITY_SECONDS)
    return name or str(Text("本市", "The city"))
