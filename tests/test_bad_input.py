"""Bad input at every form: told field by field, the input kept, nothing written, never a fault of ours."""

from __future__ import annotations

import json
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

pytestmark = [pytest.mark.slow, pytest.mark.thorough]


@pytest.mark.parametrize("name", acts.ACTS)
def test_bad_input_is_told_field_by_field_and_writes_nothing(world: acts.World, name: str) -> None:
    with clock.frozen(recipes.NOW.get(name, TODAY)):
        press = world.ready(name)
        fields = press.form().fields
        is_shown = False
        for kind, bad in hostile.posts(fields):
            form = press.form(acts.posted({**press.data, **bad}))
            if not form.is_valid() and not is_shown:
                tried_with(world, press, kind, bad)
                is_shown = True
            if passed := {field: value for field, value in bad.items() if field not in form.errors}:
                tried_with(world, press, kind, passed)
        for field, asked in fields.items():
            if isinstance(asked, forms.FileField):
                for kind, upload in hostile.uploads(asked):
                    tried_with(world, press, f"{field}, {kind}", {field: upload})


@pytest.mark.parametrize("name", acts.ACTS)
def test_the_api_names_the_field_and_writes_nothing(world: acts.World, name: str) -> None:
    with clock.frozen(recipes.NOW.get(name, TODAY)):
        press = world.ready(name)
        if not press.form().fields:
            return
        caller = acts.Caller(world, press)
        for kind, body in hostile.bodies(press.form()):
            refused_as_problem(caller, kind, json.dumps(body).encode(), is_shaped=True)


@pytest.mark.parametrize("kind", hostile.RAW)
def test_a_body_that_is_no_json_object_is_refused(world: acts.World, kind: str) -> None:
    refused_as_problem(acts.Caller(world, world.ready("proposals.new")), kind, hostile.RAW[kind], is_shaped=False)


def refused_as_problem(caller: acts.Caller, kind: str, body: bytes, *, is_shaped: bool) -> None:
    with transaction.atomic():
        before = acts.written()
        answer = caller.post(body)
        said = f"{kind}: {answer.status_code} {answer.content[:200]!r}"
        assert answer.status_code in ({200, 201, 400, 403, 404, 409, 422} if is_shaped else {400, 422}), said
        if answer.status_code >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json", said
            assert acts.written() == before, f"{said}, but it wrote something"
            problem = json.loads(answer.content)
            assert problem.get("errors") or problem.get("detail"), said
        transaction.set_rollback(True)


def tried_with(world: acts.World, press: acts.Press, kind: str, bad: dict[str, Any]) -> None:
    """One post: an answer in words, and unless it was accepted nothing written, no file left."""
    with transaction.atomic():
        before, files = acts.written(), stored()
        answer = world.post(replace(press, data={**press.data, **bad}))
        said = f"{kind} in {', '.join(bad)}: {answer.status_code}"
        assert answer.status_code in {302, 403, 404, 409, 422}, said
        if answer.status_code != 302:
            assert acts.written() == before, f"{said}, but it wrote something"
            assert stored() == files, f"{said}, but it left files behind"
        if answer.status_code == 422:
            for field, value in bad.items():
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
    return sum(one.is_file() for one in settings.MEDIA_ROOT.rglob("*"))
