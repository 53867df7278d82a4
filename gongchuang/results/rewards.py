"""What a certified benefit earns (认证的后果): points by the unit's rule, and money by its plan.

`effect()` says it before the press and `follow()` does it; both reckon by the same function, so what is shown is what
happens. A yuan that another record of its overlap group owns earns nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gongchuang.bank import credits, dues
from gongchuang.bank.models import Due, Policy
from gongchuang.bank.policy import POINTS, PROFIT, SHARE, band_at, points_for, share_fen, shared
from gongchuang.kernel import clock
from gongchuang.kernel.models import Event
from gongchuang.kernel.quantity import fen_text, percent_text, short_fen
from gongchuang.kernel.text import Text
from gongchuang.kernel.together import Batch
from gongchuang.people.models import Person, Unit
from gongchuang.results.models import Benefit, Result


@dataclass(frozen=True, slots=True)
class Part:
    """One maker's part of a sum, in points or fen."""

    person: Person
    share_bp: int
    amount: int


@dataclass(frozen=True, slots=True)
class Effect:
    """Everything that certifying a benefit does to points, money and the public figure."""

    counted_fen: int
    points_policy: Policy | None = None
    points: int = 0
    point_parts: list[Part] = field(default_factory=list)
    money_policy: Policy | None = None
    reward_fen: int = 0
    reward_parts: list[Part] = field(default_factory=list)
    working: str = ""

    @property
    def text(self) -> Text:
        """One sentence for the page: what the press will do."""
        zh = [f"全市效益加 {short_fen(self.counted_fen, 'zh')}"]
        en = [f"the city's benefit rises by {short_fen(self.counted_fen, 'en')}"]
        if self.point_parts:
            zh.append("，".join(f"{part.person.name}存入 {part.amount} 积分" for part in self.point_parts))
            en.append(", ".join(f"{part.person.name} gets {part.amount} points" for part in self.point_parts))
        if self.reward_fen:
            zh.append(f"计奖 {fen_text(self.reward_fen)} 元（{self.working}）")
            en.append(f"a reward of {fen_text(self.reward_fen)} yuan ({self.working})")
        return Text("通过后：" + "；".join(zh) + "。", "Certifying does this: " + "; ".join(en) + ".")


def money_policy_on(unit: Unit, day: date) -> Policy | None:
    """The one plan that pays money: the nearest unit's, and of one unit's two plans the later, so nothing is paid twice."""
    return _paying(credits.policies_on(unit, day, SHARE, PROFIT))


def _paying(policies: dict[str, Policy]) -> Policy | None:
    found = [policies[plan] for plan in (SHARE, PROFIT) if plan in policies]
    return max(found, key=lambda policy: (policy.unit.path, policy.from_on, policy.pk), default=None)


def effect(benefit: Benefit) -> Effect:
    """What certifying this benefit today would do; reads only."""
    result, day = benefit.result, clock.today()
    soon = Batch()
    versions = soon(credits.versions_on(benefit.unit, day))
    others = soon(result.benefits.certified().exclude(pk=benefit.pk).values_list("pk")[:1])
    shares = [(maker.person, maker.share_bp) for maker in soon(result.in_order())]
    weights = [share for _, share in shares]
    if sum(weights) != 10_000:  # a claim that is not complete yet has no effect to show
        return Effect(benefit.counted_fen)
    policies = credits.nearest(versions)
    points_policy = policies.get(POINTS)
    points = 0
    if points_policy is not None:
        points = points_for(points_policy.terms(), benefit.counted_fen, result.kind, is_first=not others)
    money_policy = _paying(policies)
    reward_fen, working = _reward(benefit, money_policy)
    return Effect(
        benefit.counted_fen,
        points_policy,
        points,
        _parts(shares, points),
        money_policy,
        reward_fen,
        _parts(shares, reward_fen),
        working,
    )


def _parts(shares: credits.Shares, total: int) -> list[Part]:
    if not total:
        return []
    parts = shared(total, [share for _, share in shares])
    return [Part(person, share, part) for (person, share), part in zip(shares, parts, strict=True) if part]


def _reward(benefit: Benefit, policy: Policy | None) -> tuple[int, str]:
    """This year's money in fen with its formula; of a profit share the lump and this year's part."""
    if policy is None or not benefit.is_owner:
        return 0, ""
    plan = policy.terms()
    if policy.plan == SHARE:
        band, amount = band_at(plan, benefit.amount_fen), share_fen(plan, benefit.amount_fen)
        amount = amount if plan.cap_fen is None else min(amount, plan.cap_fen)
        rate = "" if band is None else f" × {percent_text(band.rate_bp)}" if plan.mode == "whole" else " · 分段累进"
        return amount, f"{fen_text(benefit.amount_fen)}{rate} = {fen_text(amount)}" if amount else ""
    year = benefit.year - first_year(benefit.result, benefit)
    profit = profit_of(benefit)
    share = share_fen(plan, profit) if 0 <= year < plan.years else 0
    share = share if plan.cap_fen is None else min(share, plan.cap_fen)
    lump = plan.lump_fen if year == 0 else 0
    rate = percent_text(plan.bands[0].rate_bp) if plan.bands else "0%"
    said = f"{fen_text(profit)} × {rate} = {fen_text(share)}"
    return lump + share, f"{fen_text(lump)} + {said}" if lump else said


