"""The academy's cast: a named academy with its lecturer, an open class and a hall for it."""

from __future__ import annotations

from datetime import datetime

import pytest

from gongchuang.academy import actions
from gongchuang.academy.models import Academy, Enrolment, Lecturer, Session, TrainingClass
from gongchuang.kernel import clock
from gongchuang.people.models import Person, Unit

FIRST_AT = datetime(2026, 6, 18, 8, 30, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def in_june():
    """Every story of these tests begins on 2 June 2026, a Tuesday."""
    with clock.frozen("2026-06-02T09:00"):
        yield


@pytest.fixture
def institute(cast, city) -> Unit:
    outside = cast.unit(city, "external", "外部单位")
    return cast.unit(outside, "school", "哈工大（海岳）", code="HITH")


@pytest.fixture
def applied(officer, factory, institute) -> Academy:
    return actions.apply(
        factory,
        "海岳风机工匠学院",
        "city",
        "enterprise",
        [institute],
        92,
        brand="焊工",
        capacity=1200,
        by=officer,
        key="apply",
    )


@pytest.fixture
def academy(applied, district_officer, city_officer) -> Academy:
    actions.review(applied, 90, by=district_officer, key="review")
    return actions.name(applied, "海工发〔2026〕8号", by=city_officer, key="name")


@pytest.fixture
def office(cast, factory) -> Person:
    """Runs the academy."""
    return cast.person(factory, "于海洋", "academy")


@pytest.fixture
def lecturer(cast, academy, office, institute) -> Lecturer:
    teacher = cast.person(institute, "孙海燕", "lecturer", work_no="T01")
    return actions.enlist(academy, teacher, "teacher", "焊接工艺", by=office, key="enlist")


@pytest.fixture
def training(academy, lecturer, office) -> TrainingClass:
    return actions.open_class(
        academy, "焊工高级班", lecturer, "into_college", "实训楼 201", 3, FIRST_AT, meetings=2, every_days=1, hours=4,
        trade="焊工", aim_rank=None, by=office, key="class",
    )  # fmt: skip


@pytest.fixture
def meeting(training) -> Session:
    return training.sessions.get(number=1)


@pytest.fixture
def seated(training, worker) -> Enrolment:
    return actions.sign_up(training, by=worker, key="seat")


@pytest.fixture
def held(meeting, lecturer) -> Session:
    """The first meeting, open for check-in."""
    return actions.open_session(meeting, by=lecturer.person, key="open")
