"""Academies of the demo city (工匠学院): applied for and named, a shared pool, orders, three years of classes, a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongchuang.academy import actions
from gongchuang.academy.models import Academy, Lecturer, TrainingClass
from gongchuang.cli.demo.city import City
from gongchuang.kernel import clock
from gongchuang.people import actions as people
from gongchuang.people.models import Person, Unit

# name · enterprise · co-founding school · level · kind · known for · self-assessment
ACADEMIES = [
    ("海岳风电工匠学院", 0, 0, "city", "enterprise", "焊工", 95),
    ("海岳轮胎工匠学院", 2, 3, "city", "enterprise", "轮胎成型", 91),
    ("北湾曲轴工匠学院", 1, 2, "city", "enterprise", "数控车工", 93),
    ("海岳船舶工匠学院", 3, 1, "city", "industry", "船体装配", 90),
    ("东港区工匠学院", 4, 0, "district", "park", "电工", 88),
    ("北湾铸造工匠学院", 5, 3, "enterprise", "enterprise", "铸造工", 84),
]
COLLEGES = [
    ("海上风电产业学院", "海上风电", 0),
    ("绿色轮胎产业学院", "高性能轮胎", 1),
    ("智能船舶产业学院", "船舶与海工", 3),
]
COURSES = [
    ("二氧化碳气体保护焊", "焊工", "hands_on", 24), ("数控编程与加工", "数控车工", "hands_on", 32),
    ("电气故障排查", "电工", "case", 16), ("形位公差与测量", "检验工", "lecture", 16),
    ("设备点检与维修", "维修工", "case", 16), ("班组安全管理", "班组长", "lecture", 8),
]  # fmt: skip
GOALS = ["能独立完成平板对接焊", "会编中等复杂零件的程序", "能判断常见电气故障", "看得懂形位公差并会测"]
CERTIFIER = "海岳市职业技能评价中心"


@dataclass
class House:
    """A named academy with its office and its menu."""

    academy: Academy
    office: Person
    enterprise: Unit


def build(city: City) -> None:
    houses = [_academy(city, row) for row in ACADEMIES]
    _struck_off(city)
    _still_applying(city)
    pool = _pool(city, houses)
    for name, industry, at in COLLEGES:
        with city.on(city.ago(620)):
            actions.found_college(houses[at].academy, name, industry, by=houses[at].office, key=city.key())
    _menus(city, houses)
    wanted = city.count(54, least=6)
    classes = min(wanted, 600)
    heads = min(200, 24 * wanted // classes)
    for number in range(classes):
        _taught(city, houses[number % len(houses)], pool, number, heads)
    _orders(city, houses[0], pool)
    city.kept["class"] = _upcoming(city, houses[0], pool)
    _plan(city)


def _apply(city: City, row: tuple[str, int, int, str, str, str, int], day: date) -> tuple[Academy, Unit]:
    name, at, school, level, kind, brand, score = row
    enterprise = city.enterprises[at % len(city.enterprises)]
    with city.on(day):
        academy = actions.apply(
            enterprise, name, level, kind, [city.schools[school]], score, brand=brand, capacity=1200,
            by=city.officers[enterprise.pk], key=city.key(),
        )  # fmt: skip
    return academy, enterprise


def _academy(city: City, row: tuple[str, int, int, str, str, str, int]) -> House:
    day = city.begins_on + timedelta(days=5 + row[1])
    academy, enterprise = _apply(city, row, day)
    district = enterprise.parent
    assert district is not None
    with city.on(day + timedelta(days=12)):
        actions.review(academy, row[6] - 1, by=city.district_officers[district.pk], key=city.key())
    with city.on(day + timedelta(days=30)):
        document = f"海工发〔{clock.today().year}〕{11 + row[1]}号"
        actions.name(academy, document, by=city.cast["city"], key=city.key())
        office = people.enrol(enterprise, name=city.name(), by=city.cast["admin"], key=city.key())
        people.appoint(office, role="academy", over=enterprise, by=city.cast["admin"], key=city.key())
    return House(academy, office, enterprise)


def _struck_off(city: City) -> None:
    academy, enterprise = _apply(city, ("海岳纺织工匠学院", 6, 2, "city", "enterprise", "挡车工", 82), city.begins_on + timedelta(days=9))
    assert enterprise.parent is not None
    with city.on(city.begins_on + timedelta(days=20)):
        actions.review(academy, 81, by=city.district_officers[enterprise.parent.pk], key=city.key())
        actions.name(academy, "海工发〔旧〕9号", by=city.cast["city"], key=city.key())
    with city.on(city.ago(260)):
        actions.strike_off(academy, "连续两年年度评价不合格", by=city.cast["city"], key=city.key())


def _still_applying(city: City) -> None:
    _apply(city, ("高新机器人工匠学院", 7, 1, "city", "enterprise", "工业机器人运维", 86), city.ago(3))


def _pool(city: City, houses: Sequence[House]) -> list[Lecturer]:
    """The shared pool: a teacher, a craftsman, and the best workers of each house; some teach at two academies."""
    pool = []
    with city.on(city.begins_on + timedelta(days=45)):
        first = houses[0]
        for login, source, topics in (("lecturer", "teacher", "焊接工艺"), ("studio", "craftsman", "大型构件焊接")):
            pool.append(actions.enlist(first.academy, city.cast[login], source, topics, by=first.office, key=city.key()))
        for house in houses:
            best = sorted(_workers(city, house.enterprise), key=lambda person: -person.skill_level)[:2]
            pool += [
                actions.enlist(house.academy, person, "technician", house.academy.brand, by=house.office, key=city.key()) for person in best
            ]
        for house in houses[1:3]:
            actions.enlist(house.academy, city.cast["lecturer"], "teacher", "焊接工艺", by=house.office, key=city.key())
    return pool


def _workers(city: City, enterprise: Unit) -> list[Person]:
    return [person for team in city.teams[enterprise.pk] for person in city.workers[team.pk]]


def _menus(city: City, houses: Sequence[House]) -> None:
    with city.on(city.begins_on + timedelta(days=46)):
        for at, house in enumerate(houses):
            for title, trade, method, hours in COURSES[at % 3 : at % 3 + 3]:
                actions.offer_course(house.academy, title, trade, method, hours, "学完能上岗", by=house.office, key=city.key())


def _at(day: date, hour: int = 8) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=clock.ZONE)


def _taught(city: City, house: House, pool: Sequence[Lecturer], number: int, heads: int) -> None:
    """One class from opening to its end: two meetings, a sheet signed at each, every fourth with marks and certificates."""
    day = city.any_day(first=3 * 365 - 110, last=12)
    into_enterprise = number % 2 == 1
    enterprise = city.any_enterprise() if into_enterprise else house.enterprise
    title, trade, method, hours = COURSES[number % len(COURSES)]
    is_marked = number % 4 == 0
    with city.on(day - timedelta(days=8)):
        lecturer = pool[number % len(pool)]
        training = actions.open_class(
            house.academy, f"{title}第{number + 1}期", lecturer, "into_enterprise" if into_enterprise else "into_college",
            f"{enterprise} 培训室" if into_enterprise else f"{house.enterprise} 实训楼", heads, _at(day), meetings=2,
            hours=max(1, hours // 4), trade=trade, method=method, trainees=("in_post", "new", "migrant", "in_post", "new_form")[number % 5],
            aim_rank=4 if number % 3 == 0 else None, pass_mark_tenths=600 if is_marked else 0, by=house.office, key=city.key(),
        )  # fmt: skip
    people_there = [one for one in _workers(city, enterprise) if one != lecturer.person]
    sample = city.random.sample(people_there, min(heads, len(people_there), 8 if is_marked else heads))
    with city.on(day - timedelta(days=4)):
        actions.enrol_many(training, sample, by=house.office, key=city.key())
    _held(city, house, training, is_marked)


def _held(city: City, house: House, training: TrainingClass, is_marked: bool) -> None:
    for session in training.sessions.order_by("number"):
        with city.on(session.starts_at.astimezone(clock.ZONE).date(), hour=8):
            actions.open_session(session, by=house.office, key=city.key())
            rows = list(training.enrolments.filter(state="signed_up").select_related("person").order_by("seat"))
            present = [row for row in rows if city.random.random() < 0.94]
            if present:
                actions.tick_many(session, present, by=house.office, key=city.key())
            actions.close_session(session, by=house.office, key=city.key())
    training.refresh_from_db()
    with city.on(training.starts_on + timedelta(days=3), hour=16):
        rows = list(training.enrolments.filter(sessions_attended__gte=1).order_by("seat")) if is_marked else []
        for row in rows:
            actions.mark(row, city.random.randint(550, 950), city.random.randint(560, 980), by=house.office, key=city.key())
        actions.finish(training, by=house.office, key=city.key())
        for row in training.enrolments.filter(state="passed").order_by("seat")[: 3 if is_marked else 0]:
            actions.record_certificate(
                row, f"37-{training.no[3:]}-{row.seat:03d}", CERTIFIER, clock.today(), by=house.office, key=city.key()
            )


def _orders(city: City, house: House, pool: Sequence[Lecturer]) -> None:
    """One order served by a class, one taken on, one that waits."""
    for number, goal in enumerate(GOALS[:3]):
        team = city.any_team(house.enterprise)
        with city.on(city.ago(20 - number)):
            order = actions.place(
                team,
                house.academy,
                "焊工",
                12,
                "new",
                goal,
                city.today + timedelta(days=10),
                by=city.leaders[team.pk],
                key=city.key(),
            )
            if number < 2:
                actions.accept(order, by=house.office, key=city.key())
            if number == 0:
                actions.open_class(
                    house.academy, f"{team}订单班", pool[1], "into_enterprise", f"{team} 现场", 12, _at(city.today + timedelta(days=10)),
                    order=order, hours=4, by=house.office, key=city.key(),
                )  # fmt: skip


def _upcoming(city: City, house: House, pool: Sequence[Lecturer]) -> TrainingClass:
    """What the tour shows: a class open for sign-up, with 张伟明 in it and seats left; another one that is taught today."""
    with city.on(city.ago(4)):
        training = actions.open_class(
            house.academy, "焊工高级工提升班", pool[0], "into_college", "实训楼 201", 30, _at(city.today + timedelta(days=6)), meetings=3,
            hours=4, trade="焊工", aim_rank=4, by=house.office, key=city.key(),
        )  # fmt: skip
        actions.sign_up(training, by=city.cast["worker"], key=city.key())
        today = actions.open_class(
            house.academy, "快换工装装配班", pool[0], "into_enterprise", "叶轮装配班现场", 20, _at(city.today), hours=3, trade="装配工",
            pass_mark_tenths=0, by=house.office, key=city.key(),
        )  # fmt: skip
        impeller = city.team_named("叶轮装配班")
        actions.enrol_many(today, [city.cast["worker"], *city.workers[impeller.pk][:8]], by=house.office, key=city.key())
    return training


def _plan(city: City) -> None:
    worker = city.cast["worker"]
    with city.on(city.ago(40)):
        plan = actions.open_plan(
            worker,
            city.cast["studio"],
            "焊工",
            4,
            city.today + timedelta(days=300),
            by=city.cast["leader"],
            key=city.key(),
        )
        first = actions.add_line(plan, "跟师傅做一次法兰焊接攻关", city.ago(10), by=city.cast["studio"], key=city.key())
        actions.add_line(plan, "上焊工高级工提升班", city.today + timedelta(days=20), by=worker, key=city.key())
        actions.add_line(plan, "参加跟进的焊工技能赛", city.today + timedelta(days=60), by=worker, key=city.key())
    with city.on(city.ago(9)):
        actions.do_line(plan, first, by=city.cast["studio"], key=city.key())
