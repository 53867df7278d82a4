"""Posts and the permission that follows the organisation (任职与授权)."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q

from gongchuang.kernel.access import Relation, reached
from gongchuang.kernel.text import Choices, Text
from gongchuang.people import unit as tree

ROLES = Choices(
    [
        ("member", Text("职工", "Worker")),
        ("leader", Text("班组长", "Team leader")),
        ("officer", Text("工会干事", "Union officer")),
        ("certifier", Text("财务认证员", "Finance certifier")),
        ("studio_lead", Text("工作室领衔人", "Studio leader")),
        ("lecturer", Text("讲师", "Lecturer")),
        ("judge", Text("评委", "Judge")),
        ("chief_judge", Text("裁判长", "Chief judge")),
        ("expert", Text("专家", "Expert")),
        ("matchmaker", Text("技术红娘", "Matchmaker")),
        ("academy", Text("学院管理员", "Academy officer")),
        ("district", Text("区市总工会", "District officer")),
        ("city", Text("市总工会", "City officer")),
        ("auditor", Text("审计员", "Auditor")),
        ("admin", Text("系统管理员", "Administrator")),
    ]
)


def path_field(over: str) -> str:
    return f"{over}__path" if over else "path"


def unit_model(model: type[models.Model], path: str) -> Any:
    """The table at the end of a path; None where this table has no such path, as when a rule about a person is asked of a unit."""
    try:
        for name in path.split("__"):
            model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    except FieldDoesNotExist:
        return None
    return model


@cache
def always_leads(model: type[models.Model], path: str) -> bool:
    """Whether every row of a table has a unit at this path."""
    if path and unit_model(model, path) is None:
        return False
    here: Any = model
    for name in path.split("__") if path else ():
        field = here._meta.get_field(name)
        if field.null or field.one_to_many or field.many_to_many:
            return False
        here = field.related_model
    return True


class Holds(Relation):
    """The person holds one of the roles over the record's unit or over a unit above it."""

    def __init__(self, *roles: str, over: str = "unit") -> None:
        unknown = [role for role in roles if role not in ROLES]
        if unknown or not roles:
            raise ValueError(f"unknown roles {unknown}")
        self.roles = roles
        self.over = over

    def condition(self, person: Any, model: type[models.Model]) -> Q | None:
        spans = [(low, high) for role, low, high in (person.grants() if person else ()) if role in self.roles]
        if not spans:
            return None
        # There is one city and every unit stands in it: over the whole of it no filter is needed, and none in the way of
        # the list's own order, which a range over every unit would make the database sort (0.06 ms, not 90).
        if any(tree.level_of(low) <= tree.CITY for low, _ in spans) and always_leads(model, self.over):
            return Q()
        inside = Q()
        for low, high in sorted(set(spans)):
            inside |= Q(path__range=(low, high))
        units = unit_model(model, self.over) if self.over else None
        if units is None:
            return inside
        # The units first, then the rows by their unit's index: joined, SQLite takes a district for a quarter of all rows.
        return Q(**{f"{self.over}__in": units._base_manager.filter(inside).order_by().values("pk")})

    def holds(self, person: Any, record: Any) -> bool:
        if person is None:
            return False
        units = list(reached(record, self.over))
        return any(role in self.roles and low <= unit.path <= high for role, low, high in person.grants() for unit in units)


class Belongs(Relation):
    """The person's own unit is the record's unit or stands inside it."""

    def __init__(self, to: str = "unit") -> None:
        self.to = to

    def condition(self, person: Any, model: type[models.Model]) -> Q | None:
        if person is None or not person.is_active:
            return None
        return Q(**{f"{path_field(self.to)}__in": tree.ancestors(person.unit.path)})

    def holds(self, person: Any, record: Any) -> bool:
        if person is None or not person.is_active:
            return False
        mine = set(tree.ancestors(person.unit.path))
        return any(unit.path in mine for unit in reached(record, self.to))


class Has(Relation):
    """The person holds one of the roles anywhere: for what is open to a whole profession."""

    def __init__(self, *roles: str) -> None:
        self.roles = roles

    def condition(self, person: Any, model: type[models.Model]) -> Q | None:
        return Q() if self.holds(person, None) else None

    def holds(self, person: Any, record: Any) -> bool:
        return person is not None and any(role in self.roles for role, _, _ in person.grants())
