"""A worker's year in nine chapters: after each, the city's public figures moved by what happened, and no other moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest

from gongchuang import desks
from gongchuang.academy import actions as academy
from gongchuang.academy.checkin import code_at
from gongchuang.bank import actions as bank
from gongchuang.bank.models import Account, Due
from gongchuang.contests import actions as contests
from gongchuang.contests import judging
from gongchuang.contests.models import Contest, Entry
from gongchuang.contests.tests.conftest import SCHEME, give
from gongchuang.honours import actions as honours
from gongchuang.indicators import reading, tally
from gongchuang.kernel import clock, verify
from gongchuang.kernel.period import Period
from gongchuang.matchmaker import actions as matches
from gongchuang.matchmaker import intake
from gongchuang.matchmaker.tests.conftest import NEED
from gongchuang.people import actions as people
from gongchuang.people.models import Person, SkillRecord, Unit
from gongchuang.proposals import actions as proposals
from gongchuang.results import actions as results
from gongchuang.results import certification
from gongchuang.results.models import Benefit, Result
from gongchuang.results.tests.conftest import SHEET
from gongchuang.studios import actions as studios
from gongchuang.studios.models import Studio

YEAR = Period.parse("2026")
Values = dict[str, int | None]
_keys = (f"walk-{number}" for number in count(1))
PRIZES = [
    {"rank_from": 1, "rank_to": 1, "name": "一等奖", "promote_to": 5, "from_least": 3},
    {"rank_from": 2, "rank_to": 2, "name": "二等奖"},
]


def key() -> str:
    return next(_keys)


class Year:
    """The city's people, and its figures as they stood after the last chapter."""

    def __init__(self, city: Unit, of: Callable[[str], Any]) -> None:
        self.city, self.of = city, of
        self.worker: Person = of("worker")
        self.officer: Person = of("officer")
        self.before: Values = {}

    def values(self) -> Values:
        tally.catch_up()
        return {one.key: one.value for one in reading.figures(self.city, YEAR)}

    def begins(self) -> None:
        self.before = self.values()

    def moved(self, **expected: int) -> None:
        """Keys are written with `__` for the dot. What had no value and has one now moved by the whole of it."""
        now = self.values()
        found = {name: (value or 0) - (self.before[name] or 0) for name, value in now.items() if value != self.before[name]}
        assert found == {name.replace("__", "."): by for name, by in expected.items()}
        self.before = now


def test_a_workers_year(cast: Any, city: Unit, request: pytest.FixtureRequest) -> None:
    for name in ("worker2", "leader", "officer", "certifier", "district_officer", "city_officer", "stranger"):
        request.getfixturevalue(name)
    year = Year(city, request.getfixturevalue)
    with clock.frozen("2026-06-02T09:00"):
        mother = an_existing_studio(cast, year)
        rules_in_force(year)
        year.begins()
    is_trained(cast, year)
    with clock.frozen("2026-06-22T09:00"):
        competes(cast, year)
        result = proposes(year)
        benefit = earns(year, result)
        is_paid(year, benefit)
    is_honoured(cast, year)
    with clock.frozen("2026-07-16T09:00"):
        leads_a_child_studio(year, mother)
    with clock.frozen("2026-07-20T09:00"):
        helps_another_enterprise(cast, year)
        findings = verify.run(desks.invariants())
    assert sum(finding.checked for finding in findings) > len(findings)
    assert [(finding.name, finding.breaks) for finding in findings if not finding.holds] == []


# ---- before the story ------------------------------------------------------------------------------------------------


def named(year: Year, studio: Studio, document_no: str) -> Studio:
    studios.recommend(studio, by=year.officer, key=key())
    studios.review(studio, by=year.of("district_officer"), key=key())
    return studios.name(studio, document_no=document_no, named_on=clock.today(), by=year.of("city_officer"), key=key())


def an_existing_studio(cast: Any, year: Year) -> Studio:
    master = cast.person(year.of("team"), "赵铁山", "studio_lead", work_no="A100", skill_level=7)
    made = studios.apply(
        leader=master, name="赵铁山创新工作室", level="city", kind="craftsman", field="叶轮装配", founded_on=date(2026, 6, 1),
        by=master, key=key(),
    )  # fmt: skip
    return named(year, made, "海工发〔2026〕1号")


