"""Incentive formulas (激励政策): one engine, three plans. Pure arithmetic, whole numbers in and out.

A plan pays, for each year of a result, `once` (in the first year) + a rate of that year's basis:

- **share** (2018 policy, 效益提成): 1%–5% of the certified benefit, by bands, read on the whole amount or band by band;
- **points** (创新银行积分): one point for every `fen_per_point` of certified benefit, plus fixed points by kind;
- **profit** (利润分成): a lump once and a rate of the result's yearly profit for some years running.

Money is fen, rates are basis points (1/10,000). Everything is cut to whole fen or points, never rounded up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gongchuang.kernel.quantity import WHOLE_BP, fen_text, percent_text, split_fen

SHARE, POINTS, PROFIT = "share", "points", "profit"
WHOLE, PROGRESSIVE = "whole", "progressive"
LOWEST_SHARE_BP: Final = 100  # 1%, the policy of 2018
HIGHEST_SHARE_BP: Final = 500  # 5%


@dataclass(frozen=True, slots=True)
class Band:
    """From `from_fen` on (closed at this side) the rate is `rate_bp`; up to the next band's beginning."""

    from_fen: int
    rate_bp: int


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the 2018 policy names for a band: the range in which a unit chooses its rate."""

    from_fen: int
    lowest_bp: int
    highest_bp: int


# 《关于鼓励一线职工岗位创新的若干意见》 (2018): yearly saving or value created, in fen. Below 20,000 yuan it names nothing.
GUIDANCE_2018: Final = (
    Guidance(20_000_00, 500, 500),
    Guidance(100_000_00, 400, 500),
    Guidance(500_000_00, 300, 400),
    Guidance(1_000_000_00, 300, 300),
    Guidance(10_000_000_00, 100, 100),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The terms of one policy version. `bands` ascend; a single rate is one band from 0."""

    kind: str
    bands: tuple[Band, ...] = ()
    mode: str = WHOLE
    lump_fen: int = 0
    years: int = 1
    cap_fen: int | None = None  # a year and result
    fen_per_point: int = 0
    points_by_kind: Mapping[str, int] = field(default_factory=dict)
    cap_points: int | None = None  # a year and result


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a plan: the field, and the reason in both languages."""

    field: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Cliff:
    """A place where a bigger benefit pays less: one fen below `at_fen` it pays `before_fen`, at it `after_fen`."""

    at_fen: int
    before_fen: int
    after_fen: int
    level_again_fen: int | None  # the benefit from which it pays more than before the cliff; None if never


def faults(plan: Plan) -> list[Fault]:
    """Everything that forbids this plan; an empty list means it may come into force."""
    found: list[Fault] = []
    if plan.kind in (SHARE, PROFIT) and not plan.bands:
        found.append(Fault("bands", "至少要有一档比例。", "At least one band is needed."))
    starts = [band.from_fen for band in plan.bands]
    if starts != sorted(set(starts)) or any(start < 0 for start in starts):
        found.append(Fault("bands", "各档起点要从小到大，不能重复。", "Bands must ascend, each from its own amount."))
    for band in plan.bands:
        if plan.kind == SHARE and not LOWEST_SHARE_BP <= band.rate_bp <= HIGHEST_SHARE_BP:
            said = percent_text(band.rate_bp)
            found.append(
                Fault(
                    "bands",
                    f"比例 {said} 不在政策规定的 1%—5% 之内。",
                    f"A rate of {said} is outside the 1%–5% of the policy.",
                )
            )
        if not 0 <= band.rate_bp <= WHOLE_BP:
            found.append(Fault("bands", "比例要在 0% 到 100% 之间。", "A rate must be between 0% and 100%."))
    if plan.kind == POINTS and plan.fen_per_point <= 0 and not plan.points_by_kind:
        found.append(Fault("fen_per_point", "要写明多少元计 1 分。", "Say how many yuan make a point."))
    if plan.years < 1:
        found.append(Fault("years", "年数至少为 1。", "At least one year."))
    if plan.lump_fen < 0 or (plan.cap_fen is not None and plan.cap_fen <= 0):
        found.append(Fault("lump_fen", "金额不能为负。", "An amount may not be negative."))
    return found


def warnings(plan: Plan) -> list[Fault]:
    """What a unit should know before it decides: cliffs, and rates other than the 2018 policy's guidance."""
    found = [
        Fault(
            "mode",
            f"效益到 {fen_text(cliff.at_fen)} 元时奖励由 {fen_text(cliff.before_fen)} 元降到 {fen_text(cliff.after_fen)} 元，"
            f"{_again(cliff, '要到', ' 元才补回来')}可改用“分段累进”。",
            f"At {fen_text(cliff.at_fen)} yuan the reward falls from {fen_text(cliff.before_fen)} to "
            f"{fen_text(cliff.after_fen)} yuan{_again(cliff, ', made good only at', '')}; reckoning band by band avoids it.",
        )
        for cliff in cliffs(plan)
    ]
    for band in plan.bands if plan.kind == SHARE else ():
        guidance = guidance_at(band.from_fen)
        if guidance and not guidance.lowest_bp <= band.rate_bp <= guidance.highest_bp:
            low, high = percent_text(guidance.lowest_bp), percent_text(guidance.highest_bp)
            zh = low if low == high else f"{low}—{high}"
            found.append(
                Fault(
                    "bands",
                    f"{fen_text(band.from_fen)} 元起用 {percent_text(band.rate_bp)}，2018 年意见倡导 {zh}。",
                    f"From {fen_text(band.from_fen)} yuan: {percent_text(band.rate_bp)}; the opinion of 2018 advises {zh}.",
                )
            )
    return found


