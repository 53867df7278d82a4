"""The world in which every act is pressed: a tiny demo city, and for each act a record, a person and what they fill in."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse, QueryDict
from django.test import Client

from gongchuang.api import tokens
from gongchuang.cli.demo import city as demo
from gongchuang.desks import DESKS
from gongchuang.kernel import clock, history
from gongchuang.kernel.desk import Act, Desk
from gongchuang.kernel.fields import YuanField
from gongchuang.kernel.models import Event, Record
from gongchuang.kernel.rows import RowsField
from gongchuang.people import actions
from gongchuang.people.fields import PersonField
from gongchuang.people.models import Account, Person, Unit
from gongchuang.web import faces
from gongchuang.web.door import address
from tests import act_recipes as recipes

TODAY = "2026-06-01T09:00"
ACTS: dict[str, tuple[Desk, Act]] = {f"{desk.key}.{act.name}": (desk, act) for desk in DESKS for act in desk.acts}
# What a door keeps for itself, or derives: sessions, drafts, the chain over what is written.
UNCOUNTED = ("people_login", "kernel_draft", "kernel_seal")


@dataclass
class Press:
    """One press of an act: who, on which record, with what filled in, under which key."""

    name: str
    person: Person
    record: Any = None
    data: dict[str, Any] = field(default_factory=dict)
    key: str = field(default_factory=lambda: str(clock.new_uid()))

    @property
    def desk(self) -> Desk:
        return ACTS[self.name][0]

    @property
    def act(self) -> Act:
        return ACTS[self.name][1]

    @property
    def where(self) -> str:
        return f"/{self.desk.key}/{self.act.name}/" if self.record is None else f"{address(self.desk, self.record)}{self.act.name}/"

    def form(self, data: Any = None) -> Any:
        return self.act.form(data, {} if data is not None else None, person=self.person, record=self.record)


class World:
    """A tiny city and the clients of its persons."""

    def __init__(self) -> None:
        self.city = demo.build(scale=0.0005)
        self.clients: dict[int, Client] = {}
        self.strangers = [self._stranger(unit) for unit in self.city.enterprises[1::-1]]
        have = Account.objects.values("person")
        Account.objects.bulk_create(
            Account(username=f"act-{one.pk}", person=one, password="!") for one in Person.objects.active().exclude(pk__in=have)
        )

    def _stranger(self, unit: Unit) -> Person:
        """Everything a person can be in an enterprise."""
        admin = self.city.cast["admin"]
        person = actions.enrol(unit, name=f"全能{unit.code}", by=admin, key=f"act stranger {unit.code}")
        for role in ("leader", "officer", "certifier", "studio_lead"):
            actions.appoint(person, role=role, over=unit, by=admin, key=f"act stranger {unit.code} {role}")
        return person

    def stranger_to(self, press: Press) -> Person:
        """Somebody of another enterprise than the record's and the presser's."""
        places = {getattr(getattr(press.record, "unit", None), "enterprise", None), press.person.unit.enterprise}
        return next((one for one in self.strangers if one.unit not in places), self.strangers[0])

    def client(self, person: Person) -> Client:
        if person.pk not in self.clients:
            self.clients[person.pk] = Client(raise_request_exception=False)
            account = Account.objects.get(person=person)
            self.clients[person.pk].force_login(account)
        return self.clients[person.pk]

    @cached_property
    def holders(self) -> list[Person]:
        """Everybody with a post, those with few posts first; then one who has none."""
        people = list(Person.objects.active().filter(posts__isnull=False).distinct().order_by("pk").prefetch_related("posts"))
        plain = list(Person.objects.active().filter(posts__isnull=True).order_by("pk")[:3])
        cast = [
            self.city.cast[login] for login in ("officer", "leader", "finance", "city", "district", "worker", "expert", "lecturer", "admin")
        ]
        return list(dict.fromkeys([*cast, *people, *plain]))

    def post(self, press: Press, **changed: Any) -> HttpResponse:
        data = {**press.data, "key": press.key, "version": getattr(press.record, "version", ""), **changed}
        return self.client(press.person).post(press.where, {name: value for name, value in data.items() if value is not None})

    # ---- which press -----------------------------------------------------------------------------------------------

    def candidates(self, name: str, given: Any = None) -> Iterator[Press]:
        desk, act = ACTS[name]
        for record in [None] if act.creates else [given] if given is not None else self.records(name):
            found = 0
            for person in self.persons(record):
                allowed = faces.may_create(act, person) if record is None else act.rule.allows(person, record)
                if not allowed or (record is not None and desk.one_for(person, record.ref) is None):
                    continue
                press = Press(name, person, record)
                if recipes.PERSON.get(name, lambda press: True)(press):
                    press.data = filled(press)
                    yield press
                    found += 1
                if found == 4:
                    break

    def records(self, name: str) -> Iterable[Any]:
        desk, act = ACTS[name]
        if name in recipes.MADE:
            record = recipes.MADE[name](self)
            record.refresh_from_db()
            return [record]
        if name in recipes.AFTER:
            before, pick = recipes.AFTER[name]
            _, subject = self.pressed(before)
            record = pick(subject)
            record.refresh_from_db()
            return [record]
        rows = desk.model._default_manager.order_by("-pk")
        if act.from_states:
            rows = rows.filter(state__in=act.from_states)
        wanted = recipes.RECORD.get(name, lambda record: True)
        return [one for one in rows[:60] if wanted(one)][:12]

    def persons(self, record: Any) -> Iterable[Person]:
        named = []
        for one in (record, *(getattr(record, name, None) for name in ("contest", "round", "training", "result", "contract"))):
            if isinstance(one, Record):
                named += [getattr(one, f.name) for f in one._meta.fields if f.related_model is Person]
        extra = recipes.named_by(record)
        return dict.fromkeys(one for one in [*named, *extra, *self.holders] if one is not None)

    def pressed(self, name: str, given: Any = None) -> tuple[Press, Any]:
        """Press an act validly: what was pressed, and the subject of its Event."""
        if given is not None:
            given.refresh_from_db()
        press = self.ready(name, given)
        self.post(press)
        event = event_of(press)
        assert event is not None
        return press, history.subject_of(event)

    def ready(self, name: str, given: Any = None) -> Press:
        """A press that is accepted, not yet pressed. Tells why where no candidate is accepted."""
        said = []
        for press in self.candidates(name, given):
            self.client(press.person)
            with transaction.atomic():
                answer = self.post(press)
                is_done = answer.status_code == 302 and event_of(press) is not None
                transaction.set_rollback(True)
            if is_done:
                return press
            said.append(f"{press.person} on {press.record}: {answer.status_code} {errors_on(answer)} {press.data}")
            if len(said) > 8:
                break
        raise AssertionError(f"{name} has no recipe that is accepted:\n" + "\n".join(said or ["no record, or nobody who may"]))


class Caller:
    """The program of whoever presses: the same act by JSON."""

    def __init__(self, world: World, press: Press) -> None:
        secret = tokens.Secret()
        account = Account.objects.get(person=press.person)
        tokens.make_token(account, name="程序", scope="write", secret=secret, by=press.person, key=f"act {press.person.pk}")
        self.client, self.where = world.client(press.person), f"/api/v1{press.where.rstrip('/')}"
        self.headers = {"Authorization": f"Bearer {secret.said}", "Idempotency-Key": "key-of-a-program"}

    def post(self, body: bytes) -> HttpResponse:
        return self.client.post(self.where, body, content_type="application/json", headers=self.headers)


def event_of(press: Press) -> Event | None:
    return Event.objects.filter(key=history.key_hash(press.person, press.key)).first()


def errors_on(answer: HttpResponse) -> str:
    """The words of a refusal: those of the summary, else of the main part of the page."""
    context = getattr(answer, "context", None)
    if context is None:
        return answer.content.decode(errors="replace")[:300]
    if "errors" in context and context["errors"]:
        return "; ".join(f"{one['label']}: {one['message']}" for one in context["errors"])
    return str(context.get("error", "")) if hasattr(context, "get") else ""


def written() -> list[tuple[Any, ...]]:
    """How many rows each table holds, and the sum of their versions: equal before and after means nothing was written."""
    parts = []
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table not in UNCOUNTED and model._meta.managed:
            version = "sum(version)" if issubclass(model, Record) else "0"
            parts.append(f"SELECT '{table}', count(*), {version} FROM \"{table}\"")
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return sorted(cursor.fetchall())


# ---- filling in ------------------------------------------------------------------------------------------------------


def filled(press: Press) -> dict[str, Any]:
    """What a careful person would fill in: the recipe's own values, else one made from each field."""
    form = press.form()
    own = recipes.DATA.get(press.name, {})
    own = own(press) if callable(own) else own
    data = {name: value(press) if callable(value) else value for name, value in own.items()}
    for name, asked in form.fields.items():
        if name not in data and asked.required:
            data[name] = made(asked, press)
    return data


