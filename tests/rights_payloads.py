"""Inputs that are right in themselves, for every act: what a refusal then refuses is the person, not the form."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from gongchuang.kernel.desk import Act, Desk
from gongchuang.kernel.fields import FilesField, YuanField
from gongchuang.people.fields import PersonField
from gongchuang.people.models import Person

WORDS = "权限试验，内容如实填写。"
DAY, LATER = date(2026, 5, 18), date(2026, 12, 1)
TO_COME = ("until", "close", "wanted", "target", "due", "end", "opens", "starts", "from_on")

LINE = {"kind": "saving", "label": "用料", "before": "2", "after": "1", "quantity": "10", "price": "3"}
OVER: dict[tuple[str, str], Callable[[Any, Person], dict[str, Any]]] = {
    ("accounts", "redeem"): lambda _record, _named: {"points": "1"},
    ("policies", "propose"): lambda _record, _named: {"bands": json.dumps([{"from_fen": "20000", "rate": "5"}]), "from_on": "2027-01-01"},
    ("dues", "award"): lambda _record, named: {"team": "", "winner": str(named.uid)},
    ("people", "appoint"): lambda _record, _named: {"role": "leader"},
    ("results", "patent"): lambda _record, _named: {"number": "201610018402.3"},
    ("mentorships", "new"): lambda _record, named: {"apprentice": "D001", "starts_on": "2026-06-01", "ends_on": "2027-06-01"},
    ("plans", "open"): lambda _record, named: {"mentor": "D001"},
    ("measures", "new"): lambda _record, _named: {"ends_on": "2026-03-31"},
    ("academies", "reapply"): lambda _record, _named: {"self_score": "90"},
    ("academies", "review"): lambda _record, _named: {"review_score": "90"},
    ("contests", "new"): lambda _record, _named: {"opens_on": "2026-06-02", "closes_on": "2026-06-20", "held_on": "2026-07-01"},
    ("contracts", "claim"): lambda _record, _named: {"year": "2026"},
    ("results", "new"): lambda _record, named: {"makers": json.dumps([{"who": named.work_no, "share": "100"}])},
    ("results", "resubmit"): lambda _record, named: {"makers": json.dumps([{"who": named.work_no, "share": "100"}])},
    ("results", "claim"): lambda _record, _named: {"lines": json.dumps([LINE])},
    ("benefits", "reclaim"): lambda _record, _named: {"lines": json.dumps([LINE])},
    ("observations", "enter"): lambda _record, _named: {"period": "2023", "value": "12"},
    ("needs", "new"): lambda _record, _named: {"contact_phone": "06315551234"},
    ("academies", "apply"): lambda record, named: {"founders": "E0002", "self_score": "90"},
}
"""What a form asks for that its fields do not say by themselves."""
CANNOT = {
    ("studios", "leave"), ("studios", "note_result"), ("rounds", "publish"), ("plans", "do_line"), ("units", "move"),
    ("institutions", "new"), ("experts", "new"), ("sessions", "tick"), ("sessions", "tick_many"), ("sessions", "untick"),
    ("accounts", "redeem"), ("dues", "recover"), ("people", "end_post"),
}  # fmt: skip
"""Acts whose form offers a choice that is empty or elsewhere on a staged record, or that spend points it never earned: for
who may, their domains' tests press them."""


def payload(desk: Desk, act: Act, record: Any, person: Person | None, named: Person) -> dict[str, Any]:
    """A filled form of an act, as a browser would send it."""
    form = act.form(person=person, record=record)
    given: dict[str, Any] = {"key": "rights-of-this-try"}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if value in (None, "", [], ()):
            value = _value(name, field, named) if field.required else None
        if value not in (None, "", [], ()):
            given[name] = _plain(value)
    over = OVER.get((desk.key, act.name))
    return {**given, **(over(record, named) if over else {})}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return json.dumps(value, default=str)
    if isinstance(value, bool):
        return "on" if value else ""
    return value.pk if hasattr(value, "pk") else value


def _value(name: str, field: forms.Field, named: Person) -> Any:
    if isinstance(field, PersonField):
        return str(named.uid)
    if isinstance(field, forms.ModelMultipleChoiceField | forms.ModelChoiceField):
        first = field.queryset.order_by("pk").first()
        said = None if first is None else getattr(first, field.to_field_name or "pk")
        return [said] if isinstance(field, forms.ModelMultipleChoiceField) and first is not None else said
    if isinstance(field, forms.ChoiceField):
        options = [value for value, _ in field.choices if value not in (None, "")]
        return (options[:1] if isinstance(field, forms.MultipleChoiceField) else options[0]) if options else None
    if isinstance(field, FilesField | forms.FileField):
        return SimpleUploadedFile("proof.txt", WORDS.encode(), "text/plain")
    if isinstance(field, forms.DateTimeField):
        return "2026-09-01T09:00"
    if isinstance(field, forms.DateField):
        return LATER if any(word in name for word in TO_COME) else DAY
    if isinstance(field, YuanField | forms.DecimalField | forms.IntegerField):
        return str(max(1, int(field.min_value or 1)))
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.RegexField):
        return "rights-try"
    most = getattr(field, "max_length", None) or 40
    return (WORDS * 3)[: min(most, max(12, getattr(field, "min_length", None) or 0))]
