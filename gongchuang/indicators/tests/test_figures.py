"""Figures: what they say, for whom, and that their list adds up to them."""

from __future__ import annotations

import pytest

from gongchuang.indicators import listing, reading, tally
from gongchuang.indicators.rules import OPERATOR
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.period import Period
from gongchuang.proposals import actions as proposals

Y2026 = Period.year(2026)


def value(key, unit, period=Y2026, person=OPERATOR):
    return reading.figure(key, unit, period, person).value


def test_a_proposal_counts_in_its_city_district_enterprise_and_team(town, city, district, factory, team, worker, stranger):
    town.propose(worker)
    town.propose(stranger)
    tally.catch_up()
    assert [value("proposals", unit) for unit in (city, district, factory, team)] == [2, 1, 1, 1]


def test_a_withdrawn_proposal_leaves_the_count(town, city, worker, leader):
    proposal = town.propose(worker)
    tally.catch_up()
    assert value("proposals", city) == 1
    proposals.withdraw(proposal, by=worker, key=town.key())
    tally.catch_up()
    assert value("proposals", city) == 0


def test_certified_benefit_counts_and_claimed_stands_apart(town, city, team, worker, officer, certifier):
    benefit = town.benefit(town.result(team, worker, officer), officer, 60_000_000)
    tally.catch_up()
    figure = reading.figure("economic_benefit", city, Y2026)
    assert (figure.value, figure.claimed.value) == (0, 60_000_000)
    town.certify(benefit, certifier)
    tally.catch_up()
    figure = reading.figure("economic_benefit", city, Y2026)
    assert (figure.value, figure.claimed, figure.status, figure.short) == (60_000_000, None, "certified", "60万元")


def test_a_flow_counts_within_the_period_and_a_cumulative_to_its_end(town, city, worker, leader):
    first = town.propose(worker, "2025-11-20")
    with_reply = town.propose(worker, "2026-02-10")
    for proposal in (first, with_reply):
        proposals.adopt(proposal, by=leader, key=town.key())
    tally.catch_up()
    assert value("proposals", city, Period.parse("2025")) == 1
    assert value("proposals", city, Period.parse("2026Q1")) == 2
    assert value("proposals.adopted", city, Period.parse("2026Q2")) == 2  # both answered on 1 June
    assert value("proposals.adopted", city, Period.parse("2026Q1")) == 0


@pytest.mark.parametrize("period", ["2025", "2026", "2026Q1", "2026-02", "2025-12..2026-02", "2026-02-09..2026-02-10", "2018..2026"])
def test_rolls_and_edge_days_make_the_same_sum_as_facts(town, city, district, factory, worker, leader, period):
    days = ["2025-12-31", "2026-01-01", "2026-02-09", "2026-02-10", "2026-02-28", "2026-03-01"]
    for day in days:
        town.propose(worker, day)
    tally.catch_up()
    wanted = sum(day <= Period.parse(period).last_day.isoformat() for day in days)
    assert [value("proposals", unit, Period.parse(period)) for unit in (city, district, factory)] == [wanted] * 3


def test_people_count_once_in_a_year_however_often_they_are_honoured(town, city, city_officer, worker, worker2):
    title, other = town.title(city, city_officer, "craftsman"), town.title(city, city_officer, "model")
    town.grant(title, city, city_officer, worker, "2025-04-28")
    town.grant(other, city, city_officer, worker, "2026-04-28")
    town.grant(other, city, city_officer, worker2, "2026-04-28")
    tally.catch_up()
    assert value("city_level_honours", city, Period.year(2025)) == 1
    assert value("city_level_honours", city) == 2
    figure = reading.figure("city_level_honours", city, Y2026)
    rows = list(listing.everything(figure, None))
    assert {row.record for row in rows} == {worker, worker2}
    assert sum(row.value for row in rows) == 2


def test_people_within_a_span_that_cannot_be_counted_are_refused_with_the_choices_named(city):
    figure = reading.figure("high_skilled_trained", city, Period.parse("2024..2026"))
    assert figure.value is None
    assert "季度" in str(figure.why)


def test_a_stock_takes_in_and_lets_go(town, city, city_officer, worker):
    people_title = town.title(city, city_officer, "craftsman", is_craftsman=True, term_years=1)
    town.grant(people_title, city, city_officer, worker, "2024-05-01")
    tally.catch_up()
    assert [value("craftsmen", city, Period.year(year)) for year in (2023, 2024, 2025)] == [0, 1, 0]
    assert len(list(listing.everything(reading.figure("craftsmen", city, Period.year(2024)), None))) == 1
    assert list(listing.everything(reading.figure("craftsmen", city, Period.year(2025)), None)) == []


def test_an_unknown_key_is_refused_with_the_way_to_the_keys(city):
    with pytest.raises(Refused, match="figures"):
        reading.figure("nothing", city, Y2026)


def test_a_figure_of_one_enterprise_is_of_the_leading_one_and_says_which(town, city, factory, worker, worker2, stranger):
    town.propose(worker)
    town.propose(worker2)
    town.propose(stranger)
    tally.catch_up()
    figure = reading.figure("unit_proposals_three_years", city, Y2026, OPERATOR)
    assert (figure.value, figure.unit) == (2, factory)
    assert sum(row.value for row in listing.everything(figure, OPERATOR)) == 2
