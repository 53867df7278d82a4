"""What is counted of selections (评选): results that were selected."""

from __future__ import annotations

from collections.abc import Iterator

from gongchuang.indicators.definition import FLOW, Counted, Indicator
from gongchuang.kernel.table import Column
from gongchuang.kernel.text import Text
from gongchuang.people import rules
from gongchuang.people.models import Grant


def _granted(record: Grant) -> Iterator[Counted]:
    yield Counted(record.unit_id, record.granted_on)


RESULTS_SELECTED = Indicator(
    key="honours.results_selected",
    measure=801,
    label=Text("评选的职工技术创新成果", "Technical innovation results selected"),
    article=("results_selected_yearly",),
    measured_in="results",
    kind=FLOW,
    topic="incentives",
    definition=Text("期间内授予成果类称号的职工技术创新成果。", "Results that were granted a title for results within the period."),
    excludes=Text("不含：已撤销的称号。", "Without titles revoked."),
    signed_by=Text("授予单位，以文件为准", "The issuer, by its document"),
    model=Grant,
    records=lambda: Grant.objects.standing().exclude(result_no=""),
    facts=_granted,
    see=rules.SEE_GRANT,
    columns=(
        Column("result_no", Text("成果号", "Result"), public=True),
        Column("title", Text("称号", "Title"), public=True),
        Column("document_no", Text("文号", "Document"), public=True),
    ),
    joins=("title", "unit"),
    wording="以上",
    digits=1,
)

ALL = [RESULTS_SELECTED]
