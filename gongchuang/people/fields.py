"""Input fields that name persons (人员字段): by work number or full name, so that no form carries a list of thousands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from gongchuang.kernel.choosing import MOST, suggested
from gongchuang.kernel.text import Text
from gongchuang.kernel.together import Batch
from gongchuang.people.models import Person
from gongchuang.people.sight import name_for


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


class ChosenOrNamed(forms.SelectMultiple):
    """The persons of a team to choose from; a box to name them in where they are many."""

    among: QuerySet[Person]
    few: QuerySet[Person] | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        few = list(self.few if self.few is not None else self.among[: MOST + 1])
        if len(few) <= MOST:
            self.choices = [(str(one.uid), one.name) for one in few]
            return super().render(name, value, attrs, renderer)
        named = {**(attrs or {}), "rows": 2}
        named["class"] = named.get("class", "").replace("form-select", "form-control")
        return forms.Textarea().render(name, "\n".join(map(str, value or ())), named, renderer)


class PersonField(forms.CharField):
    """One person among `among`, which the form sets in prepare()."""

    among: QuerySet[Person] | None = None

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 60)
        options.setdefault("help_text", Text("填工号或姓名。", "Work number or name."))
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Names are suggested while somebody types."""
        return {**super().widget_attrs(widget), "data-options": "", "autocomplete": "off"}

    def suggested(self, query: str, viewer: Person) -> Iterator[tuple[str, str]]:
        """Whom something half typed may mean: what is to be written, and who that is.

        Nobody where the form names no range, and nobody whose name this reader may not read whole.
        """
        for one in suggested(self.among.select_related("unit"), query) if self.among is not None else ():
            if name_for(viewer, one) == one.name:
                yield one.work_no or one.name, f"{one.name} · {one.unit}"

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

    def narrow(self, rows: QuerySet[Person]) -> None:
        """Among these; a team's few are chosen from a list."""
        self.among = rows
        self.widget = ChosenOrNamed()
        self.widget.among = rows

    def read_with(self, batch: Batch) -> None:
        """Read a team's few together with what else the page shows."""
        if isinstance(self.widget, ChosenOrNamed):
            self.widget.few = batch(self.widget.among[: MOST + 1])

    def clean(self, value: Any) -> list[Person]:
        if isinstance(value, list | tuple) and all(isinstance(one, Person) for one in value):
            return list(value)
        said = forms.CharField.clean(self, "\n".join(value) if isinstance(value, list | tuple) else value)
        names = [name.strip() for name in re.split(r"[\n,，、;；]+", said) if name.strip()]
        return list(dict.fromkeys(find_person(name, self._rows()) for name in names))
