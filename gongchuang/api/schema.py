"""Shapes of the API (接口结构), made from the desks: what a Table shows and what a Form accepts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.db import models
from ninja import Schema
from pydantic import Field, create_model

from gongchuang.kernel.desk import ActForm, Desk
from gongchuang.kernel.fields import FilesField
from gongchuang.kernel.rows import RowsField
from gongchuang.kernel.table import Column, Table
from gongchuang.people.models import Person, Unit
from gongchuang.people.sight import Named, name_for

_TYPES: dict[str, Any] = {
    "number": int | float | None,
    "money": int | None,
    "percent_bp": int | None,
    "list": list[str] | None,
    "unit": dict[str, str] | None,
}
_TAG = {"ETag": {"description": "记录的版本 · the version of the record", "schema": {"type": "string"}}}
_PROBLEM = {
    "type": "object",
    "properties": {
        **{name: {"type": kind} for name, kind in {"title": "string", "status": "integer", "detail": "string"}.items()},
        "current": {"type": "object", "description": "记录现在的样子 · the record as it stands now"},
        "last": {"type": ["object", "null"], "description": "最后一步：label、actor、at · the last step"},
    },
}
_KEY = {
    "in": "header", "name": "Idempotency-Key", "required": True, "schema": {"type": "string", "minLength": 8, "maxLength": 100},
    "description": "自己的键，同一个键只办一次 · a key of your own: the same key is one effect",
}  # fmt: skip
_VERSION = {
    "in": "header", "name": "If-Match", "required": False, "schema": {"type": "string"},
    "description": "读记录时的 ETag；之后别人改过就不办 · the record's ETag as read: refused where somebody changed it since",
}  # fmt: skip
READ: dict[str, Any] = {"responses": {200: {"headers": _TAG}}}
"""What the description of reading one record says besides."""
KEYED: dict[str, Any] = {"parameters": [_KEY], "responses": {201: {"headers": _TAG}}}
"""What the description of an act that makes a record says besides."""
ON_A_VERSION: dict[str, Any] = {
    "parameters": [_KEY, _VERSION],
    "responses": {
        200: {"headers": _TAG},
        412: {
            "description": "您读过之后别人改过 · somebody changed it since you read it",
            "headers": _TAG,
            "content": {"application/problem+json": {"schema": _PROBLEM}},
        },
    },
}
"""What the description of an act on a record says besides."""
_UNITS = {"money": "fen", "percent_bp": "basis points"}


def record_schema(desk: Desk) -> type[Schema]:
    """The shape of one record of a desk."""
    fields = {column.key: (_TYPES.get(column.kind, Any), Field(None, description=_said(column))) for column in desk.table.columns}
    return create_model(f"{desk.model.__name__}Record", __base__=Schema, ref=(str, ...), **fields)  # type: ignore[call-overload, no-any-return]


def _said(column: Column) -> str:
    unit = f" ({_UNITS[column.kind]})" if column.kind in _UNITS else ""
    return f"{column.label.zh} · {column.label.en}{unit}"


def record_json(table: Table, record: Any, viewer: Person | None) -> dict[str, Any]:
    """One record as plain values: money in fen, days as ISO text, units by code, persons by the name they show."""
    return {"ref": record.ref, **{column.key: _plain(column.value(record), viewer, record) for column in table.columns}}


def _plain(value: Any, viewer: Person | None, record: Any) -> Any:
    if isinstance(value, Unit):
        return {"code": value.code, "name": value.name}
    if isinstance(value, Person):
        return name_for(viewer, value, record)
    if isinstance(value, Named):
        return value.for_reader(viewer, record)
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set | models.QuerySet):
        return [str(_plain(one, viewer, record)) for one in value]
    return value if isinstance(value, int | float | str | bool | None) else str(value)


def form_schema(name: str, form: type[ActForm]) -> type[Schema]:
    """The body of an act: the fields of its form."""
    fields: dict[str, Any] = {}
    for key, field in form.base_fields.items():
        kind = _type_of(field)
        fields[key] = (kind, ... if field.required else None)
        if not field.required:
            fields[key] = (kind | None, None)
        fields[key] = (*fields[key][:1], Field(fields[key][1], description=str(field.label or key)))
    return create_model(name, __base__=Schema, **fields)  # type: ignore[call-overload, no-any-return]


class FileSaid(Schema):
    """A file inside JSON."""

    name: str = Field(..., max_length=200)
    content: str = Field(..., description="base64")


def _type_of(field: forms.Field) -> Any:
    if isinstance(field, FilesField):
        return list[FileSaid]
    if isinstance(field, forms.FileField):
        return FileSaid
    if isinstance(field, RowsField):
        return list[dict[str, Any]]
    if isinstance(field, forms.BooleanField):
        return bool
    if isinstance(field, forms.IntegerField):
        return int if type(field) is forms.IntegerField else str | int | float
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        return list[str | int]
    return str | int