def rules_in_force(year: Year) -> None:
    """1 point for 5,000 yuan; 5% from 20,000 yuan, 4% from 500,000. An enterprise's rules are no rule of the city."""
    factory, more = year.of("factory"), {"from_on": date(2026, 1, 1), "by": year.officer}
    points = bank.propose_policy(
        factory, plan="points", name="积分规则", fen_per_point=5_000_00, points={}, fen_for_point=500, key=key(), **more
    )
    share = bank.propose_policy(factory, plan="share", name="成果奖励办法", bands=[(20_000_00, 500), (500_000_00, 400)], key=key(), **more)
    for policy in (points, share):
        bank.approve_policy(policy, by=year.of("certifier"), key=key())


# ---- the chapters ----------------------------------------------------------------------------------------------------


def is_trained(cast: Any, year: Year) -> None:
    """A class aiming at 高级工: the worker comes to both meetings, worker2 signs up and never comes."""
    factory, starts = year.of("factory"), datetime(2026, 6, 18, 8, 30, tzinfo=clock.ZONE)
    with clock.frozen("2026-06-02T10:00"):
        school = cast.unit(cast.unit(year.city, "external", "外部单位"), "school", "海岳职业学院", code="HYZY")
        office, teacher = cast.person(factory, "于海洋", "academy"), cast.person(school, "孙海燕", "lecturer", work_no="T01")
        made = academy.apply(
            factory, "海岳风机工匠学院", "city", "enterprise", [school], 92, brand="焊工", capacity=1200, by=year.officer, key=key()
        )
        academy.review(made, 90, by=year.of("district_officer"), key=key())
        academy.name(made, "海工发〔2026〕8号", by=year.of("city_officer"), key=key())
        year.moved(academy__city_academies=1)
        lecturer = academy.enlist(made, teacher, "teacher", "焊接工艺", by=office, key=key())
        training = academy.open_class(
            made, "高级工提升班", lecturer, "into_college", "实训楼", 3, starts, meetings=2, every_days=1, hours=4, trade="焊工",
            aim_rank=4, by=office, key=key(),
        )  # fmt: skip
        seat = academy.sign_up(training, by=year.worker, key=key())
        academy.sign_up(training, by=year.of("worker2"), key=key())
        year.moved()
    for session in training.sessions.order_by("number"):
        with clock.frozen(session.starts_at):
            academy.open_session(session, by=teacher, key=key())
            academy.check_in(session, code_at(session.uid, clock.now()), by=year.worker, key=key())
            academy.close_session(session, by=teacher, key=key())
    with clock.frozen("2026-06-19T17:00"):
        seat.refresh_from_db()
        academy.mark(seat, 800, 850, by=teacher, key=key())
        training.refresh_from_db()
        academy.finish(training, by=teacher, key=key())
        seat.refresh_from_db()
        assert (seat.state, seat.hours) == ("passed", 8)
        year.moved(academy__trained=1, academy__high_skilled_trained=1)


def a_contest(cast: Any, year: Year) -> tuple[Contest, list[Person], Person]:
    host, today = year.of("district_officer"), clock.today()
    court = cast.unit(year.city, "school", "海岳技师学院", code="HYJS")
    judges = [cast.person(court, name, "judge") for name in ("林晓峰", "何玉兰", "宋立新")]
    chief = cast.person(year.city, "周志刚", "chief_judge")
    contest = contests.create(
        unit=year.of("district"), title="装配钳工技能赛", kind="labour", level="industry", trade="装配钳工",
        opens_on=today, closes_on=today, held_on=today, scheme=SCHEME, prizes=PRIZES, by=host, key=key(),
    )  # fmt: skip
    for judge in judges:
        contests.appoint(contest, person=judge, by=host, key=key())
    contests.appoint(contest, person=chief, is_chief=True, is_judge=False, by=host, key=key())
    return contests.announce(contest, by=host, key=key()), judges, chief


