"""What is counted of contests (竞赛): whom they selected, and whose level they raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gongchuang.contests import rules
from gongchuang.contests.models import Contest, Entrant, Entry
from gongchuang.indicators.catalogue.columns import NO, SELF, TITLE
from gongchuang.indicators.definition import CUMULATIVE, FLOW, UNITS, Counted, Indicator
from gongchuang.kernel.text import Text
from gongchuang.people import rules as people_rules
from gongchuang.people.models import SkillRecord


def _selected(record: Entrant) -> Iterator[Counted]:
    if record.contest.released_on:
        yield Counted(record.unit_id, record.contest.released_on, person=record.person_id)


def _raised(record: SkillRecord) -> Iterator[Counted]:
    if record.obtained_on:
        yield Counted(record.unit_id, record.obtained_on, person=record.person_id)


def _held(record: Contest) -> Iterator[Counted]:
    if record.released_on:
        yield Counted(record.unit_id, record.released_on)


def _of_entries(pks: Sequence[int]) -> Iterable[int]:
    return Entrant.objects.filter(entry__in=pks).values_list("pk", flat=True)


def _of_contests(pks: Sequence[int]) -> Iterable[int]:
    return Entrant.objects.filter(contest__in=pks).values_list("pk", flat=True)


SELECTED = Indicator(
    key="contests.high_skilled_selected",
    measure=501,
    label=Text("通过竞赛选拔的高技能人才", "High-skilled people selected through contests"),
    article=("contest_high_skilled_selected",),
    measured_in="persons",
    kind=FLOW,
    topic="contests",
    public=UNITS,
    definition=Text(
        "期间内公布成绩的竞赛中获奖、且已是或被推荐为高级工以上的职工；一人在一个期间只计一次。",
        "Prize winners of contests released within the period who hold, or are recommended for, senior level or above; each once.",
    ),
    signed_by=Text("竞赛组委会，以公布的成绩为准", "The organisers, by the released results"),
    model=Entrant,
    records=lambda: Entrant.objects.high_skilled_selected().filter(contest__state="released").select_related("contest"),
    facts=_selected,
    also={Entry: _of_entries, Contest: _of_contests},
    persons=True,
    see=people_rules.SEE_PERSON,
    columns=(SELF,),
    wording="余",
)
PROMOTED = Indicator(
    key="contests.level_promotions",
    measure=502,
    label=Text("通过竞赛提升技能等级的职工", "Workers whose skill level contests raised"),
    article=("contest_level_promotions",),
    measured_in="persons",
    kind=CUMULATIVE,
    topic="contests",
    public=UNITS,
    definition=Text(
        "由竞赛名次推荐、经主管部门确认而取得更高技能等级的职工，一人只计一次。",
        "People who obtained a higher level on the recommendation of a contest's rank and the authority's confirmation, each once.",
    ),
    excludes=Text("不含：尚未确认的推荐。", "Without recommendations that are not confirmed."),
    signed_by=Text("企业工会，以证书为准", "Enterprise union, by the certificate"),
    model=SkillRecord,
    records=lambda: SkillRecord.objects.confirmed().filter(source__startswith="contests_"),
    facts=_raised,
    persons=True,
    see=people_rules.SEE_PERSON,
    columns=(SELF,),
    wording="近",
    digits=1,
)
HELD = Indicator(
    key="contests.held",
    measure=503,
    label=Text("举办的竞赛", "Contests held"),
    measured_in="contests",
    kind=FLOW,
    topic="contests",
    definition=Text("期间内公布成绩的竞赛，各类各级都计入。", "Contests of every kind and level released within the period."),
    signed_by=Text("竞赛组委会", "The organisers"),
    model=Contest,
    records=lambda: Contest.objects.filter(state="released"),
    facts=_held,
    see=rules.SEE,
    columns=(NO, TITLE),
)

ALL = [SELECTED, PROMOTED, HELD]
