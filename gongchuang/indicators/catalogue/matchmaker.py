"""What is counted of the matchmaker (技术红娘): who is on board, what was published, matched, signed, and what it brought."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Min, Q

from gongchuang.indicators.catalogue.columns import NAME, NO, TITLE
from gongchuang.indicators.catalogue.windows import edges
from gongchuang.indicators.definition import CUMULATIVE, STOCK, UNITS, Counted, Indicator
from gongchuang.indicators.models import CERTIFIED, CLAIMED
from gongchuang.kernel.table import Column
from gongchuang.kernel.text import Text
from gongchuang.matchmaker import rules
from gongchuang.matchmaker.models import Contract, Expert, Institution, MatchBenefit, Need, Offer
from gongchuang.people import rules as people_rules
from gongchuang.people.models import Unit

SIGNED_BY = Text("技术红娘 · 市总工会复核", "Matchmakers, checked by the city federation")


def _on_board(record: Institution | Expert) -> Iterator[Counted]:
    yield from edges([(record.joined_on, record.left_on, record.unit_id)])


def _on(day: str) -> Callable[[Any], Iterator[Counted]]:
    def facts(record: Any) -> Iterator[Counted]:
        on: date | None = getattr(record, day)
        if on is not None:
            yield Counted(record.unit_id, on)

    return facts


def _first_on(record: Any) -> Iterator[Counted]:
    if record.first_on is not None:
        yield Counted(record.pk, record.first_on)


def _units_of_needs(pks: Sequence[int]) -> Iterable[int]:
    return Need.objects.filter(pk__in=pks).values_list("unit", flat=True)


def _units_of_contracts(pks: Sequence[int]) -> Iterable[int]:
    return Contract.objects.filter(pk__in=pks).values_list("unit", flat=True)


def _benefit(record: MatchBenefit) -> Iterator[Counted]:
    if record.state == "confirmed" and record.confirmed_on:
        yield Counted(record.unit_id, record.confirmed_on, record.amount_fen, CERTIFIED)
    elif record.state == "claimed":
        yield Counted(record.unit_id, date(record.year, 1, 1), record.amount_fen, CLAIMED)


INSTITUTIONS = Indicator(
    key="matchmaker.institutions",
    measure=601,
    label=Text("进驻高校、科研机构", "Universities and institutes on board"),
    article=("match_institutions",),
    measured_in="institutions",
    kind=STOCK,
    topic="matchmaker",
    definition=Text("与市或区市总工会有合作协议、现在合作的高校和科研机构。", "Universities and institutes with an agreement that holds."),
    excludes=Text("不含：技术服务机构。", "Without service firms."),
    signed_by=SIGNED_BY,
    model=Institution,
    records=lambda: Institution.objects.filter(kind__in=["university", "institute"]),
    facts=_on_board,
    see=rules.SEE_INSTITUTION,
    columns=(NO, NAME),
)
EXPERTS = Indicator(
    key="matchmaker.experts",
    measure=602,
    label=Text("专家教授、高技能人才", "Experts and highly skilled on board"),
    article=("match_experts",),
    measured_in="persons",
    kind=STOCK,
    topic="matchmaker",
    public=UNITS,
    definition=Text("专家库中现有的专家教授和高技能人才，一人只计一次。", "Experts and highly skilled workers in the pool, each once."),
    signed_by=SIGNED_BY,
    model=Expert,
    records=lambda: Expert.objects.all(),
    facts=_on_board,
    see=rules.SEE_EXPERT,
    columns=(NO, Column("person", Text("姓名", "Name"), kind="person")),
    joins=("person", "unit"),
)
OFFERS = Indicator(
    key="matchmaker.offers",
    measure=603,
    label=Text("发布科研成果", "Research results published"),
    article=("match_results",),
    measured_in="results",
    kind=CUMULATIVE,
    topic="matchmaker",
    definition=Text("发布过的科研成果，后来撤下的也计入。", "Research results that were published, whether or not taken down since."),
    signed_by=SIGNED_BY,
    model=Offer,
    records=lambda: Offer.objects.published(),
    facts=_on("published_on"),
    see=rules.SEE_OFFER,
    columns=(NO, TITLE),
)
NEEDS = Indicator(
    key="matchmaker.needs",
    measure=604,
    label=Text("企业技术需求", "Enterprise needs published"),
    article=("match_needs",),
    measured_in="needs",
    kind=CUMULATIVE,
    topic="matchmaker",
    public=UNITS,
    definition=Text("发布过的企业技术需求，后来办结的也计入。", "Needs of enterprises that were published, closed ones included."),
    excludes=Text("不含：待核对和撤回的需求。", "Without needs to be checked and those withdrawn."),
    signed_by=SIGNED_BY,
    model=Need,
    records=lambda: Need.objects.published(),
    facts=_on("published_on"),
    see=rules.SEE_NEED,
    columns=(NO, TITLE),
    wording="近",
    digits=1,
)
MATCHED_NEEDS = Indicator(
    key="matchmaker.needs_matched",
    measure=605,
    label=Text("已对接需求", "Needs matched"),
    article=("match_needs_matched",),
    measured_in="needs",
    kind=CUMULATIVE,
    topic="matchmaker",
    public=UNITS,
    definition=Text("双方都同意面谈的需求，自第一次同意之日计入。", "Needs for which both sides agreed to meet, from the first such day."),
    signed_by=SIGNED_BY,
    model=Need,
    records=lambda: Need.objects.matched(),
    facts=_on("matched_on"),
    see=rules.SEE_NEED,
    columns=(NO, TITLE),
)
MATCHED_ENTERPRISES = Indicator(
    key="matchmaker.enterprises_matched",
    measure=606,
    label=Text("已对接企业", "Enterprises matched"),
    article=("match_enterprises",),
    measured_in="enterprises",
    kind=CUMULATIVE,
    topic="matchmaker",
    public=UNITS,
    definition=Text("至少有一项需求已对接的企业，一家只计一次。", "Enterprises with at least one need matched, each once."),
    signed_by=SIGNED_BY,
    model=Unit,
    records=lambda: Unit.objects.filter(needs__matched_on__isnull=False).annotate(first_on=Min("needs__matched_on")),
    facts=_first_on,
    also={Need: _units_of_needs},
    see=people_rules.SEE_UNIT,
    columns=(Column("code", Text("代码", "Code"), public=True), Column("name", Text("企业", "Enterprise"), public=True)),
)
SIGNED_ENTERPRISES = Indicator(
    key="matchmaker.enterprises_signed",
    measure=607,
    label=Text("与高校签约企业", "Enterprises with a signed contract"),
    article=("match_contracts",),
    measured_in="enterprises",
    kind=CUMULATIVE,
    topic="matchmaker",
    public=UNITS,
    definition=Text(
        "与高校、科研机构签过技术合同的企业，一家只计一次。",
        "Enterprises that signed a technology contract with a university or institute, each once.",
    ),
    signed_by=SIGNED_BY,
    model=Unit,
    records=lambda: Unit.objects.filter(contracts__institution__isnull=False).annotate(
        first_on=Min("contracts__signed_on", filter=Q(contracts__institution__isnull=False))
    ),
    facts=_first_on,
    also={Contract: _units_of_contracts},
    see=people_rules.SEE_UNIT,
    columns=(Column("code", Text("代码", "Code"), public=True), Column("name", Text("企业", "Enterprise"), public=True)),
)
BENEFIT = Indicator(
    key="matchmaker.benefit",
    measure=608,
    label=Text("对接创造效益", "Benefit of matched work"),
    article=("match_benefit",),
    measured_in="fen",
    kind=CUMULATIVE,
    topic="matchmaker",
    public=UNITS,
    definition=Text(
        "对接签约后的年度效益，经企业财务认证之日计入。",
        "The yearly benefit of signed matches, on the day the enterprise's finance confirms it.",
    ),
    excludes=Text("不含：申报未认证的金额，单列为申报。", "Without amounts claimed and not confirmed, which stand apart."),
    signed_by=Text("企业财务", "Enterprise finance"),
    model=MatchBenefit,
    records=lambda: MatchBenefit.objects.filter(state__in=["claimed", "confirmed"]),
    facts=_benefit,
    see=rules.SEE_BENEFIT,
    columns=(NO, Column("year", Text("年度", "Year"), kind="number")),
    wording="近",
    digits=1,
)

ALL = [INSTITUTIONS, EXPERTS, OFFERS, NEEDS, MATCHED_ENTERPRISES, MATCHED_NEEDS, SIGNED_ENTERPRISES, BENEFIT]
