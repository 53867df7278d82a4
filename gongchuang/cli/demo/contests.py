"""Contests of the demo city (竞赛): three years of released ones of every kind, one being judged, one taking entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from gongchuang.cli.demo.city import City
from gongchuang.contests import actions, following, judging
from gongchuang.contests.models import Contest, Entry, ScoreSheet
from gongchuang.contests.presets import PRIZES, SCHEMES
from gongchuang.people import actions as people
from gongchuang.people.models import Person, SkillRecord, Unit

TRADES = ["装配钳工", "焊工", "电工", "数控车工", "数控铣工", "汽车维修工"]
JUDGES = ["林晓峰", "何玉兰", "宋立新", "丁晓"]
MILD = {"周志刚": 1, "林晓峰": 1, "何玉兰": 0, "宋立新": -4, "丁晓": 3}
"""How many points each judge gives above (or below) what the work is worth: what the severity mirror should find."""
LOW, HIGH = 62, 94
ENTRANTS = 10
RAISING: list[dict[str, Any]] = [
    {"rank_from": 1, "rank_to": 1, "name": "一等奖", "money_fen": 300_000, "promote_to": 5, "from_least": 3},
    {"rank_from": 2, "rank_to": 3, "name": "二等奖", "money_fen": 200_000, "promote_one": True, "cap": 5},
    {"rank_from": 4, "rank_to": 8, "name": "三等奖", "money_fen": 100_000, "promote_one": True, "cap": 4},
]
TOWNS = [("石桥镇", "西洋参礼盒"), ("望海镇", "海带饼"), ("青山镇", "山楂果茶"), ("古渡镇", "草编提篮")]
BODIES = [("海岳市政务服务中心", "一窗通办"), ("海岳市图书馆", "车间书屋"), ("海岳市气象台", "风场短临预报")]


def build(city: City) -> None:
    panel = _panel(city)
    finals = [_skills(city, panel, number) for number in range(city.count(6, least=4))]
    city.kept["contests"] = [one for one in finals if one is not None]
    _units(city, panel, kind="rural", title="一镇一品擂台赛", template="product", rows=TOWNS, unit_kind="town")
    _units(
        city,
        panel,
        kind="public_service",
        title="服务发展竞赛",
        template="service",
        rows=BODIES,
        unit_kind="public_body",
    )
    _safety(city, panel)
    _five_small(city, panel)
    _being_judged(city, panel)
    _taking_entries(city)


def _panel(city: City) -> list[Person]:
    """周志刚 of the demo accounts and four judges of the schools, who belong to no entrant's enterprise."""
    admin = city.cast["admin"]
    found = [city.cast["judge"]]
    with city.on(city.begins_on):
        for number, name in enumerate(JUDGES):
            school = city.schools[number % len(city.schools)]
            judge = people.enrol(school, name=name, skill_level=6, by=admin, key=city.key())
            people.appoint(judge, role="judge", over=school, by=admin, key=city.key())
            found.append(judge)
    return found


def _prepared(city: City, held_on: date, panel: Sequence[Person], chief: Person, by: Person, **said: Any) -> Contest:
    """Prepared 40 days before, with its judges, and announced."""
    with city.on(held_on - timedelta(days=40)):
        contest = actions.create(
            opens_on=held_on - timedelta(days=35), closes_on=held_on - timedelta(days=5), held_on=held_on,
            by=by, key=city.key(), **said,
        )  # fmt: skip
        for judge in panel:
            actions.appoint(contest, person=judge, by=by, key=city.key())
        actions.appoint(contest, person=chief, is_chief=True, is_judge=chief in panel, by=by, key=city.key())
        return actions.announce(contest, by=by, key=city.key())


def _entered(city: City, contest: Contest, workers: Sequence[Person]) -> None:
    with city.on(contest.closes_on - timedelta(days=3)):
        for worker in workers:
            actions.enter(contest, by=worker, key=city.key())


def _workers(city: City, wanted: int, among: Sequence[Unit] = ()) -> list[Person]:
    """Different workers of different enterprises, as a district sends them."""
    found: dict[int, Person] = {}
    while len(found) < wanted:
        home = city.random.choice(list(among)) if among else city.any_enterprise()
        worker = city.any_worker(city.any_team(home))
        found.setdefault(worker.pk, Person.objects.get(pk=worker.pk))
    return list(found.values())


