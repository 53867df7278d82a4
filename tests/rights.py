"""The world in which every right is tried: a tiny demo city, and every role in one's own, a foreign and a parent unit.

An answer is one letter: Y it opens · n it is refused (403) · . it is not there (404) · > sign in first · s not in this state.
A role's cell has four of them: the role over one's own enterprise, a foreign one, the district above, the whole city.
"""

from __future__ import annotations

import csv
import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.test import Client, override_settings
from django.utils.datastructures import MultiValueDict

from gongchuang.cli.demo import city as demo
from gongchuang.desks import DESKS
from gongchuang.kernel import clock
from gongchuang.kernel.access import Rule
from gongchuang.kernel.desk import Act, Desk
from gongchuang.kernel.models import Event
from gongchuang.matchmaker import intake
from gongchuang.people import accounts, actions
from gongchuang.people.models import Account, Person, Unit
from gongchuang.people.posts import ROLES
from gongchuang.web import feedback
from gongchuang.web.door import address
from tests import rights_faces
from tests.rights_payloads import CANNOT, payload
from tests.rights_stage import Stage, state_for

TRIED = (*DESKS, feedback.DESK)
EXPECTED = Path(__file__).with_name("access.csv")
ON_BOTH = {"people", "accounts", "settlements", "proposals", "benefits", "needs", "objections"}
"""On PostgreSQL these are tried: each kind of relation is among them."""
PLACES = ("own", "foreign", "parent", "city")
ENTERPRISE = ("leader", "officer", "certifier", "studio_lead", "lecturer", "judge", "chief_judge", "expert", "auditor")
SINGLE = ("anonymous", "leaver", "named", "own_cause")
HEADS = ("desk", "what", "state", *SINGLE, *ROLES)
LETTERS = {200: "Y", 302: ">", 403: "n", 404: ".", 409: "s", 422: "s"}
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


