"""Bad input at every form: told field by field, the input kept, nothing written, never a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.html import escape

from gongchuang.kernel import clock
from tests import act_recipes as recipes
from tests import acts, hostile
from tests.acts import TODAY, city, world  # noqa: F401

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", acts.ACTS)
def test_bad_input_is_told_field_by_field_and_writes_nothing(world: acts.World, name: str) -> None:
    with clock.frozen(recipes.NOW.get(name, TODAY)):
        press = world.ready(name)
        for field, asked in press.form().fields.items():
            if isinstance(asked, forms.FileField):
                tried_with(world, press, field, hostile.uploads(asked))
            else:
                tried_with(world, press, field, passing(press, field, hostile.values(asked)))


def passing(press: acts.Press, field: str, values: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The first value that the form refuses, to see its page, and every one that it lets through to the action."""
    is_shown = False
    for kind, value in values:
        form = press.form(acts.posted({**press.data, field: value}))
        if form.is_valid() or not is_shown:
            is_shown = is_shown or not form.is_valid()
            yield kind, value


def tried_with(world: acts.World, press: acts.Press, field: str, values: Iterator[tuple[str, Any]]) -> None:
    for kind, value in values:
        with transaction.atomic():
            before, files = acts.written(), stored()
            answer = world.post(replace(press, data={**press.data, field: value}))
            said = f"{field}: {kind}: {answer.status_code}"
            assert answer.status_code in {302, 403, 404, 409, 422}, said
            if answer.status_code != 302:
                assert acts.written() == before, f"{said}, but it wrote something"
                assert stored() == files, f"{said}, but it left files behind"
            if answer.status_code == 422:
                told(answer, field, value, said)
            transaction.set_rollback(True)


def told(answer: Any, field: str, value: Any, said: str) -> None:
    """The summary on top with a link to a field of the form, and what was typed still in it."""
    page = answer.content.decode()
    assert 'id="errors"' in page and 'role="alert"' in page, said
    assert acts.errors_on(answer), said
    anchors = [one["anchor"] for one in answer.context["errors"] if one["anchor"]]
    assert all(f'id="{anchor}"' in page for anchor in anchors), f"{said}: a link that leads nowhere: {anchors}"
    widget = answer.context["form"].fields[field].widget
    if isinstance(value, str) and isinstance(widget, forms.TextInput | forms.Textarea) and 0 < len(value) < 100 and "\0" not in value:
        assert escape(value) in page, f"{said}: what was typed is gone"


def stored() -> int:
    return sum(1 for _ in settings.MEDIA_ROOT.rglob("*"))
