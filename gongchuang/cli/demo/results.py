"""Results of the demo city (成果): the rules first, then three years of results, their benefits, spreads and patents."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from gongchuang.bank import actions as bank
from gongchuang.cli.demo.city import City
from gongchuang.kernel import clock
from gongchuang.people import actions as people
from gongchuang.people.models import Person, Unit
from gongchuang.proposals import actions as proposals
from gongchuang.proposals.models import Proposal
from gongchuang.results import actions, certification, patent_number
from gongchuang.results.models import Benefit, OverlapGroup, Result

KINDS = ("technical_innovation", "technical_innovation", "proposal", "technical_innovation", "operating_method", "invention")
# item · measure · before · after · pieces a year · unit price in yuan · where the price stands
SAVINGS = [
    ("单件工时", "小时", "3.50", "2.60", 2400, "86.00", "成本标准"),
    ("单件电耗", "千瓦时", "18.4", "15.1", 21000, "0.6354", "供电结算单"),
    ("废品率", "件/百件", "2.1", "0.8", 900, "310.00", "质量成本表"),
    ("单件焊材", "千克", "1.32", "1.08", 16000, "11.80", "采购合同"),
    ("换型时间", "小时", "1.50", "0.40", 620, "240.00", "设备台时费"),
    ("切削液消耗", "升/班", "9.0", "6.5", 1900, "14.50", "领料单"),
    ("返工工时", "小时", "2.0", "0.5", 1100, "86.00", "成本标准"),
    ("气体消耗", "立方/班", "22", "14", 2600, "3.20", "供气结算单"),
]
TOP: dict[str, Any] = {"label": "塔筒法兰焊接工时", "before": "7.20", "after": "4.65", "pieces": 2900, "price": "86.00", "cost": 22_000}
"""赵铁山's project: 635,970 yuan saved a year, less 22,000 spent on it."""


def build(city: City) -> None:
    _rules(city)
    made = [one for proposal in city.kept["implemented"] if (one := _of_proposal(city, proposal)) is not None]
    made.append(_leading(city))
    made += [one for number in range(city.count(12, least=5)) if (one := _patented(city, number)) is not None]
    city.kept["results"] = made
    _derived(city, made)
    _spread(city, made)
    _audited(city)
    _waiting(city)


# --------------------------------------------------------------------------------------------------------- rules


def _rules(city: City) -> None:
    with city.on(city.begins_on):
        admin = city.cast["admin"]
        second = people.enrol(city.root, name="任洪", by=admin, key=city.key())
        people.appoint(second, role="city", over=city.root, by=admin, key=city.key())
        city.kept["city_second"] = second
        _in_force(
            city, city.root, city.cast["city"], second, plan="share", name="鼓励一线职工岗位创新的意见",
            document_no="海工发〔2018〕21号",
            bands=[(20_000_00, 500), (100_000_00, 450), (500_000_00, 350), (1_000_000_00, 300), (10_000_000_00, 100)],
        )  # fmt: skip
        for number, enterprise in enumerate(city.enterprises):
            officer, certifier = city.officers[enterprise.pk], city.certifiers[enterprise.pk]
            if number % 3 == 0:
                _in_force(
                    city, enterprise, officer, certifier, plan="points", name="职工创新银行积分规则",
                    fen_per_point=5_000_00, points={"spread": 10, "patent": 50}, fen_for_point=500, valid_years=2,
                )  # fmt: skip
            if number == 0:
                _in_force(
                    city, enterprise, officer, certifier, plan="share", name="岗位创新成果奖励办法",
                    bands=[(20_000_00, 500), (500_000_00, 400), (1_000_000_00, 300), (10_000_000_00, 100)],
                )  # fmt: skip
            if number % 7 == 1:
                _in_force(
                    city, enterprise, officer, certifier, plan="profit", name="创新成果利润分成办法",
                    bands=[(0, 1_000)], lump_fen=10_000_00, years=3,
                )  # fmt: skip


