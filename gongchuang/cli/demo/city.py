"""The demo city 海岳市 (演示城市): invented, the same for the same seed and day, made by the actions themselves."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import import_module
from typing import Any

from django.db import connection

from gongchuang.cli.demo import names, progress
from gongchuang.indicators import tally
from gongchuang.kernel import clock, history
from gongchuang.kernel.text import Text
from gongchuang.people import accounts, actions, bulk, calendar
from gongchuang.people.models import Person, Unit
from gongchuang.people.roster_values import check_digit

PASSWORD = "gongchuang-demo"
YEARS = 3
SMALL = 0.01
"""The scale of the small city: 40 enterprises, about 6,000 workers."""
CAST = {
    "worker": ("张伟明", "职工"),
    "leader": ("李国栋", "班组长"),
    "officer": ("王秀兰", "企业工会干事"),
    "finance": ("陈静", "财务认证员"),
    "studio": ("赵铁山", "工作室领衔人"),
    "lecturer": ("孙海燕", "讲师"),
    "judge": ("周志刚", "评委"),
    "expert": ("吴启明", "专家"),
    "district": ("郑敏", "区市总工会"),
    "city": ("林涛", "市总工会"),
    "admin": ("系统管理员", "系统管理员"),
}
_CAST_NAMES = {name for name, _ in CAST.values()}

ANALYSED = (
    "kernel_event", "kernel_eventrow", "kernel_seal", "kernel_searchword",
    "indicators_fact", "indicators_roll", "people_person", "people_post",
)  # fmt: skip
"""The tables that grow with what is done."""


@dataclass
class City:
    """What the chapters of the demo share: units, persons by part, a seeded source of chance, and days."""

    scale: float = 0.01
    seed: int = 20260612
    today: date = field(default_factory=clock.today)
    root: Unit = None  # type: ignore[assignment]
    districts: list[Unit] = field(default_factory=list)
    enterprises: list[Unit] = field(default_factory=list)
    schools: list[Unit] = field(default_factory=list)
    teams: dict[int, list[Unit]] = field(default_factory=dict)  # by the enterprise's pk
    workers: dict[int, list[Person]] = field(default_factory=dict)  # by the team's pk
    leaders: dict[int, Person] = field(default_factory=dict)  # by the team's pk
    officers: dict[int, Person] = field(default_factory=dict)  # by the enterprise's pk
    certifiers: dict[int, Person] = field(default_factory=dict)  # by the enterprise's pk
    district_officers: dict[int, Person] = field(default_factory=dict)  # by the district's pk
    cast: dict[str, Person] = field(default_factory=dict)  # the demo accounts' persons, by login
    kept: dict[str, Any] = field(default_factory=dict)  # what one chapter leaves for a later one

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self._keys = 0

    def key(self) -> str:
        self._keys += 1
        return f"demo-{self.seed}-{self._keys}"

    @property
    def size(self) -> float:
        """How many times the small city this one is: scale 1 is a city of 520,000 workers."""
        return self.scale / SMALL

    @property
    def begins_on(self) -> date:
        """The first day of the city's records: three years ago."""
        return self.today.replace(year=self.today.year - YEARS, day=1)

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def any_day(self, first: int = YEARS * 365 - 40, last: int = 20) -> date:
        """A working day between `first` and `last` days ago."""
        day = self.ago(self.random.randint(last, first))
        return day if clock.is_working_day(day) else clock.add_working_days(day, 1)

    @contextmanager
    def on(self, day: date, hour: int = 9) -> Iterator[None]:
        """Do things on a past day."""
        with clock.frozen(f"{day.isoformat()}T{hour:02d}:00"):
            yield

    def count(self, number: int, least: int = 1) -> int:
        """A number of things, given for the small city of 40 enterprises, at this city's size."""
        return max(least, round(number * self.size))

    def name(self) -> str:
        """Somebody's name, never that of a demo account."""
        pick = self.random
        while True:
            name = pick.choice(names.SURNAMES) + "".join(pick.choice(names.GIVEN) for _ in range(pick.choice((1, 2, 2, 2))))
            if name not in _CAST_NAMES:
                return name

    def id_number(self) -> str:
        """An identity number that is well formed and nobody's: the city's division code is invented."""
        born = date(1968, 1, 1) + timedelta(days=self.random.randrange(34 * 365))
        digits = f"379902{born:%Y%m%d}{self.random.randrange(1000):03d}"
        return digits + check_digit(digits)

    @property
    def fan(self) -> Unit:
        """海岳风机, where the story of the tour happens."""
        return self.enterprises[0]

    def team_named(self, name: str) -> Unit:
        return next(team for team in self.teams[self.fan.pk] if team.name == name)

    def any_enterprise(self) -> Unit:
        return self.random.choice(self.enterprises)

    def any_team(self, enterprise: Unit | None = None) -> Unit:
        return self.random.choice(self.teams[(enterprise or self.any_enterprise()).pk])

    def any_worker(self, team: Unit | None = None) -> Person:
        return self.random.choice(self.workers[(team or self.any_team()).pk])


