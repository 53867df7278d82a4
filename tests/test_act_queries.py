"""How many statements an act sends: a budget for each of four, counted, so that no load of the machine blurs it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongchuang.people import actions as people
from gongchuang.people.models import Person, Unit
from gongchuang.proposals import actions as proposals
from gongchuang.results import certification
from gongchuang.results.models import Benefit
from gongchuang.results.tests.conftest import checked, result, rules_in_force  # noqa: F401

# The act's own record, Event, EventRows, to-do, notices, search words and number; certify also credits and owes.
BUDGETS = {"submit": 14, "adopt": 15, "enrol": 13, "certify": 66}


def sent(act: Callable[[], object]) -> int:
    """Statements of one act, the transaction's own words left out."""
    with CaptureQueriesContext(connection) as caught:
        act()
    return sum(not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for one in caught.captured_queries)


def as_a_door_has_them(person: Person) -> Person:
    return Person.objects.select_related("unit").get(pk=person.pk)


def submitted(team: Unit, author: Person, key: str) -> object:
    return proposals.submit(team, problem="横杆裸露，磕边", idea="套上聚氨酯护套", title="横杆护套", category="quality", by=author, key=key)


def test_handing_in_adopting_and_enrolling(team: Unit, worker: Person, leader: Person, officer: Person) -> None:
    author, asked, admin = (as_a_door_has_them(one) for one in (worker, leader, officer))
    found = {"submit": sent(lambda: submitted(team, author, "s"))}
    [proposal] = proposals.Proposal.objects.select_related("author", "unit").order_by("-pk")[:1]
    found["adopt"] = sent(lambda: proposals.adopt(proposal, by=asked, key="a"))
    found["enrol"] = sent(lambda: people.enrol(team, name="李新", skill_level=3, by=admin, key="e"))
    assert {act: count for act, count in found.items() if count > BUDGETS[act]} == {}


def test_certifying(checked: Benefit, certifier: Person, rules_in_force: None) -> None:  # noqa: F811
    benefit, finance = Benefit.objects.get(pk=checked.pk), as_a_door_has_them(certifier)
    assert sent(lambda: certification.certify(benefit, by=finance, key="c")) <= BUDGETS["certify"]


def test_a_second_press_costs_three(team: Unit, worker: Person) -> None:
    author = as_a_door_has_them(worker)
    submitted(team, author, "s")
    assert sent(lambda: submitted(team, author, "s")) <= 3