def _in_force(city: City, unit: Unit, by: Person, second: Person, **terms: Any) -> None:
    made = bank.propose_policy(unit, from_on=clock.today(), by=by, key=city.key(), **terms)
    bank.approve_policy(made, by=second, key=city.key())


# ------------------------------------------------------------------------------------------------------- results


def _of_proposal(city: City, proposal: Proposal) -> Result | None:
    """Two implemented proposals in three become a result, most with a certified benefit; the others are closed."""
    enterprise = proposal.unit.enterprise
    officer = city.officers[enterprise.pk]
    assert proposal.implemented_on is not None
    day = clock.add_working_days(proposal.implemented_on, city.random.randint(3, 9))
    is_workers = proposal.author == city.cast["worker"]
    if day >= city.ago(20):
        return None
    if city.random.random() > 0.68 and not is_workers:
        with city.on(day, hour=10):
            proposals.close(proposal, text="已固化到作业指导书，不单列成果。", by=officer, key=city.key())
        return None
    mate = city.any_worker(proposal.unit)
    makers = [(proposal.author, 10_000)] if mate == proposal.author else [(proposal.author, 6_000), (mate, 4_000)]
    with city.on(day, hour=10):
        result = actions.make_from_proposal(proposal, kind=city.random.choice(KINDS), makers=makers, by=officer, key=city.key())
    _benefits(city, result, day)
    return result


def _benefits(city: City, result: Result, day: date) -> None:
    """One sheet for the first year, and a second one for what goes on bringing money."""
    lines = _lines(city)
    for year in range(city.random.choice((1, 1, 2))):
        begins = day + timedelta(days=365 * year)
        claimed = clock.add_working_days(begins, city.random.randint(8, 40))
        if claimed >= city.ago(6):
            return
        if not _claim(city, result, begins, claimed, lines):
            return


def _claim(city: City, result: Result, begins: date, claimed: date, lines: list[dict[str, Any]], **more: Any) -> Benefit | None:
    enterprise = result.unit.enterprise
    officer, certifier = city.officers[enterprise.pk], city.certifiers[enterprise.pk]
    with city.on(claimed, hour=11):
        benefit = certification.claim(
            result, from_on=begins, to_on=begins + timedelta(days=364), lines=lines, by=officer, key=city.key(), **more
        )
    fate = city.random.random()
    certified = clock.add_working_days(claimed, city.random.randint(1, 5))
    if certified >= city.today or (fate > 0.6 and certified > city.ago(14)):
        return None
    with city.on(certified, hour=14):
        certification.certify(benefit, by=certifier, key=city.key())
    return benefit


def _lines(city: City) -> list[dict[str, Any]]:
    label, measure, before, after, pieces, price, source = city.random.choice(SAVINGS)
    number = pieces * city.random.randint(60, 150) // 100
    saving = {
        "kind": "saving", "label": label, "measure": measure, "before": Decimal(before), "after": Decimal(after),
        "quantity": Decimal(number), "quantity_measure": "件", "price_fen": Decimal(price) * 100, "price_source": source,
        "proof_text": f"统计台账 1—{city.random.randint(12, 60)} 行",
    }  # fmt: skip
    spent = city.random.choice((0, 1_200, 3_500, 8_000))
    if not spent:
        return [saving]
    return [saving, _cost(spent, city.random.randint(1, 6))]


def _cost(yuan: int, invoices: int) -> dict[str, Any]:
    return {
        "kind": "cost", "label": "改进投入", "quantity": Decimal(1), "price_fen": Decimal(yuan * 100),
        "proof_text": f"发票 {invoices} 张",
    }  # fmt: skip


