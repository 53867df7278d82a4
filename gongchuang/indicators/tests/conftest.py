"""A small city of proposals, results and honours for the tests of figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from itertools import count
from typing import Any

import pytest

from conftest import Cast
from gongchuang.kernel import clock
from gongchuang.people import actions as people
from gongchuang.people.models import Person, Title, Unit
from gongchuang.proposals import actions as proposals
from gongchuang.proposals.models import Proposal
from gongchuang.results import actions as results
from gongchuang.results import certification
from gongchuang.results.models import Benefit, Result

_keys = (f"figures-{number}" for number in count(1))


class EarlyCast(Cast):
    """The cast, with posts since 2018, so that things may have happened before today."""

    def unit(self, *args: Any, **more: Any) -> Unit:
        with clock.frozen("2018-01-02T09:00"):
            return super().unit(*args, **more)

    def person(self, *args: Any, **more: Any) -> Person:
        with clock.frozen("2018-01-02T09:00"):
            return super().person(*args, **more)


@pytest.fixture
def cast(db: None) -> Cast:
    with clock.frozen("2018-01-02T09:00"):
        return EarlyCast()


class Town:
    """Does what people do, on a day."""

    def key(self) -> str:
        return next(_keys)

    def propose(self, by: Person, on: str = "2026-03-05") -> Proposal:
        with clock.frozen(f"{on}T09:00"):
            return proposals.submit(by.unit, problem="吊装找正费时", idea="做一副快换定位工装", by=by, key=self.key())

    def result(self, unit: Unit, maker: Person, officer: Person, on: str = "2026-04-10", **more: Any) -> Result:
        with clock.frozen(f"{on}T09:00"):
            return results.register(
                unit, **{"kind": "technical_innovation", "title": "快换定位工装", **more}, problem="费时", solution="锥销快换",
                makers=[(maker, 10_000)], used_from_on=date.fromisoformat(on), by=officer, key=self.key(),
            )  # fmt: skip

    def benefit(self, result: Result, officer: Person, fen: int, on: str = "2026-05-20") -> Benefit:
        """Claimed by the officer, and so checked; not certified yet."""
        line = {
            "kind": "saving",
            "label": "节约",
            "before": D(1),
            "after": D(0),
            "quantity": D(1),
            "price_fen": D(fen),
            "proof_text": "台账",
        }
        with clock.frozen(f"{on}T09:00"):
            return certification.claim(result, from_on=date(2026, 4, 11), to_on=date(2027, 4, 10), lines=[line], by=officer, key=self.key())

    def certify(self, benefit: Benefit, by: Person, on: str = "2026-05-25") -> Benefit:
        with clock.frozen(f"{on}T09:00"):
            return certification.certify(benefit, by=by, key=self.key())

    def title(self, city: Unit, by: Person, key: str, **more: Any) -> Title:
        return people.define_title(
            city, title_key=key, **{"name_zh": "海岳工匠", "name_en": "Craftsman of Haiyue", "level": "city", **more},
            by=by, key=self.key(),
        )  # fmt: skip

    def grant(self, title: Title, city: Unit, by: Person, to: Person, on: str) -> Any:
        return people.grant(
            title, granting=city, issuer="海岳市总工会", document_no=f"海工发〔{on}〕", person=to,
            granted_on=date.fromisoformat(on), by=by, key=self.key(),
        )  # fmt: skip


@pytest.fixture
def town(cast: Any) -> Town:
    return Town()
