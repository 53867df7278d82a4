"""How the matchmaker's records are shown, in every door. Text and contact of a need have no column anywhere."""

from __future__ import annotations

from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Choices, Text
from gongchuang.matchmaker import models
from gongchuang.matchmaker.models import Match


def coded(key: str, label: Text, codes: Choices, *, public: bool = False) -> Column:
    """A column that says a code in words."""
    return Column(key, label, get=lambda record: codes.label(getattr(record, key)), public=public)


def named(key: str, label: Text, *, public: bool = False) -> Column:
    """A column that says another record's name."""
    return Column(key, label, get=lambda record: str(getattr(record, key) or ""), public=public)


NO = Column("no", Text("编号", "No."), kind="code", public=True)
STATE = Column("state", Text("状态", "State"), kind="state", public=True)
UNIT = Column("unit", Text("企业", "Enterprise"), kind="unit")


def _candidate(match: Match) -> str:
    return str(match.offer or match.expert or match.studio)


VISITS = Table(
    [
        Column("no", Text("编号", "No."), kind="code", link=True),
        UNIT,
        Column("visited_on", Text("走访日期", "Day"), kind="date"),
        Column("visitor", Text("走访人", "By"), kind="person"),
        Column("companions", Text("同行人员", "With")),
    ],
    joins=("unit", "visitor__unit"),
)
NEEDS = Table(
    [
        NO,
        Column("title", Text("需求", "Need"), link=True, public=True),
        Column("industry", Text("行业", "Industry"), public=True),
        coded("kind", Text("类型", "Kind"), models.NEED_KINDS, public=True),
        UNIT,
        Column("collected_on", Text("采集日期", "Collected"), kind="date"),
        Column("published_on", Text("发布日期", "Published"), kind="date", public=True),
        STATE,
    ],
    joins=("unit", "visit"),
)
NEED_FACTS = [
    Column("abstract", Text("公开摘要", "Abstract"), public=True),
    Column("field", Text("技术领域", "Field"), public=True),
    Column("indicators", Text("技术指标", "Aims"), kind="list", get=lambda need: [str(one) for one in need.indicators.all()]),
    Column("budget_fen", Text("投入预算", "Budget"), kind="money"),
    Column("wanted_on", Text("希望解决日期", "Wanted by"), kind="date"),
    Column("valid_until", Text("有效期至", "Valid until"), kind="date", public=True),
    coded("way", Text("合作方式", "Way"), models.WAYS, public=True),
    coded("tier", Text("保密级别", "Who may see it"), models.TIERS),
    named("visit", Text("走访", "Visit")),
    Column("matched_on", Text("对接日期", "Matched"), kind="date"),
]
INSTITUTIONS = Table(
    [
        NO,
        Column("name", Text("机构", "Institution"), link=True, public=True),
        coded("kind", Text("类别", "Kind"), models.INSTITUTION_KINDS, public=True),
        Column("region", Text("所在地", "Place"), public=True),
        Column("joined_on", Text("进驻日期", "Since"), kind="date", public=True),
        Column("left_on", Text("退出日期", "Left"), kind="date", public=True),
    ],
    joins=("unit",),
)
INSTITUTION_FACTS = [Column("agreement", Text("合作协议", "Agreement"))]
EXPERTS = Table(
    [
        NO,
        Column("person", Text("专家", "Expert"), kind="person", link=True),
        coded("kind", Text("类别", "Kind"), models.EXPERT_KINDS),
        named("institution", Text("机构", "Institution")),
        Column("title", Text("职称", "Title")),
        Column("direction", Text("研究方向或专长", "Direction or skill")),
        Column("joined_on", Text("入库日期", "Since"), kind="date"),
    ],
    joins=("unit", "person__unit", "institution"),
)
EXPERT_FACTS = [
    Column("keywords", Text("关键词", "Keywords")),
    Column("industry", Text("行业", "Industry")),
    Column("capacity", Text("同时可接几项", "At a time"), kind="number"),
    Column("items", Text("业绩", "Items"), kind="list", get=lambda expert: [str(item) for item in expert.items.all()]),
    Column("left_on", Text("退出日期", "Left"), kind="date"),
]
OFFERS = Table(
    [
        NO,
        Column("title", Text("科研成果", "Result on offer"), link=True, public=True),
        named("institution", Text("机构", "Institution"), public=True),
        Column("industry", Text("行业", "Industry"), public=True),
        coded("stage", Text("所处阶段", "Stage"), models.STAGES, public=True),
        coded("way", Text("转化方式", "Way"), models.WAYS, public=True),
        Column("published_on", Text("发布日期", "Published"), kind="date", public=True),
        STATE,
    ],
    joins=("unit", "institution", "owner__unit"),
)
OFFER_FACTS = [
    Column("text", Text("简介", "What it does"), public=True),
    Column("keywords", Text("关键词", "Keywords"), public=True),
]
MATCHES = Table(
    [
        Column("no", Text("编号", "No."), kind="code", link=True),
        Column("need", Text("需求", "Need"), get=lambda match: match.need.title),
        UNIT,
        Column("candidate", Text("候选", "Candidate"), get=_candidate),
        Column("score_bp", Text("相合度", "Score"), kind="percent_bp"),
        Column("suggested_on", Text("匹配日期", "Matched"), kind="date"),
        Column("agreed_on", Text("双方同意", "Agreed"), kind="date"),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    joins=("unit", "need", "offer", "expert__person", "studio", "solver__unit", "matchmaker"),
)
MATCH_FACTS = [
    Column("need_abstract", Text("需求摘要", "What is needed"), get=lambda match: match.need.abstract),
    Column("solver", Text("对接方", "Other side"), kind="person"),
    Column("recommended_on", Text("推荐日期", "Recommended"), kind="date"),
    Column("wanted_on", Text("企业有意", "Wanted"), kind="date"),
    Column("met_on", Text("面谈日期", "Met"), kind="date"),
    Column("meeting", Text("面谈纪要", "What was said")),
    Column("signed_on", Text("签约日期", "Signed"), kind="date"),
    Column("effective_on", Text("见效日期", "Effective"), kind="date"),
    Column("declined_for", Text("未成原因", "Declined for"), get=lambda one: models.DECLINE_REASONS.label(one.declined_for)),
    Column("declined_note", Text("说明", "In words")),
]
CONTRACTS = Table(
    [
        NO,
        Column("title", Text("合同", "Contract"), link=True),
        coded("kind", Text("类型", "Kind"), models.CONTRACT_KINDS),
        UNIT,
        Column("party_b", Text("乙方", "Party B")),
        Column("amount_fen", Text("金额", "Amount"), kind="money", total=True),
        Column("signed_on", Text("签约日期", "Signed"), kind="date"),
        Column("ends_on", Text("到期日", "Ends"), kind="date"),
    ],
    joins=("unit", "match__need", "institution"),
)
CONTRACT_FACTS = [
    named("institution", Text("机构", "Institution")),
    Column("registered_no", Text("认定登记号", "Registration")),
    Column("need", Text("需求", "Need"), get=lambda contract: contract.match.need.title),
]
BENEFITS = Table(
    [
        Column("no", Text("编号", "No."), kind="code", link=True),
        Column("contract", Text("合同", "Contract"), get=lambda benefit: benefit.contract.title),
        UNIT,
        Column("year", Text("年度", "Year"), kind="text"),
        Column("amount_fen", Text("效益", "Benefit"), kind="money", total=True),
        Column("confirmed_on", Text("认证日期", "Confirmed"), kind="date"),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    joins=("unit", "contract__match", "claimed_by__unit"),
)
BENEFIT_FACTS = [
    Column("basis", Text("核算依据", "How it was reckoned")),
    Column("claimed_by", Text("申报人", "Claimed by"), kind="person"),
    Column("confirmed_by", Text("认证人", "Confirmed by"), kind="person"),
]
