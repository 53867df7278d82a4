"""Every desk's addresses and acts, for every role in its own, a foreign, a parent unit and the city, answer as the table says.

tests/access.csv is changed by hand and reviewed: it says what is right, not what the rules happen to do. docs/access.md
says how to read it. A desk is one test, so that workers share them; each worker builds its world once.
"""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from gongchuang.kernel import clock
from tests import rights

DECISIONS = {
    "policies": {"approve"}, "dues": {"approve", "pay", "cancel", "recover"}, "settlements": {"approve", "pay"},
    "people": {"appoint"}, "skills": {"confirm", "refuse"},
    "proposals": {"adopt", "take_back", "pass_on", "decline", "ask", "begin", "implement"},
    "results": {"recognise", "send_back", "grant_patent", "revoke"},
    "benefits": {"check", "certify", "return", "group", "audit", "overturn"}, "spreads": {"take_up"},
    "studios": {"recommend", "review", "name", "send_back", "rectify", "restore", "strike_off", "set_mother"},
    "activities": {"accept", "send_back"}, "groups": {"confirm"}, "mentorships": {"complete"}, "measures": {"confirm", "send_back"},
    "enrolments": {"mark", "certificate"}, "plans": {"do_line", "reach"}, "academies": {"review", "send_back", "name"},
    "orders": {"accept", "decline"}, "contests": {"begin", "release"}, "needs": {"publish", "send_back"},
    "offers": {"publish"}, "matches": {"want", "welcome"}, "match-benefits": {"confirm", "send_back"}, "rounds": {"name"},
    "nominations": {"lodge", "revoke"}, "objections": {"uphold", "dismiss"}, "honours": {"revoke"},
    "observations": {"confirm", "decline"},
}  # fmt: skip
"""Acts by which somebody decides about somebody: never for whom the record names."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[rights.World]:
    with django_db_blocker.unblock(), clock.frozen("2026-06-01T09:00"), transaction.atomic():
        yield rights.World()
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.parametrize("key", [desk.key for desk in rights.TRIED])
def test_every_role_gets_what_the_table_says(key: str, world: rights.World) -> None:
    if connection.vendor != "sqlite" and key not in rights.ON_BOTH:
        pytest.skip("tried on SQLite; a few desks with every kind of relation are tried on both")
    expected = {what: row for (desk, what), row in rights.expected().items() if desk == key}
    wrong = []
    with clock.frozen("2026-06-01T09:00"):
        found = rights.Trial(world, next(desk for desk in rights.TRIED if desk.key == key)).all()
    for tried in found:
        row = expected.get(tried.what, {})
        wrong += [
            f"/{key}/ {tried.what}, {head}: expected {row.get(head)!r}, got {got!r}"
            for head, got in tried.row().items()
            if row.get(head) != got
        ]
        wrong += [f"/{key}/ {tried.what}: {fault}" for fault in tried.faults]
    assert wrong == []


def test_the_table_has_every_desk_and_act_and_no_other():
    assert set(rights.expected()) == rights.every_act()


def test_every_act_is_somebodys():
    idle = [where for where, row in rights.expected().items() if "Y" not in "".join(row[head] for head in rights.HEADS[3:])]
    assert idle == [], "an address or act nobody may use proves nothing"


def test_nobody_decides_on_their_own():
    rows = rights.expected()
    wrong = {(desk, act) for desk, acts in DECISIONS.items() for act in acts if rows[desk, act]["own_cause"] != "n"}
    assert wrong == set()


def test_who_left_and_visitors_act_nowhere():
    public = {where for where, row in rights.expected().items() if row["anonymous"] == "Y"}
    assert {what for _, what in public} <= {"list", "one"}
    assert all(row["leaver"] == row["anonymous"] for row in rights.expected().values())