def _again(cliff: Cliff, before: str, after: str) -> str:
    if cliff.level_again_fen is None:
        return ""
    return f"{before} {fen_text(cliff.level_again_fen)}{after}{'，' if after else ''}"


def guidance_at(amount_fen: int) -> Guidance | None:
    """The 2018 band an amount lies in; None below 20,000 yuan."""
    return next((guidance for guidance in reversed(GUIDANCE_2018) if amount_fen >= guidance.from_fen), None)


def band_at(plan: Plan, amount_fen: int) -> Band | None:
    """The band an amount lies in, closed at its beginning; None below the first."""
    return next((band for band in reversed(plan.bands) if amount_fen >= band.from_fen), None)


def share_fen(plan: Plan, amount_fen: int) -> int:
    """What one year's amount (benefit or profit, fen; may be <= 0) earns by the bands, before cap and lump."""
    band = band_at(plan, amount_fen)
    if band is None or amount_fen <= 0:
        return 0
    if plan.mode == WHOLE:
        return amount_fen * band.rate_bp // WHOLE_BP
    ends = [later.from_fen for later in plan.bands[1:]] + [amount_fen]
    parts = [max(0, min(end, amount_fen) - each.from_fen) * each.rate_bp for each, end in zip(plan.bands, ends, strict=True)]
    return sum(parts) // WHOLE_BP


def payouts_fen(plan: Plan, amounts_fen: Sequence[int]) -> list[int]:
    """What an enterprise owes for one result, year by year.

    amounts_fen: certified benefit (or profit) of each year since adoption, in fen, shape (years,). A year with a
    loss owes nothing and reduces no other. Returns fen a year, shape (years,); years past the term owe nothing.
    """
    owed = [share_fen(plan, amount) if year < plan.years else 0 for year, amount in enumerate(amounts_fen)]
    if plan.cap_fen is not None:
        owed = [min(each, plan.cap_fen) for each in owed]
    return [plan.lump_fen + owed[0], *owed[1:]] if owed else []


def points_for(plan: Plan, amount_fen: int, kind: str = "", *, is_first: bool = True) -> int:
    """Points for one year's certified benefit: one for each `fen_per_point`, and the kind's own once."""
    earned = max(0, amount_fen) // plan.fen_per_point if plan.fen_per_point else 0
    if is_first:
        earned += plan.points_by_kind.get(kind, 0)
    return earned if plan.cap_points is None else min(earned, plan.cap_points)


def shared(total: int, shares_bp: Sequence[int]) -> list[int]:
    """A sum of fen or points among makers by their shares (basis points that add up to 10,000); adds up exactly."""
    return split_fen(total, shares_bp)


def cliffs(plan: Plan) -> list[Cliff]:
    """Where a bigger benefit pays less. Only reading the rate on the whole amount makes cliffs."""
    if plan.mode != WHOLE:
        return []
    found = []
    for later in plan.bands[1:]:
        before, after = share_fen(plan, later.from_fen - 1), share_fen(plan, later.from_fen)
        if after < before:
            found.append(Cliff(later.from_fen, before, after, _level_again(plan, later.from_fen, before)))
    return found


def _level_again(plan: Plan, from_fen: int, before_fen: int) -> int | None:
    """The smallest amount from `from_fen` on whose share is at least what it was before the cliff."""
    starts = [*(band.from_fen for band in plan.bands if band.from_fen >= from_fen), None]
    for start, end in zip(starts, starts[1:], strict=False):
        band = band_at(plan, start or 0)
        if band is None or start is None or not band.rate_bp:
            continue
        amount = max(start, -(-before_fen * WHOLE_BP // band.rate_bp))
        if end is None or amount < end:
            return amount
    return None


def share_2018(rates_bp: Sequence[int] = (500, 400, 300, 300, 100), mode: str = WHOLE) -> Plan:
    """The 2018 bands with a unit's chosen rates (by default the lowest the policy names)."""
    bands = tuple(Band(guidance.from_fen, rate) for guidance, rate in zip(GUIDANCE_2018, rates_bp, strict=True))
    return Plan(kind=SHARE, bands=bands, mode=mode)