def made(field: forms.Field, press: Press) -> Any:
    if isinstance(field, PersonField):
        rows = field.among if field.among is not None else Person.objects.active()
        found = rows.exclude(pk=press.person.pk).order_by("pk").first() or rows.first()
        return str(found.uid) if found else ""
    if isinstance(field, RowsField):
        return json.dumps([{name: str(made(one, press)) for name, one in field.columns.items() if one.required}])
    if isinstance(field, forms.ModelMultipleChoiceField):
        return [field.prepare_value(one) for one in field.queryset[:1]]
    if isinstance(field, forms.ModelChoiceField):
        return next((field.prepare_value(one) for one in field.queryset[:1]), "")
    if isinstance(field, forms.MultipleChoiceField):
        return [value for value, _ in field.choices][:1]
    if isinstance(field, forms.ChoiceField):
        return next((value for value, _ in field.choices if value), "")
    if isinstance(field, forms.DateTimeField):
        return datetime.combine(clock.today() + timedelta(days=3), datetime.min.time()).replace(hour=9).strftime("%Y-%m-%dT%H:%M")
    if isinstance(field, forms.DateField):
        return clock.today().isoformat()
    if isinstance(field, YuanField):
        return "100"
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return str(max(1, field.min_value or 0))
    if isinstance(field, forms.BooleanField):
        return "on"
    return "试验用的文字"


