"""What is counted of studios and teams (工作室、班组): naming, groups, and what a team's line yields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from gongchuang.indicators.catalogue.columns import NAME, NO
from gongchuang.indicators.catalogue.windows import edges
from gongchuang.indicators.definition import CUMULATIVE, FLOW, STOCK, Counted, Indicator, Leading, Ratio
from gongchuang.indicators.models import CERTIFIED
from gongchuang.kernel.table import Column
from gongchuang.kernel.text import Text
from gongchuang.results import rules as results_rules
from gongchuang.results.models import CERTIFIED as CERTIFIED_STATES
from gongchuang.results.models import Benefit, Result
from gongchuang.studios import rules
from gongchuang.studios.models import InnovationGroup, Studio, StudioResult, TeamMeasure

NATIONAL_OUTPUT = "national.output_per_head"


def _studio(record: Studio) -> Iterator[Counted]:
    if record.named_on:
        yield from edges([(record.named_on, record.struck_off_on, record.unit_id)])


def _group(record: InnovationGroup) -> Iterator[Counted]:
    if record.confirmed_on:
        yield from edges([(record.confirmed_on, record.disbanded_on, record.unit_id)])


def _measures() -> QuerySet[TeamMeasure]:
    """Confirmed measures, each with the day on which a later one of the same team takes its place."""
    later = (
        TeamMeasure.objects.filter(state="confirmed", unit=OuterRef("unit"), ends_on__gt=OuterRef("ends_on"))
        .order_by("ends_on")
        .values("ends_on")[:1]
    )
    return TeamMeasure.objects.filter(state="confirmed").annotate(next_ends_on=Subquery(later))


def _level(field: str) -> Callable[[Any], Iterator[Counted]]:
    """A level that stands from the last day of its twelve months until the team's next measure."""

    def facts(record: Any) -> Iterator[Counted]:
        value = getattr(record, field)
        yield Counted(record.unit_id, record.ends_on - timedelta(days=1), value)
        if record.next_ends_on is not None:
            yield Counted(record.unit_id, record.next_ends_on - timedelta(days=1), -value)

    return facts


def _of_the_same_teams(pks: Sequence[int]) -> Iterable[int]:
    units = TeamMeasure.objects.filter(pk__in=pks).values("unit")
    return TeamMeasure.objects.filter(unit__in=units).values_list("pk", flat=True)


def _part(key: str, measure: int, label: Text, field: str, measured_in: str) -> Indicator:
    """One side of a team's ratio: it is read through the ratio, not by itself."""
    return Indicator(
        key=key,
        measure=measure,
        label=label,
        measured_in=measured_in,
        kind=STOCK,
        topic="opening",
        definition=Text("班组最近一次确认的十二个月数据。", "The team's last confirmed numbers of twelve months."),
        model=TeamMeasure,
        records=_measures,
        facts=_level(field),
        also={TeamMeasure: _of_the_same_teams},
        see=rules.SEE_MEASURE,
        columns=(
            NO,
            Column("unit", Text("班组", "Team"), kind="unit", public=True),
            Column("evidence", Text("来源文件", "Source"), public=True),
        ),
        joins=("unit",),
        is_published=False,
    )


STUDIOS = Indicator(
    key="studios.city_studios",
    measure=701,
    label=Text("市级创新工作室", "City innovation studios"),
    article=("city_studios",),
    measured_in="studios",
    kind=STOCK,
    headline=True,
    definition=Text(
        "现有经市级以上命名的创新工作室，自命名之日起计入，摘牌之日起减去。",
        "Studios named by the city or above, from their naming until they are struck off.",
    ),
    excludes=Text("不含：区市级和企业级工作室。", "Without studios of districts and enterprises."),
    signed_by=Text("市总工会，以文件为准", "The city federation, by its document"),
    model=Studio,
    records=lambda: Studio.objects.of_city_level().filter(named_on__isnull=False),
    facts=_studio,
    see=rules.SEE,
    columns=(NO, NAME),
)
ALL_STUDIOS = Indicator(
    key="studios.all_studios",
    measure=702,
    label=Text("各级创新工作室", "Innovation studios of every level"),
    measured_in="studios",
    kind=STOCK,
    definition=Text("现有各级命名的创新工作室。", "Studios named at any level that stand."),
    signed_by=Text("命名单位，以文件为准", "The naming union, by its document"),
    model=Studio,
    records=lambda: Studio.objects.filter(named_on__isnull=False),
    facts=_studio,
    see=rules.SEE,
    columns=(NO, NAME),
)
GROUPS = Indicator(
    key="studios.innovation_teams",
    measure=703,
    label=Text("企业创新班组与小组", "Enterprise innovation teams and groups"),
    article=("innovation_teams",),
    measured_in="teams",
    kind=STOCK,
    definition=Text(
        "现有经工会确认的创新班组和创新小组，自确认之日起计入，解散之日起减去。",
        "Innovation teams and groups confirmed by the union, from that day until they end.",
    ),
    signed_by=Text("企业工会", "Enterprise union"),
    model=InnovationGroup,
    records=lambda: InnovationGroup.objects.filter(confirmed_on__isnull=False),
    facts=_group,
    see=rules.SEE_GROUP,
    columns=(NO, NAME),
)
AUTOMATED = _part("studios.stations_automated", 711, Text("自动化工位", "Automated stations"), "stations_automated", "stations")
STATIONS = _part("studios.stations", 712, Text("全部工位", "Stations"), "stations_total", "stations")
OUTPUT = _part("studios.output", 713, Text("产值", "Output"), "output_fen", "fen")
HEADS = _part("studios.heads", 714, Text("平均人数（十分之一人）", "Average heads, in tenths"), "heads_tenths", "tenths")

