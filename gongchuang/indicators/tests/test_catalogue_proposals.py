"""Proposals handed in, adopted and put into practice, of a city and of its busiest enterprise."""

from __future__ import annotations

from gongchuang.indicators import reading, tally
from gongchuang.indicators.rules import OPERATOR
from gongchuang.indicators.tests.counted import counted
from gongchuang.kernel import clock
from gongchuang.kernel.period import Period
from gongchuang.proposals import actions as proposals


def values(unit, period, *keys):
    tally.catch_up()
    return [reading.figure(key, unit, period, OPERATOR).value for key in keys]


STEPS = ("proposals.made", "proposals.adopted", "proposals.implemented")


def test_each_step_counts_on_its_own_day(city, team, worker, leader, town):
    first, second, third = (town.propose(worker, on) for on in ("2026-01-05", "2026-03-02", "2026-04-01"))
    with clock.frozen("2026-03-03T09:00"):
        proposals.adopt(first, by=leader, key=town.key())
        proposals.adopt(second, by=leader, key=town.key())
    with clock.frozen("2026-04-10T09:00"):
        proposals.implement(second, by=leader, text="已做完", key=town.key())
        proposals.decline(third, reason="cost", text="花费太大", by=leader, key=town.key())
    assert values(city, Period.year(2026), *STEPS) == values(team, Period.year(2026), *STEPS) == [3, 2, 1]
    assert values(city, Period.parse("2026Q1"), *STEPS) == [2, 2, 0]
    assert values(city, Period.parse("2026Q2"), *STEPS) == [3, 0, 1]  # handed in is cumulative, the others happen within


def test_the_busiest_enterprise_of_three_years(city, factory, other_factory, worker, stranger, town):
    for on in ("2023-12-29", "2024-01-05", "2026-05-05"):
        town.propose(worker, on)
    town.propose(stranger, "2025-05-05")
    assert counted(city, "unit_proposals_three_years") == counted(factory, "unit_proposals_three_years") == [2]
    assert counted(other_factory, "unit_proposals_three_years") == [1]
    assert counted(city, "proposals") == [4]
