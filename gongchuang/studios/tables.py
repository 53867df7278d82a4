"""How studios, activities, groups, apprenticeships and team measures are shown, in every door."""

from __future__ import annotations

from django.db.models import Prefetch

from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Choices, Text
from gongchuang.studios import models
from gongchuang.studios.models import Studio

STATE = Column("state", Text("状态", "State"), kind="state", public=True)


def coded(key: str, label: Text, codes: Choices, *, public: bool = False) -> Column:
    """A column that says a code in words."""
    return Column(key, label, get=lambda record: codes.label(getattr(record, key)), public=public)


def _members(studio: Studio) -> int:
    return sum(member.left_on is None for member in studio.members.all())


STUDIOS = Table(
    [
        Column("no", Text("编号", "No."), kind="code", public=True),
        Column("name", Text("工作室", "Studio"), link=True, public=True),
        coded("level", Text("级别", "Level"), models.LEVELS, public=True),
        Column("unit", Text("单位", "Unit"), kind="unit", public=True),
        Column("field", Text("攻关方向", "Tackles"), public=True),
        Column("leader", Text("领衔人", "Leader"), kind="person"),
        Column("named_on", Text("命名日期", "Named"), kind="date", public=True),
        STATE,
    ],
    joins=("unit", "leader__unit", "mother"),
)
STUDIO_FACTS = [
    coded("kind", Text("类别", "Kind"), models.KINDS, public=True),
    Column("industry", Text("行业", "Industry"), public=True),
    Column("founded_on", Text("成立日期", "Founded"), kind="date", public=True),
    Column("document_no", Text("命名文号", "Document"), public=True),
    Column("mother", Text("母工作室", "Grown out of"), get=lambda studio: studio.mother and str(studio.mother), public=True),
    Column("members", Text("成员", "Members"), kind="number", get=_members, public=True),
    Column("introduction", Text("简介", "Introduction"), public=True),
    Column("struck_off_on", Text("摘牌日期", "Struck off"), kind="date", public=True),
]
ACTIVITIES = Table(
    [
        Column("no", Text("编号", "No."), kind="code", public=True),
        Column("title", Text("活动", "Activity"), link=True, public=True),
        Column("studio", Text("工作室", "Studio"), get=lambda activity: str(activity.studio), public=True),
        coded("function", Text("类型", "Function"), models.FUNCTIONS, public=True),
        Column("held_on", Text("日期", "Day"), kind="date", public=True),
        Column("parts", Text("参加人数", "Persons"), kind="number", get=lambda activity: len(activity.parts.all()), public=True),
        STATE,
    ],
    joins=("studio__leader", "unit", "logged_by__unit"),
    prefetch=(Prefetch("parts", models.ActivityPart.objects.select_related("person").order_by("pk")),),
)
ACTIVITY_FACTS = [
    Column("note", Text("记录", "Notes")),
    Column("persons", Text("参加人", "Who took part"), kind="list", get=lambda one: [str(part.person) for part in one.parts.all()]),
    Column("logged_by", Text("登记人", "Logged by"), kind="person"),
]
GROUPS = Table(
    [
        Column("no", Text("编号", "No."), kind="code", public=True),
        Column("name", Text("名称", "Name"), link=True, public=True),
        coded("kind", Text("类别", "Kind"), models.GROUP_KINDS, public=True),
        Column("unit", Text("单位", "Unit"), kind="unit", public=True),
        Column("leader", Text("负责人", "Leader"), kind="person"),
        Column("confirmed_on", Text("确认日期", "Confirmed"), kind="date", public=True),
        STATE,
    ],
    joins=("unit", "leader__unit", "studio"),
)
GROUP_FACTS = [
    Column("field", Text("攻关方向", "Tackles"), public=True),
    Column("founded_on", Text("成立日期", "Founded"), kind="date", public=True),
    Column("studio", Text("带出它的工作室", "Grown out of"), get=lambda group: group.studio and str(group.studio), public=True),
    Column("members", Text("成员", "Members"), kind="number", get=lambda group: group.members.filter(left_on=None).count(), public=True),
]
MENTORSHIPS = Table(
    [
        Column("no", Text("编号", "No."), kind="code"),
        Column("trade", Text("工种", "Trade"), link=True),
        Column("mentor", Text("师傅", "Master"), kind="person"),
        Column("apprentice", Text("徒弟", "Apprentice"), kind="person"),
        Column("unit", Text("单位", "Unit"), kind="unit"),
        Column("starts_on", Text("开始", "From"), kind="date"),
        Column("ends_on", Text("结束", "To"), kind="date"),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    joins=("unit", "mentor__unit", "apprentice__unit", "studio"),
)
MENTORSHIP_FACTS = [
    Column("goals", Text("带徒目标", "Goals")),
    Column("outcome", Text("带徒成效", "Reached")),
    Column("closed_on", Text("结束日期", "Closed"), kind="date"),
]
MEASURES = Table(
    [
        Column("no", Text("编号", "No."), kind="code"),
        Column("unit", Text("班组", "Team"), kind="unit", link=True),
        Column("ends_on", Text("截止日期", "Twelve months before"), kind="date"),
        Column("stations_automated", Text("自动化工位", "Automated stations"), kind="number"),
        Column("stations_total", Text("工位总数", "Stations"), kind="number"),
        Column("automation_bp", Text("智能化率", "Automation"), kind="percent_bp"),
        Column("output_per_head_fen", Text("人均产出", "Output per head"), kind="money"),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    joins=("unit", "entered_by__unit"),
)
MEASURE_FACTS = [
    coded("basis", Text("产出口径", "Basis"), models.BASES),
    Column("output_fen", Text("十二个月产出", "Output of twelve months"), kind="money"),
    Column("heads", Text("平均人数", "Average heads"), get=lambda one: f"{one.heads_tenths // 10}.{one.heads_tenths % 10}"),
    Column("evidence", Text("数据来源", "Source")),
    Column("entered_by", Text("填报人", "Entered by"), kind="person"),
    Column("confirmed_on", Text("确认日期", "Confirmed"), kind="date"),
]
