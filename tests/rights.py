"""The world in which every right is tried: a tiny demo city, and every role in one's own, a foreign and a parent unit."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client

from gongchuang.cli.demo import city as demo
from gongchuang.desks import DESKS
from gongchuang.kernel.desk import Desk
from gongchuang.kernel.models import Event
from gongchuang.people import accounts, actions
from gongchuang.people.models import Account, Person, Unit
from gongchuang.people.posts import ROLES
from gongchuang.web.door import address

EXPECTED = Path(__file__).with_name("access.csv")
PLACES = ("own", "foreign", "parent")


class World:
    """A tiny city, its persons by "<role> <place>", and a record of each desk that lies in one's own enterprise."""

    def __init__(self) -> None:
        self.city = demo.build(scale=0.0005)
        own, foreign = self.city.enterprises[:2]
        self.units = {"own": own, "foreign": foreign, "parent": self.city.districts[0]}
        self.persons: dict[str, Person | None] = {"anonymous": None}
        for role in ROLES:
            for place, unit in self.units.items():
                self.persons[f"{role} {place}"] = self._person(role, unit, f"{role}-{place}")
        leaver = self._person("officer", own, "leaver-own")
        actions.leave(leaver, by=self.city.cast["admin"], key="leaver")
        self.persons["leaver"] = leaver
        self.clients = {name: self._client(person) for name, person in self.persons.items()}

    def _person(self, role: str, unit: Unit, login: str) -> Person:
        admin = self.city.cast["admin"]
        person = actions.enrol(unit, name="权限试验", by=admin, key=f"enrol {login}")
        if role != "member":
            actions.appoint(person, role=role, over=unit, by=admin, key=f"post {login}")
        accounts.open_account(person, login=login, password=accounts.new_password(), by=None, key=f"account {login}")
        return person

    def _client(self, person: Person | None) -> Client:
        client = Client(raise_request_exception=False)
        if person is not None:
            client.force_login(Account.objects.get(person=person), backend="django.contrib.auth.backends.ModelBackend")
        return client

    def record_of(self, desk: Desk) -> Any:
        """The newest record of a desk inside one's own enterprise, else the newest there is."""
        rows = desk.model._default_manager.order_by("-pk")
        low, high = self.units["own"].span()
        mine = [one for one in rows[:400] if low <= getattr(getattr(one, "unit", None), "path", 0) <= high]
        return mine[0] if mine else rows.first()


def tried(world: World) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every address and act of every desk: (desk, what, answers by person)."""
    for desk in DESKS:
        record = world.record_of(desk)
        yield desk.key, "list", _answers(world, f"/{desk.key}/")
        if record is None:
            continue
        yield desk.key, "one", _answers(world, address(desk, record))
        for act in desk.acts:
            where = f"/{desk.key}/{act.name}/" if act.creates else f"{address(desk, record)}{act.name}/"
            yield desk.key, act.name, _answers(world, where, is_act=True)


def _answers(world: World, where: str, is_act: bool = False) -> dict[str, str]:
    return {name: _answer(client, where, is_act) for name, client in world.clients.items()}


def _answer(client: Client, where: str, is_act: bool) -> str:
    got = client.get(where).status_code
    if not is_act:
        return str(got)
    with transaction.atomic():
        before = Event.objects.count()
        posted = client.post(where, {"key": "rights-of-this-try"}).status_code
        wrote = Event.objects.count() - before
        transaction.set_rollback(True)
    if got in (302, 403, 404) and (wrote or posted == 200):
        return f"{got} but wrote {wrote}, answered {posted}"
    return str(got) if posted < 500 else f"{got} then {posted}"


def table(world: World) -> list[dict[str, str]]:
    """The answers as the committed table holds them: a column a role, its own, foreign and parent answers in one cell."""
    rows = []
    for desk, what, answers in tried(world):
        row = {"desk": desk, "what": what, "anonymous": answers["anonymous"], "leaver": answers["leaver"]}
        for role in ROLES:
            row[role] = " ".join(answers[f"{role} {place}"] for place in PLACES)
        rows.append(row)
    return rows


def expected() -> list[dict[str, str]]:
    with EXPECTED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
