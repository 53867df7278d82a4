"""Incentives: what the rules promise, and the money that reached workers."""

from __future__ import annotations

from datetime import date

import pytest

from gongchuang.bank import actions as bank
from gongchuang.indicators import listing, reading
from gongchuang.indicators.tests.counted import Y2026, counted
from gongchuang.kernel.period import Period
from gongchuang.people import actions as people

RULES = ("incentive_share_min", "incentive_share_max", "profit_share_lump", "profit_share_rate")


@pytest.fixture
def in_force(cast, city, factory, officer, certifier, city_officer, town):
    """The city's policy of 1%–5% since 2018; an enterprise's 10,000 yuan once and 10% for three years."""
    other = cast.person(city, "何平", "city")
    share = bank.propose_policy(
        city, plan="share", name="激励意见", from_on=date(2018, 7, 1),
        bands=[(20_000_00, 500), (100_000_00, 400), (500_000_00, 300), (10_000_000_00, 100)], by=city_officer, key=town.key(),
    )  # fmt: skip
    bank.approve_policy(share, by=other, key=town.key())
    profit = bank.propose_policy(
        factory, plan="profit", name="利润分成", from_on=date(2024, 1, 1), bands=[(0, 1_000)], lump_fen=10_000_00, years=3,
        by=officer, key=town.key(),
    )  # fmt: skip
    bank.approve_policy(profit, by=certifier, key=town.key())
    return share, profit


def test_the_rules_in_force_say_what_the_article_says(in_force, city):
    share, profit = in_force
    assert counted(city, *RULES) == [100, 500, 10_000_00, 1_000]
    assert [one.plain for one in reading.figures(city, Y2026, RULES)] == [1, 5, 1_000_000, 10]
    rows = [next(iter(listing.everything(one, None))) for one in reading.figures(city, Y2026, RULES)]
    assert [row.record for row in rows] == [share, share, profit, profit]
    assert [(row.as_json()["value"], row.words) for row in rows] == [(1, "1"), (5, "5"), (1_000_000, "10,000.00"), (10, "10")]


def test_before_a_rule_there_is_no_rule(in_force, city):
    assert counted(city, *RULES, period=Period.year(2017)) == [None] * 4
    assert counted(city, *RULES, period=Period.year(2020)) == [100, 500, None, None]


def test_a_prize_of_a_title_is_a_rule(city, city_officer, town):
    assert counted(city, "city_craftsman_prize") == [None]
    town.title(city, city_officer, "craftsman", is_craftsman=True, prize_fen=1_000_000)
    assert counted(city, "city_craftsman_prize") == [1_000_000]


def test_money_counts_when_it_reaches_a_worker_and_leaves_when_it_is_recovered(
    in_force, city, factory, team, worker, officer, certifier, town
):
    bank.fill_fund(factory, amount_fen=1_000_000_00, document_no="财〔2026〕1号", by=certifier, key=town.key())
    assert counted(city, "incentive_fund") == [0]
    due = bank.award(
        factory, payee=worker, amount_fen=3_000_00, about="五小竞赛一等奖", document_no="工会〔2026〕8号", by=officer, key=town.key()
    )
    bank.approve_due(due, by=officer, key=town.key())
    assert counted(city, "incentive_fund") == [0]
    bank.pay_due(due, voucher_no="记-001", by=certifier, key=town.key())
    assert counted(city, "incentive_fund") == counted(factory, "incentive_fund") == [3_000_00]
    certificate = reading.figure("incentive_fund", city, Y2026)
    assert (certificate.status, reading.records(certificate).rows) == ("certified", ())  # who was paid is nobody's business


def test_results_selected_are_grants_to_results(city, city_officer, team, worker, officer, town):
    made = town.result(team, worker, officer)
    title = town.title(city, city_officer, "best", name_zh="职工技术创新成果", holder="result")
    granted = people.grant(
        title, granting=city, issuer="海岳市总工会", document_no="海工发〔2026〕5号", unit=team, result_no=made.no,
        granted_on=date(2026, 5, 1), by=city_officer, key=town.key(),
    )  # fmt: skip
    assert counted(city, "results_selected_yearly") == [1]
    assert counted(city, "results_selected_yearly", period=Period.year(2025)) == [0]
    people.revoke(granted, granting=city, reason="重复", by=city_officer, key=town.key())
    assert counted(city, "results_selected_yearly") == [0]
