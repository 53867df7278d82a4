"""The incentive engine against numbers worked out by hand, and against its own promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongchuang.bank import policy
from gongchuang.bank.policy import Band, Plan

PROFIT_PLAN = Plan(kind=policy.PROFIT, bands=(Band(0, 1_000),), lump_fen=1_000_000, years=3)
POINTS_PLAN = Plan(kind=policy.POINTS, fen_per_point=500_000, points_by_kind={"patent": 50}, cap_points=2_000)
AMOUNTS = st.integers(-(10**12), 10**12)
BANDS = st.lists(st.integers(0, 10**11), min_size=1, max_size=6, unique=True).flatmap(
    lambda starts: st.lists(st.integers(100, 500), min_size=len(starts), max_size=len(starts)).map(
        lambda rates: tuple(Band(start, rate) for start, rate in zip(sorted(starts), rates, strict=True))
    )
)


@pytest.mark.parametrize(
    ("yuan", "reward_yuan"),
    [
        (19_999, 0),
        (20_000, 1_000),
        (99_999, 4_999.95),
        (100_000, 4_000),
        (600_000, 18_000),
        (9_990_000, 299_700),
        (10_000_000, 100_000),
    ],
)
def test_the_policy_of_2018_on_the_whole_amount(yuan: int, reward_yuan: float) -> None:
    assert policy.share_fen(policy.share_2018(), yuan * 100) == round(reward_yuan * 100)


def test_the_demo_enterprise_pays_four_percent_of_600_000() -> None:
    plan = policy.share_2018((500, 500, 400, 300, 100))
    reward = policy.share_fen(plan, 600_000_00)
    assert reward == 24_000_00
    assert policy.shared(reward, [6_000, 4_000]) == [14_400_00, 9_600_00]


def test_band_by_band_is_worked_out_by_hand() -> None:
    # 80,000 at 5% + 400,000 at 4% + 120,000 at 3%; nothing below 20,000
    plan = policy.share_2018((500, 400, 300, 300, 100), policy.PROGRESSIVE)
    assert policy.share_fen(plan, 620_000_00) == (4_000 + 16_000 + 3_600) * 100


def test_the_cliff_at_ten_million_is_named() -> None:
    found = {cliff.at_fen: cliff for cliff in policy.cliffs(policy.share_2018())}
    cliff = found[10_000_000_00]
    assert (cliff.before_fen, cliff.after_fen) == (299_999_99, 100_000_00)
    assert cliff.level_again_fen == 29_999_999_00
    assert policy.cliffs(policy.share_2018(mode=policy.PROGRESSIVE)) == []
    assert any("10,000,000.00" in warning.zh for warning in policy.warnings(policy.share_2018()))


def test_three_years_of_profit_share_and_a_loss_that_reduces_nothing() -> None:
    profits = [500_000_00, -80_000_00, 300_000_00, 900_000_00]
    assert policy.payouts_fen(PROFIT_PLAN, profits) == [60_000_00, 0, 30_000_00, 0]
    assert policy.payouts_fen(PROFIT_PLAN, []) == []


def test_a_cap_holds_for_the_share_and_not_for_the_lump() -> None:
    plan = Plan(kind=policy.PROFIT, bands=(Band(0, 1_000),), lump_fen=1_000_000, years=3, cap_fen=20_000_00)
    assert policy.payouts_fen(plan, [500_000_00, 100_000_00]) == [30_000_00, 10_000_00]


def test_points_by_contribution() -> None:
    points = policy.points_for(POINTS_PLAN, 600_000_00, "technical_innovation")
    assert points == 120
    assert policy.shared(points, [6_000, 4_000]) == [72, 48]


def test_points_of_a_kind_come_once_and_are_capped() -> None:
    assert policy.points_for(POINTS_PLAN, 4_999_99, "patent") == 50
    assert policy.points_for(POINTS_PLAN, 4_999_99, "patent", is_first=False) == 0
    assert policy.points_for(POINTS_PLAN, 10**12, "patent") == 2_000
    assert policy.points_for(POINTS_PLAN, -(10**12), "") == 0


@pytest.mark.parametrize("rate_bp", [0, 99, 501, 1_000])
def test_a_rate_outside_one_to_five_percent_is_refused_with_the_reason(rate_bp: int) -> None:
    [fault] = policy.faults(Plan(kind=policy.SHARE, bands=(Band(0, rate_bp),)))
    assert fault.field == "bands"
    assert "1%—5%" in fault.zh


@pytest.mark.parametrize("rate_bp", [100, 500])
def test_one_and_five_percent_are_inside(rate_bp: int) -> None:
    assert policy.faults(Plan(kind=policy.SHARE, bands=(Band(0, rate_bp),))) == []


def test_other_faults_are_named() -> None:
    assert policy.faults(Plan(kind=policy.SHARE))[0].field == "bands"
    assert policy.faults(Plan(kind=policy.SHARE, bands=(Band(100, 200), Band(0, 300))))[0].field == "bands"
    assert policy.faults(Plan(kind=policy.POINTS))[0].field == "fen_per_point"
    assert policy.faults(Plan(kind=policy.PROFIT, bands=(Band(0, 10_001),), years=0))[1].field == "years"
    assert policy.faults(PROFIT_PLAN) == []


def test_rates_other_than_the_guidance_are_warned_of_not_refused() -> None:
    plan = policy.share_2018((300, 400, 300, 300, 100))
    assert policy.faults(plan) == []
    assert any("倡导 5%" in warning.zh for warning in policy.warnings(plan))


@given(BANDS, AMOUNTS)
def test_a_share_is_never_negative_nor_above_five_percent(bands: tuple[Band, ...], amount: int) -> None:
    for mode in (policy.WHOLE, policy.PROGRESSIVE):
        share = policy.share_fen(Plan(kind=policy.SHARE, bands=bands, mode=mode), amount)
        assert 0 <= share <= max(0, amount) * 500 // 10_000


@given(BANDS, st.integers(0, 10**12), st.integers(0, 10**12))
def test_band_by_band_a_bigger_benefit_never_pays_less(bands: tuple[Band, ...], one: int, other: int) -> None:
    plan = Plan(kind=policy.SHARE, bands=bands, mode=policy.PROGRESSIVE)
    low, high = sorted((one, other))
    assert policy.share_fen(plan, low) <= policy.share_fen(plan, high)


@given(BANDS)
def test_every_fall_is_a_cliff_and_it_is_level_again_where_it_says(bands: tuple[Band, ...]) -> None:
    plan = Plan(kind=policy.SHARE, bands=bands)
    known = {cliff.at_fen: cliff for cliff in policy.cliffs(plan)}
    for band in bands[1:]:
        falls = policy.share_fen(plan, band.from_fen) < policy.share_fen(plan, band.from_fen - 1)
        assert falls == (band.from_fen in known)
    for cliff in known.values():
        assert cliff.level_again_fen is not None
        assert policy.share_fen(plan, cliff.level_again_fen) >= cliff.before_fen
        assert policy.share_fen(plan, cliff.level_again_fen - 1) < cliff.before_fen


@given(st.lists(AMOUNTS, max_size=8), st.integers(1, 5), st.integers(0, 10**8))
def test_years_past_the_term_owe_nothing(amounts: list[int], years: int, lump: int) -> None:
    plan = Plan(kind=policy.PROFIT, bands=(Band(0, 1_000),), lump_fen=lump, years=years)
    owed = policy.payouts_fen(plan, amounts)
    assert len(owed) == len(amounts)
    assert not any(owed[years:])
    assert sum(owed) == sum(max(0, amount) // 10 for amount in amounts[:years]) + (lump if amounts else 0)
