"""The API gives what the pages give: every operation of every desk, by tokens of those who may, may not, and see nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from gongchuang.api import tokens
from gongchuang.desks import DESKS
from gongchuang.kernel import clock
from gongchuang.kernel.desk import Act, Desk
from gongchuang.kernel.models import Event
from gongchuang.people.models import Account
from tests import rights
from tests.rights_payloads import CANNOT, payload
from tests.rights_stage import state_for

STATUS = {"n": 403, ".": 404}
BY_SHAPE = CANNOT | {("people", "public"), ("offers", "new"), ("rounds", "recommend")}
"""What these ask for the staged record does not have: the body's shape, told by the OpenAPI to everybody, is refused first."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[rights.World]:
    with django_db_blocker.unblock(), clock.frozen("2026-06-01T09:00"), transaction.atomic():
        yield rights.World()
        transaction.set_rollback(True)


def somebody(row: dict[str, str], letter: str) -> str:
    """One whose cell has this letter; who judges their own cause is tried on another record."""
    names = ["named", *(f"{role} {place}" for role in rights.ROLES for place in rights.PLACES)]
    cells = {name: row[name] if name == "named" else row[name.split()[0]][rights.PLACES.index(name.split()[1])] for name in names}
    return next((name for name in names if cells[name] == letter), "")


def dumped(said: dict[str, Any]) -> str:
    return json.dumps(said, default=str)


class Caller:
    """Calls the API with a token of its own scope."""

    def __init__(self, world: rights.World, name: str, scope: str) -> None:
        person, secret = world.persons[name], tokens.Secret()
        account = Account.objects.get(person=person)
        tokens.make_token(account, name="rights", scope=scope, secret=secret, by=person, key=f"token {name} {scope} {secret.said}")
        self.headers = {"Authorization": f"Bearer {secret.said}", "Idempotency-Key": "rights-of-this-try"}
        self.client = Client(raise_request_exception=False)

    def get(self, where: str) -> int:
        return self.client.get(where, headers=self.headers).status_code

    def post(self, where: str, said: dict[str, Any]) -> int:
        return self.client.post(where, dumped(said), content_type="application/json", headers=self.headers).status_code


def body(said: dict[str, Any]) -> dict[str, Any]:
    """A page's form as JSON: rows are lists of objects, files are not handed in."""
    plain = {name: value for name, value in said.items() if name != "key" and not hasattr(value, "read")}
    return {name: json.loads(value) if isinstance(value, str) and value.startswith("[{") else value for name, value in plain.items()}


@pytest.mark.slow
@pytest.mark.thorough
@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.key)
def test_the_api_answers_as_the_table_says(desk: Desk, world: rights.World) -> None:
    expected, wrong = rights.expected(), []
    with clock.frozen("2026-06-01T09:00"), rights.quiet():
        with rights.undone():
            wrong += _reading(world, desk, expected[desk.key, "one"])
        for act in desk.acts:
            with rights.undone():
                wrong += _pressing(world, desk, act, expected[desk.key, act.name])
    assert not wrong, "\n".join(wrong)


def _reading(world: rights.World, desk: Desk, row: dict[str, str]) -> list[str]:
    record = world.stage.record(desk, state_for(desk, None), world.named)
    got = {"anonymous": Client(raise_request_exception=False).get(f"/api/v1/{desk.key}/{record.ref}").status_code}
    letters = {"anonymous": row["anonymous"]}
    for letter in "Y.":
        if name := somebody(row, letter):
            letters[name], got[name] = letter, Caller(world, name, "read").get(f"/api/v1/{desk.key}/{record.ref}")
    return [f"one, {name}: {letter}, got {got[name]}" for name, letter in letters.items() if got[name] != {"Y": 200, ".": 404}[letter]]


def _pressing(world: rights.World, desk: Desk, act: Act, row: dict[str, str]) -> list[str]:
    """Those who may not, and those who may but hold a token that only reads, press with what is right in itself."""
    record = None if act.creates else world.stage.record(desk, state_for(desk, act), world.named)
    where = f"/api/v1/{desk.key}/{act.name}" if record is None else f"/api/v1/{desk.key}/{record.ref}/{act.name}"
    said = body(payload(desk, act, record, world.all_roles, world.named))
    callers = {letter: Caller(world, name, "write") for letter in "n." if (name := somebody(row, letter))}
    if able := somebody(row, "Y"):
        callers["n (may only read)"] = Caller(world, able, "read")
    before = Event.objects.count()
    refused = {letter: STATUS[letter[0]] for letter in callers}
    got = {letter: caller.post(where, said) for letter, caller in callers.items()}
    visitor = Client(raise_request_exception=False)
    got["anonymous"], refused["anonymous"] = visitor.post(where, dumped(said), content_type="application/json").status_code, 403
    shapeless = {422} if (desk.key, act.name) in BY_SHAPE else set()
    wrong = [f"{act.name}, {name}: got {status}" for name, status in got.items() if status not in {refused[name], *shapeless}]
    return wrong if Event.objects.count() == before else [*wrong, f"{act.name}: wrote"]
