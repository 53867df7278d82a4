"""What a page reads in one statement (并读): its lists, and with them the count of to-dos that stands on every page."""

from __future__ import annotations

from typing import Any

from gongchuang.kernel import waiting
from gongchuang.kernel.choosing import RecordField
from gongchuang.kernel.together import Batch
from gongchuang.people.fields import PersonsField


def of(request: Any) -> Batch:
    """The list of what this page is still to read."""
    if not hasattr(request, "batch"):
        request.batch = Batch()
        if request.person is not None:
            request.todos = request.batch(waiting.first_of(request.person))
    batch: Batch = request.batch
    return batch


def badge(request: Any) -> int:
    """How many to-dos whoever looks has, counted up to 99."""
    if getattr(request, "person", None) is None:
        return 0
    of(request)
    return len(request.todos)


def choices(request: Any, form: Any) -> None:
    """The choices of a form are read together."""
    for field in form.fields.values():
        if isinstance(field, RecordField | PersonsField):
            field.read_with(of(request))
