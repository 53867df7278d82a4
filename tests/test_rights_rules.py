"""The two readings of every rule agree (MECHANISMS §2): the rows it filters are the rows its predicate allows.

Random persons with random posts, in any unit, sometimes gone, named here and there, meet rows of every noun.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from gongchuang.academy.models import TrainingClass
from gongchuang.contests.models import Contest
from gongchuang.kernel import clock
from gongchuang.kernel.access import RULES, Rule
from gongchuang.matchmaker.models import Match, Need
from gongchuang.people.models import Person, Post, Unit
from gongchuang.people.posts import ROLES
from gongchuang.proposals.models import Proposal
from gongchuang.results.models import Benefit, Patent, Result
from gongchuang.web.models import Feedback
from tests import rights
from tests.rights_stage import state_for

EXAMPLES = 6 if connection.vendor == "sqlite" else 3
ROWS = 5
WHOLE = {"units", "people", "transfers"}  # not staged beside the others: a person has one account of points
OF_UNITS = ("figure.small_cells", "reference.enter", "grant.", "nomination.recommend", "post.appoint")
OTHERS: dict[str, type[models.Model]] = {
    "entry.enter_for": Person, "person.enrol": Person, "contest.board": Contest, "contest.enter_marks": Contest, "class.follow": TrainingClass,
    "result.open": Result, "benefit.open": Benefit, "proposal.become_result": Proposal, "person.keep": Person, "feedback.read": Feedback,
    "match.read_both_sides": Match, "need.rank": Need, "need.read_contact": Need, "need.read_text": Need, "patent.see": Patent,
}  # fmt: skip
"""Rules no act of a desk bears, and the noun they are asked of."""


def pairs() -> dict[str, tuple[Rule, type[models.Model]]]:
    """Every rule with the noun it is asked of: a desk's own, or the unit where its act makes something new."""
    found: dict[str, tuple[Rule, type[models.Model]]] = {}
    for desk in rights.TRIED:
        found[desk.see.name] = (desk.see, desk.model)
        for act in desk.acts:
            found[act.rule.name] = (act.rule, (Person if act.rule.name == "plan.open" else Unit) if act.creates else desk.model)
    for name, rule in RULES.items():
        if name not in found and (name.startswith(OF_UNITS) or name in OTHERS):
            found[name] = (rule, OTHERS.get(name, Unit))
    return found


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[rights.World]:
    with django_db_blocker.unblock(), clock.frozen("2026-06-01T09:00"), transaction.atomic():
        yield rights.World()
        transaction.set_rollback(True)


@st.composite
def persons(draw: Any) -> dict[str, Any]:
    return {
        "seed": draw(st.integers(0, 2**32)),
        "active": draw(st.sampled_from([True, True, True, False])),
        "posts": draw(st.lists(st.tuples(st.sampled_from(list(ROLES)), st.integers(0, 10**6), st.booleans()), max_size=4)),
        "everywhere": draw(st.booleans()),
    }


def person_of(said: dict[str, Any], chance: random.Random) -> Person:
    units = list(Unit.objects.order_by("path"))
    made = Person(name="随机", unit=chance.choice(units), is_active=said["active"])
    Person._base_manager.bulk_create([made])
    today = clock.today()
    Post._base_manager.bulk_create(
        Post(
            person=made, role=role, unit=units[at % len(units)], start_on=today - timedelta(days=9),
            end_on=today - timedelta(days=1) if has_ended else None,
        )
        for role, at, has_ended in {(role, at % len(units)): (role, at, ended) for role, at, ended in said["posts"]}.values()
    )  # fmt: skip
    return Person.objects.get(pk=made.pk)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck))
@given(said=persons())
def test_what_a_rule_filters_is_what_it_allows(world: rights.World, said: dict[str, Any]) -> None:
    chance, wrong = random.Random(said["seed"]), []
    with clock.frozen("2026-06-01T09:00"), rights.undone():
        person = person_of(said, chance)
        for desk in chance.sample([one for one in rights.TRIED if one.key not in WHOLE], 10):
            act = chance.choice([None, *(act for act in desk.acts if not act.creates)])
            with suppress(IntegrityError), transaction.atomic():  # some nouns name a person once only
                world.stage.record(desk, state_for(desk, act), person, everywhere=said["everywhere"])
        for rule, model in pairs().values():
            newest = list(model._base_manager.order_by("-pk").values_list("pk", flat=True)[:200])
            picked = model._base_manager.filter(pk__in=[*newest[:2], *chance.sample(newest, min(ROWS, len(newest)))])
            for who in (person, None):
                filtered = set(rule.among(who, picked).values_list("pk", flat=True))
                allowed = {row.pk for row in picked if rule.allows(who, row)}
                if filtered != allowed:
                    wrong.append(f"{rule.name} on {model.__name__}: filters {filtered - allowed}, allows {allowed - filtered}")
    assert not wrong, "\n".join(wrong)


def test_every_rule_is_among_those_compared():
    assert set(RULES) - set(pairs()) == set()