def _judged(city: City, contest: Contest, by: Person, leave: int = 0) -> None:
    """Drawn and marked; `leave` sheets of the last entries stay open.

    The lot falls by the city's own key, so nothing here may hang on the codes: the city is the same whatever is drawn.
    """
    with city.on(contest.held_on, hour=10):
        judging.begin(contest, by=by, key=city.key())
    entries = contest.entries.filter(state="competing").order_by("pk")
    worth = {pk: city.random.randint(LOW, HIGH) for pk in entries.values_list("pk", flat=True)}
    sheets = list(ScoreSheet.objects.open().filter(contest=contest).select_related("judge", "contest").order_by("entry", "judge"))
    with city.on(contest.held_on, hour=14):
        for sheet in sheets[: len(sheets) - leave]:
            total = worth[sheet.entry_id] + MILD.get(sheet.judge.name, 0) + city.random.choice((-1, 0, 0, 1))
            judging.lock(sheet, marks=marks(contest, min(100, total)), by=sheet.judge, key=city.key())


def marks(contest: Contest, total: int) -> dict[str, int]:
    """Marks that come to about `total` of 100: each criterion its share, J aspects on their scale of 0–3."""
    return {one.key: min(int(one.top), round(float(one.top) * total / 100)) for one in contest.scheme().criteria}


def _released(city: City, contest: Contest, chief: Person, by: Person) -> None:
    with city.on(contest.held_on, hour=17):
        judging.sign(contest, by=chief, key=city.key())
    with city.on(contest.held_on + timedelta(days=1)):
        judging.release(contest, by=by, key=city.key())


