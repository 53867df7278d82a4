"""The cast: the persons and units that every test may call on."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from gongchuang.people import actions
from gongchuang.people.models import Person, Unit

pytest_plugins = ["tests.database"]

_keys = (f"key-{number}" for number in count(1))


@pytest.fixture
def key() -> str:
    """A fresh key of a client."""
    return next(_keys)


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests happen on a Monday in 2026, so that working days and terms do not depend on when they run."""
    monkeypatch.setenv("GONGCHUANG_NOW", "2026-06-01T09:00")


@pytest.fixture(autouse=True)
def _own_anchors(settings: Any, tmp_path: Path) -> None:
    """Each test writes the heads of its chain to a file of its own."""
    settings.ANCHORS = tmp_path / "anchors.log"


@pytest.fixture(autouse=True)
def _one_language(settings: Any) -> None:
    """Tests speak Chinese unless they say otherwise: a page asked for in English leaves its language in the thread."""
    translation.activate(settings.LANGUAGE_CODE)


class Cast:
    """Makes units and persons through the actions; the administrator acts."""

    def __init__(self) -> None:
        self.city = actions.found_city(name="海岳市", code="379900", key=next(_keys))
        self.admin = actions.enrol(self.city, name="管理员", by=None, key=next(_keys))
        actions.appoint(self.admin, role="admin", over=self.city, by=None, key=next(_keys))

    def unit(self, parent: Unit, kind: str, name: str, **more: str) -> Unit:
        return actions.found_unit(parent, kind=kind, name=name, by=self.admin, key=next(_keys), **more)

    def person(self, unit: Unit, name: str, *roles: str, over: Unit | None = None, **more: object) -> Person:
        person = actions.enrol(unit, name=name, by=self.admin, key=next(_keys), **more)
        for role in roles:
            actions.appoint(person, role=role, over=over or unit, by=self.admin, key=next(_keys))
        return person


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def city(cast: Cast) -> Unit:
    return cast.city


@pytest.fixture
def admin(cast: Cast) -> Person:
    return cast.admin


@pytest.fixture
def district(cast: Cast, city: Unit) -> Unit:
    return cast.unit(city, "district", "东港区", code="379902")


@pytest.fixture
def factory(cast: Cast, district: Unit) -> Unit:
    return cast.unit(district, "enterprise", "海岳风机有限公司", code="HYFJ", short_name="海岳风机", industry="C34")


@pytest.fixture
def workshop(cast: Cast, factory: Unit) -> Unit:
    return cast.unit(factory, "workshop", "装配车间")


@pytest.fixture
def team(cast: Cast, workshop: Unit) -> Unit:
    return cast.unit(workshop, "team", "叶轮装配班")


@pytest.fixture
def other_factory(cast: Cast, city: Unit) -> Unit:
    north = cast.unit(city, "district", "北湾区", code="379903")
    return cast.unit(north, "enterprise", "北湾曲轴有限公司", code="BWQZ", short_name="北湾曲轴", industry="C36")


@pytest.fixture
def worker(cast: Cast, team: Unit) -> Person:
    return cast.person(team, "张伟明", work_no="A001", skill_level=3)


@pytest.fixture
def worker2(cast: Cast, team: Unit) -> Person:
    return cast.person(team, "刘建军", work_no="A002", skill_level=4)


@pytest.fixture
def leader(cast: Cast, team: Unit) -> Person:
    return cast.person(team, "李国栋", "leader", skill_level=5)


@pytest.fixture
def officer(cast: Cast, factory: Unit) -> Person:
    return cast.person(factory, "王秀兰", "officer")


@pytest.fixture
def certifier(cast: Cast, factory: Unit) -> Person:
    return cast.person(factory, "陈静", "certifier")


@pytest.fixture
def district_officer(cast: Cast, district: Unit) -> Person:
    return cast.person(district, "郑敏", "district")


@pytest.fixture
def city_officer(cast: Cast, city: Unit) -> Person:
    return cast.person(city, "林涛", "city")


@pytest.fixture
def judge(cast: Cast, city: Unit) -> Person:
    return cast.person(city, "周志刚", "judge")


@pytest.fixture
def stranger(cast: Cast, other_factory: Unit) -> Person:
    """Everything a person can be in an enterprise, but in another one."""
    return cast.person(other_factory, "石远", "leader", "officer", "certifier")
