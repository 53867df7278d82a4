"""The demo city comes up on any day, the same for the same day, and everything in it verifies."""

import pytest

from gongchuang import desks
from gongchuang.cli.demo import city as demo
from gongchuang.kernel import verify

SMALLEST = 0.0005


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2026-01-01", "2028-02-29"])
def test_the_city_comes_up_on_any_day_and_verifies(day, monkeypatch):
    monkeypatch.setenv("GONGCHUANG_NOW", f"{day}T09:00")
    demo.build(scale=SMALLEST)
    broken = [(finding.name, finding.breaks[:3]) for finding in verify.run(desks.invariants()) if not finding.holds]
    assert broken == []
