"""Who may enter and confirm numbers from outside, and who sees what is behind a figure."""

from __future__ import annotations

from django.db import models

from gongchuang.kernel.access import Anyone, Is, Not, Rule, Where
from gongchuang.people import rules as people_rules
from gongchuang.people.models import Person, Unit
from gongchuang.people.posts import Holds

# What was confirmed by a second person is public; what is only entered, or was not confirmed, is its unit's own business.
SEE = Rule(
    "observation.see",
    (Where(state="confirmed") & Anyone())
    | Is("entered_by")
    | Holds("leader", "officer", "certifier", "district", "city", "auditor", over="unit"),
)
ENTER = Rule("observation.enter", Holds("leader", "officer", "district", "city", over=""))  # asked of the unit
CONFIRM = Rule("observation.confirm", Holds("officer", "certifier", "district", "city", over="unit") & Not(Is("entered_by")))
DECLINE = Rule("observation.decline", Holds("officer", "certifier", "district", "city", over="unit") & Not(Is("entered_by")))
WITHDRAW = Rule("observation.withdraw", Is("entered_by") | Holds("district", "city", over="unit"))
REFER = Rule("reference.enter", Holds("city", over=""))  # asked of the city

SMALL_CELLS = Rule("figure.small_cells", Holds("officer", "district", "city", "auditor", over=""))  # asked of the unit


class Operator:
    """Whoever runs commands on the installation itself: every row is open, as the database file is."""


OPERATOR = Operator()
Reader = Person | Operator | None


def people_seen(person: Person | None) -> models.QuerySet[Person]:
    return people_rules.SEE_PERSON.among(person, Person.objects.all())


def sees_small_cells(reader: Reader, unit: Unit) -> bool:
    """Whether a count below five of people, payments or needs of this unit is shown to the reader."""
    return isinstance(reader, Operator) or (reader is not None and SMALL_CELLS.allows(reader, unit))
