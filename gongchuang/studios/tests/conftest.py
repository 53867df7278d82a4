from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

import pytest

from gongchuang.kernel import clock
from gongchuang.people.models import Person
from gongchuang.studios import actions, groups
from gongchuang.studios.models import Activity, InnovationGroup, Mentorship, Studio, TeamMeasure

_keys = (f"studio-{number}" for number in count(1))


@pytest.fixture(autouse=True)
def _june() -> Iterator[None]:
    with clock.frozen("2026-06-12T09:00"):
        yield


@pytest.fixture
def master(cast: Any, team: Any) -> Person:
    return cast.person(team, "赵铁山", "studio_lead", work_no="A100", skill_level=7, hired_on=date(2001, 7, 1))


@pytest.fixture
def second_officer(cast: Any, factory: Any) -> Person:
    return cast.person(factory, "孙立", "officer")


def applied(leader: Person, name: str, level: str = "city", **more: Any) -> Studio:
    given = {"kind": "craftsman", "field": "叶轮装配与平衡", "founded_on": date(2016, 5, 1)} | more
    return actions.apply(leader=leader, name=name, level=level, by=leader, key=next(_keys), **given)


@pytest.fixture
def naming(officer: Person, district_officer: Person, city_officer: Person) -> Any:
    """Carry an application through to its naming, each step by the one whose step it is."""

    def name(studio: Studio, named_on: date = date(2018, 3, 1)) -> Studio:
        actions.recommend(studio, by=officer, key=next(_keys))
        actions.review(studio, by=district_officer, key=next(_keys))
        return actions.name(studio, document_no="海工发〔2018〕7号", named_on=named_on, by=city_officer, key=next(_keys))

    return name


@pytest.fixture
def applying(master: Person) -> Studio:
    return applied(master, "赵铁山创新工作室")


@pytest.fixture
def studio(applying: Studio, naming: Any) -> Studio:
    return naming(applying)


@pytest.fixture
def with_member(studio: Studio, worker: Person, master: Person) -> Studio:
    return actions.join(studio, person=worker, part="core", joined_on=date(2019, 1, 1), by=master, key=next(_keys))


@pytest.fixture
def activity(with_member: Studio, worker: Person, master: Person) -> Activity:
    return actions.log(
        with_member, function="problem", title="攻关例会：锥销磨损", held_on=date(2026, 6, 1), persons=[worker, master], by=worker,
        key=next(_keys),
    )  # fmt: skip


@pytest.fixture
def mentorship(worker: Person, master: Person) -> Mentorship:
    return groups.propose(
        apprentice=worker, trade="装配钳工", goals="两年内取得高级工", starts_on=date(2024, 1, 1), ends_on=date(2026, 1, 1), by=master,
        key=next(_keys),
    )  # fmt: skip


@pytest.fixture
def group(worker: Person, worker2: Person, team: Any) -> InnovationGroup:
    return groups.register(
        unit=team, kind="group", name="张伟明攻关小组", leader=worker, field="锥销", founded_on=date(2024, 3, 1), members=[worker2],
        by=worker, key=next(_keys),
    )  # fmt: skip


@pytest.fixture
def measure(team: Any, leader: Person) -> TeamMeasure:
    return groups.enter(
        unit=team, ends_on=date(2024, 4, 1), stations_total=31, stations_automated=30, output_fen=38_000_000_00, basis="output",
        heads_tenths=100, evidence="生产报表 2024-03", by=leader, key=next(_keys),
    )  # fmt: skip