def competes(cast: Any, year: Year) -> None:
    """The worker (中级工) comes first and rises to 技师; worker2 (高级工) second; one of another enterprise third, with no prize."""
    contest, judges, chief = a_contest(cast, year)
    host = year.of("district_officer")
    rival = cast.person(year.of("other_factory"), "韩冰")
    for person in (year.worker, year.of("worker2"), rival):
        contests.enter(contest, by=person, key=key())
    judging.begin(contest, by=host, key=key())
    for person, marks in ((year.worker, (55, 35)), (year.of("worker2"), (50, 35)), (rival, (45, 30))):
        give(contest, person, dict.fromkeys(judges, marks))
    judging.sign(contest, by=chief, key=key())
    year.moved()
    judging.release(contest, by=host, key=key())
    ranks = Entry.objects.filter(contest=contest).order_by("rank").values_list("name", "rank", "score")
    assert list(ranks) == [("张伟明", 1, "90.00"), ("刘建军", 2, "85.00"), ("韩冰", 3, "75.00")]
    year.moved(contests__held=1, contests__high_skilled_selected=2, innovators__participants=3)

    raised = SkillRecord.objects.get(source__startswith="contests_entrant:")
    assert (raised.person, raised.from_level, raised.level, raised.state) == (year.worker, 3, 5, "recommended")
    people.confirm_level(raised, certificate_no="T-2026-0001", issuer="海岳市人社局", obtained_on=clock.today(), by=year.officer, key=key())
    year.worker.refresh_from_db()
    assert year.worker.skill_level == 5
    year.moved(contests__level_promotions=1)


def proposes(year: Year) -> Result:
    """Proposed, adopted, put into practice, and made a result of two makers; the worker takes part already."""
    leader = year.of("leader")
    made = proposals.submit(year.worker.unit, problem="逐个找正费时", idea="做一副锥销快换定位工装", by=year.worker, key=key())
    year.moved(proposals__made=1, proposals__of_one_enterprise=1)
    proposals.adopt(made, by=leader, key=key())
    year.moved(proposals__adopted=1)
    proposals.implement(made, by=leader, key=key())
    year.moved(proposals__implemented=1)
    result = results.make_from_proposal(
        made, kind="technical_innovation", makers=[(year.worker, 6_000), (year.of("worker2"), 4_000)], by=year.officer, key=key()
    )
    made.refresh_from_db()
    assert (made.state, result.state) == ("resulted", "recognised")
    year.moved(results__technical_innovations=1, innovators__backbone=2)
    return result


def earns(year: Year, result: Result) -> Benefit:
    """(3.50 − 2.25) × 6,000 × 86 − 45,000 = 600,000 yuan; a claim is no benefit yet."""
    claimed = certification.claim(result, from_on=date(2026, 6, 22), to_on=date(2027, 6, 21), lines=SHEET, by=year.officer, key=key())
    year.moved()
    certification.certify(claimed, by=year.of("certifier"), key=key())
    assert claimed.amount_fen == 600_000_00
    year.moved(results__benefit=600_000_00, results__benefit_of_one_enterprise=600_000_00)
    return claimed


def is_paid(year: Year, benefit: Benefit) -> None:
    """120 points and 4% of 600,000 yuan, shared 60 : 40; then 60 points redeemed at 5 yuan. Points owed are no money."""
    certifier = year.of("certifier")
    points = Account.objects.filter(kind="worker").order_by("-balance").values_list("person__name", "balance")
    assert list(points) == [("张伟明", 72), ("刘建军", 48)]
    dues = list(Due.objects.order_by("-amount_fen"))
    assert [(due.person.name, due.amount_fen) for due in dues if due.person] == [("张伟明", 14_400_00), ("刘建军", 9_600_00)]
    bank.fill_fund(year.of("factory"), amount_fen=100_000_00, document_no="财〔2026〕1号", by=certifier, key=key())
    for due in dues:
        bank.approve_due(due, by=year.officer, key=key())
    year.moved()
    for due in dues:
        bank.pay_due(due, voucher_no=f"记-{due.pk}", by=certifier, key=key())
    year.moved(bank__incentives_paid=24_000_00)

    account = Account.objects.get(kind="worker", person=year.worker)
    redeemed = bank.redeem(account, points=60, by=year.worker, key=key())
    bank.approve_due(redeemed, by=year.officer, key=key())
    year.moved()
    bank.pay_due(redeemed, voucher_no="记-兑换", by=certifier, key=key())
    account.refresh_from_db()
    assert account.balance == 12
    year.moved(bank__incentives_paid=300_00)


