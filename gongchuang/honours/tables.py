"""How selections are shown (列表)."""

from __future__ import annotations

from gongchuang.honours.models import Nomination
from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Text

_STATE = Column("state", Text("状态", "State"), kind="state", public=True)


def nominee(row: Nomination) -> str:
    """Named in public only once on a notice (公示名单 names name, unit and deeds)."""
    return str(row.nominee)


ROUNDS = Table(
    [
        Column("no", Text("编号", "No."), kind="code", public=True),
        Column("name", Text("评选", "Selection"), link=True, public=True),
        Column("year", Text("年度", "Year"), get=lambda one: str(one.year), public=True),
        Column("title", Text("称号", "Title"), get=lambda one: str(one.title), public=True),
        Column("unit", Text("主办", "Held by"), kind="unit", public=True),
        Column("quota", Text("名额", "Quota"), kind="number", public=True),
        Column("prize_fen", Text("每项奖金", "Prize each"), kind="money", public=True),
        Column("recommend_until", Text("推荐截止", "Recommend until"), kind="date", public=True),
        Column("public_until", Text("公示截止", "Notice until"), kind="date", public=True),
        Column("document_no", Text("文号", "Document"), public=True),
        _STATE,
    ],
    order=("-pk",),
    joins=("title", "unit"),
)
NOMINATIONS = Table(
    [
        Column("no", Text("编号", "No."), kind="code", public=True),
        Column("round", Text("评选", "Selection"), get=lambda one: one.round.name, public=True),
        Column("nominee", Text("对象", "Nominee"), get=nominee, link=True, public=True),
        Column("unit", Text("单位", "Unit"), kind="unit", public=True),
        Column("recommended_on", Text("推荐日期", "Recommended on"), kind="date"),
        Column("named_on", Text("命名日期", "Named on"), kind="date", public=True),
        _STATE,
    ],
    order=("-pk",),
    joins=(
        "round",
        "round__title",
        "round__unit",
        "person",
        "person__unit",
        "collective",
        "result",
        "unit",
        "recommended_by",
    ),
)
OBJECTIONS = Table(
    [
        Column("nomination", Text("对象", "About"), get=lambda one: str(one.nomination), link=True),
        Column("round", Text("评选", "Selection"), get="nomination__round__name"),
        Column("lodged_by", Text("提出人", "Lodged by"), kind="person"),
        Column("lodged_on", Text("提出日期", "Lodged on"), kind="date"),
        Column("text", Text("异议", "Objection")),
        _STATE,
    ],
    order=("-pk",),
    joins=(
        "nomination__round__unit", "nomination__person", "nomination__collective", "nomination__result", "lodged_by__unit",
    ),
)  # fmt: skip
GRANTS = Table(
    [
        Column("title", Text("荣誉称号", "Title"), get=lambda one: str(one.title), link=True, public=True),
        Column(
            "holder",
            Text("获得者", "Holder"),
            get=lambda one: str(one.person or one.result_no or one.unit),
            public=True,
        ),
        Column("unit", Text("单位", "Unit"), kind="unit", public=True),
        Column("level", Text("级别", "Level"), get=lambda one: one.title.LEVELS.label(one.title.level), public=True),
        Column("issuer", Text("授予单位", "Issuer"), public=True),
        Column("document_no", Text("文号", "Document"), public=True),
        Column("granted_on", Text("授予日期", "Granted on"), kind="date", public=True),
        Column("ends_on", Text("期满", "Until"), kind="date", public=True),
        Column("revoked_on", Text("撤销日期", "Revoked on"), kind="date", public=True),
    ],
    order=("-granted_on", "-pk"),
    joins=("title", "person", "person__unit", "unit"),
)
