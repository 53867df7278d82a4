"""What the doors look up before a rule is asked (查找): units are public by their code, actors by their name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import models

from gongchuang.kernel.remembered import kept, kept_many
from gongchuang.people.models import Account, Person, Unit, holders_of
from gongchuang.people.unit import CITY, ENTERPRISE, at_level


def unit_called(said: str) -> Unit | None:
    """The unit with this public code or exact name."""
    return Unit.objects.by_name_or_code(said) if said else None


_UNITS: Final = ("people_unit",)


def the_city() -> Unit | None:
    """The city at the root of the tree, remembered until a unit changes."""
    return kept("people.city", _UNITS, lambda: Unit.objects.filter(level=CITY).order_by("path").first())


def units_at(paths: Iterable[int]) -> dict[int, Unit]:
    """The units at these paths today, remembered until a unit changes."""
    return kept_many("people.unit", paths, _UNITS, lambda missing: {one.path: one for one in Unit.objects.filter(path__in=missing)})


def row_of(person: Person) -> models.QuerySet[Person]:
    """A person's own row, for what other steps hang on it as subqueries."""
    return Person.objects.filter(pk=person.pk)


def account_named(login: str) -> Account | None:
    return Account.objects.filter(username=login).first()


def actors(uid: models.F) -> models.QuerySet[Person]:
    """Who an Event's actor is, as a subquery over its `actor_uid`."""
    return Person.objects.filter(uid=uid)


def holders_at(role: str, path: int) -> list[Person]:
    """Who holds a role over the unit at a path, nearest first; nobody where the unit has gone."""
    unit = Unit.objects.filter(path=path).first()
    return list(holders_of((role,), unit)) if unit is not None else []


def enterprises_of(units: Iterable[Unit]) -> dict[int, Unit]:
    """The enterprise of each of these units, by the unit's key. A unit above enterprises is its own."""
    tops = {unit.pk: at_level(unit.path, ENTERPRISE) if unit.level > ENTERPRISE else unit.path for unit in units}
    found = units_at(tops.values())
    return {pk: found[path] for pk, path in tops.items() if path in found}
