"""Pages of the house itself (基本页面): sign-in, language and type, help, feedback, health, drafts and files."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login, logout
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongchuang.kernel.text import Text
from gongchuang.people.lookup import account_named
from gongchuang.web import choices, context, tour
from gongchuang.web.middleware import YEAR

BACKEND = "gongchuang.people.backends.AccountBackend"
ROLE_CARDS: list[tuple[Text, list[tuple[str, str, Text, Text]]]] = [
    (
        Text("企业", "Enterprise"),
        [
            ("worker", "张伟明", Text("职工", "Worker"), Text("提建议，看积分", "proposes, sees points")),
            ("leader", "李国栋", Text("班组长", "Team leader"), Text("回复，确认完成", "answers, confirms")),
            ("officer", "王秀兰", Text("企业工会干事", "Union officer"), Text("导入，登记成果", "imports, registers results")),
            ("finance", "陈静", Text("财务认证员", "Finance certifier"), Text("认证效益", "certifies benefits")),
        ],
    ),
    (
        Text("专业", "Professionals"),
        [
            ("studio", "赵铁山", Text("工作室领衔人", "Studio leader"), Text("登记活动，带徒", "activities, apprentices")),
            ("lecturer", "孙海燕", Text("讲师", "Lecturer"), Text("开课签到", "teaches, checks in")),
            ("judge", "周志刚", Text("评委", "Judge"), Text("评分，锁定", "marks, locks")),
            ("expert", "吴启明", Text("专家", "Expert"), Text("答复需求", "answers needs")),
        ],
    ),
    (
        Text("工会", "Federation"),
        [
            ("district", "郑敏", Text("东港区总工会", "District federation"), Text("核对上报", "checks returns")),
            ("city", "林涛", Text("市总工会", "City federation"), Text("看全市，出报告", "the whole city, the report")),
            ("admin", "管理员", Text("系统", "System"), Text("单位与账号", "units and accounts")),
        ],
    ),
]


class Login(LoginView):
    """/login/: account and password; on a demo city the cast as cards."""

    template_name = "public/login.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**more)
        form = found["form"]
        found["errors"] = [{"anchor": "id_login", "label": "", "message": one} for errors in form.errors.values() for one in errors]
        found["next"] = safe(self.request, self.request.POST.get("next") or self.request.GET.get("next") or "")
        found["role_cards"] = ROLE_CARDS if context.is_demo() else []
        return found

    def get_success_url(self) -> str:
        wanted = self.request.POST.get("next") or self.request.GET.get("next") or ""
        return safe(self.request, wanted) or "/home/"


def safe(request: HttpRequest, address: str) -> str:
    return address if address and url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()) else ""


def own_home(request: HttpRequest) -> HttpResponse:
    """/home/: the space a person meets first."""
    return HttpResponseRedirect(context.own_home(request))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect("/")


@require_POST
def login_as(request: HttpRequest) -> HttpResponse:
    """A role card of the demo city: there is no such door anywhere else."""
    if not context.is_demo():
        raise Http404
    enter(request, request.POST.get("account", ""))
    return HttpResponseRedirect(safe(request, request.POST.get("next", "")) or "/home/")


def enter(request: HttpRequest, username: str) -> None:
    names = {name for _, cards in ROLE_CARDS for name, *_ in cards}
    account = account_named(username) if username in names else None
    if account is None:
        raise Http404
    at = request.session.get(tour.SESSION)
    login(request, account, backend=BACKEND)
    if at is not None:
        request.session[tour.SESSION] = at


def walk(request: HttpRequest) -> HttpResponse:
    """/tour/: start, go on or leave the demo's walk; each step changes the person in one press."""
    if not context.is_demo():
        raise Http404
    if request.method != "POST":
        return render(request, "public/tour.html", {"steps": tour.STEPS})
    go = request.POST.get("go", "")
    if go == "leave":
        request.session.pop(tour.SESSION, None)
        response = HttpResponseRedirect("/")
        response.delete_cookie("tour")
        return response
    at = int(go) if go.isdigit() else 0
    step = tour.STEPS[min(at, len(tour.STEPS) - 1)]
    enter(request, step.account)
    request.session[tour.SESSION] = min(at, len(tour.STEPS) - 1)
    response = HttpResponseRedirect(step.address)
    response.set_cookie("tour", "1", samesite="Lax")
    return response


@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """The large type in three steps, kept in a cookie and in the account."""
    step = request.POST.get("step", "0")
    step = step if step in {"0", "1", "2", "3"} else "0"
    response = HttpResponseRedirect(safe(request, request.POST.get("next", "")) or "/")
    response.set_cookie("size", step, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    if request.user.is_authenticated:
        choices.keep_text_size(request.user, int(step))
    return response


# ----------------------------------------------------------------------------------------------------- plain pages


def plain(template: str, **more: Any) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        return render(request, template, more)

    return view


def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"ok": True})


@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Ready to serve, or why not."""
    reasons = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM django_migrations")
    except Exception as error:  # whatever the database says, it is not ready
        reasons.append(f"database: {type(error).__name__}")
    if not settings.SECRET_KEY:
        reasons.append("no key")
    return JsonResponse({"ready": not reasons, "reasons": reasons}, status=503 if reasons else 200)


def robots(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /me/\nDisallow: /org/\nDisallow: /fed/\n", content_type="text/plain")


# ------------------------------------------------------------------------------------------------------------ errors


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Foreign and missing alike: the same bytes, nothing of the address in them."""
    return render(request, "404.html", {}, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500, drawn without the database: it may be what is broken."""
    return render(request, "500.html", {"number": getattr(request, "error_number", "")}, status=500)


NOT_TOLD = frozenset({"csrfmiddlewaretoken", "password", "next"})


def csrf_failed(request: HttpRequest, **_more: Any) -> HttpResponse:
    """A page older than the last sign-in: what was typed on a page of ours may be handed in again, nothing from elsewhere."""
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}" and "password" not in request.POST
    posted = [(name, one) for name, values in request.POST.lists() for one in values if name not in NOT_TOLD] if is_ours else []
    told = [value for name, value in posted if name not in {"key", "version"} and value]
    context = {"back": request.get_full_path(), "posted": posted, "told": told}
    return render(request, "errors/csrf.html", context, status=403)
