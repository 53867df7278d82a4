"""Choosing one record (选择): all in sight where there are few, else typed by number or name, with suggestions.

A select of everything in a city is a page that nobody can load. What is typed is a number or a whole name; the page
suggests them while somebody types (web/door.py answers `?options=`), and without scripts they are simply written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils.safestring import SafeString

from gongchuang.kernel import search
from gongchuang.kernel.text import Text
from gongchuang.kernel.together import Batch

MOST = 60
"""So many records stand in a select; more are typed."""
SUGGESTED = 12
NOT_THERE = Text(
    "没有这一项，或不在您的范围内。请填编号或完整名称。", "There is no such entry, or it is not yours. Give its number or whole name."
)
SEVERAL = Text("有几项同名，请改填编号。", "Several have this name. Give the number.")
TYPED = Text("编号或名称", "Number or name")
_NAMES = ("name", "short_name", "title", "work_no")


class FirstFew(ModelChoiceIterator):
    """The choices of a select, from the one reading that tells whether there are few."""

    field: Any

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        yield from map(self.choice, self.field.few() or ())

    def __len__(self) -> int:
        return len(self.field.few() or ()) + (self.field.empty_label is not None)


class SelectOrTyped(forms.Select):
    """A select; a line to type in where the records are many."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        field = getattr(self.choices, "field", None)
        if field is None or field.few() is not None:
            return super().render(name, value, attrs, renderer)
        typed = {**(attrs or {}), "data-options": name, "autocomplete": "off", "placeholder": str(TYPED)}
        typed["class"] = typed.get("class", "").replace("form-select", "form-control")
        return forms.TextInput().render(name, value, typed, renderer)


class RecordField(forms.ModelChoiceField):
    """One record among those that the form narrows it to in prepare()."""

    widget = SelectOrTyped
    iterator = FirstFew

    def __init__(self, label: Any, queryset: models.QuerySet[Any], **options: Any) -> None:
        options.setdefault("error_messages", {"invalid_choice": NOT_THERE})
        super().__init__(label=label, queryset=queryset, **options)

    def few(self) -> list[models.Model] | None:
        """All there are to choose among, read once; None where they are many."""
        rows = self.queryset
        assert rows is not None
        kept: tuple[Any, models.QuerySet[Any]] | None = getattr(self, "_kept", None)
        if kept is None or kept[0] is not rows.query:
            kept = (rows.query, rows[: MOST + 1])
            self._kept = kept
        return list(kept[1]) if len(kept[1]) <= MOST else None

    def read_with(self, batch: Batch) -> None:
        """Read the choices together with what else the page shows."""
        if self.queryset is not None and getattr(self, "_kept", None) is None:
            self._kept = (self.queryset.query, batch(self.queryset[: MOST + 1]))

    def suggested(self, query: str, _viewer: Any) -> Iterator[tuple[str, str]]:
        """What something half typed may mean: what is to be written, and what it is called."""
        for one in suggested(self.queryset, query) if self.queryset is not None else ():
            yield getattr(one, "work_no", "") or one.ref, str(self.label_from_instance(one))

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            found = meant(self.queryset, str(value).strip()) if self.queryset is not None else []
            if len(found) > 1:
                raise ValidationError(str(SEVERAL), code="invalid_choice") from None
            if not found:
                raise
            return found[0]


def meant(rows: models.QuerySet[Any], said: str) -> list[Any]:
    """The rows that a number or a whole name means, at most two."""
    if not said or "\0" in said or len(said) > 200:
        return []
    has = {field.name for field in rows.model._meta.concrete_fields}
    named = Q()
    for name in has.intersection(_NAMES):
        named |= Q(**{name: said})
    return _of_ref(rows, said) or (list(rows.filter(named)[:2]) if named else [])


def suggested(rows: models.QuerySet[Any], query: str) -> Iterable[Any]:
    """A few rows that a half-typed number or name may mean: the one of that number first."""
    found = search.hits(query, rows)[:SUGGESTED] if hasattr(rows.model, "searched") else []
    return list(dict.fromkeys([*_of_ref(rows, query), *found]))


def _of_ref(rows: models.QuerySet[Any], said: str) -> list[Any]:
    """The row behind a number, for nouns that have one."""
    return list(rows.by_ref(said)[:1]) if hasattr(rows, "by_ref") else []


def narrow(form: forms.Form, name: str, rows: models.QuerySet[Any]) -> None:
    """Narrow a choice to what this person may choose; what leaves no choice is filled in."""
    field: Any = form.fields[name]
    field.queryset = rows
    if field.required:
        field.initial = partial(_only, field)  # asked when it is drawn


def _only(field: Any) -> Any:
    few = field.few()
    return field.prepare_value(few[0]) if few and len(few) == 1 else None
