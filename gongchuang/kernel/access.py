"""Permission (权限): one Rule answers "may I" on a record and "which may I" on a table, from the same relations.

Each relation has two readings that agree (tested for rules and persons): `condition`, a filter, and `holds`, a predicate over a
loaded row. A Rule joins its alternatives by UNION of primary keys, because OR across joins cannot use indexes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Exists, OuterRef, Q

from gongchuang.kernel.errors import NotYours
from gongchuang.kernel.text import Text

RULES: dict[str, Rule] = {}


class Relation:
    """A way to stand to a record."""

    roles: tuple[str, ...] = ()

    def condition(self, person: Any, model: type[models.Model]) -> Q | None:
        """The filter for `person`; None where the relation can hold for no record at all."""
        raise NotImplementedError

    def holds(self, person: Any, record: Any) -> bool:
        raise NotImplementedError

    def __or__(self, other: Relation) -> Relation:
        return AnyOf(self, other)

    def __and__(self, other: Relation) -> Relation:
        return AllOf(self, other)


class AnyOf(Relation):
    parts: tuple[Relation, ...]

    def __init__(self, *parts: Relation) -> None:
        self.parts = tuple(piece for part in parts for piece in (part.parts if isinstance(part, AnyOf) else (part,)))
        self.roles = tuple(role for part in self.parts for role in part.roles)

    def condition(self, person: Any, model: type[models.Model]) -> Q | None:
        found = [one for part in self.parts if (one := part.condition(person, model)) is not None]
        if not found:
            return None
        if any(not one for one in found):  # one of the ways is open to every row
            return Q()
        if len(found) == 1:
            return found[0]
        first, *rest = (model._base_manager.filter(one).order_by().values("pk") for one in found)
        return Q(pk__in=first.union(*rest))

    def holds(self, person: Any, record: Any) -> bool:
        return any(part.holds(person, record) for part in self.parts)


class AllOf(Relation):
    def __init__(self, *parts: Relation) -> None:
        self.parts = parts
        self.roles = tuple(role for part in parts for role in part.roles)

    def condition(self, person: Any, model: type[models.Model]) -> Q | None:
        joined = Q()
        for part in self.parts:
            one = part.condition(person, model)
            if one is None:
                return None
            joined &= one
        return joined

    def holds(self, person: Any, record: Any) -> bool:
        return all(part.holds(person, record) for part in self.parts)


class Not(Relation):
    """Anyone the inner relation does not hold for."""

    def __init__(self, inner: Relation) -> None:
        self.inner = inner

    def condition(self, person: Any, model: type[models.Model]) -> Q | None:
        inner = self.inner.condition(person, model)
        if inner is None:
            return Q()
        return ~Q(pk__in=model._base_manager.filter(inner).order_by().values("pk"))

    def holds(self, person: Any, record: Any) -> bool:
        return not self.inner.holds(person, record)


class Anyone(Relation):
    """Everybody, visitors without a name included."""

    def condition(self, person: Any, model: type[models.Model]) -> Q | None:
        return Q()

    def holds(self, person: Any, record: Any) -> bool:
        return True


class SignedIn(Relation):
    """Every person who is known."""

    def condition(self, person: Any, model: type[models.Model]) -> Q | None:
        return Q() if person is not None else None

    def holds(self, person: Any, record: Any) -> bool:
        return person is not None


class Is(Relation):
    """The record names this person at `path`, which may cross to many."""

    def __init__(self, path: str) -> None:
        self.path = path

    def condition(self, person: Any, model: type[models.Model]) -> Q | None:
        if person is None:
            return None
        if not self.path:
            return Q(pk=person.pk)
        return Q(pk__in=model._base_manager.filter(**{self.path: person}).order_by().values("pk"))

    def holds(self, person: Any, record: Any) -> bool:
        if person is None:
            return False
        if not self.path:
            return bool(record == person)
        *steps, last = self.path.split("__")
        if not steps:
            return names(record, last, person)
        answer = record.__dict__.get(answer_name(self.path, person))
        if answer is not None:
            return bool(answer)
        *parents, many = steps
        return any(_one_of(parent, many, last, person) for parent in reached(record, "__".join(parents)))


def answer_name(path: str, person: Any) -> str:
    return f"_names_{person.pk}_at_{path.replace('__', '_')}"


def with_answers[M: models.Model](rows: models.QuerySet[M], person: Any, relations: Iterable[Relation]) -> models.QuerySet[M]:
    """The rows, each with the answer to every `Is` that crosses to many: the predicates asked of it then cost no query."""
    if person is None:
        return rows
    paths = {
        one.path for relation in relations for one in _pieces(relation) if isinstance(one, Is) and _crosses_to_many(rows.model, one.path)
    }
    every = rows.model._base_manager.filter(pk=OuterRef("pk"))
    return rows.annotate(**{answer_name(path, person): Exists(every.filter(**{path: person})) for path in sorted(paths)})


def _pieces(relation: Relation) -> Iterator[Relation]:
    if isinstance(relation, AnyOf | AllOf):
        for part in relation.parts:
            yield from _pieces(part)
    elif isinstance(relation, Not):
        yield from _pieces(relation.inner)
    else:
        yield relation


def _crosses_to_many(model: type[models.Model], path: str) -> bool:
    """Whether a path leads from this noun, over a step to many; rules asked of another noun have other paths."""
    here: Any = model
    is_many = False
    for name in path.split("__") if path else ():
        try:
            field = here._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        is_many = is_many or bool(field.one_to_many or field.many_to_many)
        here = field.related_model
        if here is None:
            return False
    return is_many


def _one_of(parent: Any, many: str, last: str, person: Any) -> bool:
    """Whether what `parent` has under `many` names the person; thousands of rows are asked, not loaded."""
    value = getattr(parent, many, None)
    if value is not None and hasattr(value, "all") and many not in getattr(parent, "_prefetched_objects_cache", {}):
        return bool(value.filter(**{last: person}).exists())
    return any(names(one, last, person) for one in _step(parent, many))


def names(record: Any, field: str, person: Any) -> bool:
    """Whether a foreign key of the record names the person, without loading whom it names."""
    if hasattr(record, f"{field}_id"):
        return bool(getattr(record, f"{field}_id") == person.pk)
    return any(found == person for found in _step(record, field))


class Where(Relation):
    """The record itself is so: exact values, or one of a list, by field or foreign path."""

    def __init__(self, **wanted: Any) -> None:
        self.wanted = wanted

    def condition(self, person: Any, model: type[models.Model]) -> Q | None:
        return Q(
            **{(f"{name}__in" if isinstance(value, list | tuple | set | frozenset) else name): value for name, value in self.wanted.items()}
        )

    def holds(self, person: Any, record: Any) -> bool:
        for path, value in self.wanted.items():
            options = value if isinstance(value, list | tuple | set | frozenset) else (value,)
            if not any(found in options for found in reached(record, path)):
                return False
        return True


def reached(record: Any, path: str) -> Iterable[Any]:
    """Every value at a double-underscore path of a loaded row."""
    found = [record]
    for name in path.split("__") if path else ():
        found = [one for each in found for one in _step(each, name)]
    return found


def _step(record: Any, name: str) -> Iterable[Any]:
    try:
        value = getattr(record, name, None)
    except models.ObjectDoesNotExist:
        return ()
    if value is not None and hasattr(value, "all"):
        return value.all()
    return () if value is None else (value,)


class Rule:
    """Who may do one thing; named like the act and its Event."""

    def __init__(self, name: str, relation: Relation) -> None:
        self.name = name
        self.relation = relation
        RULES[name] = self

    def among[M: models.Model](self, person: Any, rows: models.QuerySet[M]) -> models.QuerySet[M]:
        """The rows this person may."""
        condition = self.relation.condition(person, rows.model)
        return rows.none() if condition is None else rows.filter(condition)

    def allows(self, person: Any, record: Any) -> bool:
        return self.relation.holds(person, record)

    def could_ever(self, person: Any, model: type[models.Model]) -> bool:
        """Whether any record at all may be this person's to act on: from the person's posts alone, no row is read."""
        return person is not None and self.relation.condition(person, model) is not None

    def require(self, person: Any, record: Any) -> None:
        """Raise NotYours where the person may not; the system itself (no person) acts only by its own actions."""
        if person is None or not self.allows(person, record):
            raise NotYours(Text("这一步由别人办理。", "This step is for somebody else."))

    def __repr__(self) -> str:
        return f"Rule({self.name})"