def _leading(city: City) -> Result:
    """赵铁山's studio project, the largest yearly saving of one result."""
    team, master = city.team_named("焊接一班"), city.cast["studio"]
    mate = city.workers[team.pk][1]
    begins = city.ago(300)
    with city.on(begins, hour=9):
        result = actions.register(
            team, kind="technical_innovation", title="塔筒法兰窄间隙焊接工装", problem="法兰焊接层间清渣费时，返修多。",
            solution="窄间隙焊枪加跟踪滑台，一次成形。", makers=[(master, 7_000), (mate, 3_000)], used_from_on=begins,
            by=city.officers[city.fan.pk], key=city.key(),
        )  # fmt: skip
    saving = {
        "kind": "saving", "label": TOP["label"], "measure": "小时", "before": Decimal(TOP["before"]),
        "after": Decimal(TOP["after"]), "quantity": Decimal(TOP["pieces"]), "quantity_measure": "件",
        "price_fen": Decimal(TOP["price"]) * 100, "price_source": "成本标准", "proof_text": "工时记录 1—58 行",
    }  # fmt: skip
    claimed = clock.add_working_days(begins, 20)
    with city.on(claimed, hour=11):
        benefit = certification.claim(
            result, from_on=begins, to_on=begins + timedelta(days=364), lines=[saving, _cost(TOP["cost"], 4)],
            by=city.officers[city.fan.pk], key=city.key(),
        )  # fmt: skip
    with city.on(clock.add_working_days(claimed, 2), hour=14):
        certification.certify(benefit, by=city.certifiers[city.fan.pk], key=city.key())
    city.kept["studio_result"] = result
    return result


def _patented(city: City, number: int) -> Result | None:
    enterprise = city.fan if number % 3 == 0 else city.any_enterprise()
    team = city.any_team(enterprise)
    day = city.any_day(last=60)
    officer, maker = city.officers[enterprise.pk], city.any_worker(team)
    digits = f"{day.year}{city.random.choice('12')}{city.random.randint(0, 9_999_999):07d}"
    with city.on(day, hour=15):
        result = actions.register(
            team, kind="patent", title=f"一种{city.random.choice(('快换定位', '自动清渣', '可调夹持', '在线检测'))}装置",
            problem="现有装置调整费时、精度不稳。", solution="采用可更换的定位组件，一次装夹完成。",
            makers=[(maker, 10_000)], is_confidential=number % 5 == 4, by=officer, key=city.key(),
        )  # fmt: skip
        actions.add_patent(
            result, number=f"{digits}.{patent_number.check_digit(digits)}", filed_on=day - timedelta(days=200),
            granted_on=day if number % 4 else None, by=officer, key=city.key(),
        )  # fmt: skip
    return result


# ------------------------------------------------------------------------ the same yuan, other teams, second looks


def _derived(city: City, made: list[Result]) -> None:
    """Some results are written up again as an operating method: the same yuan, which only the first one counts."""
    owners = [
        benefit
        for result in made
        if result.proposal_id and result.kind == "technical_innovation"
        for benefit in result.benefits.order_by("pk")[:1]
        if benefit.state == "checked"
    ]
    for number, owner in enumerate(owners[: city.count(4, least=2)]):
        officer = city.officers[owner.unit.enterprise.pk]
        day = max(owner.claimed_on, city.ago(30))
        with city.on(clock.add_working_days(day, 1), hour=9):
            certification.group(owner, group=None, name=owner.result.title, is_owner=True, by=officer, key=city.key())
            maker, _ = owner.result.shares()[0]
            method = actions.register(
                owner.unit, kind="operating_method", title=f"{maker.name}{owner.result.title[:8]}操作法", problem=owner.result.problem,
                solution=owner.result.solution, makers=[(maker, 10_000)], derived_from=owner.result, by=officer, key=city.key(),
            )  # fmt: skip
            group = OverlapGroup.objects.get(benefits=owner)
            certification.claim(
                method, from_on=owner.from_on, to_on=owner.to_on, lines=_same(owner), overlap_group=group, is_owner=False,
                by=officer, key=city.key(),
            )  # fmt: skip
        made.append(method)
        if number % 2 == 0:
            with city.on(clock.add_working_days(day, 3), hour=14):
                for sheet in group.benefits.select_related("result", "unit").order_by("pk"):
                    certification.certify(sheet, by=city.certifiers[owner.unit.enterprise.pk], key=city.key())