class World:
    """A tiny city with a person for every role and place; who else is tried has a name of its own.

    anonymous: nobody · leaver: an officer who left · named: a worker whom the record names (author, payee, judge …) ·
    own_cause: who holds every role in the enterprise and stands in every part of the record.
    """

    def __init__(self) -> None:
        self.city = demo.build(scale=0.0005)
        own, foreign = self.city.enterprises[:2]
        self.units = {"own": own, "foreign": foreign, "parent": self.city.districts[0], "city": self.city.root}
        self.persons: dict[str, Person | None] = {"anonymous": None}
        self.persons["leaver"] = leaver = self.person(own, "leaver", "officer")
        actions.leave(leaver, by=self.city.cast["admin"], key="leaver")
        self.named = self.person(own, "named")
        self.persons["named"] = self.named
        self.all_roles = self.person(own, "own_cause", *(role for role in ROLES if role != "member"))
        self.persons["own_cause"] = self.all_roles
        for role in ROLES:
            for place, unit in self.units.items():
                self.persons[f"{role} {place}"] = self.person(unit, f"{role}-{place}", *([role] if role != "member" else []))
        self.clients = {name: self.client(person) for name, person in self.persons.items()}
        self._outsiders(own)
        self.stage = Stage(own, foreign, self.city.root, self.city.cast["finance"], self.city.cast["judge"])

    def person(self, unit: Unit, login: str, *roles: str) -> Person:
        admin = self.city.cast["admin"]
        person = actions.enrol(unit, name=f"权限{login}", work_no=f"Q{zlib.crc32(login.encode())}", by=admin, key=f"enrol {login}")
        for role in roles:
            actions.appoint(person, role=role, over=unit, by=admin, key=f"post {login} {role}")
        accounts.open_account(person, login=login, password=accounts.new_password(), by=None, key=f"account {login}")
        return person

    def _outsiders(self, own: Unit) -> None:
        """A foreign expert is in the pool, so that a need may be volunteered for; somebody complained, so that it can be answered."""
        foreign, adviser = self.persons["expert foreign"], self.persons["matchmaker city"]
        today = clock.today()
        intake.enlist(
            unit=self.city.root, kind="skilled", direction="焊接", joined_on=today, person=foreign, by=adviser, key="rights-expert"
        )
        feedback.hand_in(self.city.root, text="食堂排队太久", contact="", by=None, key="rights-feedback")

    def client(self, person: Person | None) -> Client:
        client = Client(raise_request_exception=False)
        if person is not None:
            client.force_login(Account.objects.get(person=person), backend=BACKEND)
        return client


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens in here is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def quiet() -> Iterator[None]:
    """Thousands of refusals are what is wanted here; nobody reads of them in the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@dataclass
class Tried:
    """One address or act: who got which letter, and what went wrong beyond the letters."""

    desk: str
    what: str
    state: str
    letters: dict[str, str]
    faults: list[str]

    def row(self) -> dict[str, str]:
        """As the committed table holds it."""
        row = {"desk": self.desk, "what": self.what, "state": self.state}
        row |= {name: self.letters[name] for name in SINGLE}
        return row | {role: "".join(self.letters[f"{role} {place}"] for place in PLACES) for role in ROLES}


class Trial:
    """Tries one desk in a world."""

    def __init__(self, world: World, desk: Desk) -> None:
        self.world = world
        self.desk = desk

    def all(self) -> list[Tried]:
        with override_settings(TEMPLATES=rights_faces.bare()), quiet():
            return [self.list(), self.one(), *(self.act(act) for act in self.desk.acts)]

    def list(self) -> Tried:
        tried = Tried(self.desk.key, "list", "", {}, [])
        self._ask(tried, self.desk.see, dict.fromkeys(self.world.clients, f"/{self.desk.key}/"))
        return tried

    def one(self) -> Tried:
        tried = Tried(self.desk.key, "one", state_for(self.desk, None), {}, [])
        with undone():
            self._ask(tried, self.desk.see, self._addresses(tried.state))
        return tried

    def act(self, act: Act) -> Tried:
        tried = Tried(self.desk.key, act.name, "" if act.creates else state_for(self.desk, act), {}, [])
        with undone():
            records = {} if act.creates else self._records(tried.state)
            where = f"/{self.desk.key}/{act.name}/"
            given = {name: where if act.creates else f"{address(self.desk, record)}{act.name}/" for name, record in records.items()}
            self._ask(tried, act.rule, given or dict.fromkeys(self.world.clients, where))
            self._press(tried, act, records, given or dict.fromkeys(self.world.clients, where))
        return tried

    def _records(self, state: str) -> dict[str, Any]:
        """The record each person is tried on: the one they are named in, or, for who judges their own cause, all theirs."""
        plain = self.world.stage.record(self.desk, state, self.world.named)
        theirs = self.world.stage.record(self.desk, state, self.world.all_roles, everywhere=True)
        return {name: theirs if name == "own_cause" else plain for name in self.world.clients}

    def _addresses(self, state: str) -> dict[str, str]:
        return {name: address(self.desk, record) for name, record in self._records(state).items()}

    def _ask(self, tried: Tried, rule: Rule, addresses: dict[str, str]) -> None:
        """Ask as everybody. A role that neither rule names is asked in one place, another for each act; elsewhere it is a member."""
        named = self._mentioned(rule)
        before = Event.objects.count()
        for name, where in addresses.items():
            role, _, place = name.partition(" ")
            if place and role not in named and PLACES[zlib.crc32(f"{tried.desk} {tried.what} {role}".encode()) % 4] != place:
                tried.letters[name] = tried.letters[f"member {place}"]
                continue
            status = self.world.clients[name].get(where).status_code
            letter = LETTERS.get(status, "!")
            if status in LETTERS and letter not in tried.letters.values():
                with rights_faces.drawn():
                    status = self.world.clients[name].get(where).status_code
            tried.letters[name] = letter
            if LETTERS.get(status) != letter:
                tried.faults.append(f"{name}: GET answered {status}")
        if Event.objects.count() != before:
            tried.faults.append("reading wrote")

    def _mentioned(self, rule: Rule) -> set[str]:
        return {*rule.relation.roles, *self.desk.see.relation.roles, "member"}

    def _press(self, tried: Tried, act: Act, records: dict[str, Any], addresses: dict[str, str]) -> None:
        """Whoever may not presses all the same, with a form that is right in itself: nothing is written."""
        able = next((name for name, letter in tried.letters.items() if letter == "Y"), "")
        record = records.get(able or "named")
        filled = payload(self.desk, act, record, self.world.persons[able] if able else self.world.all_roles, self.world.named)
        if able:
            self._prove(tried, act, filled, able, record)
        pressed: set[tuple[str, str]] = set()
        before = Event.objects.count()
        for name, letter in tried.letters.items():
            role = name.split()[0] if name.split()[0] in {*SINGLE, *self._mentioned(act.rule)} else "who neither rule names"
            if letter not in "n.>" or (role, letter) in pressed:
                continue
            pressed.add((role, letter))
            status = self.world.clients[name].post(addresses[name], filled).status_code
            if LETTERS.get(status) != letter:
                tried.faults.append(f"{name}: GET answered {letter}, POST {status}")
        if Event.objects.count() != before:
            tried.faults.append("somebody who may not wrote")

    def _prove(self, tried: Tried, act: Act, filled: dict[str, Any], able: str, record: Any) -> None:
        """The form is right: it is valid for somebody who may, and their press is answered."""
        files = {name: [value] for name, value in filled.items() if isinstance(value, File)}
        data = {name: value if isinstance(value, list) else [str(value)] for name, value in filled.items() if name not in files}
        form = act.form(MultiValueDict(data), MultiValueDict(files), person=self.world.persons[able], record=record)
        if (self.desk.key, act.name) in CANNOT:
            return
        if not form.is_valid():
            tried.faults.append(f"{able}: the form is not right: {dict(form.errors)}")
        where = f"/{self.desk.key}/{act.name}/" if record is None else f"{address(self.desk, record)}{act.name}/"
        with undone():
            status = self.world.clients[able].post(where, filled).status_code
        if status not in (302, 422):
            tried.faults.append(f"{able}: a right form was answered by {status}")


def expected() -> dict[tuple[str, str], dict[str, str]]:
    with EXPECTED.open(encoding="utf-8") as file:
        return {(row["desk"], row["what"]): row for row in csv.DictReader(file)}


def every_act() -> set[tuple[str, str]]:
    """All that must stand in the table."""
    return {(desk.key, what) for desk in TRIED for what in ("list", "one", *(act.name for act in desk.acts))}


__all__ = ["HEADS", "Trial", "World", "every_act", "expected", "undone"]
