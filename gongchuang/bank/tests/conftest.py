"""What the bank's tests stand on: a policy for points in force, a filled fund, and a way to credit points."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest

from gongchuang.bank import actions, credits, ledger
from gongchuang.bank.dues import About
from gongchuang.bank.models import CNY, POINT, Account, Policy, Transfer
from gongchuang.kernel import clock
from gongchuang.kernel.history import action, record
from gongchuang.people.models import Person, Unit

_keys = (f"bank-{number}" for number in count(1))


@pytest.fixture(autouse=True)
def _in_june_2026() -> Any:
    with clock.frozen("2026-06-12T09:00"):
        yield


@pytest.fixture
def points_policy(factory: Unit, officer: Person, certifier: Person) -> Policy:
    """1 point for every 5,000 yuan, 50 for a patent; a point is worth 5 yuan and lives two more years."""
    made = actions.propose_policy(
        factory,
        plan="points",
        name="积分规则",
        from_on=date(2025, 1, 1),
        fen_per_point=5_000_00,
        points={"patent": 50},
        fen_for_point=500,
        valid_years=2,
        by=officer,
        key=next(_keys),
    )
    return actions.approve_policy(made, by=certifier, key=next(_keys))


@pytest.fixture
def share_policy(factory: Unit, officer: Person, certifier: Person) -> Policy:
    made = actions.propose_policy(
        factory,
        plan="share",
        name="成果奖励办法",
        from_on=date(2026, 1, 1),
        bands=[(20_000_00, 500), (100_000_00, 400), (1_000_000_00, 300)],
        by=officer,
        key=next(_keys),
    )
    return actions.approve_policy(made, by=certifier, key=next(_keys))


@pytest.fixture
def fund(factory: Unit, certifier: Person) -> Account:
    actions.fill_fund(factory, amount_fen=100_000_00, document_no="财〔2026〕1号", by=certifier, key=next(_keys))
    return Account.objects.get(kind="fund", currency=CNY, unit=factory)


@action
def give(unit: Unit, persons: list[tuple[Person, int]], points: int, policy: Policy, *, batch: str, by: Any, key: str) -> Unit:
    event = record(by, "test.give", subject=unit, key=key)
    credits.credit_points(
        unit, persons, points, policy, cause=event, batch=batch, what="certified", about=About("叶轮工装", "results", "CG-2026-00087")
    )
    return unit


@action
def take_back(unit: Unit, batch: str, *, by: Any, key: str) -> Unit:
    event = record(by, "test.take_back", subject=unit, key=key)
    ledger.reverse(ledger.batch_of(batch), cause=event)
    return unit


@action
def post(unit: Unit, postings: list[ledger.Posting], *, by: Any, key: str) -> Unit:
    ledger.post(postings, cause=record(by, "test.post", subject=unit, key=key))
    return unit


@pytest.fixture
def credit(factory: Unit, points_policy: Policy) -> Callable[..., Account]:
    """credit(person, points, batch) -> the person's account."""

    def run(person: Person, points: int, batch: str = "") -> Account:
        give(factory, [(person, 10_000)], points, points_policy, batch=batch or next(_keys), by=None, key=next(_keys))
        return Account.objects.get(kind="worker", currency=POINT, unit=factory, person=person)

    return run


def transfers() -> list[tuple[str, str, int]]:
    return list(Transfer.objects.order_by("pk").values_list("debit__kind", "credit__kind", "amount"))
