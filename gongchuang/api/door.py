"""The API's door (接口): every desk as JSON, drawn from the same Table, Form and Rule as its pages."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from ninja import Query, Router, Schema, Status
from pydantic import Field

from gongchuang.api import versions
from gongchuang.api.problems import FormInvalid
from gongchuang.api.schema import KEYED, ON_A_VERSION, READ, form_schema, record_json, record_schema
from gongchuang.api.tokens import Caller, caller_of
from gongchuang.indicators import tally
from gongchuang.kernel import history, search
from gongchuang.kernel.desk import Act, ActForm, Desk
from gongchuang.kernel.errors import NotYours, Refused, Stale
from gongchuang.kernel.rows import RowsField
from gongchuang.kernel.text import Text
from gongchuang.people.models import Unit
from gongchuang.web import faces

PAGE = 50
MOST = 200


class PageQuery(Schema):
    """How a list is asked for."""

    q: str = Field("", description="检索词 · words or a number")
    state: str = Field("", description="状态 · state")
    after: int = Field(0, ge=0, description="上一页的 next · the `next` of the page before")
    limit: int = Field(PAGE, ge=1, le=MOST)


def router_of(desk: Desk) -> Router:
    """List, one, and the acts of a desk."""
    router = Router(tags=[desk.key])
    shape = record_schema(desk)
    many, page = _many(desk), _page_of(desk, shape)
    router.get("", response=page, summary=f"{desk.label.zh} · {desk.label.en}")(many)
    router.get("/", response=page, include_in_schema=False, url_name=f"{desk.key}_slash")(many)
    for act in desk.acts:
        if act.creates:
            router.post(f"/{act.name}", response={201: shape}, summary=_said(act), openapi_extra=KEYED)(_create(desk, act))
    router.get("/{ref}", response=shape, summary=f"{desk.one.zh} · {desk.one.en}", openapi_extra=READ)(_one(desk))
    for act in desk.acts:
        if not act.creates:
            router.post(f"/{{ref}}/{act.name}", response=shape, summary=_said(act), openapi_extra=ON_A_VERSION)(_act(desk, act))
    return router


def _said(act: Act) -> str:
    return f"{act.label.zh} · {act.label.en}"


def _page_of(desk: Desk, shape: type[Schema]) -> type[Schema]:
    name = f"{desk.model.__name__}Page"
    return type(name, (Schema,), {"__annotations__": {"items": list[shape], "next": int | None}, "__module__": __name__})  # type: ignore[valid-type]


def _many(desk: Desk) -> Callable[..., Any]:
    def many(request: HttpRequest, query: PageQuery) -> Any:
        caller = caller_of(request)
        rows = _rows(desk, caller)
        if query.q:
            rows = search.hits(query.q, rows)
        if query.state and any(field.name == "state" for field in desk.model._meta.concrete_fields):
            rows = rows.filter(state=query.state)
        if query.after:
            rows = rows.filter(pk__lt=query.after)
        found = list(desk.table.rows(rows).order_by("-pk")[: query.limit + 1])
        shown = found[: query.limit]
        table = _table(desk, caller)
        return {
            "items": [record_json(table, record, caller.person) for record in shown],
            "next": shown[-1].pk if len(found) > query.limit else None,
        }

    many.__name__ = f"list_{desk.key}"
    many.__annotations__["query"] = PageQuery
    return _with_query(many)


def _with_query(view: Callable[..., Any]) -> Callable[..., Any]:

    view.__annotations__["query"] = Query[PageQuery]  # type: ignore[misc]
    return view


def _rows(desk: Desk, caller: Caller) -> Any:
    """What the caller may see; visitors what the pages open to them, such as recognised results behind public figures."""
    rule = faces.OPEN.get(desk.key) if caller.person is None else None
    return rule.among(None, desk.every_row()) if rule is not None else desk.rows_for(caller.person)


def _table(desk: Desk, caller: Caller) -> Any:
    """Visitors get the public columns where a desk names any."""
    return desk.table.public() if caller.person is None and any(c.public for c in desk.table.columns) else desk.table


def _one(desk: Desk) -> Callable[..., Any]:
    def one(request: HttpRequest, response: HttpResponse, ref: str) -> Any:
        caller = caller_of(request)
        record = _found(desk, caller, ref)
        response["ETag"] = versions.tag(record)
        return record_json(_table(desk, caller), record, caller.person)

    one.__name__ = f"get_{desk.key}"
    return one


def _found(desk: Desk, caller: Caller, ref: str) -> Any:
    found = desk.table.rows(_rows(desk, caller)).by_ref(ref).first()
    if found is None:
        raise Http404
    return found


def _create(desk: Desk, act: Act) -> Callable[..., Any]:
    def create(request: HttpRequest, response: HttpResponse, body: Any) -> Any:
        return Status(201, _press(request, response, desk, act, None, body))

    return _named(create, desk, act)


def _act(desk: Desk, act: Act) -> Callable[..., Any]:
    def run(request: HttpRequest, response: HttpResponse, ref: str, body: Any) -> Any:
        return _press(request, response, desk, act, ref, body)

    return _named(run, desk, act)


def _named(view: Callable[..., Any], desk: Desk, act: Act) -> Callable[..., Any]:
    view.__name__ = f"{desk.key}_{act.name}"
    view.__annotations__["body"] = form_schema(f"{desk.model.__name__}{act.name.title().replace('_', '')}", act.form)
    return view


def _press(request: HttpRequest, response: HttpResponse, desk: Desk, act: Act, ref: str | None, body: Schema) -> Any:
    """One act: who may, the same form as the page's, the same action under the caller's key."""
    caller = caller_of(request)
    if caller.person is None or not caller.may_write:
        raise NotYours(Text("需要可写的令牌。", "This needs a token that may write."))
    key = request.headers.get("Idempotency-Key", "").strip()
    if not 8 <= len(key) <= 100:
        raise Refused(
            Text("请求头 Idempotency-Key 要有 8 到 100 个字符。", "The header Idempotency-Key needs 8 to 100 characters."),
            field="Idempotency-Key",
        )
    record = _found(desk, caller, ref) if ref is not None else None
    may = act.rule.could_ever(caller.person, Unit) if record is None else act.rule.allows(caller.person, record)
    if not may and not history.was_done(caller.person, key):
        raise NotYours(Text(f"“{act.label.zh}”由别人办理。", f"“{act.label.en}” is for somebody else."))
    if record is not None:
        versions.require(request, desk, record, caller, key)
    form = act.form(*_input(act.form, body), person=caller.person, record=record)
    if form.is_valid():
        run = act.run if record is None else _on(act, record)
        try:
            subject = run(by=caller.person, key=key, **form.cleaned_data)
        except Stale:
            if ref is not None:  # it was changed between the look at its version and the act
                versions.require(request, desk, _found(desk, caller, ref), caller, key)
            raise
        tally.catch_up()
    elif done := history.done(caller.person, key):  # this very press moved the record on, so that its form no longer fits
        subject = history.subject_of(done)
    else:
        raise FormInvalid({field: [str(one) for one in said] for field, said in form.errors.items()})
    if not isinstance(subject, desk.model):
        return {"ref": subject.ref}
    fresh = desk.table.rows(desk.rows_for(caller.person).filter(pk=subject.pk)).first() or subject
    response["ETag"] = versions.tag(fresh)
    return record_json(desk.table, fresh, caller.person)


def _on(act: Act, record: Any) -> Callable[..., Any]:
    return lambda **given: act.run(record, **given)


def _input(form: type[ActForm], body: Schema) -> tuple[QueryDict, MultiValueDict[str, UploadedFile]]:
    """The JSON body as a form reads it: lists as repeated values, rows as JSON, files as uploads, nothing for null."""
    data, files = QueryDict(mutable=True), MultiValueDict[str, UploadedFile]()
    for name, value in body.dict().items():
        field = form.base_fields[name]
        if value is None:
            continue
        if isinstance(field, forms.FileField):
            files.setlist(name, [_upload(name, one) for one in (value if isinstance(value, list) else [value])])
        elif isinstance(field, RowsField):
            data[name] = json.dumps(value)
        elif isinstance(value, list):
            data.setlist(name, [str(one) for one in value])
        else:
            data[name] = str(value)
    return data, files


def _upload(field: str, said: dict[str, str]) -> UploadedFile:
    """A file handed in as {"name", "content"}, the content in base64."""
    try:
        content = base64.b64decode(said["content"], validate=True)
    except binascii.Error:
        raise FormInvalid({field: [str(Text("文件内容要用 base64 编码。", "A file's content must be in base64."))]}) from None
    return SimpleUploadedFile(said["name"], content)
