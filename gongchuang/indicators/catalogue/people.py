"""What is counted of people: skill levels, craftsmen, honours (技能人才、工匠、荣誉)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import QuerySet

from gongchuang.indicators.catalogue.columns import SELF
from gongchuang.indicators.catalogue.windows import Stretch, edges
from gongchuang.indicators.definition import CUMULATIVE, RECORDS, STOCK, UNITS, Counted, Indicator, RuleFigure
from gongchuang.kernel.table import Column
from gongchuang.kernel.text import Text
from gongchuang.people import rules
from gongchuang.people.models import Grant, Person, Post, SkillRecord, Title

CITY_AND_ABOVE = ("city", "province", "national")


def memberships(person: Person) -> list[Stretch]:
    """When the person belonged to which unit, by the posts of a member; without any, the present unit since hiring."""
    posts = [post for post in person.posts.all() if post.role == "member"]
    found = [(post.start_on, post.end_on, post.unit_id) for post in posts]
    return found or [(person.hired_on or date.min, person.left_on, person.unit_id)]


def during(stretches: Iterable[Stretch], first: date, over: date | None = None) -> Iterator[Stretch]:
    """The stretches cut to [first, over)."""
    for start, end, unit in stretches:
        begin = max(start, first)
        last = min((day for day in (end, over) if day is not None), default=None)
        if last is None or last > begin:
            yield begin, last, unit


def _skilled(person: Person) -> Iterator[Counted]:
    days = [one.obtained_on for one in person.skill_records.all() if one.state == "confirmed" and one.obtained_on]
    if days:
        for stretch in during(memberships(person), min(days)):  # not joined: who moves leaves one unit and joins another
            yield from edges([stretch])


def _craftsman(person: Person) -> Iterator[Counted]:
    yield from edges((grant.granted_on, _over(grant), grant.unit_id) for grant in person.honours.all() if grant.title.is_craftsman)


def _over(grant: Grant) -> date | None:
    return min((day for day in (grant.ends_on, grant.revoked_on) if day is not None), default=None)


def _honour(grant: Grant) -> Iterator[Counted]:
    yield Counted(grant.unit_id, grant.granted_on, person=grant.person_id)


def _honours() -> QuerySet[Grant]:
    return Grant.objects.filter(person__isnull=False, revoked_on=None, title__level__in=CITY_AND_ABOVE)


def _persons_of_skills(pks: Sequence[int]) -> Iterable[int]:
    return SkillRecord.objects.filter(pk__in=pks).values_list("person", flat=True)


def _persons_of_posts(pks: Sequence[int]) -> Iterable[int]:
    return Post.objects.filter(pk__in=pks).values_list("person", flat=True)


def _persons_of_grants(pks: Sequence[int]) -> Iterable[int]:
    return Grant.objects.filter(pk__in=pks, person__isnull=False).values_list("person", flat=True)


def _grants_of_titles(pks: Sequence[int]) -> Iterable[int]:
    return Grant.objects.filter(title__in=pks).values_list("pk", flat=True)


SKILLED = Indicator(
    key="people.skilled",
    measure=101,
    label=Text("技能人才", "Skilled workers"),
    article=("skilled_talents",),
    measured_in="persons",
    kind=STOCK,
    topic="contests",
    public=UNITS,
    headline=False,
    definition=Text(
        "在册职工中持有经确认的技能等级（证书或评聘）的人，自取得之日起计入，离职之日起减去。一人只计一次。",
        "People on the rosters who hold a confirmed skill level, from the day they obtained it until they leave. Each once.",
    ),
    excludes=Text("不含：只是被推荐、尚未确认的等级。", "Without levels that are recommended and not confirmed."),
    signed_by=Text("企业工会 · 区市总工会复核", "Enterprise union, checked by the district"),
    model=Person,
    per_person=True,
    records=lambda: Person.objects.filter(skill_records__state="confirmed").distinct().prefetch_related("posts", "skill_records"),
    facts=_skilled,
    also={SkillRecord: _persons_of_skills, Post: _persons_of_posts},
    see=rules.SEE_PERSON,
    columns=(SELF,),
    wording="exact",
)
CRAFTSMEN = Indicator(
    key="people.craftsmen",
    measure=102,
    label=Text("各级工匠", "Craftsmen of every level"),
    article=("craftsmen",),
    measured_in="persons",
    kind=STOCK,
    topic="contests",
    public=RECORDS,
    definition=Text(
        "现有各级工匠称号的人，自授予之日起计入，任期届满或撤销之日起减去。有几个称号的人只计一次。",
        "People who hold a craftsman title of any level, from its grant to its end. Whoever holds several counts once.",
    ),
    signed_by=Text("授予单位，以文件为准", "The issuer, by its document"),
    model=Person,
    per_person=True,
    records=lambda: Person.objects.filter(honours__title__is_craftsman=True).distinct().prefetch_related("honours__title"),
    facts=_craftsman,
    also={Grant: _persons_of_grants},
    see=rules.SEE_PERSON,
    columns=(SELF,),
    wording="多",
    digits=1,
)
HONOURED = Indicator(
    key="people.city_level_honours",
    measure=103,
    label=Text("市级以上荣誉称号", "Honours of city level and above"),
    article=("city_level_honours",),
    measured_in="persons",
    kind=CUMULATIVE,
    topic="contests",
    public=RECORDS,
    definition=Text(
        "获得过市级、省级或国家级个人荣誉称号的人，一人只计一次。",
        "People who have been granted a title of the city, province or nation, each once.",
    ),
    excludes=Text("不含：已撤销的称号、集体荣誉。", "Without titles revoked and titles of teams."),
    signed_by=Text("授予单位，以文件为准", "The issuer, by its document"),
    model=Grant,
    records=_honours,
    facts=_honour,
    also={Title: _grants_of_titles},
    persons=True,
    see=rules.SEE_PERSON,
    columns=(SELF,),
)
CITY_CRAFTSMEN = Indicator(
    key="people.city_craftsmen",
    measure=104,
    label=Text("市级工匠", "City craftsmen"),
    article=("city_craftsmen",),
    measured_in="persons",
    kind=CUMULATIVE,
    since=date(2017, 1, 1),
    topic="incentives",
    public=RECORDS,
    definition=Text("2017年以来市级命名的工匠，一人只计一次。", "Craftsmen named by the city since 2017, each once."),
    excludes=Text("不含：已撤销的称号。", "Without titles revoked."),
    signed_by=Text("市总工会，以文件为准", "The city federation, by its document"),
    model=Grant,
    records=lambda: _honours().filter(title__is_craftsman=True, title__level="city"),
    facts=_honour,
    also={Title: _grants_of_titles},
    persons=True,
    see=rules.SEE_PERSON,
    columns=(SELF,),
)
CRAFTSMAN_PRIZE = RuleFigure(
    key="people.city_craftsman_prize",
    label=Text("每名市级工匠的奖金", "Prize for each city craftsman"),
    article=("city_craftsman_prize",),
    measured_in="fen",
    topic="incentives",
    definition=Text("市级工匠称号所定的奖金。", "The prize that stands in the title of city craftsman."),
    signed_by=Text("市总工会，以文件为准", "The city federation, by its document"),
    model=Title,
    stands_in=(Title,),
    rows=lambda day: Title.objects.filter(is_craftsman=True, level="city", prize_fen__gt=0).order_by("pk"),
    value=lambda title: title.prize_fen,
    columns=(Column("name", Text("称号", "Title"), public=True), Column("prize_fen", Text("奖金", "Prize"), kind="money", public=True)),
)

ALL = [SKILLED, CRAFTSMEN, HONOURED, CITY_CRAFTSMEN, CRAFTSMAN_PRIZE]
