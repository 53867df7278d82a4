"""Nothing leaks: a canary in every field of one enterprise, and readers who walk all pages, sheets and lists of the API.

tests/canaries.csv says of every field that can hold words who may read it; a new field must be declared there.
"""

import pytest
from django.db import transaction

from gongchuang.desks import DESKS
from gongchuang.kernel import clock
from tests import rights, rights_canaries

MAY_HEAR = {
    "anonymous": {"public"},
    "stranger": {"public", "signed_in"},
    "member own": {"public", "signed_in"},
    "own_cause": {"public", "signed_in", "unit"},
}
"""A visitor, somebody with every role elsewhere, a colleague without a part, and who holds every role in the enterprise."""
NAME = ("people_person", "name")
BY_DECISION = (
    "/nominations", "/rounds", "/honours", "/api/v1/nominations", "/api/v1/honours",
    "/figures/people.craftsmen", "/figures/people.city", "/figures/people.model",
)  # fmt: skip
NAMED_AT = {"anonymous": BY_DECISION, "stranger": BY_DECISION, "member own": ("/",), "own_cause": ()}
"""Names are masked outside the enterprise, but on a public notice and in a decision that names; colleagues know each other."""
PAGES = {"anonymous": 260, "stranger": 200, "member own": 200, "own_cause": 260}


def test_every_field_that_can_hold_words_is_declared():
    assert {(model._meta.db_table, field.name) for model, field in rights_canaries.fields()} == set(rights_canaries.declared())
    assert set(rights_canaries.declared().values()) <= set(rights_canaries.CLASSES)


@pytest.mark.slow
@pytest.mark.thorough
@pytest.mark.django_db
def test_no_page_says_more_than_its_reader_may_hear():
    with clock.frozen("2026-06-01T09:00"), transaction.atomic(), rights.quiet():
        world = rights.World()
        world.persons["stranger"] = world.person(world.units["foreign"], "stranger", *rights.ENTERPRISE)
        world.clients["stranger"] = world.client(world.persons["stranger"])
        assert rights_canaries.plant(world.units["own"], [one for one in world.persons.values() if one is not None]) > 2_000
        declared, wrong, all_heard = rights_canaries.declared(), [], set()
        starts = [
            "/",
            "/figures/",
            "/report/",
            "/me/",
            "/me/bank/",
            "/me/learning/",
            "/org/",
            "/team/",
            "/judge/",
            "/fed/cockpit/",
            "/search/?q=canary",
        ]
        starts += [f"/{desk.key}/" for desk in rights.TRIED]
        starts += [f"/{desk.key}.csv" for desk in DESKS] + [f"/api/v1/{desk.key}/" for desk in DESKS]
        for name, classes in MAY_HEAR.items():
            found, broken = rights_canaries.heard(world.clients[name], starts, PAGES[name])
            wrong += [
                f"{name}: {table}.{field} at {where}"
                for table, field, where in sorted(found)
                if declared[table, field] not in classes and not ((table, field) == NAME and where.startswith(NAMED_AT[name]))
            ]
            wrong += [f"{name}: {page}" for page in broken]
            all_heard |= {declared[table, field] for table, field, _ in found}
        transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)
    assert {"public", "signed_in", "unit"} <= all_heard, "the canaries are not where they can be heard"