def _same(benefit: Benefit) -> list[dict[str, Any]]:
    names = ("kind", "label", "measure", "before", "after", "quantity", "quantity_measure", "price_fen", "price_source", "proof_text")
    return [{name: getattr(line, name) for name in names} for line in benefit.lines.order_by("place")]


def _spread(city: City, made: list[Result]) -> None:
    chosen = [result for result in made if result.kind in ("technical_innovation", "operating_method")]
    for number, result in enumerate(chosen[: city.count(14, least=5)]):
        enterprise = result.unit.enterprise
        others = [team for team in city.teams[enterprise.pk] if team != result.unit]
        day = clock.add_working_days(max(result.registered_on, city.ago(400)), 12)
        if day >= city.ago(8):
            continue
        target = city.random.choice(others)
        with city.on(day, hour=9):
            offered = actions.spread(
                result, to_unit=target, word="贵班组有同样的工序，可以一试。", by=city.officers[enterprise.pk], key=city.key()
            )
        if number % 5 == 4 and day > city.ago(60):
            continue
        with city.on(clock.add_working_days(day, 4), hour=16):
            leader = city.leaders[target.pk]
            if number % 5 == 3:
                actions.turn_down(offered, answer="机型不同，夹具用不上。", by=leader, key=city.key())
            else:
                actions.take_up(offered, answer="已装在两台设备上。", by=leader, key=city.key())


def _audited(city: City) -> None:
    """District officers look a second time at a few; one does not stand."""
    certified = list(
        Benefit.objects.filter(state="certified", is_owner=True)
        .exclude(result=city.kept["studio_result"])
        .select_related("result", "unit", "certified_by", "claimed_by", "checked_by")
        .order_by("certified_on", "pk")[: city.count(8, least=4)]
    )
    for number, benefit in enumerate(certified):
        enterprise = benefit.unit.enterprise
        district = next(one for one in city.districts if enterprise.is_inside(one))
        officer = city.district_officers[district.pk]
        with city.on(clock.add_working_days(benefit.certified_on or city.today, 30), hour=10):
            if number == 2:
                certification.overturn(benefit, reason="产量按计划数填报，与入库单不符。", by=officer, key=city.key())
            else:
                certification.audit(benefit, finding="抽查入库单与台账一致。", by=officer, key=city.key())


def _waiting(city: City) -> None:
    """Sheets that wait for 陈静, one that waits for the officer, and one returned."""
    officer, certifier = city.officers[city.fan.pk], city.certifiers[city.fan.pk]
    for number in range(6):
        team = city.any_team(city.fan)
        one, other = city.workers[team.pk][0], city.workers[team.pk][1]
        begins = city.ago(40 - number)
        with city.on(clock.add_working_days(city.ago(9), number // 2), hour=9 + number):
            result = actions.register(
                team, kind="technical_innovation", title=f"{team.name}{SAVINGS[number][0]}改进", problem=f"{SAVINGS[number][0]}偏高。",
                solution="改工装、定参数、写入作业指导书。", makers=[(one, 6_000), (other, 4_000)], used_from_on=begins,
                by=one if number == 4 else officer, key=city.key(),
            )  # fmt: skip
            if number == 4:
                actions.recognise(result, by=officer, key=city.key())
            benefit = certification.claim(
                result, from_on=begins, to_on=begins + timedelta(days=364), lines=_lines(city),
                by=one if number == 4 else officer, key=city.key(),
            )  # fmt: skip
            if number == 5:
                certification.send_back(benefit, reason="请补上供电结算单。", by=certifier, key=city.key())
