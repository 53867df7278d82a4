"""What the tests of results stand on: the demo's result, its sheet of 600,000 yuan, and the unit's rules in force."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from itertools import count
from typing import Any

import pytest

from gongchuang.bank import actions as bank
from gongchuang.kernel import clock
from gongchuang.people.models import Person, Unit
from gongchuang.results import actions, certification
from gongchuang.results.models import Benefit, Result

_keys = (f"result-{number}" for number in count(1))
FROM, TO = date(2026, 4, 16), date(2027, 4, 15)
SHEET: list[dict[str, Any]] = [
    {
        "kind": "saving",
        "label": "单件工时",
        "measure": "小时",
        "before": D("3.50"),
        "after": D("2.25"),
        "quantity": D(6000),
        "quantity_measure": "件",
        "price_fen": D(8600),
        "price_source": "2026年成本标准",
        "proof_text": "工时记录 1—42 行",
    },
    {"kind": "cost", "label": "改进投入", "quantity": D(1), "price_fen": D(4_500_000), "proof_text": "发票 6 张"},
]


@pytest.fixture(autouse=True)
def _in_june_2026() -> Any:
    with clock.frozen("2026-06-12T09:00"):
        yield


@pytest.fixture
def rules_in_force(factory: Unit, officer: Person, certifier: Person) -> None:
    """1 point for 5,000 yuan, 10 for a result spread; 5% from 20,000 yuan, 4% from 500,000."""
    points = bank.propose_policy(
        factory, plan="points", name="积分规则", from_on=date(2026, 1, 1), fen_per_point=5_000_00,
        points={"spread": 10}, fen_for_point=500, by=officer, key=next(_keys),
    )  # fmt: skip
    share = bank.propose_policy(
        factory, plan="share", name="成果奖励办法", from_on=date(2026, 1, 1),
        bands=[(20_000_00, 500), (500_000_00, 400)], by=officer, key=next(_keys),
    )  # fmt: skip
    for policy in (points, share):
        bank.approve_policy(policy, by=certifier, key=next(_keys))


@pytest.fixture
def profit_in_force(factory: Unit, officer: Person, certifier: Person) -> None:
    """10,000 yuan once and 10% of the result's profit for three years."""
    made = bank.propose_policy(
        factory, plan="profit", name="利润分成办法", from_on=date(2026, 1, 1), bands=[(0, 1_000)],
        lump_fen=10_000_00, years=3, by=officer, key=next(_keys),
    )  # fmt: skip
    bank.approve_policy(made, by=certifier, key=next(_keys))


@pytest.fixture
def result(team: Unit, worker: Person, worker2: Person, officer: Person) -> Result:
    """Entered by the officer for its two makers, and so recognised by the same press."""
    return actions.register(
        team, kind="technical_innovation", title="叶轮装配快换定位工装", problem="逐个找正费时", solution="锥销快换",
        makers=[(worker, 6_000), (worker2, 4_000)], used_from_on=FROM, by=officer, key=next(_keys),
    )  # fmt: skip


@pytest.fixture
def checked(result: Result, officer: Person) -> Benefit:
    return certification.claim(result, from_on=FROM, to_on=TO, lines=SHEET, by=officer, key=next(_keys))


@pytest.fixture
def certified(checked: Benefit, certifier: Person, rules_in_force: None) -> Benefit:
    return certification.certify(checked, by=certifier, key=next(_keys))
