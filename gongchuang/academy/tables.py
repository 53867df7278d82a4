"""How the academy's nouns are shown (列表), in every door."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from gongchuang.academy import codes
from gongchuang.academy.models import Academy, LearningPlan
from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Choices, Text


def _label(codes: Choices, field: str) -> Any:
    return lambda record: codes.label(getattr(record, field))


def _points(field: str) -> Any:
    """Marks are kept in tenths of a point; shown in points, with their one decimal."""

    def shown(record: Any) -> str:
        tenths = getattr(record, field)
        return "" if tenths is None else f"{tenths // 10}.{tenths % 10}"

    return shown


_NO = Column("no", Text("编号", "No."), kind="code", public=True)
_STATE = Column("state", Text("状态", "State"), kind="state", public=True)
_DISTRICT = Column("unit", Text("所在单位", "Unit"), kind="unit", public=True)
_ACADEMY = Column("academy", Text("学院", "Academy"), get=lambda record: record.academy.name, public=True)
_TRADE = Column("trade", Text("工种", "Trade"), public=True)

ACADEMIES = Table(
    [
        _NO,
        Column("name", Text("学院名称", "Academy"), link=True, public=True),
        Column("level", Text("级别", "Level"), get=_label(codes.LEVELS, "level"), public=True),
        Column("kind", Text("类型", "Kind"), get=_label(codes.ACADEMY_KINDS, "kind"), public=True),
        _DISTRICT,
        Column("brand", Text("特色工种", "Known for"), public=True),
        Column("named_on", Text("命名日期", "Named on"), kind="date", public=True),
        Column("document_no", Text("文号", "Document"), public=True),
        _STATE,
    ],
    order=("-pk",),
    joins=("unit",),
)
COLLEGES = Table(
    [
        _NO,
        Column("name", Text("产业学院", "Industry college"), link=True, public=True),
        _ACADEMY,
        Column("industry", Text("产业链", "Industry"), public=True),
        _DISTRICT,
        Column("founded_on", Text("设立日期", "Founded on"), kind="date", public=True),
        _STATE,
    ],
    order=("-pk",),
    joins=("unit", "academy"),
)
LECTURERS = Table(
    [
        Column("person", Text("讲师", "Lecturer"), kind="person", link=True),
        Column("unit", Text("单位", "Unit"), kind="unit"),
        Column("source", Text("来源", "From"), get=_label(codes.LECTURER_SOURCES, "source")),
        Column("topics", Text("课题", "Topics")),
        Column(
            "academies",
            Text("任教学院", "Academies"),
            kind="list",
            get=lambda one: [str(it) for it in one.academies.all()],
        ),
        Column("enlisted_on", Text("入库日期", "In the pool since"), kind="date"),
        _STATE,
    ],
    order=("-pk",),
    joins=("person", "unit"),
    prefetch=(Prefetch("academies", Academy.objects.select_related("unit").order_by("pk")),),
)
COURSES = Table(
    [
        _NO,
        Column("title", Text("课程", "Course"), link=True, public=True),
        _ACADEMY,
        _TRADE,
        Column("method", Text("教学方式", "Method"), get=_label(codes.METHODS, "method"), public=True),
        Column("hours", Text("学时", "Hours"), kind="number", public=True),
        _STATE,
    ],
    order=("-pk",),
    joins=("academy__unit",),
)
ORDERS = Table(
    [
        Column("no", Text("编号", "No."), kind="code", link=True),
        Column("unit", Text("下单单位", "Ordered by"), kind="unit"),
        _ACADEMY,
        _TRADE,
        Column("heads", Text("人数", "Heads"), kind="number", total=True),
        Column("trainees", Text("培训对象", "Trainees"), get=_label(codes.TRAINEES, "trainees")),
        Column("wanted_on", Text("期望开班", "Wanted on"), kind="date"),
        _STATE,
    ],
    order=("-pk",),
    joins=("unit", "academy__unit", "placed_by__unit"),
)
CLASSES = Table(
    [
        _NO,
        Column("title", Text("班次", "Class"), link=True, public=True),
        _ACADEMY,
        Column("direction", Text("方向", "Direction"), get=_label(codes.DIRECTIONS, "direction"), public=True),
        Column("trainees", Text("培训对象", "Trainees"), get=_label(codes.TRAINEES, "trainees"), public=True),
        _TRADE,
        Column("lecturer", Text("讲师", "Lecturer"), kind="person", get="lecturer__person"),
        Column("place", Text("地点", "Place"), public=True),
        Column("starts_on", Text("开课日期", "Starts on"), kind="date", public=True),
        Column("seats_left", Text("余位", "Seats left"), kind="number", public=True),
        _STATE,
    ],
    order=("-starts_on", "-pk"),
    joins=("academy", "academy__unit", "lecturer__person", "lecturer__person__unit"),
)
SESSIONS = Table(
    [
        Column("training", Text("班次", "Class"), get=lambda one: one.training.title, link=True),
        Column("number", Text("第几次", "Meeting"), kind="number"),
        Column("starts_at", Text("上课时间", "Starts at"), kind="moment"),
        Column("hours", Text("学时", "Hours"), kind="number", total=True),
        Column("place", Text("地点", "Place"), get="training__place"),
        _STATE,
    ],
    order=("-starts_at", "-pk"),
    joins=("training", "training__academy__unit", "training__lecturer__person"),
)
ENROLMENTS = Table(
    [
        Column("training", Text("班次", "Class"), get=lambda one: one.training.title, link=True),
        Column("person", Text("学员", "Trainee"), kind="person"),
        Column("unit", Text("单位", "Unit"), kind="unit"),
        Column("seat", Text("座号", "Seat"), kind="number"),
        Column("sessions_attended", Text("到课次数", "Meetings attended"), kind="number"),
        Column("attended_on", Text("首次到课", "First attended"), kind="date"),
        Column("theory", Text("理论", "Theory"), get=_points("theory_tenths")),
        Column("practice", Text("实操", "Practice"), get=_points("practice_tenths")),
        Column("hours", Text("学时", "Hours"), kind="number", total=True),
        Column("certificate_no", Text("证书号", "Certificate"), kind="code"),
        _STATE,
    ],
    order=("-pk",),
    joins=("training", "training__academy__unit", "training__lecturer__person", "person", "person__unit", "unit"),
)
PLANS = Table(
    [
        Column("no", Text("编号", "No."), kind="code", link=True),
        Column("person", Text("职工", "Worker"), kind="person"),
        Column("unit", Text("单位", "Unit"), kind="unit"),
        _TRADE,
        Column("mentor", Text("师傅", "Mentor"), kind="person"),
        Column("lines", Text("已完成/计划", "Done/planned"), get=lambda one: _progress(one)),
        Column("target_on", Text("目标日期", "Target"), kind="date"),
        _STATE,
    ],
    order=("-pk",),
    joins=("person", "person__unit", "mentor", "mentor__unit", "unit"),
    prefetch=("lines",),
)


def _progress(plan: LearningPlan) -> str:
    lines = list(plan.lines.all())
    return f"{sum(line.done_on is not None for line in lines)}/{len(lines)}"