def others(press: Press) -> Iterator[dict[str, Any]]:
    """What else could be handed in: each way in which one field differs and the form still accepts it."""
    form = press.form(posted(press.data))
    if not form.is_valid():
        return
    for name, asked in form.fields.items():
        for value in _else(asked, press.data.get(name)):
            data = {**press.data, name: value}
            changed = press.form(posted(data))
            if changed.is_valid() and repr(changed.cleaned_data) != repr(form.cleaned_data):
                yield data


def posted(data: dict[str, Any]) -> Any:
    posted = QueryDict(mutable=True)
    for name, value in data.items():
        posted.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    return posted


def _else(field: forms.Field, given: Any) -> Iterator[Any]:
    if isinstance(field, PersonField):
        rows = field.among if field.among is not None else Person.objects.active()
        yield from (str(one.uid) for one in rows.order_by("-pk")[:2])
    elif isinstance(field, forms.ModelMultipleChoiceField):
        yield [field.prepare_value(one) for one in field.queryset[:2]]
    elif isinstance(field, forms.ModelChoiceField):
        yield from (field.prepare_value(one) for one in field.queryset[1:3])
    elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField):
        yield from (value for value, _ in list(field.choices)[1:4])
    elif isinstance(field, forms.DateTimeField):
        yield datetime.combine(clock.today() + timedelta(days=4), datetime.min.time()).replace(hour=10).strftime("%Y-%m-%dT%H:%M")
    elif isinstance(field, forms.DateField):
        yield (clock.today() - timedelta(days=1)).isoformat()
        yield (clock.today() + timedelta(days=1)).isoformat()
    elif isinstance(field, forms.IntegerField | forms.DecimalField):
        yield str((int(float(given)) if given else 0) + 1)
        yield "0"
    elif isinstance(field, forms.BooleanField):
        yield "" if given else "on"
    elif not isinstance(field, RowsField | forms.FileField):
        yield f"{given or ''}改"


# ---- fixtures: one city for all acts, each test's changes rolled back --------------------------------------------------


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One city for all acts; each test's changes are rolled back."""
    before = os.environ.get("GONGCHUANG_NOW")
    os.environ["GONGCHUANG_NOW"] = TODAY
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
    os.environ.pop("GONGCHUANG_NOW")
    if before is not None:
        os.environ["GONGCHUANG_NOW"] = before


@pytest.fixture
def world(city: World) -> Iterator[World]:
    city.clients.clear()
    with transaction.atomic():
        yield city
        transaction.set_rollback(True)
