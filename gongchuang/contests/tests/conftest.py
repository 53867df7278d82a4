"""A small contest and its people: three entrants of two enterprises, five judges, a chief judge from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from typing import Any

import pytest

from gongchuang.contests import actions, judging
from gongchuang.contests.models import Contest, ScoreSheet
from gongchuang.kernel import clock
from gongchuang.people.models import Person, Unit

_keys = (f"contest-{number}" for number in count(1))
SCHEME = {
    "criteria": [
        {"key": "fit", "label": "装配间隙", "maximum": 60, "part": "practice"},
        {"key": "theory", "label": "理论", "maximum": 40},
    ],
    "drop_high": 1,
    "drop_low": 1,
    "trim_from": 5,
    "least_judges": 3,
    "ties": [{"by": "practice"}],
}
PRIZES = [
    {"rank_from": 1, "rank_to": 1, "name": "一等奖", "money_fen": 300_000, "promote_to": 5, "from_least": 3},
    {"rank_from": 2, "rank_to": 2, "name": "二等奖", "money_fen": 200_000, "promote_one": True, "cap": 4},
]


def fresh_key() -> str:
    return next(_keys)


@pytest.fixture(autouse=True)
def _day() -> Any:
    """Contests of these tests take entries until 1 June 2026; the clock stands on that day."""
    with clock.frozen("2026-06-01T09:00"):
        yield


@pytest.fixture
def judges(cast: Any, city: Unit, factory: Unit) -> list[Person]:
    """Four judges from an outside institute and one from the entrants' own factory."""
    outside = cast.unit(cast.unit(city, "external", "外部单位"), "school", "海岳职业学院")
    return [cast.person(outside, name, "judge") for name in ("林晓峰", "何玉兰", "宋立新", "丁晓")] + [
        cast.person(factory, "赵铁山", "judge")
    ]


@pytest.fixture
def chief(cast: Any, city: Unit) -> Person:
    return cast.person(city, "周志刚", "chief_judge")


@pytest.fixture
def make(district: Unit, district_officer: Person) -> Callable[..., Contest]:
    def make(**more: Any) -> Contest:
        said: dict[str, Any] = {
            "unit": district,
            "title": "装配钳工技能赛",
            "kind": "labour",
            "level": "industry",
            "trade": "装配钳工",
            "opens_on": date(2026, 5, 1),
            "closes_on": date(2026, 6, 1),
            "held_on": date(2026, 6, 1),
            "scheme": SCHEME,
            "prizes": PRIZES,
            "by": district_officer,
            "key": fresh_key(),
        }
        return actions.create(**{**said, **more})

    return make


@pytest.fixture
def opened(make: Callable[..., Contest], judges: list[Person], chief: Person, district_officer: Person) -> Contest:
    contest = make()
    for judge in judges:
        actions.appoint(contest, person=judge, by=district_officer, key=fresh_key())
    actions.appoint(contest, person=chief, is_chief=True, is_judge=False, by=district_officer, key=fresh_key())
    return actions.announce(contest, by=district_officer, key=fresh_key())


@pytest.fixture
def rival(cast: Any, other_factory: Unit) -> Person:
    return cast.person(other_factory, "韩冰", skill_level=2)


@pytest.fixture
def begun(opened: Contest, worker: Person, worker2: Person, rival: Person, district_officer: Person) -> Contest:
    """张伟明 and 刘建军 of 海岳风机, 韩冰 of 北湾曲轴: fourteen sheets less one recused judge for two of them, thirteen."""
    for person in (worker, worker2, rival):
        actions.enter(opened, by=person, key=fresh_key())
    return judging.begin(opened, by=district_officer, key=fresh_key())


def sheet_of(contest: Contest, person: Person, judge: Person) -> ScoreSheet:
    return ScoreSheet.objects.current().get(contest=contest, entry__entrants__person=person, judge=judge)


def give(contest: Contest, person: Person, totals: Mapping[Person, tuple[int, int]]) -> None:
    """Mark and lock: (practice, theory) by each judge."""
    for judge, (fit, theory) in totals.items():
        marks = {"fit": fit, "theory": theory}
        judging.lock(sheet_of(contest, person, judge), marks=marks, by=judge, key=fresh_key())
