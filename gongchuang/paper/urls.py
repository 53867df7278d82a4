"""Addresses of papers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.encoding import escape_uri_path
from django.views.decorators.http import require_safe

from gongchuang.kernel import clock
from gongchuang.kernel.period import Period
from gongchuang.kernel.text import Text
from gongchuang.paper.statement import account_for, statement_pdf


@require_safe
def statement(request: Any) -> HttpResponse:
    """/paper/statement.pdf?year=2026&account=<ref>: one's own passbook, or one whose books the person keeps."""
    person = getattr(request, "person", None)
    if person is None:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    account = account_for(person, request.GET.get("account", ""))
    if account is None:
        raise Http404
    period = _period(request.GET.get("period") or request.GET.get("year") or "")
    name = Text(f"对账单 {account.number} {period}.pdf", f"statement {account.number} {period}.pdf")
    return as_file(statement_pdf(account, period, reader=person), str(name))


def _period(said: str) -> Period:
    try:
        return Period.parse(said) if said else Period.year(clock.today().year)
    except ValueError:
        raise Http404 from None


def as_file(content: bytes, name: str) -> HttpResponse:
    """A PDF to look at or keep, under a name in the reader's language."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{escape_uri_path(name)}"
    answer["Cache-Control"] = "private, no-store"
    return answer


urlpatterns = [path("statement.pdf", statement, name="paper-statement")]