def is_honoured(cast: Any, year: Year) -> None:
    """Recommended, listed for five working days, named by another officer, and paid by the city."""
    city, city_officer = year.city, year.of("city_officer")
    colleague = cast.person(city, "宋岚", "city")
    with clock.frozen("2026-07-06T09:00"):
        title = people.define_title(
            city, title_key="city-craftsman", name_zh="海岳工匠", name_en="Craftsman of Haiyue", level="city", holder="person",
            is_craftsman=True, prize_fen=10_000_00, by=city_officer, key=key(),
        )  # fmt: skip
        year.moved(people__city_craftsman_prize=10_000_00)
        selection = honours.open_round(
            city, "第九届海岳工匠", title, 2, date(2026, 7, 6), issuers="海岳市人民政府", by=city_officer, key=key()
        )
        nominated = honours.recommend(selection, "攻关一项，节约六十万元", person=year.worker, by=year.officer, key=key())
    with clock.frozen("2026-07-07T09:00"):
        honours.publish(selection, [nominated], by=city_officer, key=key())
        year.moved()
    with clock.frozen("2026-07-15T09:00"):
        honours.name(selection, "海政发〔2026〕15号", by=colleague, key=key())
        year.moved(people__craftsmen=1, people__city_level_honours=1, people__city_craftsmen=1)
        bank.fill_fund(city, amount_fen=30_000_00, document_no="海财〔2026〕1号", by=city_officer, key=key())
        due = Due.objects.get(kind="prize")
        bank.approve_due(due, by=city_officer, key=key())
        bank.pay_due(due, voucher_no="记-奖金", by=colleague, key=key())
        honours.settle(selection, by=colleague, key=key())
        year.moved(bank__incentives_paid=10_000_00)


def leads_a_child_studio(year: Year, mother: Studio) -> None:
    """The worker grew in the existing studio; being of the backbone already, only the studio is new."""
    studios.join(mother, person=year.worker, part="core", joined_on=date(2026, 7, 15), by=mother.leader, key=key())
    year.moved()
    child = studios.apply(
        leader=year.worker, name="张伟明创新工作室", level="city", kind="craftsman", field="快换工装", mother=mother,
        founded_on=date(2026, 7, 16), by=year.worker, key=key(),
    )  # fmt: skip
    year.moved()
    named(year, child, "海工发〔2026〕21号")
    assert list(mother.children.all()) == [child]
    year.moved(studios__city_studios=1, studios__all_studios=1)


def helps_another_enterprise(cast: Any, year: Year) -> None:
    """From an enterprise's need to a confirmed benefit. The contract is with a worker's enterprise, so with no university."""
    matchmaker, asking, today = cast.person(year.city, "宋红", "matchmaker"), year.of("stranger"), clock.today()
    finance = cast.person(year.of("other_factory"), "高洁", "certifier")
    expert = intake.enlist(
        unit=year.city, kind="skilled", person=year.worker, direction="曲轴圆角滚压，感应加热", joined_on=today, by=matchmaker, key=key()
    )
    year.moved(matchmaker__experts=1)
    need = intake.collect(unit=year.of("other_factory"), by=asking, key=key(), **NEED)
    year.moved()
    intake.publish(need, by=matchmaker, key=key())
    year.moved(matchmaker__needs=1)
    match = matches.put_forward(need, candidate=f"expert:{expert.no}", by=matchmaker, key=key())
    matches.want(match, by=asking, key=key())
    year.moved()
    matches.accept(match, by=year.worker, key=key())
    year.moved(matchmaker__needs_matched=1, matchmaker__enterprises_matched=1)
    matches.meet(match, met_on=today, meeting="定下试验方案", by=matchmaker, key=key())
    matches.sign(
        match, title="曲轴滚压预热工艺开发", kind="development", party_b="海岳风机有限公司", amount_fen=400_000_00, signed_on=today,
        ends_on=date(2027, 7, 19), by=matchmaker, key=key(),
    )  # fmt: skip
    claimed = matches.claim(match.contract, year=2026, amount_fen=1_200_000_00, basis="废品减少 600 件 × 2,000 元", by=asking, key=key())
    year.moved()
    matches.confirm(claimed, by=finance, key=key())
    match.refresh_from_db()
    assert match.state == "effective"
    year.moved(matchmaker__benefit=1_200_000_00)
