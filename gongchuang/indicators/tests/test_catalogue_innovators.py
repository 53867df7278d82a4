"""Who takes part in innovation, and who carries it: persons, each once, for twelve months after what they did."""

from __future__ import annotations

from gongchuang.indicators.tests.counted import counted
from gongchuang.kernel.period import Period
from gongchuang.proposals import actions as proposals

BOTH = ("innovation_participants", "innovation_backbone")


def test_a_proposal_takes_part_for_twelve_months_and_a_recognised_result_carries(city, factory, team, worker, worker2, officer, town):
    assert counted(city, *BOTH) == [0, 0]
    town.propose(worker, "2026-03-05")
    town.propose(worker, "2026-04-06")  # the same person
    assert counted(city, *BOTH) == counted(team, *BOTH) == [1, 0]
    town.result(team, worker2, officer, on="2026-04-10")
    assert counted(city, *BOTH) == counted(factory, *BOTH) == [2, 1]


def test_who_did_nothing_for_a_year_is_counted_no_more(city, worker, town):
    town.propose(worker, "2025-05-05")
    assert counted(city, *BOTH, period=Period.year(2025)) == [1, 0]
    assert counted(city, *BOTH) == [0, 0]  # on 1 June 2026 the twelve months are over


def test_a_withdrawn_proposal_was_no_part(city, worker, leader, town):
    made = town.propose(worker, "2026-05-29")
    assert counted(city, *BOTH) == [1, 0]
    proposals.withdraw(made, by=worker, key=town.key())
    assert counted(city, *BOTH) == [0, 0]
