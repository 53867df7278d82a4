"""Several people at once, committed for real: the last place is given once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from gongchuang.contests import actions
from gongchuang.contests.models import Contest
from gongchuang.contests.tests.conftest import fresh_key
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.people.models import Person, Unit

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_place_is_given_once(make: Callable[..., Contest], cast: Any, team: Unit, district_officer: Person) -> None:
    contest = make(capacity=1)
    actions.announce(contest, by=district_officer, key=fresh_key())
    workers = [cast.person(team, f"工友{number}") for number in range(4)]
    start = threading.Barrier(len(workers))
    refused: list[str] = []

    def enter(worker: Person, key: str) -> None:
        start.wait()
        try:
            with clock.frozen("2026-06-01T09:00"):
                actions.enter(Contest.objects.get(pk=contest.pk), by=worker, key=key)
        except Refused as refusal:
            refused.append(str(refusal.message))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=enter, args=(worker, fresh_key())) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert contest.entries.standing().count() == 1
    assert refused == ["名额已满（1）。"] * 3
