"""The desks of those who learn and teach (学习): classes, meetings, enrolments, plans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongchuang.academy import actions, codes, forms, rules, tables
from gongchuang.academy.models import Enrolment, LearningPlan, Session, TrainingClass
from gongchuang.kernel.desk import Act, Desk, ReasonForm
from gongchuang.kernel.table import Column
from gongchuang.kernel.text import Text
from gongchuang.people.models import SKILL_LEVELS


def states(*names: str) -> frozenset[str]:
    return frozenset(names)


def rank_of(field: str) -> Any:
    def shown(record: Any) -> str:
        rank = getattr(record, field)
        return "" if rank is None else str(SKILL_LEVELS[rank])

    return shown


def _seats_effect(training: Any, _person: Any) -> str:
    return str(Text(f"还有 {training.seats_left} 个名额。", f"{training.seats_left} seats are left."))


def _class_links(training: TrainingClass, person: Any) -> Iterable[tuple[Text, Any]]:
    yield Text("学院", "Academy"), training.academy
    if training.order is not None:
        yield Text("订单", "Order"), training.order
    mine = rules.SEE_ENROLMENT.among(person, training.enrolments.select_related("person")).order_by("seat")
    yield from ((Text("学员", "Trainee"), enrolment) for enrolment in mine[:200])


def _session_links(session: Session, _person: Any) -> Iterable[tuple[Text, Any]]:
    yield Text("班次", "Class"), session.training


def _enrolment_links(enrolment: Enrolment, _person: Any) -> Iterable[tuple[Text, Any]]:
    yield Text("班次", "Class"), enrolment.training


CLASSES = Desk(
    "classes",
    label=Text("学习", "Learning"),
    one=Text("班次", "Class"),
    model=TrainingClass,
    table=tables.CLASSES,
    see=rules.SEE_CLASS,
    acts=[
        Act(
            "sign_up",
            Text("报名", "Sign up"),
            actions.sign_up,
            rules.SIGN_UP,
            tone="primary",
            from_states=states("signing_up"),
            effect=_seats_effect,
            done=Text("报名成功。上课前一天会提醒您。", "You are signed up."),
        ),
        Act(
            "enrol",
            Text("代报名", "Enrol a colleague"),
            actions.enrol,
            rules.ENROL,
            forms.EnrolForm,
            from_states=states("signing_up", "running"),
        ),
        Act(
            "enrol_many",
            Text("批量代报名", "Enrol several"),
            actions.enrol_many,
            rules.ENROL,
            forms.EnrolManyForm,
            from_states=states("signing_up", "running"),
        ),
        Act(
            "add_session",
            Text("加课", "Add a meeting"),
            actions.add_session,
            rules.RUN_CLASS,
            forms.SessionForm,
            from_states=states("signing_up", "running"),
        ),
        Act(
            "finish",
            Text("结业", "Finish"),
            actions.finish,
            rules.FINISH,
            tone="primary",
            from_states=states("running"),
            done=Text("已结业，学时已记入。", "Finished; the hours are booked."),
        ),
        Act(
            "cancel",
            Text("取消班次", "Cancel"),
            actions.cancel,
            rules.CANCEL,
            ReasonForm,
            tone="danger",
            from_states=states("signing_up"),
        ),
    ],
    filters=["state", "direction", "trainees", "method"],
    search=["no", "title", "trade"],
    facts=[
        Column("method", Text("教学方式", "Method"), get=lambda one: codes.METHODS.label(one.method), public=True),
        Column("aim_rank", Text("目标等级", "Level aimed at"), get=rank_of("aim_rank"), public=True),
        Column("seats", Text("名额", "Seats"), kind="number", public=True),
        Column("taken", Text("已报名", "Signed up"), kind="number", public=True),
        Column("college", Text("产业学院", "Industry college"), get=lambda one: str(one.college or ""), public=True),
    ],
    related=_class_links,
    spaces=frozenset({"me", "team", "org", "fed"}),
)
SESSIONS = Desk(
    "sessions",
    label=Text("课堂", "Classroom"),
    one=Text("课次", "Meeting"),
    model=Session,
    table=tables.SESSIONS,
    see=rules.SEE_SESSION,
    acts=[
        Act(
            "check_in",
            Text("签到", "Check in"),
            actions.check_in,
            rules.CHECK_IN,
            forms.CheckInForm,
            tone="primary",
            from_states=states("open"),
            done=Text("签到成功。", "You are checked in."),
        ),
        Act(
            "open",
            Text("开始签到", "Open check-in"),
            actions.open_session,
            rules.TEACH,
            tone="primary",
            from_states=states("planned"),
        ),
        Act(
            "tick",
            Text("手工签到", "Tick by hand"),
            actions.tick,
            rules.TEACH,
            forms.TickForm,
            from_states=states("open", "held"),
        ),
        Act(
            "tick_many",
            Text("批量签到", "Tick several"),
            actions.tick_many,
            rules.TEACH,
            forms.TickManyForm,
            from_states=states("open", "held"),
        ),
        Act(
            "untick",
            Text("更正签到", "Take back"),
            actions.untick,
            rules.TEACH,
            forms.UntickForm,
            from_states=states("open", "held"),
        ),
        Act("close", Text("下课", "End the meeting"), actions.close_session, rules.TEACH, from_states=states("open")),
        Act(
            "drop",
            Text("取消课次", "Drop"),
            actions.drop_session,
            rules.TEACH,
            ReasonForm,
            tone="danger",
            from_states=states("planned"),
        ),
    ],
    facts=[
        Column("topic", Text("内容", "Topic")),
        Column("lecturer", Text("讲师", "Lecturer"), kind="person", get="training__lecturer__person"),
    ],
    related=_session_links,
    spaces=frozenset({"me", "org", "fed"}),
)
ENROLMENTS = Desk(
    "enrolments",
    label=Text("学习记录", "Learning records"),
    one=Text("学员", "Trainee"),
    model=Enrolment,
    table=tables.ENROLMENTS,
    see=rules.SEE_ENROLMENT,
    acts=[
        Act(
            "withdraw",
            Text("退出班次", "Leave the class"),
            actions.withdraw,
            rules.WITHDRAW,
            from_states=states("signed_up"),
        ),
        Act(
            "mark",
            Text("登分", "Enter marks"),
            actions.mark,
            rules.MARK,
            forms.MarkForm,
            tone="primary",
            from_states=states("signed_up"),
        ),
        Act(
            "certificate",
            Text("登记证书", "Enter certificate"),
            actions.record_certificate,
            rules.CERTIFICATE,
            forms.CertificateForm,
            from_states=states("passed"),
        ),
    ],
    filters=["state", "source", "trainee"],
    facts=[
        Column("trainee", Text("培训对象", "Trainee"), get=lambda one: codes.TRAINEES.label(one.trainee)),
        Column("source", Text("报名来源", "Signed up by"), get=lambda one: codes.SOURCES.label(one.source)),
        Column("certificate_issuer", Text("发证机构", "Issued by")),
        Column("certificate_on", Text("发证日期", "Issued on"), kind="date"),
    ],
    related=_enrolment_links,
    spaces=frozenset({"me", "team", "org", "fed"}),
)
PLANS = Desk(
    "plans",
    label=Text("一人一策", "Learning plans"),
    one=Text("学习计划", "Learning plan"),
    model=LearningPlan,
    table=tables.PLANS,
    see=rules.SEE_PLAN,
    acts=[
        Act(
            "open",
            Text("制定计划", "Make a plan"),
            actions.open_plan,
            rules.OPEN_PLAN,
            forms.PlanForm,
            creates=True,
            tone="primary",
        ),
        Act(
            "add_line",
            Text("加一条", "Add a line"),
            actions.add_line,
            rules.ADD_LINE,
            forms.LineForm,
            from_states=states("open"),
        ),
        Act(
            "do_line",
            Text("完成一条", "Tick a line off"),
            actions.do_line,
            rules.REACH,
            forms.DoLineForm,
            from_states=states("open"),
        ),
        Act("reach", Text("达成", "Reached"), actions.reach, rules.REACH, tone="primary", from_states=states("open")),
        Act(
            "end",
            Text("终止", "End"),
            actions.end,
            rules.END,
            ReasonForm,
            tone="danger",
            from_states=states("open"),
        ),
    ],
    facts=[
        Column("present_rank", Text("现有等级", "Present level"), get=rank_of("present_rank")),
        Column("target_rank", Text("目标等级", "Level aimed at"), get=rank_of("target_rank")),
        Column(
            "lines",
            Text("计划内容", "Lines"),
            kind="list",
            get=lambda one: [
                f"{'✓' if line.done_on else '○'} {line.what}（{line.due_on}）" for line in sorted(one.lines.all(), key=lambda it: it.number)
            ],
        ),
    ],
    spaces=frozenset({"me", "team", "org"}),
)
