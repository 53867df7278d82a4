from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

import pytest

from gongchuang.kernel import clock
from gongchuang.matchmaker import actions, intake
from gongchuang.matchmaker.models import Contract, Expert, Institution, Match, MatchBenefit, Need, Offer, Visit
from gongchuang.people.models import Person

_keys = (f"match-{number}" for number in count(1))


def next_key() -> str:
    return next(_keys)


@pytest.fixture(autouse=True)
def _june() -> Iterator[None]:
    with clock.frozen("2026-06-12T09:00"):
        yield


@pytest.fixture
def outside(cast: Any, city: Any) -> Any:
    return cast.unit(city, "external", "外部单位")


@pytest.fixture
def matchmaker(cast: Any, city: Any) -> Person:
    return cast.person(city, "宋红", "matchmaker")


@pytest.fixture
def visit(factory: Any, matchmaker: Person) -> Visit:
    return intake.visit(unit=factory, visited_on=date(2026, 6, 3), note="滚压后见微裂纹", by=matchmaker, key=next_key())


NEED: dict[str, Any] = {
    "title": "球铁曲轴圆角滚压后微裂纹怎么减少",
    "abstract": "曲轴圆角滚压后有微裂纹，求预热工艺。",
    "text": "六缸球铁曲轴，圆角滚压后磁粉探伤见微裂纹。想用感应加热预热，缺残余应力数据。绝密炉温 415 度。",
    "kind": "process",
    "industry": "汽车零部件",
    "way": "develop",
    "tier": "open",
    "valid_until": date(2027, 6, 1),
    "contact_name": "钱进",
    "contact_phone": "13812345678",
    "aims": [("开裂率", "1.8%", "0.3%", "")],
}


@pytest.fixture
def need(factory: Any, visit: Visit, officer: Person) -> Need:
    return intake.collect(unit=factory, visit=visit, by=officer, key=next_key(), **NEED)


@pytest.fixture
def published(need: Need, matchmaker: Person) -> Need:
    return intake.publish(need, by=matchmaker, key=next_key())


@pytest.fixture
def institution(city: Any, matchmaker: Person) -> Institution:
    return intake.board(
        unit=city,
        name="海岳理工大学",
        kind="university",
        agreement="合作协议 2020-1",
        joined_on=date(2020, 3, 1),
        by=matchmaker,
        key=next_key(),
    )


@pytest.fixture
def expert(city: Any, outside: Any, institution: Institution, matchmaker: Person) -> Expert:
    return intake.enlist(
        unit=city, kind="professor", name="吴启明", institution=institution, title="教授", direction="曲轴热处理，圆角滚压，感应加热",
        joined_on=date(2020, 4, 1), capacity=1, by=matchmaker, key=next_key(),
        items=[("paper", "滚压预热对残余应力的影响", "球铁曲轴圆角滚压前预热温度对残余应力与微裂纹的影响")],
    )  # fmt: skip


@pytest.fixture
def offer(city: Any, expert: Expert, matchmaker: Person, cast: Any) -> Offer:
    drafted = intake.draft_offer(
        unit=city, title="主轴圆角滚压前中频预热", text="圆角滚压前中频感应加热预热，开裂率由 2% 降到 0.1%。", stage="mature", way="transfer",
        owner=expert.person, institution=expert.institution, by=matchmaker, key=next_key(),
    )  # fmt: skip
    other = cast.person(city, "何媒", "matchmaker")
    return intake.publish_offer(drafted, by=other, key=next_key())


@pytest.fixture
def match(published: Need, expert: Expert, matchmaker: Person) -> Match:
    return actions.put_forward(published, candidate=f"expert:{expert.no}", by=matchmaker, key=next_key())


@pytest.fixture
def wanted(match: Match, officer: Person) -> Match:
    return actions.want(match, by=officer, key=next_key())


@pytest.fixture
def agreed(wanted: Match, expert: Expert) -> Match:
    return actions.accept(wanted, by=expert.person, key=next_key())


@pytest.fixture
def met(agreed: Match, matchmaker: Person) -> Match:
    return actions.meet(agreed, met_on=date(2026, 6, 12), meeting="定下试验方案", by=matchmaker, key=next_key())


@pytest.fixture
def contract(met: Match, matchmaker: Person, institution: Institution) -> Contract:
    actions.sign(
        met, title="曲轴滚压预热工艺开发", kind="development", party_b="海岳理工大学", institution=institution, amount_fen=400_000_00,
        signed_on=date(2026, 6, 12), ends_on=date(2027, 6, 11), by=matchmaker, key=next_key(),
    )  # fmt: skip
    return met.contract


@pytest.fixture
def benefit(contract: Contract, officer: Person) -> MatchBenefit:
    return actions.claim(contract, year=2026, amount_fen=1_200_000_00, basis="废品减少 600 件 × 2,000 元", by=officer, key=next_key())
