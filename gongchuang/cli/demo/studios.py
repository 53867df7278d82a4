"""Studios of the demo city (工作室): the lineage of 赵铁山, studios of many enterprises, groups, apprentices, team measures."""

from __future__ import annotations

from datetime import date

from gongchuang.cli.demo.city import City
from gongchuang.people import actions as people
from gongchuang.people.models import Person, Unit
from gongchuang.results.models import Result
from gongchuang.studios import actions, groups
from gongchuang.studios.models import Studio

# name · enterprise · mother · level · founded · named · what it tackles · members besides the leader · is silent
LINEAGE = [
    ("刘建军", "海岳风机", "赵铁山", "city", 2016, 2018, "叶轮装配与平衡", 9, False),
    ("许桂芳", "岳西轮胎", "赵铁山", "city", 2018, 2020, "硫化节能与模具保养", 7, False),
    ("丁晓", "东港造船", "赵铁山", "city", 2019, 2021, "厚板焊接变形控制", 8, False),
    ("韩春生", "南浦海产", "赵铁山", "city", 2019, 2022, "球铁件热处理变形控制", 5, False),
    ("马骏", "高新重工", "赵铁山", "city", 2020, 2022, "液压件清洁度", 4, True),
    ("吕明远", "岳西轮胎", "许桂芳", "enterprise", 2022, 2024, "成型机快速换型", 4, False),
    ("陶敏", "海岳风机", "刘建军", "district", 2021, 2023, "叶片无损检测", 5, False),
]
FIELDS = [
    "焊接变形控制", "数控加工效率", "热处理节能", "装配防错", "设备点检与备件", "喷涂质量", "模具快换", "自动检测", "电控柜标准化", "铸件缺陷控制",
    "起重吊装安全", "冷链保鲜工艺", "纺纱断头率", "包装降耗", "药品灌装精度",
]  # fmt: skip
DEEDS = [
    ("problem", "攻关例会：锥销磨损"), ("study", "新工艺学习"), ("handing_on", "焊接姿态示范"), ("problem", "废品原因分析会"),
    ("study", "读图与公差"), ("handing_on", "徒弟操作考核"), ("problem", "快换工装试验"), ("study", "设备说明书共读"),
]  # fmt: skip


def build(city: City) -> None:
    led: dict[str, Studio] = {}
    led["赵铁山"] = _mother(city)
    for name, where, mother, level, founded, named, field, members, is_silent in LINEAGE:
        enterprise = next((one for one in city.enterprises if str(one) == where), city.fan)
        leader = _enrolled(city, name, enterprise)
        _take_in(city, led[mother], [leader], date(founded - 4, 5, 1))
        studio = _named(city, leader, f"{name}创新工作室", level, field, date(founded, 3, 1), date(named, 6, 1), mother=led[mother])
        led[name] = studio
        _live(city, studio, members, times=0 if is_silent else 4)
    city.kept["studios"] = led
    _of_results(city)
    _struck_off(city)
    _groups(city, led)
    _apprentices(city, led["赵铁山"])
    _measures(city)
    _waiting(city, led["赵铁山"])


# ------------------------------------------------------------------------------------------------------- studios


def _mother(city: City) -> Studio:
    studio = _named(
        city,
        city.cast["studio"],
        "赵铁山创新工作室",
        "nation",
        "塔筒焊接与变形控制",
        date(2009, 4, 1),
        date(2012, 4, 28),
        kind="model_worker",
    )
    _live(city, studio, 14, times=8)
    with city.on(city.ago(40)):
        result = city.kept.get("studio_result")
        if result is not None:
            actions.note_result(studio, result=result, by=studio.leader, key=city.key())
    return studio


def _named(
    city: City, leader: Person, name: str, level: str, field: str, founded_on: date, named_on: date, *,
    mother: Studio | None = None, kind: str = "craftsman", on: date | None = None,
) -> Studio:  # fmt: skip
    """A studio through its steps; what was named before the platform is entered on the platform's first days."""
    enterprise = leader.unit.enterprise
    district = city.district_officers[enterprise.parent_id or 0]
    officer, key = city.officers[enterprise.pk], city.key
    with city.on(on or max(named_on, city.begins_on)):
        studio = actions.apply(
            leader=leader, name=name, level=level, kind=kind, field=field, founded_on=founded_on, mother=mother, by=leader, key=key(),
            introduction=f"围绕{field}开展学习培训、技能传承和创新攻关。",
        )  # fmt: skip
        actions.recommend(studio, by=officer, key=key())
        if level in {"enterprise", "district"}:
            document = f"{'区' if level == 'district' else '厂'}工字〔{named_on.year}〕{7 + named_on.month}号"
            return actions.name(studio, document_no=document, named_on=named_on, by=district, key=key())
        actions.review(studio, by=district, key=key())
        document = f"海工发〔{named_on.year}〕{10 + named_on.month}号"
        return actions.name(studio, document_no=document, named_on=named_on, by=city.cast["city"], key=key())


