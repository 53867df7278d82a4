"""What a unique constraint says to a person (已被登记): two entered the same at once, and the second is told so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models

from gongchuang.kernel.errors import Refused, Stale
from gongchuang.kernel.text import Text

_POSTGRESQL = re.compile(r"Key \((?P<columns>[^=]+)\)=")
_SQLITE = re.compile(r"UNIQUE constraint failed: (?P<columns>\w+\.\w+(?:, \w+\.\w+)*)")
_TAKEN = Text("有人刚刚登记过同样的一条。", "Somebody has just entered the same.")
_CURE = Text(
    "请打开已有的那一条；确实不同的，改动后再提交。", "Please open the one there is; if yours differs, change it and hand it in again."
)
_CHANGED = Text("别人刚办过这条记录，请看过再办。", "Somebody has just dealt with this record. Please look again.")


def refusal(error: IntegrityError) -> Refused | None:
    """A refusal in place of a violated unique constraint; None for any other violation, which is a fault of ours."""
    table, columns = _violated(error)
    model = next((one for one in apps.get_models(include_auto_created=True) if one._meta.db_table == table), None)
    if model is None or not columns:
        return None
    if model._meta.app_label == "kernel":  # the record's own Waiting or Hands: two acted on it at once
        return Stale(_CHANGED)
    fields = [field for field in model._meta.concrete_fields if field.column in columns]
    return Refused(_own_words(model, {field.name for field in fields}) or _TAKEN, field=_shown(fields), cure=_CURE)


def _violated(error: IntegrityError) -> tuple[str, list[str]]:
    """The table and columns that the database names, on either engine."""
    said = getattr(error.__cause__, "diag", None)
    if said is not None:
        found = _POSTGRESQL.search(said.message_detail or "") if said.sqlstate == "23505" else None
        return (said.table_name or "", re.findall(r"\w+", found["columns"])) if found else ("", [])
    found = _SQLITE.search(str(error))
    pairs = [one.split(".") for one in found["columns"].split(", ")] if found else []
    return (pairs[0][0], [column for _, column in pairs]) if pairs else ("", [])


def _own_words(model: type[models.Model], names: set[str]) -> Text | None:
    for one in model._meta.constraints:
        if isinstance(one, models.UniqueConstraint) and set(one.fields) == names:
            said = one.violation_error_message
            return said if isinstance(said, Text) else None
    return None


def _shown(fields: Sequence[models.Field[Any, Any]]) -> str:
    """The field a person typed: a number or word rather than what it belongs to."""
    typed = [field.name for field in fields if not field.is_relation]
    return (typed or [field.name for field in fields] or [""])[-1]
