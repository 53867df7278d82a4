"""Selections and honours of the demo city (评选、荣誉): three years of craftsmen and results, honours from above, one on notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from gongchuang.bank import actions as bank
from gongchuang.bank.models import Due
from gongchuang.cli.demo.city import City
from gongchuang.honours import actions
from gongchuang.honours.models import Nomination, SelectionRound
from gongchuang.kernel import clock
from gongchuang.people import actions as people
from gongchuang.people.models import Grant, Person, Title, Unit
from gongchuang.results.models import Result

YUAN = 100
# key · name · English · level · holder · is a craftsman · term in years · prize in yuan
TITLES = [
    ("city-craftsman", "海岳工匠", "Haiyue craftsman", "city", "person", True, None, 10_000),
    ("district-craftsman", "区市工匠", "District craftsman", "district", "person", True, None, 3_000),
    ("enterprise-craftsman", "企业工匠", "Enterprise craftsman", "enterprise", "person", True, None, 1_000),
    ("innovation-star", "职工创新明星", "Innovation star", "city", "person", False, None, 10_000),
    ("mentor", "带徒名师", "Master mentor", "city", "person", False, None, 10_000),
    ("chief-technician", "首席技师", "Chief technician of the city", "city", "person", False, 4, 0),
    ("vanguard", "工人先锋号", "Workers' vanguard", "city", "unit", False, None, 2_000),
    ("excellent-result", "优秀职工技术创新成果", "Excellent innovation result", "city", "result", False, None, 3_000),
    ("labour-medal", "省劳动奖章", "Provincial labour medal", "province", "person", False, None, 0),
    ("national-pioneer", "全国工人先锋号", "National workers' vanguard", "national", "unit", False, None, 0),
]
DEEDS = ["带徒十二人，主持攻关八项", "独创操作法在三个车间推广", "解决进口设备停机难题", "改进工装使废品率下降六成"]


def build(city: City) -> None:
    titles = {row[0]: _title(city, row) for row in TITLES}
    _from_above(city, titles)
    # 366 days apart: one of each year, whatever today is
    for at, days in enumerate((892, 526, 160)):
        _craftsmen(city, titles, days, at)
        _results(city, titles["excellent-result"], days - 30, at)
    _teams(city, titles["vanguard"])
    _below(city, titles)
    _on_notice(city, titles["innovation-star"])
    _recommending(city, titles["excellent-result"])


def _title(city: City, row: tuple[str, str, str, str, str, bool, int | None, int]) -> Title:
    key, zh, en, level, holder, is_craftsman, years, yuan = row
    before = Title.objects.filter(key=key).first()
    if before is not None:
        return before
    with city.on(city.begins_on):
        return people.define_title(
            city.root, title_key=key, name_zh=zh, name_en=en, level=level, holder=holder, is_craftsman=is_craftsman,
            term_years=years, prize_fen=yuan * YUAN, by=city.cast["city"], key=city.key(),
        )  # fmt: skip


def _second(city: City) -> Person:
    """Another officer of the city federation: nobody publishes, names and pays alone."""
    second: Person = city.kept["city_second"]
    return second


def _skilled(city: City, title: Title, count: int) -> list[tuple[Person, Unit]]:
    """Skilled workers of different enterprises who do not hold the title."""
    held = set(Grant.objects.standing().filter(title=title).values_list("person", flat=True))
    found: list[tuple[Person, Unit]] = []
    for enterprise in city.random.sample(city.enterprises, len(city.enterprises)):
        best = [
            person
            for team in city.teams[enterprise.pk]
            for person in city.workers[team.pk]
            if person.skill_level >= 4 and person.pk not in held
        ]
        if best:
            found.append((city.random.choice(best), enterprise))
        if len(found) == count:
            break
    return found


def _round(city: City, title: Title, name: str, quota: int, opened: date, unit: Unit | None = None, issuers: str = "") -> SelectionRound:
    with city.on(opened):
        return actions.open_round(
            unit or city.root,
            name,
            title,
            quota,
            opened + timedelta(days=14),
            issuers=issuers,
            by=city.cast["city"],
            key=city.key(),
        )


def _through(city: City, selection: SelectionRound, rows: Sequence[Nomination], document: str) -> None:
    """Public notice, naming by another officer, prizes approved and paid, settled."""
    published = selection.recommend_until + timedelta(days=1)
    with city.on(published):
        actions.publish(selection, rows, by=city.cast["city"], key=city.key())
    assert selection.public_until is not None
    with city.on(clock.add_working_days(selection.public_until, 1)):
        actions.name(selection, document, by=_second(city), key=city.key())
        sources = [row.source for row in selection.nominations.filter(state="named").order_by("pk")]
        for due in Due.objects.filter(source__in=sources, state="due").select_related("unit", "person", "payee_unit").order_by("pk"):
            bank.approve_due(due, by=city.cast["city"], key=city.key())
            bank.pay_due(due, voucher_no=f"J{due.no[3:]}", by=_second(city), key=city.key())
        actions.settle(selection, by=city.cast["city"], key=city.key())


def _craftsmen(city: City, titles: dict[str, Title], days: int, at: int) -> None:
    opened = city.ago(days)
    count = city.count(3)
    for key, name, issuers in (
        ("city-craftsman", f"第{'七八九'[at]}届海岳工匠", "海岳市人民政府"),
        ("innovation-star", f"{opened.year}年职工创新明星", "海岳市总工会、海岳市人力资源和社会保障局"),
    ):
        selection = _round(city, titles[key], name, count, opened, issuers=issuers)
        with city.on(opened + timedelta(days=4)):
            rows = [
                actions.recommend(selection, city.random.choice(DEEDS), person=person, by=city.officers[enterprise.pk], key=city.key())
                for person, enterprise in _skilled(city, titles[key], min(count + 1, 60))
            ]
        if rows:
            _through(city, selection, rows[:count], f"海政发〔{opened.year}〕{20 + len(key)}号")


def _ready(title: Title, day: date, count: int) -> list[Result]:
    """Recognised results that are not confidential and were not selected before."""
    held = Grant.objects.filter(title=title).values_list("result_no", flat=True)
    rows = Result.objects.filter(state="recognised", is_confidential=False, recognised_on__lt=day).exclude(no__in=held)
    return list(rows.select_related("unit").order_by("pk")[:count])


def _results(city: City, title: Title, days: int, at: int) -> None:
    opened = city.ago(days)
    results = _ready(title, opened, min(city.count(5), 400))
    if not results:
        return
    selection = _round(
        city,
        title,
        f"第{'五六七'[at]}届优秀职工技术创新成果",
        len(results),
        opened,
        issuers="海岳市总工会、海岳市科学技术局",
    )
    with city.on(opened + timedelta(days=4)):
        rows = [
            actions.recommend(selection, "效益显著，可以推广", result=result, by=_officer_of(city, result.unit), key=city.key())
            for result in results
        ]
    _through(city, selection, rows, f"海工发〔{opened.year}〕{31 + at}号")


def _officer_of(city: City, unit: Unit) -> Person:
    return city.officers[unit.enterprise.pk]


def _teams(city: City, title: Title) -> None:
    opened = city.ago(300)
    selection = _round(city, title, f"{opened.year}年工人先锋号", 2, opened, issuers="海岳市总工会")
    with city.on(opened + timedelta(days=3)):
        rows = [
            actions.recommend(
                selection,
                "全年零事故，人均产值第一",
                collective=city.teams[enterprise.pk][0],
                by=city.officers[enterprise.pk],
                key=city.key(),
            )
            for enterprise in city.enterprises[:2]
        ]
    _through(city, selection, rows, f"海工发〔{opened.year}〕41号")


def _from_above(city: City, titles: dict[str, Title]) -> None:
    """Honours of the province and the nation, written down by the city; a chief technician with a term; a title revoked."""
    with city.on(city.ago(700)):
        by, year = city.cast["city"], clock.today().year
        for key, person in (("labour-medal", city.cast["studio"]), ("chief-technician", city.cast["studio"])):
            actions.enter_grant(
                titles[key], "山河省总工会" if key == "labour-medal" else "海岳市人民政府", f"会发〔{year}〕{len(key)}号", clock.today(),
                person, by=by, key=city.key(),
            )  # fmt: skip
        crank = city.teams[city.enterprises[min(1, len(city.enterprises) - 1)].pk][0]
        actions.enter_grant(
            titles["national-pioneer"],
            "中华全国总工会",
            f"总工发〔{year}〕6号",
            clock.today(),
            collective=crank,
            by=by,
            key=city.key(),
        )
        [(person, _)] = _skilled(city, titles["mentor"], 1)
        mistaken = actions.enter_grant(
            titles["mentor"], "海岳市总工会", f"海工发〔{year}〕7号", clock.today(), person, by=by, key=city.key()
        )
    with city.on(city.ago(640)):
        actions.revoke_grant(mistaken, "登记有误，文件中没有此人", by=_second(city), key=city.key())


def _below(city: City, titles: dict[str, Title]) -> None:
    """Craftsmen of districts and enterprises, by their own documents."""
    for number, (person, enterprise) in enumerate(_skilled(city, titles["enterprise-craftsman"], min(12, len(city.enterprises)))):
        with city.on(city.ago(400 - number)):
            year = clock.today().year
            district = enterprise.parent
            assert district is not None
            if number % 2:
                actions.enter_grant(
                    titles["district-craftsman"], f"{district}总工会", f"区工发〔{year}〕{number + 1}号", clock.today(), person,
                    by=city.district_officers[district.pk], key=city.key(),
                )  # fmt: skip
            else:
                actions.enter_grant(
                    titles["enterprise-craftsman"], str(enterprise), f"企工〔{year}〕{number + 1}号", clock.today(), person,
                    by=city.officers[enterprise.pk], key=city.key(),
                )  # fmt: skip


def _on_notice(city: City, title: Title) -> None:
    """A selection on public notice today, with an objection that keeps it from being named."""
    opened = city.ago(17)
    selection = _round(city, title, f"{city.today.year}年第二批职工创新明星", 2, opened, issuers="海岳市总工会")
    with city.on(opened + timedelta(days=3)):
        rows = [
            actions.recommend(selection, DEEDS[0], person=person, by=city.officers[enterprise.pk], key=city.key())
            for person, enterprise in _skilled(city, title, 2)
        ]
    with city.on(city.ago(2)):
        actions.publish(selection, rows, by=city.cast["city"], key=city.key())
    with city.on(city.ago(1)):
        actions.lodge(rows[0], "攻关项目由班组共同完成，请核实本人的贡献。", by=city.cast["leader"], key=city.key())


def _recommending(city: City, title: Title) -> None:
    """A selection that takes recommendations now."""
    with city.on(city.ago(3)):
        actions.open_round(
            city.root, f"{city.today.year}年优秀职工技术创新成果", title, 100, city.today + timedelta(days=20),
            issuers="海岳市总工会、海岳市科学技术局", by=city.cast["city"], key=city.key(),
        )  # fmt: skip