def _enrolled(city: City, name: str, enterprise: Unit) -> Person:
    with city.on(city.begins_on):
        team = city.teams[enterprise.pk][0]
        person = people.enrol(team, name=name, skill_level=6, hired_on=date(2005, 7, 1), by=city.cast["admin"], key=city.key())
    city.workers[team.pk].append(person)
    return person


def _take_in(city: City, studio: Studio, persons: list[Person], joined_on: date) -> None:
    present = {member.person_id for member in studio.members.all()}
    day = max(joined_on, studio.founded_on)
    with city.on(max(day, city.begins_on)):
        for person in persons:
            if person.pk not in present:
                actions.join(studio, person=person, part="core", joined_on=day, by=studio.leader, key=city.key())


def _live(city: City, studio: Studio, members: int, *, times: int) -> None:
    """Members and activities of a studio, the last ones within the year."""
    enterprise = studio.unit
    crowd = [worker for team in city.teams[enterprise.pk] for worker in city.workers[team.pk] if worker != studio.leader]
    picked = city.random.sample(crowd, min(members, len(crowd)))
    _take_in(city, studio, picked, studio.named_on or studio.founded_on)
    officer = city.officers[enterprise.pk]
    since = (city.today - max(studio.named_on or city.begins_on, city.begins_on)).days
    for number in range(times):
        function, title = city.random.choice(DEEDS)
        day = city.any_day(first=max(4, min(since - 1, 330 * (number + 1) // max(1, times // 2))), last=3)
        with city.on(day, hour=16):
            activity = actions.log(
                studio, function=function, title=title, held_on=day, persons=[studio.leader, *city.random.sample(picked, len(picked) // 2)],
                by=studio.leader, key=city.key(),
            )  # fmt: skip
            actions.accept_activity(activity, by=officer, key=city.key())


def _of_results(city: City) -> None:
    """Studios led by makers of results: one an enterprise, each with the results of its leader."""
    by_leader: dict[int, list[Result]] = {}
    leaders: dict[int, Person] = {}
    for result in city.kept.get("results", []):
        for maker, _share in result.shares()[:1]:
            by_leader.setdefault(maker.pk, []).append(result)
            leaders[maker.pk] = maker
    taken = {studio.leader_id for studio in city.kept["studios"].values()}
    wanted = city.count(30, least=4)
    for pk, leader in leaders.items():
        if wanted == 0:
            return
        if pk in taken or leader.unit.enterprise.pk not in city.officers:
            continue
        wanted -= 1
        founded = date(2014 + wanted % 9, 1 + wanted % 12, 8)
        named_on = min(date(founded.year + 2, 5, 1 + wanted % 20), city.ago(20))
        level = ("city", "city", "city", "district")[wanted % 4]
        field = FIELDS[wanted % len(FIELDS)]
        studio = _named(city, leader, f"{leader.name}{field}创新工作室"[:60], level, field, founded, named_on)
        _live(city, studio, 3 + wanted % 5, times=2)
        with city.on(city.ago(15)):
            for result in by_leader[pk][:3]:
                if result.state == "recognised" and not hasattr(result, "studio_link"):
                    actions.note_result(studio, result=result, by=leader, key=city.key())


def _struck_off(city: City) -> None:
    leader = city.any_worker(city.any_team(city.enterprises[-1]))
    studio = _named(city, leader, f"{leader.name}包装改良工作室", "city", "包装降耗", date(2015, 3, 1), date(2017, 3, 1))
    with city.on(city.ago(300)):
        officer = city.district_officers[studio.unit.parent_id or 0]
        actions.rectify(studio, reason="两年没有成果和活动", by=officer, key=city.key())
    with city.on(city.ago(120)):
        actions.strike_off(studio, reason="整改期满仍无活动", struck_off_on=city.ago(120), by=city.cast["city"], key=city.key())


# -------------------------------------------------------------------------------- groups, apprentices, measures


def _groups(city: City, led: dict[str, Studio]) -> None:
    worker = city.cast["worker"]
    _group(city, worker.unit, worker, "张伟明攻关小组", "group", led["刘建军"], 6)
    for number in range(city.count(110, least=8)):
        enterprise = city.enterprises[number % len(city.enterprises)]
        team = city.teams[enterprise.pk][number // len(city.enterprises) % len(city.teams[enterprise.pk])]
        leader = city.any_worker(team)
        kind = "team" if number % 3 == 0 else "group"
        name = f"{team.name}创新班组" if kind == "team" else f"{leader.name}攻关小组{number}"
        _group(city, team, leader, name, kind, None, 2 + number % 4)


def _group(city: City, unit: Unit, leader: Person, name: str, kind: str, studio: Studio | None, size: int) -> None:
    crowd = [person for person in city.workers[unit.pk] if person != leader]
    day = city.any_day(first=900, last=30)
    with city.on(day):
        group = groups.register(
            unit=unit, kind=kind, name=name, leader=leader, field=city.random.choice(FIELDS), founded_on=day, studio=studio,
            members=city.random.sample(crowd, min(size, len(crowd))), by=leader, key=city.key(),
        )  # fmt: skip
        groups.confirm(group, by=city.officers[unit.enterprise.pk], key=city.key())


def _apprentices(city: City, mother: Studio) -> None:
    pairs: list[tuple[Person, Person, Studio | None]] = [(city.cast["studio"], city.cast["worker"], mother)]
    for number in range(city.count(16, least=2)):
        team = city.any_team(city.fan if number % 4 == 0 else None)
        master, apprentice = city.random.sample(city.workers[team.pk], 2)
        pairs.append((master, apprentice, None))
    for number, (master, apprentice, studio) in enumerate(pairs):
        begins = city.any_day(first=900, last=400)
        with city.on(begins):
            mentorship = groups.propose(
                apprentice=apprentice, trade="装配钳工" if number == 0 else "焊工", goals="两年内提升一个技能等级，独立完成一项改进",
                starts_on=begins, ends_on=begins.replace(year=begins.year + 2, day=1), studio=studio, by=master, key=city.key(),
            )  # fmt: skip
            groups.agree(mentorship, by=apprentice, key=city.key())
        if number % 3 == 1:
            with city.on(city.ago(30)):
                officer = city.officers[apprentice.unit.enterprise.pk]
                groups.complete(mentorship, outcome="已取得中级工", by=officer, key=city.key())


def _measures(city: City) -> None:
    """The crankshaft team of the article: 30 of 31 stations automated, 3.8 million yuan a head."""
    enterprise = city.enterprises[1]
    team = city.teams[enterprise.pk][1]
    leader, officer = city.leaders[team.pk], city.officers[enterprise.pk]
    this_month = city.today.replace(day=1)
    for years, automated, output_fen in ((1, 28, 3_420_000_000), (0, 30, 3_800_000_000)):
        ends_on = this_month.replace(year=this_month.year - years)
        with city.on(ends_on):
            measure = groups.enter(
                unit=team, ends_on=ends_on, stations_total=31, stations_automated=automated, output_fen=output_fen, basis="output",
                heads_tenths=100, evidence=f"曲轴线生产与用工报表 {ends_on:%Y-%m}", by=leader, key=city.key(),
            )  # fmt: skip
            groups.confirm_measure(measure, by=officer, key=city.key())


def _waiting(city: City, mother: Studio) -> None:
    """Something for each inbox: an activity to confirm, an application to recommend, a measure to compare."""
    with city.on(city.ago(2), hour=17):
        actions.log(
            mother, function="problem", title="塔筒法兰焊接工时复盘", held_on=city.ago(2), persons=[mother.leader], by=mother.leader,
            key=city.key(),
        )  # fmt: skip
        leader = city.leaders[city.team_named("叶轮装配班").pk]
        actions.apply(
            leader=leader, name=f"{leader.name}创新工作室", level="city", kind="worker", field="锥销快换", founded_on=date(2023, 5, 1),
            by=leader, key=city.key(),
        )  # fmt: skip
        team = city.team_named("叶轮装配班")
        groups.enter(
            unit=team, ends_on=city.ago(2).replace(day=1), stations_total=18, stations_automated=11, output_fen=960_000_000,
            basis="output", heads_tenths=240, evidence="叶轮装配线月报", by=city.leaders[team.pk], key=city.key(),
        )  # fmt: skip
