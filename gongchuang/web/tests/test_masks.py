"""Whole and masked names in one table: a person has one name there, the same on page and in file, and the rule stands below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count

import pytest
from django.test import Client

from gongchuang.contests import actions, judging
from gongchuang.contests.models import Contest
from gongchuang.contests.tests.conftest import _day, begun, chief, give, judges, make, opened, rival  # noqa: F401
from gongchuang.kernel import clock
from gongchuang.people import actions as people
from gongchuang.people.models import Person, Unit
from gongchuang.people.sight import MASKED, Named
from gongchuang.results import actions as results

pytestmark = pytest.mark.django_db
_keys = (f"masks-{number}" for number in count(1))


@pytest.fixture
def contest(district: Unit, district_officer: Person, worker: Person, stranger: Person) -> Contest:
    """One entrant of 海岳风机 and one of the enterprise next door."""
    today = clock.today()
    made = actions.create(
        unit=district, title="装配钳工技能赛", kind="labour", level="industry", template="practice", opens_on=today,
        closes_on=today, held_on=today, by=district_officer, key=next(_keys),
    )  # fmt: skip
    actions.announce(made, by=district_officer, key=next(_keys))
    for person in (worker, stranger):
        actions.enter(made, by=person, key=next(_keys))
    return made


def test_an_entrant_has_one_name_in_the_list(contest: Contest, worker: Person, leader: Person, as_: Callable[[Person], Client]) -> None:
    page = as_(leader).get("/entries/").content.decode()
    assert worker.name in page
    assert worker.masked_name not in page, "the name stood twice, once masked"


def test_what_a_star_means_stands_below_where_names_are_mixed(
    begun: Contest, judges: list[Person], chief: Person, worker: Person, worker2: Person, rival: Person, district_officer: Person, city_officer: Person,
    as_: Callable[[Person], Client],
) -> None:  # fmt: skip
    for person in (worker, worker2, rival):
        give(begun, person, dict.fromkeys(judges[:4] if person != rival else judges, (50, 30)))
    begun.refresh_from_db()
    judging.sign(begun, by=chief, key=next(_keys))
    begun.refresh_from_db()
    judging.release(begun, by=district_officer, key=next(_keys))
    people.set_public(worker, is_public=True, by=worker, key=next(_keys))
    client = as_(city_officer)
    for address in ("/entries/", f"/contests/{begun.ref}/"):
        page = Client().get(address).content.decode()
        assert worker.name in page and rival.masked_name in page and rival.name not in page, address
        assert MASKED.zh in page, address
        whole = client.get(address).content.decode()
        assert rival.name in whole and rival.masked_name not in whole and MASKED.zh not in whole, address


def test_makers_are_whole_inside_the_enterprise_and_masked_outside(
    team: Unit, worker: Person, worker2: Person, officer: Person, stranger: Person, as_: Callable[[Person], Client]
) -> None:
    results.register(
        team, kind="technical_innovation", title="快换定位工装", problem="逐个找正费时", solution="锥销快换",
        makers=[(worker, 6_000), (worker2, 4_000)], used_from_on=date(2026, 1, 5), by=officer, key=next(_keys),
    )  # fmt: skip
    client = as_(officer)
    page, sheet = client.get("/results/").content.decode(), client.get("/results.csv")
    file = b"".join(sheet).decode("utf-8-sig") if sheet.streaming else sheet.content.decode("utf-8-sig")
    for said in (page, file):
        assert f"{worker.name} 60%" in said and f"{worker2.name} 40%" in said
    assert worker.name not in as_(stranger).get("/results/").content.decode()


def test_a_maker_in_words_is_masked_where_nobody_says_who_reads(worker: Person) -> None:
    assert str(Named(worker, "60%")) == f"{worker.masked_name} 60%"
