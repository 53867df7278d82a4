"""Input fields that name persons (人员字段): by work number or full name, so that no form carries a list of thousands."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongchuang.kernel.text import Text
from gongchuang.people.models import Person


def find_person(said: str, among: QuerySet[Person]) -> Person:
    """The one person meant by a work number, a uid or an exact name."""
    found = list(among.filter(work_no=said)[:3]) or list(among.filter(name=said)[:3]) or list(among.by_ref(said)[:1])  # type: ignore[attr-defined]
    if not found:
        raise forms.ValidationError(
            str(Text(f"没有找到“{said}”。请填工号或完整姓名。", f"Nobody is called “{said}”. Give the work number or the full name."))
        )
    if len(found) > 1:
        raise forms.ValidationError(
            str(Text(f"有几位“{said}”。请改填工号。", f"Several persons are called “{said}”. Give the work number."))
        )
    return found[0]


class PersonField(forms.CharField):
    """One person among `among`, which the form sets in prepare()."""

    among: QuerySet[Person] | None = None

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 60)
        options.setdefault("help_text", Text("填工号或姓名。", "Work number or name."))
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        if isinstance(value, Person):
            return value
        said = super().clean(value)
        return find_person(said.strip(), self._rows()) if said else None

    def _rows(self) -> QuerySet[Person]:
        return self.among if self.among is not None else Person.objects.active()


class PersonsField(PersonField):
    """Several persons, one a line or between commas, cleaned to a list without doubles."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 2000)
        options.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        options.setdefault(
            "help_text", Text("填工号或姓名，每行一位或用顿号隔开。", "Work numbers or names, one a line or between commas.")
        )
        super().__init__(**options)

    def clean(self, value: Any) -> list[Person]:
        if isinstance(value, list | tuple) and all(isinstance(one, Person) for one in value):
            return list(value)
        said = forms.CharField.clean(self, "\n".join(value) if isinstance(value, list | tuple) else value)
        names = [name.strip() for name in re.split(r"[\n,，、;；]+", said) if name.strip()]
        return list(dict.fromkeys(find_person(name, self._rows()) for name in names))