def _skills(city: City, panel: list[Person], number: int) -> Contest:
    """A district's skill contest of one trade: marked by three, released, its levels confirmed five weeks later."""
    district = city.districts[number % len(city.districts)]
    officer = city.district_officers[district.pk]
    first = city.begins_on + timedelta(days=60)
    held_on = first + timedelta(days=number * max(1, (city.ago(60) - first).days) // city.count(6, least=4))
    trade = TRADES[number % len(TRADES)]
    contest = _prepared(
        city, held_on, panel[1:4], panel[0], officer, unit=district, title=f"{district}{held_on.year}年{trade}技能竞赛",
        kind="labour", level="industry", trade=trade, template="practice", prizes=RAISING,
    )  # fmt: skip
    _entered(city, contest, _workers(city, ENTRANTS))
    _judged(city, contest, officer)
    _released(city, contest, panel[0], officer)
    _confirmed(city, contest)
    return contest


def _confirmed(city: City, contest: Contest) -> None:
    """The labour authority's list, entered by each winner's union with the certificate number; one in ten did not pass."""
    uids = [f"contests_entrant:{uid}" for uid in contest.persons.values_list("uid", flat=True)]
    with city.on(contest.held_on + timedelta(days=36)):
        skills = SkillRecord.objects.filter(source__in=uids, state="recommended")
        for skill in skills.select_related("person__unit").order_by("person"):
            officer = city.officers[skill.person.unit.enterprise.pk]
            if city.random.random() < 0.1:
                people.refuse_level(skill, reason="理论补考未通过", by=officer, key=city.key())
                continue
            people.confirm_level(
                skill, certificate_no=f"HY{contest.held_on.year}{skill.pk:06d}", issuer="海岳市人力资源和社会保障局",
                obtained_on=contest.held_on + timedelta(days=35), by=officer, key=city.key(),
            )  # fmt: skip


def _units(
    city: City,
    panel: list[Person],
    *,
    kind: str,
    title: str,
    template: str,
    rows: list[tuple[str, str]],
    unit_kind: str,
) -> None:
    """Units with what they show: towns with a product, public bodies with a service."""
    district, admin = city.districts[0], city.cast["admin"]
    officer = city.district_officers[district.pk]
    held_on = city.ago(120 if kind == "rural" else 200)
    with city.on(city.begins_on):
        homes = [people.found_unit(district, kind=unit_kind, name=name, by=admin, key=city.key()) for name, _ in rows]
    contest = _prepared(
        city, held_on, panel[1:4], panel[0], officer, unit=district, title=f"{district}{held_on.year}年{title}",
        kind=kind, level="chain" if kind == "rural" else "industry", entrants="unit", template=template,
        prizes=PRIZES["honour"], tags=["green"] if kind == "rural" else [],
    )  # fmt: skip
    with city.on(contest.closes_on):
        for home, (_, product) in zip(homes, rows, strict=True):
            actions.enter(contest, unit=home, product=product, by=officer, key=city.key())
    _judged(city, contest, officer)
    _released(city, contest, panel[0], officer)


def _safety(city: City, panel: list[Person]) -> None:
    """The factory's own safety contest, whose first three were recommended to the district."""
    officer, district = city.officers[city.fan.pk], city.districts[0]
    over = city.district_officers[district.pk]
    held_on = city.ago(50)
    said: dict[str, Any] = {"kind": "safety", "template": "practice", "prizes": PRIZES["honour"], "trade": "安全员"}
    final = _prepared(
        city, held_on + timedelta(days=25), panel[1:4], panel[0], over, unit=district,
        title=f"{district}“安康杯”安全技能决赛", level="industry", **said,
    )  # fmt: skip
    contest = _prepared(
        city, held_on, panel[1:4], panel[0], officer, unit=city.fan, title=f"{city.fan}“安康杯”安全技能赛",
        level="enterprise", higher=final, places_up=3, **said,
    )  # fmt: skip
    _entered(city, contest, _workers(city, 6, [city.fan]))
    _judged(city, contest, officer)
    _released(city, contest, panel[0], officer)
    with city.on(held_on + timedelta(days=2)):
        for entry in Entry.objects.filter(contest=contest, rank__lte=3).order_by("rank", "pk"):
            actions.advance(entry, by=officer, key=city.key())
    _judged(city, final, over)
    _released(city, final, panel[0], over)


def _five_small(city: City, panel: list[Person]) -> None:
    """Teams present their five-small projects to a key project's committee."""
    officer = city.cast["city"]
    contest = _prepared(
        city, city.ago(90), panel[1:4], panel[0], officer, unit=city.root, title="海岳市重点工程“五小”创新竞赛",
        kind="innovation", level="key_project", entrants="team", template="project", prizes=PRIZES["honour"],
        tags=["five_small"],
    )  # fmt: skip
    with city.on(contest.closes_on):
        for enterprise in city.enterprises[1:6]:
            team = city.any_team(enterprise)
            actions.enter(
                contest, members=city.workers[team.pk][:3], name=f"{enterprise}{team}攻关组",
                by=city.officers[enterprise.pk], key=city.key(),
            )  # fmt: skip
    _judged(city, contest, officer)
    _released(city, contest, panel[0], officer)


def _being_judged(city: City, panel: list[Person]) -> None:
    """Two contests of yesterday: one whose chief judge waits for a last sheet, one that 周志刚 has still to mark."""
    officer = city.cast["city"]
    others = [one for one in city.enterprises if one != city.fan]
    said: dict[str, Any] = {
        "unit": city.root, "kind": "labour", "level": "chain", "scheme": SCHEMES["fitter"], "prizes": RAISING,
    }  # fmt: skip
    contest = _prepared(
        city, city.ago(1), panel, panel[0], officer, title="装配钳工技能赛", trade="装配钳工",
        occupation_code="6-20-01-01", **said,
    )  # fmt: skip
    _entered(city, contest, [city.cast["worker"], *_workers(city, 11, others)])
    _judged(city, contest, officer, leave=1)
    city.kept["judging"] = contest

    # 赵铁山 is of 海岳风机 himself: from its worker he stands back by rule
    four = [panel[0], panel[2], panel[3], city.cast["studio"]]
    second = _prepared(city, city.ago(1), four, panel[1], officer, title="数控车工技能赛", trade="数控车工", **said)
    _entered(city, second, [*_workers(city, 7, others), *_workers(city, 1, [city.fan])])
    _judged(city, second, officer, leave=14)
    half = ScoreSheet.objects.open().filter(contest=second, judge=panel[0]).order_by("entry").first()
    if half is not None:
        with city.on(city.ago(1), hour=15):
            given = marks(second, 86) | {"steps": None, "time": 0}
            judging.mark(half, marks=given, by=panel[0], key=city.key())


def _taking_entries(city: City) -> None:
    officer = city.cast["district"]
    with city.on(city.ago(4)):
        contest = actions.create(
            unit=city.districts[0], title=f"{city.districts[0]}焊工技能竞赛", kind="labour", level="industry", trade="焊工",
            template="practice", prizes=RAISING, capacity=60, tags=["green", "follow_up"], opens_on=city.ago(4),
            closes_on=city.today + timedelta(days=20), held_on=city.today + timedelta(days=27), by=officer, key=city.key(),
        )  # fmt: skip
        actions.announce(contest, by=officer, key=city.key())
        if city.kept["class"].starts_on <= contest.held_on:
            following.follow(contest, city.kept["class"], by=officer, key=city.key())
    with city.on(city.ago(1)):
        for worker in _workers(city, 7, [city.fan]):
            actions.enter(contest, by=worker, key=city.key())
