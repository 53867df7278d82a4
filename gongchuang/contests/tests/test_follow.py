"""A contest follows a class: what was taught is tried."""

from datetime import date

import pytest

from gongchuang.academy.tests.conftest import (  # noqa: F401
    academy,
    applied,
    in_june,
    institute,
    lecturer,
    office,
    training,
)  # fmt: skip
from gongchuang.contests import following
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused


@pytest.fixture
def contest(make, factory, officer):
    """Held on 1 August, six weeks after the class."""
    return make(
        unit=factory, title="焊工跟进赛", level="enterprise", by=officer,
        opens_on=date(2026, 7, 1), closes_on=date(2026, 7, 20), held_on=date(2026, 8, 1),
    )  # fmt: skip


def test_the_class_and_the_contest_know_of_each_other(contest, training, officer, key):  # noqa: F811
    following.follow(contest, training, by=officer, key=key)
    following.follow(contest, training, by=officer, key=key)
    training.refresh_from_db()
    assert training.contest_uid == contest.uid
    assert following.followed(contest) == training


def test_a_stranger_binds_nothing(contest, training, stranger, key):  # noqa: F811
    with pytest.raises(NotYours):
        following.follow(contest, training, by=stranger, key=key)


def test_a_class_is_followed_once(contest, training, officer, key):  # noqa: F811
    following.follow(contest, training, by=officer, key=key)
    with pytest.raises(Refused):
        following.follow(contest, training, by=officer, key=f"{key}2")


def test_a_contest_before_the_class_does_not_follow_it(contest, training, officer, key):  # noqa: F811
    contest.held_on = training.starts_on.replace(day=1)
    with pytest.raises(Refused) as refused:
        following.follow(contest, training, by=officer, key=key)
    assert refused.value.field == "training"


def test_not_once_it_is_marked(contest, training, officer, key):  # noqa: F811
    contest.state = "judging"
    with clock.frozen("2026-08-01T09:00"), pytest.raises(Refused):
        following.follow(contest, training, by=officer, key=key)
