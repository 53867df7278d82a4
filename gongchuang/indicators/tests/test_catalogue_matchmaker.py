"""The matchmaker: who is on board, what was published, matched and signed, and what it brought."""

from __future__ import annotations

from gongchuang.indicators import reading
from gongchuang.indicators.tests.counted import Y2026, counted
from gongchuang.matchmaker import actions
from gongchuang.matchmaker.tests.conftest import (  # noqa: F401
    _june,
    agreed,
    benefit,
    contract,
    expert,
    institution,
    match,
    matchmaker,
    met,
    need,
    offer,
    outside,
    published,
    visit,
    wanted,
)

BOARD = ("match_institutions", "match_experts", "match_results")
FUNNEL = ("match_needs", "match_enterprises", "match_needs_matched", "match_contracts", "match_benefit")


def test_those_on_board_and_their_offers(offer, city):
    assert counted(city, *BOARD) == [1, 1, 1]


def test_a_collected_need_is_not_published_yet(need, city):
    assert counted(city, *FUNNEL) == [0, 0, 0, 0, 0]


def test_the_funnel_counts_each_step_when_it_is_taken(wanted, city, district, factory, expert, matchmaker, town, institution):
    assert counted(city, *FUNNEL) == [1, 0, 0, 0, 0]
    actions.accept(wanted, by=expert.person, key=town.key())
    for unit in (city, district, factory):
        assert counted(unit, *FUNNEL) == [1, 1, 1, 0, 0]


def test_a_signed_contract_and_its_confirmed_benefit(benefit, city, certifier, town):
    assert counted(city, *FUNNEL) == [1, 1, 1, 1, 0]
    assert reading.figure("match_benefit", city, Y2026).claimed.value == 1_200_000_00
    actions.confirm(benefit, by=certifier, key=town.key())
    assert counted(city, *FUNNEL) == [1, 1, 1, 1, 1_200_000_00]