def profit_of(benefit: Benefit) -> int:
    """The profit that finance named with the benefit, or else the benefit itself."""
    return benefit.amount_fen if benefit.profit_fen is None else benefit.profit_fen


def first_year(result: Result, benefit: Benefit) -> int:
    """The first year of a result that finance certified: where the years of a profit share begin."""
    years = result.benefits.certified().exclude(pk=benefit.pk).values_list("year", flat=True)
    return min([*years, benefit.year])


def about(result: Result) -> dues.About:
    return dues.About(result.title, "results", result.no)


def source_of(benefit: Benefit) -> str:
    """The business fact behind points and money: a retry, or a second clerk, meets the same postings."""
    return f"benefit:{benefit.uid}"


def schedule_of(result: Result) -> str:
    """The business fact behind a result's profit share over the years."""
    return f"result:{result.uid}:profit"


def follow(benefit: Benefit, *, cause: Event, by: Person) -> Effect:
    """Credit points and make dues for a benefit that has just been certified. Within its action."""
    found = effect(benefit)
    result, unit = benefit.result, benefit.unit.enterprise
    if found.points_policy is not None and found.points:
        credits.credit_points(
            unit,
            result.shares(),
            found.points,
            found.points_policy,
            cause=cause,
            batch=source_of(benefit),
            what="certified",
            about=about(result),
            working={
                "benefit_fen": benefit.counted_fen,
                "fen_per_point": found.points_policy.fen_per_point,
                "benefit": benefit.no,
                "year": benefit.year,
            },
        )
    if found.money_policy is not None and found.money_policy.plan == PROFIT and benefit.is_owner:
        _profit_dues(benefit, found.money_policy, cause, by)
    elif found.money_policy is not None:
        for part in found.reward_parts:
            dues.owe(
                unit,
                part.person,
                kind="share",
                source=source_of(benefit),
                about=about(result),
                cause=cause,
                by=by,
                amount_fen=part.amount,
                year=benefit.year,
                base_fen=benefit.amount_fen,
                share_bp=part.share_bp,
                working=f"{found.working} × {percent_text(part.share_bp)}",
                policy=found.money_policy,
            )
    return found


def _profit_dues(benefit: Benefit, policy: Policy, cause: Event, by: Person) -> None:
    """The schedule of a profit share: a lump once and one due a year and maker, which waits for its year's profit."""
    result, unit, plan = benefit.result, benefit.unit.enterprise, policy.terms()
    shares, first = result.shares(), first_year(benefit.result, benefit)
    for part in _parts(shares, plan.lump_fen):
        dues.owe(
            unit,
            part.person,
            kind="lump",
            source=schedule_of(result),
            about=about(result),
            cause=cause,
            by=by,
            amount_fen=part.amount,
            year=first,
            share_bp=part.share_bp,
            working=f"{fen_text(plan.lump_fen)} × {percent_text(part.share_bp)}",
            policy=policy,
        )
    for number in range(plan.years):
        for person, share in shares:
            dues.owe(
                unit,
                person,
                kind="profit",
                source=schedule_of(result),
                about=about(result),
                cause=cause,
                by=by,
                amount_fen=None,
                year=first + number,
                instalment=number + 1,
                share_bp=share,
                due_on=date(first + number, 12, 31),
                policy=policy,
            )
    _profit_known(benefit, policy, shares, by)


def _profit_known(benefit: Benefit, policy: Policy, shares: credits.Shares, by: Person) -> None:
    profit, plan = profit_of(benefit), policy.terms()
    total = share_fen(plan, profit)
    total = total if plan.cap_fen is None else min(total, plan.cap_fen)
    parts = dict(zip([person.pk for person, _ in shares], shared(total, [bp for _, bp in shares]), strict=True))
    waiting = Due.objects.filter(source=schedule_of(benefit.result), kind="profit", year=benefit.year, state="expected").select_related(
        "person", "unit"
    )
    for due in waiting.order_by("pk"):
        rate = percent_text(plan.bands[0].rate_bp) if plan.bands else "0%"
        working = f"{fen_text(profit)} × {rate} × {percent_text(due.share_bp)}"
        dues.become_known(due, base_fen=profit, amount_fen=parts.get(due.person_id or 0, 0), working=working, by=by)
