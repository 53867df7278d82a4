"""What is counted of proposals (合理化建议)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongchuang.indicators.catalogue.columns import NO, TITLE
from gongchuang.indicators.definition import CUMULATIVE, FLOW, UNITS, Counted, Indicator, Leading
from gongchuang.kernel.text import Text
from gongchuang.proposals import rules
from gongchuang.proposals.models import Proposal


def _on(record: Proposal, day: date | None) -> Iterator[Counted]:
    if day is not None:
        yield Counted(record.unit_id, day)


PROPOSALS = Indicator(
    key="proposals.made",
    measure=201,
    label=Text("合理化建议", "Rationalisation proposals"),
    article=("proposals",),
    measured_in="proposals",
    kind=CUMULATIVE,
    headline=True,
    public=UNITS,
    hides_small=False,
    definition=Text(
        "职工交上来的合理化建议，自提交之日计入提出人所在单位，无论后来是否采纳。",
        "Proposals that workers handed in, from the day they did, in their unit, whatever became of them.",
    ),
    excludes=Text("不含：草稿、回复前撤回的建议。", "Without drafts and proposals withdrawn before the first reply."),
    signed_by=Text("企业工会", "Enterprise union"),
    model=Proposal,
    records=lambda: Proposal.objects.counted(),
    facts=lambda record: _on(record, record.submitted_on),
    see=rules.SEE,
    columns=(NO, TITLE),
    wording="余",
    digits=3,
)
ADOPTED = Indicator(
    key="proposals.adopted",
    measure=202,
    label=Text("采纳的建议", "Proposals adopted"),
    measured_in="proposals",
    kind=FLOW,
    public=UNITS,
    hides_small=False,
    definition=Text("期间内采纳的合理化建议。", "Proposals adopted within the period."),
    signed_by=Text("企业工会", "Enterprise union"),
    model=Proposal,
    records=lambda: Proposal.objects.adopted(),
    facts=lambda record: _on(record, record.adopted_on),
    see=rules.SEE,
    columns=(NO, TITLE),
)
IMPLEMENTED = Indicator(
    key="proposals.implemented",
    measure=203,
    label=Text("实施的建议", "Proposals implemented"),
    measured_in="proposals",
    kind=FLOW,
    public=UNITS,
    hides_small=False,
    definition=Text("期间内实施完成的合理化建议。", "Proposals put into practice within the period."),
    signed_by=Text("企业工会", "Enterprise union"),
    model=Proposal,
    records=lambda: Proposal.objects.adopted().filter(implemented_on__isnull=False),
    facts=lambda record: _on(record, record.implemented_on),
    see=rules.SEE,
    columns=(NO, TITLE),
)
UNIT_THREE_YEARS = Leading(
    key="proposals.of_one_enterprise",
    label=Text("一家企业近三年改善提案", "One enterprise's proposals in three years"),
    article=("unit_proposals_three_years",),
    measured_in="proposals",
    kind=CUMULATIVE,
    public=UNITS,
    hides_small=False,
    of=PROPOSALS,
    years=3,
    definition=Text(
        "一家企业三个年度的合理化建议；看全市或区市时，取其中建议最多的企业。",
        "One enterprise's proposals of three years; for a city or district, of the enterprise with the most.",
    ),
    signed_by=Text("企业工会", "Enterprise union"),
    wording="近",
)

ALL = [PROPOSALS, ADOPTED, IMPLEMENTED, UNIT_THREE_YEARS]
