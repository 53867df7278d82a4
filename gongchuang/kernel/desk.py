"""A desk (办事台): a noun, its table and its acts. Every door draws desks; none decides anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models

from gongchuang.kernel.access import Rule
from gongchuang.kernel.fields import box, guard, pick, readable
from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Choices, Text


class ActForm(forms.Form):
    """The input of an act: the same for a page, a JSON object, a sheet row and a command line."""

    def __init__(self, data: Any = None, files: Any = None, *, person: Any = None, record: Any = None, **options: Any) -> None:
        self.person = person
        self.record = record
        options.setdefault("label_suffix", "")
        super().__init__(readable(data), files, **options)
        self.prepare()
        for one in self.fields.values():
            guard(one)

    def prepare(self) -> None:
        """Choices and first values that depend on who fills in which record."""


READY_REASONS = Choices(
    [
        ("incomplete", Text("材料不齐", "Papers are missing")),
        ("wrong", Text("内容有误", "Something is wrong in it")),
        ("rules", Text("不符合规定", "Against the rules")),
        ("changed", Text("情况有变", "Things have changed")),
    ]
)
REASON_MOST = 200


class ReasonForm(ActForm):
    """Why something is returned, refused or taken back: one of four ready reasons, own words, or both."""

    ready = pick(Text("常见原因", "Common reasons"), READY_REASONS, required=False)
    reason = box(Text("原因", "Reason"), REASON_MOST, min_length=2)

    def prepare(self) -> None:
        if self.is_bound and self.data.get("ready") in READY_REASONS:
            self.fields["reason"].required = False

    def clean(self) -> dict[str, Any]:
        """One reason in words: what was chosen, then what was added."""
        cleaned = super().clean() or {}
        ready, own = cleaned.pop("ready", ""), cleaned.get("reason", "")
        if ready:
            cleaned["reason"] = "：".join(part for part in (READY_REASONS.label(ready), own) if part)[:REASON_MOST]
        return cleaned


@dataclass(frozen=True)
class Act:
    """One thing that can be done at a desk."""

    name: str
    label: Text
    run: Callable[..., Any]
    rule: Rule
    form: type[ActForm] = ActForm
    creates: bool = False
    tone: str = "plain"  # primary | plain | danger
    effect: Callable[[Any, Any], str] | None = None  # (record, person) -> what the press will do
    done: Text = Text("已办理。", "Done.")
    from_states: frozenset[str] | None = None
    is_undo: bool = False  # only the bar after the act that it takes back leads here

    def is_open(self, record: Any) -> bool:
        """Whether the record's state admits this act."""
        return self.from_states is None or getattr(record, "state", None) in self.from_states

    def offered_to(self, person: Any, record: Any) -> bool:
        return person is not None and not self.is_undo and self.is_open(record) and self.rule.allows(person, record)


@dataclass(frozen=True)
class Desk:
    """A noun as the doors see it: addresses are /<key>/ and /<key>/<ref>/."""

    key: str
    label: Text
    one: Text
    model: type[models.Model]
    table: Table
    see: Rule
    acts: Sequence[Act] = ()
    filters: Sequence[str] = ("state",)
    search: Sequence[str] = ()
    facts: Sequence[Column] = ()
    # (record, person) -> named links; a queryset is a link for each of its rows
    related: Callable[[Any, Any], Iterable[tuple[Text, Any]]] | None = None
    spaces: frozenset[str] = field(default_factory=lambda: frozenset({"org"}))
    empty: Text = Text("还没有记录。", "Nothing here yet.")

    def act(self, name: str) -> Act | None:
        return next((act for act in self.acts if act.name == name), None)

    def rows_for(self, person: Any) -> models.QuerySet[Any]:
        """Everything this person may see here."""
        return self.see.among(person, self.model._default_manager.all())

    def every_row(self) -> models.QuerySet[Any]:
        """All there is, to narrow rows_for() by what was searched; never shown by itself."""
        return self.model._default_manager.all()

    def one_for(self, person: Any, ref: str) -> Any:
        """The record at an address if this person may see it, else None: foreign and missing look alike."""
        rows: Any = self.rows_for(person)
        return rows.by_ref(ref).first()
