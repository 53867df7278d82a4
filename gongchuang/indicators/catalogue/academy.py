"""What is counted of academies and training (工匠学院、培训)."""

from __future__ import annotations

from collections.abc import Iterator

from gongchuang.academy import rules
from gongchuang.academy.models import Academy, Enrolment, IndustryCollege
from gongchuang.indicators.catalogue.columns import NAME, NO, SELF
from gongchuang.indicators.catalogue.windows import edges
from gongchuang.indicators.definition import FLOW, STOCK, UNITS, Counted, Indicator
from gongchuang.kernel.table import Column
from gongchuang.kernel.text import Text

CITY_AND_ABOVE = ("city", "province", "nation", "national")


def _academy(record: Academy) -> Iterator[Counted]:
    if record.named_on:
        yield from edges([(record.named_on, record.struck_on, record.unit_id)])


def _college(record: IndustryCollege) -> Iterator[Counted]:
    yield from edges([(record.founded_on, record.closed_on, record.unit_id)])


def _trained(record: Enrolment) -> Iterator[Counted]:
    if record.attended_on:
        yield Counted(record.unit_id, record.attended_on, person=record.person_id)


ACADEMIES = Indicator(
    key="academy.city_academies",
    measure=401,
    label=Text("市级工匠学院", "City craftsman academies"),
    article=("city_academies",),
    measured_in="academies",
    kind=STOCK,
    topic="training",
    definition=Text(
        "现有经市级以上命名的工匠学院，自命名之日起计入，摘牌之日起减去。",
        "Academies named by the city or above, from their naming until they are struck off.",
    ),
    excludes=Text("不含：区市级和企业级学院、正在申报的学院。", "Without academies of districts and enterprises, and those applying."),
    signed_by=Text("市总工会，以文件为准", "The city federation, by its document"),
    model=Academy,
    records=lambda: Academy.objects.filter(level__in=CITY_AND_ABOVE, named_on__isnull=False),
    facts=_academy,
    see=rules.SEE_ACADEMY,
    columns=(NO, NAME),
)
COLLEGES = Indicator(
    key="academy.industry_colleges",
    measure=402,
    label=Text("二级产业学院", "Secondary industry colleges"),
    article=("industry_colleges",),
    measured_in="colleges",
    kind=STOCK,
    topic="training",
    definition=Text("工匠学院下设的、现在办学的产业学院。", "Industry colleges below academies that are open."),
    signed_by=Text("工匠学院", "The academy"),
    model=IndustryCollege,
    records=lambda: IndustryCollege.objects.all(),
    facts=_college,
    see=rules.SEE_COLLEGE,
    columns=(NO, NAME),
)
TRAINED = Indicator(
    key="academy.trained",
    measure=403,
    label=Text("培训职工", "Workers trained"),
    article=("training_person_times",),
    measured_in="person_times",
    kind=FLOW,
    topic="training",
    public=UNITS,
    definition=Text(
        "期间内到班上课的人次：一人上一个班计一次，自第一次到课之日计入。",
        "Person-times within the period: one for each person in each class they came to, on the first day they came.",
    ),
    excludes=Text("不含：报名未到课的。", "Without those who signed up and did not come."),
    signed_by=Text("工匠学院", "The academy"),
    model=Enrolment,
    records=lambda: Enrolment.objects.trained(),
    facts=_trained,
    see=rules.SEE_ENROLMENT,
    columns=(Column("training", Text("班次", "Class")),),
    joins=("training", "unit"),
    wording="余",
)
HIGH_SKILLED = Indicator(
    key="academy.high_skilled_trained",
    measure=404,
    label=Text("培训高技能人才", "High-skilled people trained"),
    article=("high_skilled_trained",),
    measured_in="persons",
    kind=FLOW,
    topic="training",
    public=UNITS,
    definition=Text(
        "期间内到班上课的高级工以上职工，或参加以高级工以上为目标的班的职工；一人在一个期间只计一次。",
        "People of senior level and above, or in classes that aim there, who came to a class; each once within a period.",
    ),
    signed_by=Text("工匠学院", "The academy"),
    model=Enrolment,
    records=lambda: Enrolment.objects.high_skilled(),
    facts=_trained,
    persons=True,
    see=rules.SEE_ENROLMENT,
    columns=(SELF,),
    wording="以上",
    digits=1,
)

ALL = [TRAINED, HIGH_SKILLED, ACADEMIES, COLLEGES]
