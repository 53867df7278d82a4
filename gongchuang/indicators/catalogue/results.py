"""What is counted of results (创新成果): their kinds, and the benefit that finance certified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gongchuang.indicators.catalogue.columns import NO, TITLE
from gongchuang.indicators.definition import CUMULATIVE, Counted, Indicator, Leading
from gongchuang.indicators.models import CERTIFIED, CLAIMED
from gongchuang.kernel.access import Is, Rule
from gongchuang.kernel.table import Column
from gongchuang.kernel.text import Text
from gongchuang.results import rules
from gongchuang.results.models import CERTIFIED as CERTIFIED_STATES
from gongchuang.results.models import Benefit, Patent, Result

SEE_PATENT = Rule("patent.see", Is("result__makers__person") | rules.LINE)


def _recognised(record: Result) -> Iterator[Counted]:
    if record.recognised_on:
        yield Counted(record.unit_id, record.recognised_on)


def _granted(record: Patent) -> Iterator[Counted]:
    if record.granted_on:
        yield Counted(record.unit_id, record.granted_on)


def _benefit(record: Benefit) -> Iterator[Counted]:
    if record.state in CERTIFIED_STATES and record.certified_on:
        yield Counted(record.unit_id, record.certified_on, record.counted_fen, CERTIFIED)
    else:
        yield Counted(record.unit_id, record.claimed_on, record.counted_fen, CLAIMED)


def _benefits_of_results(pks: Sequence[int]) -> Iterable[int]:
    return Benefit.objects.filter(result__in=pks).values_list("pk", flat=True)


def _kind(key: str, measure: int, kind: str, label: Text, article: str, wording: str = "exact") -> Indicator:
    """One of the five kinds, counted when the enterprise recognises it."""
    return Indicator(
        key=key,
        measure=measure,
        label=label,
        article=(article,),
        measured_in="results",
        kind=CUMULATIVE,
        headline=kind == "technical_innovation",
        definition=Text(
            f"企业工会认定的{label.zh}成果，自认定之日计入。",
            f"Results of the kind “{label.en}” that the enterprise union recognised, from that day.",
        ),
        excludes=Text("不含：待认定、退回和撤销的成果。", "Without results to be recognised, sent back or revoked."),
        signed_by=Text("企业工会", "Enterprise union"),
        model=Result,
        records=lambda: Result.objects.counted().filter(kind=kind),
        facts=_recognised,
        see=rules.SEE,
        columns=(NO, TITLE),
        open=lambda results: results.filter(is_confidential=False),
        wording=wording,
    )


INNOVATIONS = _kind(
    "results.technical_innovations", 901, "technical_innovation", Text("技术革新", "Technical innovations"), "technical_innovations"
)
INVENTIONS = _kind("results.inventions", 902, "invention", Text("发明创造", "Inventions"), "inventions")
METHODS = _kind("results.operating_methods", 903, "operating_method", Text("先进操作法", "Advanced operating methods"), "operating_methods")
PATENTS = Indicator(
    key="results.patents",
    measure=904,
    label=Text("专利", "Patents"),
    article=("patents",),
    measured_in="patents",
    kind=CUMULATIVE,
    definition=Text("已授权的专利，自授权之日计入，后来失效的也计入。", "Patents granted, from that day, lapsed ones included."),
    excludes=Text("不含：只申请、未授权的专利。", "Without patents filed and not granted."),
    signed_by=Text("企业工会，以专利证书为准", "Enterprise union, by the patent"),
    model=Patent,
    records=lambda: Patent.objects.filter(granted_on__isnull=False),
    facts=_granted,
    see=SEE_PATENT,
    columns=(
        Column("no", Text("成果号", "No."), get="result__no", public=True),
        Column("title", Text("名称", "Title"), get="result__title", link=True, public=True),
    ),
    joins=("result", "unit"),
    open=lambda patents: patents.filter(result__is_confidential=False),
    wording="多",
)
BENEFIT = Indicator(
    key="results.benefit",
    measure=905,
    label=Text("创造经济效益", "Economic benefit"),
    article=("economic_benefit",),
    measured_in="fen",
    kind=CUMULATIVE,
    headline=True,
    definition=Text(
        "企业财务认证的成果年度效益（增收加节支减投入），自认证之日计入；同一笔效益由几项成果申报时只计一次。",
        "The yearly benefit of results (gain and saving less cost) that the enterprise's finance certified, from that day; "
        "what several results claim is counted once.",
    ),
    excludes=Text(
        "不含：申报未认证的金额，单列为申报；撤销认证的金额。",
        "Without amounts claimed and not certified, which stand apart, and those overturned.",
    ),
    signed_by=Text("企业财务 · 区市总工会复核", "Enterprise finance, checked by the district"),
    model=Benefit,
    records=lambda: Benefit.objects.exclude(state__in=["overturned", "withdrawn"]).exclude(result__state="revoked"),
    facts=_benefit,
    also={Result: _benefits_of_results},
    see=rules.SEE_BENEFIT,
    columns=(
        Column("no", Text("成果号", "Result"), get="result__no", public=True),
        Column("title", Text("名称", "Title"), get="result__title", link=True, public=True),
        Column("year", Text("效益年度", "Year"), kind="text", public=True),
    ),
    joins=("result", "unit"),
    open=lambda benefits: benefits.filter(result__is_confidential=False),
    wording="超",
)
UNIT_BENEFIT = Leading(
    key="results.benefit_of_one_enterprise",
    label=Text("一家企业近三年创造效益", "One enterprise's benefit in three years"),
    article=("unit_benefit_three_years",),
    measured_in="fen",
    kind=CUMULATIVE,
    of=BENEFIT,
    years=3,
    definition=Text(
        "一家企业三个年度认证的效益；看全市或区市时，取其中效益最多的企业。",
        "One enterprise's certified benefit of three years; for a city or district, of the enterprise with the most.",
    ),
    signed_by=Text("企业财务", "Enterprise finance"),
    wording="近",
)
ALL = [INNOVATIONS, INVENTIONS, METHODS, PATENTS, BENEFIT, UNIT_BENEFIT]
