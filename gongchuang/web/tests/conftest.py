"""Browsers of the cast: clients that are signed in as one of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from gongchuang.people import accounts
from gongchuang.people.models import Account, Person
from gongchuang.proposals import actions
from gongchuang.proposals.models import Proposal

_numbers = count(1)


@pytest.fixture(autouse=True)
def _no_memory() -> None:
    """What a page remembers for some minutes is of one test's city only."""
    cache.clear()


@pytest.fixture
def as_() -> Callable[[Person], Client]:
    """A client signed in as a person."""

    def enter(person: Person) -> Client:
        number = next(_numbers)
        accounts.open_account(person, login=f"face-{number}", password=accounts.new_password(), by=None, key=f"face-account-{number}")
        client = Client()
        client.force_login(Account.objects.get(person=person))
        return client

    return enter


@pytest.fixture
def propose(team: Any, worker: Person, leader: Person) -> Callable[..., Proposal]:
    """A proposal handed in by the worker."""

    def made(title: str = "定位块改快换", by: Person | None = None) -> Proposal:
        return actions.submit(
            team, problem="每装一件都要重新找正。", idea="定位块改成锥销快换。", title=title, by=by or worker, key=f"face-{next(_numbers)}"
        )

    return made