def build(*, scale: float = SMALL, seed: int = 20260612, tell: Callable[[Text], None] = lambda line: None) -> City:
    """Make the whole city through the actions, chapter by chapter; `tell` hears of the progress."""
    city = City(scale=scale, seed=seed)
    _people(city)
    tell(progress.people())
    for chapter, said in progress.CHAPTERS.items():
        import_module(f"gongchuang.cli.demo.{chapter}").build(city)
        tell(said())
    history.seal(limit=10**9)
    tally.recount()  # nothing was counted before: folding would count every record twice
    tell(progress.figures())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(ANALYSED)}")  # a city made at one go is unknown to the planner, which reads whole tables
    return city


def _people(city: City) -> None:
    with city.on(city.begins_on):
        city.root = actions.found_city(name="海岳市", code="379900", by=None, key=city.key())
        admin = actions.enrol(city.root, name=CAST["admin"][0], by=None, key=city.key())
        actions.appoint(admin, role="admin", over=city.root, by=None, key=city.key())
        city.cast["admin"] = admin
        _units(city, admin)
        _cast(city, admin)
        for enterprise in city.enterprises:
            _roster(city, enterprise, admin)
        for login, person in city.cast.items():
            accounts.open_account(person, login=login, password=accounts.Password(PASSWORD), by=None, key=city.key())
    with city.on(city.ago(30)):
        new_year = date(city.today.year + 1, 1, 1)
        calendar.set_days(new_year, is_working=False, name="元旦", by=city.cast["city"], key=city.key())


def _units(city: City, admin: Person) -> None:
    def found(parent: Unit, kind: str, name: str, **more: Any) -> Unit:
        return actions.found_unit(parent, kind=kind, name=name, by=admin, key=city.key(), **more)

    city.districts = [found(city.root, kind, name, code=code) for kind, name, code in names.DISTRICTS]
    listed = [*names.ENTERPRISES[:1], *names.ENTERPRISES[6:7], *names.ENTERPRISES[1:6], *names.ENTERPRISES[7:]]
    wanted = max(2, city.count(len(listed)))
    more = range(len(listed), wanted)
    picked = [*listed, *((f"{names.DISTRICTS[n % 7][1][:2]}第{n}工厂", "", "C34", n % 7) for n in more)][:wanted]
    for number, (name, short, industry, district) in enumerate(picked):
        enterprise = found(city.districts[district], "enterprise", name, short_name=short, industry=industry, code=f"E{number + 1:04d}")
        city.enterprises.append(enterprise)
        shops = ["总装车间", "加工车间"] if number == 0 else ["一车间", "二车间"]
        workshops = [found(enterprise, "workshop", shop) for shop in shops]
        team_names = names.FAN_TEAMS if number == 0 else names.TEAMS
        city.teams[enterprise.pk] = [found(workshops[at % 2], "team", team) for at, team in enumerate(team_names)]
    outside = found(city.root, "external", "外部单位", code="379999")
    city.schools = [found(outside, "school", name, short_name=short) for name, short in names.SCHOOLS]