AUTOMATION = Ratio(
    key="studios.team_automation_rate",
    label=Text("班组全线智能化率", "Automation rate of a team's whole line"),
    article=("team_automation_rate",),
    measured_in="percent",
    topic="opening",
    over=AUTOMATED,
    under=STATIONS,
    scale=10_000,
    definition=Text(
        "自动化工位数除以全部工位数，取班组最近一次确认的数据，只舍不入。",
        "Automated stations divided by all stations, by the team's last confirmed numbers, cut.",
    ),
    signed_by=Text("企业工会，以来源文件为准", "Enterprise union, by the source document"),
)
PER_HEAD = Ratio(
    key="studios.team_output_per_head",
    label=Text("班组全员劳动生产率", "Output per head of a team"),
    article=("team_output_per_head",),
    measured_in="fen_per_person",
    topic="opening",
    over=OUTPUT,
    under=HEADS,
    scale=10,
    definition=Text(
        "十二个月的产值除以平均人数，取班组最近一次确认的数据，只舍不入。",
        "The output of twelve months divided by average heads, by the team's last confirmed numbers, cut.",
    ),
    signed_by=Text("企业工会，以来源文件为准", "Enterprise union, by the source document"),
)
MULTIPLE = Ratio(
    key="studios.team_output_multiple",
    label=Text("相当于全国全员劳动生产率的倍数", "Multiple of the nation's output per head"),
    article=("team_output_multiple",),
    measured_in="times",
    topic="opening",
    over=PER_HEAD,
    under=NATIONAL_OUTPUT,
    scale=100,
    definition=Text(
        "班组全员劳动生产率除以期末前最近公布的全国全员劳动生产率，只舍不入。班组按产值、全国按增加值计算，口径不同。",
        "The team's output per head divided by the nation's last published one, cut. The team's is of gross output, the "
        "nation's of value added: the bases differ.",
    ),
    signed_by=Text("企业工会；国家统计局", "Enterprise union; National Bureau of Statistics"),
    wording="floor",
)


def _certified(record: Benefit) -> Iterator[Counted]:
    if record.state in CERTIFIED_STATES and record.certified_on:
        yield Counted(record.unit_id, record.certified_on, record.counted_fen, CERTIFIED)


def _benefits_by(path: str) -> Callable[[Sequence[int]], Iterable[int]]:
    return lambda pks: Benefit.objects.filter(**{f"{path}__in": pks}).values_list("pk", flat=True)


BENEFIT = Indicator(
    key="studios.benefit",
    measure=721,
    label=Text("工作室成果创造效益", "Benefit of studios' results"),
    measured_in="fen",
    kind=CUMULATIVE,
    definition=Text(
        "记在工作室名下的成果经企业财务认证的年度效益，自认证之日计入；同一笔效益只计一次。",
        "The certified yearly benefit of results that stand to a studio's name, from the day finance certified it, once.",
    ),
    excludes=Text("不含：申报未认证的金额、没有记在工作室名下的成果。", "Without claims, and results that stand to no studio's name."),
    signed_by=Text("企业财务", "Enterprise finance"),
    model=Benefit,
    records=lambda: Benefit.objects.certified().filter(result__studio_link__isnull=False).exclude(result__state="revoked"),
    facts=_certified,
    also={Result: _benefits_by("result"), StudioResult: _benefits_by("result__studio_link")},
    see=results_rules.SEE_BENEFIT,
    columns=(
        Column("no", Text("成果号", "Result"), get="result__no", public=True),
        Column("title", Text("名称", "Title"), get="result__title", link=True, public=True),
        Column("studio", Text("工作室", "Studio"), get="result__studio_link__studio__name", public=True),
        Column("year", Text("效益年度", "Year"), kind="text", public=True),
    ),
    joins=("result__studio_link__studio", "unit"),
    open=lambda benefits: benefits.filter(result__is_confidential=False),
    wording="超",
)
UNIT_SAVING = Leading(
    key="studios.saving_of_one_project",
    label=Text("一个工作室一项攻关每年节约", "One studio's one project: saving a year"),
    article=("unit_yearly_saving",),
    measured_in="fen",
    kind=FLOW,
    of=BENEFIT,
    by_record=True,
    definition=Text(
        "期末所在年度认证的工作室成果效益中，最大的一项成果一年的效益。",
        "Of the benefits of studios' results certified in the year the period ends in, the largest yearly one.",
    ),
    signed_by=Text("企业财务", "Enterprise finance"),
    wording="余",
    digits=1,
)

ALL = [AUTOMATED, STATIONS, OUTPUT, HEADS, AUTOMATION, PER_HEAD, MULTIPLE, STUDIOS, ALL_STUDIOS, GROUPS, BENEFIT, UNIT_SAVING]
