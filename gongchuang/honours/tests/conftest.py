"""The cast of a selection: titles, two officers of the city, a round, its nominees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from gongchuang.honours import actions
from gongchuang.honours.models import Nomination, SelectionRound
from gongchuang.kernel import clock
from gongchuang.people import actions as people
from gongchuang.people.models import Person, Title, Unit
from gongchuang.results import actions as results
from gongchuang.results.models import Result

OPENED, PUBLISHED, UNTIL, NAMED = "2026-06-02", "2026-06-10", "2026-06-17", "2026-06-18"
"""Tuesday; Wednesday; five working days later, Wednesday; Thursday."""


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.frozen(f"{OPENED}T09:00"):
        yield


@pytest.fixture
def colleague(cast, city: Unit) -> Person:
    """A second officer of the city federation: nobody publishes and names alone."""
    return cast.person(city, "宋岚", "city")


def make_title(city: Unit, by: Person, key: str, holder: str, level: str = "city", prize_fen: int = 10_000_00) -> Title:
    return people.define_title(
        city, title_key=key, name_zh={"person": "海岳工匠", "unit": "工人先锋号", "result": "优秀创新成果"}[holder],
        name_en=key, level=level, holder=holder, is_craftsman=holder == "person", prize_fen=prize_fen, by=by, key=f"title-{key}",
    )  # fmt: skip


@pytest.fixture
def craftsman(city: Unit, city_officer: Person) -> Title:
    return make_title(city, city_officer, "city-craftsman", "person")


@pytest.fixture
def selection(city: Unit, craftsman: Title, city_officer: Person) -> SelectionRound:
    return actions.open_round(
        city, "第九届海岳工匠", craftsman, 2, date(2026, 6, 9), issuers="海岳市人民政府", by=city_officer, key="round"
    )


@pytest.fixture
def nominated(selection: SelectionRound, worker: Person, officer: Person) -> Nomination:
    return actions.recommend(selection, "带徒十二人，攻关八项", person=worker, by=officer, key="recommend")


@pytest.fixture
def published(selection: SelectionRound, nominated: Nomination, city_officer: Person) -> SelectionRound:
    with clock.frozen(f"{PUBLISHED}T09:00"):
        actions.publish(selection, [nominated], by=city_officer, key="publish")
    nominated.refresh_from_db()
    return selection


@pytest.fixture
def named(published: SelectionRound, nominated: Nomination, colleague: Person) -> SelectionRound:
    with clock.frozen(f"{NAMED}T09:00"):
        actions.name(published, "海政发〔2026〕15号", by=colleague, key="name")
    nominated.refresh_from_db()
    return published


@pytest.fixture
def result(team: Unit, worker: Person, worker2: Person, leader: Person, officer: Person) -> Result:
    """Three makers who have a third of it each, as nearly as basis points allow."""
    return results.register(
        team, kind="technical_innovation", title="叶轮快换工装", problem="找正费时", solution="锥销快换",
        makers=[(worker, 3_334), (worker2, 3_333), (leader, 3_333)], by=officer, key="result",
    )  # fmt: skip