def _cast(city: City, admin: Person) -> None:
    impeller = city.team_named("叶轮装配班")
    welding = city.team_named("焊接一班")
    homes: dict[str, tuple[Unit, list[tuple[str, Unit]], int]] = {
        "worker": (impeller, [], 3),
        "leader": (impeller, [("leader", impeller)], 5),
        "officer": (city.fan, [("officer", city.fan)], 0),
        "finance": (city.fan, [("certifier", city.fan)], 0),
        "studio": (welding, [("studio_lead", city.fan)], 6),
        "lecturer": (city.schools[0], [("lecturer", city.schools[0])], 6),
        "judge": (city.root, [("judge", city.root)], 6),
        "expert": (city.schools[1], [("expert", city.schools[1])], 0),
        "district": (city.districts[0], [("district", city.districts[0])], 0),
        "city": (city.root, [("city", city.root), ("chief_judge", city.root), ("matchmaker", city.root)], 0),
    }
    for login, (unit, posts, level) in homes.items():
        person = actions.enrol(
            unit, name=CAST[login][0], skill_level=level, work_no=f"D{len(city.cast):03d}", by=admin, key=city.key(),
            is_public=login in {"studio", "expert", "lecturer"},
        )  # fmt: skip
        for role, over in posts:
            actions.appoint(person, role=role, over=over, by=admin, key=city.key())
        city.cast[login] = person
    city.leaders[impeller.pk] = city.cast["leader"]
    city.officers[city.fan.pk], city.certifiers[city.fan.pk] = city.cast["officer"], city.cast["finance"]
    for district in city.districts:
        city.district_officers[district.pk] = (
            city.cast["district"] if district == city.districts[0] else _holder(city, admin, district, "district")
        )


def _holder(city: City, admin: Person, unit: Unit, role: str, level: int = 0) -> Person:
    person = actions.enrol(unit, name=city.name(), skill_level=level, by=admin, key=city.key())
    actions.appoint(person, role=role, over=unit, by=admin, key=city.key())
    return person


def _roster(city: City, enterprise: Unit, admin: Person) -> None:
    """Fill the teams of an enterprise, and give it an officer, a certifier and team leaders."""
    if enterprise.pk not in city.officers:
        city.officers[enterprise.pk] = _holder(city, admin, enterprise, "officer")
        city.certifiers[enterprise.pk] = _holder(city, admin, enterprise, "certifier")
    pick = city.random
    rows: list[bulk.NewPerson] = []
    for team in city.teams[enterprise.pk]:
        for _ in range(max(6, round(29 * min(1.0, city.size * 2)))):
            rows.append(
                bulk.NewPerson(
                    unit=team,
                    name=city.name(),
                    work_no=f"{len(rows) + 1:04d}",
                    gender=pick.choice("MMF"),
                    occupation=pick.choice(names.OCCUPATIONS),
                    skill_level=pick.choices(range(9), weights=(18, 8, 14, 22, 22, 10, 4, 1, 1))[0],
                    hired_on=city.begins_on - timedelta(days=pick.randint(30, 4000)),
                    **(_secrets(city) if enterprise == city.fan else {}),
                )
            )
    cast = {person.pk: person for person in city.cast.values()}
    for enrolled in bulk.enrol_many(enterprise, rows=rows, by=admin, key=city.key()):
        person = cast.get(enrolled.pk, enrolled)
        if person != city.leaders.get(person.unit_id):
            city.workers.setdefault(person.unit_id, []).append(person)
    for team in city.teams[enterprise.pk]:
        if team.pk not in city.leaders:
            leader = city.workers[team.pk].pop(0)
            actions.appoint(leader, role="leader", over=team, by=admin, key=city.key())
            city.leaders[team.pk] = leader


def _secrets(city: City) -> dict[str, str]:
    """What an enterprise's own roster holds besides; one enterprise has it, since each value is encrypted by itself."""
    return {"id_number": city.id_number(), "phone": f"1380631{city.random.randrange(10_000):04d}"}


def accounts_of_demo() -> list[dict[str, str]]:
    """The demo accounts as they are printed and offered on the login page."""
    return [{"login": login, "password": PASSWORD, "who": f"{name}（{part}）"} for login, (name, part) in CAST.items()]
