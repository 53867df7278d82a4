"""Errors as RFC 9457 problem details (问题详情): what is wrong, in which field, and the cure."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gongchuang.api.versions import Changed
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text

TITLES = {
    400: Text("请求不对", "Bad request"),
    401: Text("令牌不对或已过期", "The token is wrong or has ended"),
    403: Text("这一步由别人办理", "This is for somebody else"),
    404: Text("没有这条记录", "There is no such record"),
    409: Text("别人刚改过", "Somebody else was first"),
    412: Text("您读过之后别人改过", "Somebody changed it since you read it"),
    422: Text("内容不能接受", "The content cannot be accepted"),
    503: Text("请稍后再试", "Please try again"),
}


def problem(status: int, detail: str = "", errors: list[dict[str, str]] | None = None, **more: Any) -> HttpResponse:
    body: dict[str, Any] = {"type": "about:blank", "title": str(TITLES.get(status, status)), "status": status}
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = errors
    body |= more
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json")
    if status == 503:
        answer["Retry-After"] = "2"
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


class FormInvalid(Exception):
    """The form's own errors, by field."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("invalid form")
        self.errors = errors


def install(api: NinjaAPI) -> None:
    """Teach an API to answer every refusal as a problem."""

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        errors = [{"field": error.field, "message": str(error)}] if error.field else None
        return problem(error.status, str(error), errors)

    @api.exception_handler(Changed)
    def changed(request: HttpRequest, error: Changed) -> HttpResponse:
        answer = problem(error.status, str(error), current=error.current, last=error.last)
        answer["ETag"] = error.version
        return answer

    @api.exception_handler(FormInvalid)
    def invalid(request: HttpRequest, error: FormInvalid) -> HttpResponse:
        errors = [{"field": field, "message": said} for field, all_said in error.errors.items() for said in all_said]
        return problem(422, errors=errors)

    @api.exception_handler(ValidationError)
    def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"field": ".".join(str(part) for part in one["loc"][1:]), "message": one["msg"]} for one in error.errors]
        return problem(422, errors=errors)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem(401)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404)

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, str(error))
