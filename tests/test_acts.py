"""Every act of every desk, pressed at its page: once it has its effect, and whatever else is tried writes nothing.

tests/acts.py finds for each act a record, a person and what they fill in; an act without such a press fails here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from gongchuang.kernel import clock
from gongchuang.kernel.models import Event
from gongchuang.web import faces
from tests import act_recipes as recipes
from tests import acts
from tests.acts import TODAY, city, world  # noqa: F401
from tests.marks import thorough_on_postgresql

pytestmark = thorough_on_postgresql


@pytest.mark.parametrize("name", acts.ACTS)
def test_one_effect_and_nothing_else(world: acts.World, name: str) -> None:
    with clock.frozen(recipes.NOW.get(name, TODAY)):
        press = world.ready(name)
        refuses_the_stranger(world, press)
        tells_of_another_editor(world, press)
        different = list(acts.others(press))[:6]
        address = has_its_effect(world, press)
        leads_the_second_press_to_the_same(world, press, address)
        refuses_other_content_under_the_key(world, press, different)
        refuses_the_wrong_state(world, press)


def refuses_the_stranger(world: acts.World, press: acts.Press) -> None:
    foreign = replace(press, person=world.stranger_to(press), key="key-of-a-stranger")
    world.client(foreign.person)
    with transaction.atomic():
        before = acts.written()
        answer = world.post(foreign)
        if answer.status_code == 302 and press.record is None:  # their own unit's business, never the other's
            event = acts.event_of(foreign)
            assert event is not None and event.unit_code and event.unit_path, "what a stranger makes belongs to a unit"
            low, high = foreign.person.unit.enterprise.span()
            assert low <= event.unit_path <= high, f"a stranger made something in {event.unit_code}"
        elif press.name not in recipes.OPEN:
            assert answer.status_code in {403, 404, 409, 422}, acts.errors_on(answer)
            assert acts.written() == before, "a stranger's press wrote something"
        transaction.set_rollback(True)


def tells_of_another_editor(world: acts.World, press: acts.Press) -> None:
    if press.record is None:
        return
    before = acts.written()
    answer = world.post(press, key="key-of-the-late-one", version=press.record.version + 1)
    assert answer.status_code == 409, answer.status_code
    assert acts.written() == before


def has_its_effect(world: acts.World, press: acts.Press) -> str:
    answer = world.post(press)
    assert answer.status_code == 302, acts.errors_on(answer)
    event = acts.event_of(press)
    assert event is not None
    assert event.action == recipes.EVENT.get(press.name, press.act.rule.name)
    assert event.actor_uid == press.person.uid
    assert Event.objects.filter(key=event.key).count() == 1
    return answer.headers["Location"]


def leads_the_second_press_to_the_same(world: acts.World, press: acts.Press, address: str) -> None:
    before = acts.written()
    answer = world.post(press)
    assert acts.written() == before, "a second press under the same key wrote something"
    assert answer.status_code == 302, f"the second press: {answer.status_code} {acts.errors_on(answer)}"
    assert answer.headers["Location"] == address


def refuses_other_content_under_the_key(world: acts.World, press: acts.Press, different: list[dict[str, Any]]) -> None:
    before = acts.written()
    said = []
    for data in different:
        answer = world.post(replace(press, data=data))
        assert acts.written() == before, "other content under the same key wrote something"
        said.append((answer.status_code, "作为新的一条提交" in answer.content.decode()))
        if said[-1] == (422, True):
            return
    assert not said or press.name in recipes.MOVED_ON, f"other content under the same key: {said}"


def refuses_the_wrong_state(world: acts.World, press: acts.Press) -> None:
    """Once more under a new key: refused in words, or, where the act may be repeated, an effect of its own."""
    again = replace(press, key="key-of-once-more")
    before = acts.written()
    answer = world.post(again)
    if answer.status_code == 302 and press.name in recipes.SAME:
        assert acts.written() == before, "what is the same was written twice"
        return
    if answer.status_code == 302:
        if press.record is not None:
            press.record.refresh_from_db()
        assert press.act.from_states is None or press.act.is_open(press.record), "the act was done in the wrong state"
        assert acts.event_of(again) is not None
        return
    assert answer.status_code in {403, 404, 409, 422}, answer.status_code
    assert acts.written() == before, "a refused press wrote something"
    assert answer.status_code == 404 or acts.errors_on(answer), "a refusal says why"


def test_what_is_listed_as_open_is_open(world: acts.World) -> None:
    for name in recipes.OPEN:
        press = world.ready(name)
        stranger = world.stranger_to(press)
        assert faces.may_create(press.act, stranger) if press.record is None else press.act.rule.allows(stranger, press.record), name
