"""The matchmaker's three years in the demo city (技术红娘): institutions, experts, offers, needs, matches to their effect."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gongchuang.cli.demo.city import City
from gongchuang.cli.demo.topics import ALONE, OUTSIDE, TOPICS, Topic
from gongchuang.kernel import clock
from gongchuang.matchmaker import actions, intake
from gongchuang.matchmaker.models import Expert, Institution, Match, Need, Offer
from gongchuang.people.models import Person, Unit

KINDS = ["problem", "process", "equipment", "product", "testing", "result"]
SERVED = 4
"""How many needs of the small city come to a contract; most needs never do."""


def build(city: City) -> None:
    second = city.kept["city_second"]
    institutions = _institutions(city)
    experts = _experts(city, institutions)
    offers = [_offer(city, topic, experts[at], at, second) for at, topic in enumerate(TOPICS)]
    for number in range(city.count(8, least=0)):
        _offer(city, TOPICS[number % len(TOPICS)], experts[number % len(TOPICS)], number, second, series=f"{number // 16 + 2}")
    city.kept["offers"] = offers
    needs = [_need(city, topic, at) for at, topic in enumerate(TOPICS) if _place(city, topic.enterprise)]
    for at, (where, industry, title, text, aim) in enumerate(ALONE * max(1, round(city.size))):
        if _place(city, where):
            _need(city, Topic(where, industry, title, text, aim, "", "", "", ""), 40 + at)
    for at, (need, topic) in enumerate(needs):
        _bring_together(city, need, experts[TOPICS.index(topic)], offers[TOPICS.index(topic)], at)
    _waiting(city)


def _place(city: City, name: str) -> Unit | None:
    return next((one for one in city.enterprises if str(one) == name), None)


# ------------------------------------------------------------------------------------------------ who is on board


def _institutions(city: City) -> list[Institution]:
    made = []
    for number, (name, kind, region) in enumerate(OUTSIDE):
        joined_on = date(2019, 9, 1) + timedelta(days=97 * number)
        with city.on(max(joined_on, city.begins_on)):
            made.append(
                intake.board(
                    unit=city.root, name=name, kind=kind, region=region, agreement=f"校地合作协议 {joined_on.year}-{number + 1}",
                    joined_on=joined_on, by=city.cast["city"], key=city.key(),
                )
            )  # fmt: skip
    return made


def _experts(city: City, institutions: list[Institution]) -> list[Expert]:
    """One expert a topic (the first is 吴启明), more of each institution, and skilled workers who lead studios."""
    by = city.cast["city"]
    made = []
    for number, topic in enumerate(TOPICS):
        joined_on = date(2020, 3, 1) + timedelta(days=61 * number)
        who: dict[str, Any] = {"person": city.cast["expert"]} if number == 0 else {"name": city.name()}
        with city.on(max(joined_on, city.begins_on)):
            made.append(
                intake.enlist(
                    unit=city.root, kind="professor", institution=institutions[(number + 1) % len(institutions)],
                    title=("教授", "副教授", "研究员")[number % 3], direction=topic.direction, industry=topic.industry,
                    joined_on=joined_on, by=by, key=city.key(), items=[("paper", topic.paper, topic.offer_text)], **who,
                )
            )  # fmt: skip
    for number in range(city.count(30, least=4)):
        with city.on(city.begins_on):
            intake.enlist(
                unit=city.root, kind="professor", institution=institutions[number % len(institutions)], name=city.name(),
                title=("讲师", "副教授", "高级工程师")[number % 3], direction=TOPICS[number % len(TOPICS)].direction.split("，")[-1],
                joined_on=city.begins_on, by=by, key=city.key(),
            )  # fmt: skip
    for studio in city.kept.get("studios", {}).values():
        with city.on(city.begins_on):
            skill = ("skill", studio.field, studio.introduction)
            intake.enlist(
                unit=city.root, kind="skilled", person=studio.leader, title="高级技师", direction=studio.field,
                joined_on=city.begins_on, by=by, key=city.key(), items=[skill],
            )  # fmt: skip
    return made


def _offer(city: City, topic: Topic, expert: Expert, number: int, second: Person, series: str = "") -> Offer:
    day = city.any_day(first=1000, last=200)
    with city.on(day):
        offer = intake.draft_offer(
            unit=city.root, title=f"{topic.offer}{f'（{series}型）' if series else ''}", text=topic.offer_text, industry=topic.industry,
            stage=("mature", "middle", "early")[number % 3], way=("develop", "transfer", "licence", "consult")[number % 4],
            institution=expert.institution, owner=expert.person, by=second, key=city.key(),
        )  # fmt: skip
        return intake.publish_offer(offer, by=city.cast["city"], key=city.key())


# --------------------------------------------------------------------------------------------------------- needs


def _need(city: City, topic: Topic, number: int) -> tuple[Need, Topic]:
    enterprise = _place(city, topic.enterprise)
    assert enterprise is not None
    by, officer = city.cast["city"], city.officers[enterprise.pk]
    visited_on = city.ago(900 - 37 * (number % 16)) if number < 40 else city.any_day(first=700, last=120)
    if _is_open(number):
        visited_on = clock.add_working_days(city.ago(20), number // 4 % 4)
    with city.on(visited_on, hour=14):
        visit = intake.visit(
            unit=enterprise,
            visited_on=visited_on,
            note=f"到班组看现场，{topic.text[:40]}",
            companions="市总工会劳动经济部",
            by=by,
            key=city.key(),
        )
    with city.on(clock.add_working_days(visited_on, 1)):
        need = intake.collect(
            unit=enterprise, title=topic.need, abstract=f"{topic.need}，现状{topic.aim[1]}，目标{topic.aim[2]}。", text=topic.text,
            kind=KINDS[number % len(KINDS)], industry=topic.industry, way=("develop", "consult", "transfer")[number % 3],
            tier=("open", "open", "registered", "directed")[number % 4], valid_until=city.today + timedelta(days=200),
            contact_name=city.name(), contact_phone=f"138{10000000 + number * 7919:08d}", budget_fen=(20 + number % 5 * 20) * 10_000_00,
            visit=visit, aims=[(*topic.aim, "")], by=officer, key=city.key(),
        )  # fmt: skip
    with city.on(clock.add_working_days(visited_on, 4)):
        return intake.publish(need, by=by, key=city.key()), topic


def _is_open(number: int) -> bool:
    """Whether this need still looks for somebody today."""
    return number % 8 == 7


def _bring_together(city: City, need: Need, expert: Expert, offer: Offer, number: int) -> None:
    """Candidates put to the enterprise; some are wanted and accepted, few are signed, fewer have their benefit confirmed."""
    by, officer = city.cast["city"], city.officers[need.unit.pk]
    if _is_open(number) or need.published_on is None:
        return
    if number % 4 == 3:
        with city.on(clock.add_working_days(need.published_on, 9)):
            intake.close(need, reason="企业已另行解决。", by=officer, key=city.key())
        return
    day = clock.add_working_days(need.published_on, 6)
    with city.on(day):
        match = actions.put_forward(need, candidate=f"expert:{expert.no}", by=by, key=city.key())
    with city.on(clock.add_working_days(day, 5)):
        if number % 4 == 2:
            actions.decline(
                match, reason=("unfit", "budget")[number % 8 // 4], note="方向接近，但工况差得多，先不谈。", by=officer, key=city.key()
            )
            intake.close(need, reason="暂无合适对象，明年再提。", by=officer, key=city.key())
            return
        actions.want(match, by=officer, key=city.key())
    with city.on(clock.add_working_days(day, 9)):
        actions.accept(match, by=expert.person, key=city.key())
    met_on = clock.add_working_days(day, 16)
    with city.on(met_on, hour=15):
        meeting = f"双方到现场看过，{need.title}的试验方案分三步走。"
        actions.meet(match, met_on=met_on, meeting=meeting, by=by, key=city.key())
    if number // 4 < SERVED:
        _signed(city, match, expert, clock.add_working_days(met_on, 25), number)


def _signed(city: City, match: Match, expert: Expert, signed_on: date, number: int) -> None:
    institution = expert.institution
    assert institution is not None
    officer = city.officers[match.unit.pk]
    with city.on(signed_on):
        actions.sign(
            match, title=f"{match.need.title}技术开发合同", kind=("development", "service", "consulting")[number % 3],
            party_b=institution.name, institution=institution, amount_fen=(28 + 9 * number) * 10_000_00, signed_on=signed_on,
            ends_on=signed_on + timedelta(days=540), registered_no=f"2024{number:06d}", by=city.cast["city"], key=city.key(),
        )  # fmt: skip
    claimed_on = signed_on + timedelta(days=200)
    if claimed_on >= city.ago(30):
        return
    with city.on(claimed_on):
        amount_fen = (86 + 37 * number) * 10_000_00
        basis = "废品减少件数 × 单件成本，见质量成本表"
        benefit = actions.claim(match.contract, year=claimed_on.year, amount_fen=amount_fen, basis=basis, by=officer, key=city.key())
    if number % 8 != 5:
        with city.on(clock.add_working_days(claimed_on, 4)):
            actions.confirm(benefit, by=city.certifiers[match.unit.pk], key=city.key())


def _waiting(city: City) -> None:
    """What waits today: a need to be checked, a candidate the enterprise has not answered, one 吴启明 may take on."""
    fan, officer = city.fan, city.officers[city.fan.pk]
    given: dict[str, Any] = {
        "kind": "process", "industry": "风电装备", "way": "develop", "tier": "open", "valid_until": city.today + timedelta(days=300),
        "contact_name": "王秀兰", "contact_phone": "13800000001",
    }  # fmt: skip
    with city.on(city.ago(4)):
        need = intake.collect(
            unit=fan, title="主轴圆角滚压开裂要不要预热", abstract="主轴圆角滚压偶有开裂，求预热温度窗口。",
            text="42CrMo 主轴圆角滚压后偶见裂纹，想用感应加热预热，缺温度窗口和残余应力数据。", aims=[("开裂率", "0.6%", "0.1%", "")],
            by=officer, key=city.key(), **given,
        )  # fmt: skip
        intake.publish(need, by=city.cast["city"], key=city.key())
    with city.on(city.ago(2)):
        intake.collect(
            unit=fan, title="法兰螺栓力矩怎样在线核对", abstract="法兰螺栓力矩抽检漏检，求在线核对办法。",
            text="塔筒法兰螺栓 96 颗，力矩靠抽检，想在拧紧时逐颗记录。", aims=[("逐颗记录率", "0", "100%", "")], by=officer, key=city.key(), **given,
        )  # fmt: skip
