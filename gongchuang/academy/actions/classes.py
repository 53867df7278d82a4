"""Classes (班次): opened, finished with marks and hours, followed by a contest."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from gongchuang.academy import flow, rules
from gongchuang.academy.actions.founding import require_standing
from gongchuang.academy.actions.seats import hold
from gongchuang.academy.codes import FULL_MARK_TENTHS
from gongchuang.academy.models import (
    Academy,
    Attendance,
    Course,
    Enrolment,
    IndustryCollege,
    Lecturer,
    Order,
    Session,
    TrainingClass,
)
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record, touch
from gongchuang.kernel.models import next_number
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person


@action
def open_class(
    academy: Academy,
    title: str,
    lecturer: Lecturer,
    direction: str,
    place: str,
    seats: int,
    first_at: datetime,
    meetings: int = 1,
    every_days: int = 1,
    hours: int = 4,
    trade: str = "",
    trainees: str = "in_post",
    method: str = "hands_on",
    aim_rank: int | None = None,
    pass_mark_tenths: int = 600,
    college: IndustryCollege | None = None,
    course: Course | None = None,
    order: Order | None = None,
    *,
    by: Person,
    key: str,
) -> TrainingClass:
    """Open a class for sign-up (开班), from an order or from the menu; its meetings are laid out at equal distance.

    hours: class hours of each meeting. pass_mark_tenths: 0 means that coming is enough.
    """
    rules.RUN.require(by, academy)
    require_standing(academy)
    _check_parts(academy, lecturer, college, course, order)
    starts_on = first_at.astimezone(clock.ZONE).date()
    if starts_on < clock.today():
        raise Refused(Text("首次上课时间已过。", "The first meeting lies in the past."), field="first_at")
    training = TrainingClass(
        academy=academy,
        title=title,
        lecturer=lecturer,
        direction=direction,
        place=place,
        seats=seats,
        trade=trade or (order.trade if order else course.trade if course else ""),
        trainees=order.trainees if order else trainees,
        method=method,
        aim_rank=order.aim_rank if order else aim_rank,
        pass_mark_tenths=pass_mark_tenths,
        college=college,
        course=course,
        order=order,
        starts_on=starts_on,
        opened_by=by,
        no=next_number("BC", clock.today().year),
    )
    flow.CLASS.start(training, by=by, key=key, name="open", tell=[lecturer.person])
    for number in range(meetings):
        starts_at = first_at + timedelta(days=number * every_days)
        session = Session(training=training, number=number + 1, starts_at=starts_at, hours=hours)
        flow.SESSION.start(session, by=by, key=f"{key}:session:{number}", name="plan")
    if order is not None:
        flow.ORDER.move(order, "serve", by=by, key=f"{key}:serve", tell=[order.placed_by])
    return training


def _check_parts(academy: Academy, lecturer: Lecturer, college: IndustryCollege | None, course: Course | None, order: Order | None) -> None:
    """The parts of a class belong to its academy; the lecturer may come from anywhere in the shared pool."""
    if lecturer.state != "active":
        raise Refused(Text("这位讲师已退出师资库。", "This lecturer has left the pool."), field="lecturer")
    if college is not None and (college.academy_id != academy.pk or college.state != "open"):
        raise Refused(Text("产业学院不属于本院，或已撤销。", "The college is not the academy's, or is closed."), field="college")
    if course is not None and course.academy_id != academy.pk:
        raise Refused(Text("这门课不在本院的菜单上。", "This course is not on the academy's menu."), field="course")
    if order is not None and (order.academy_id != academy.pk or order.state != "accepted"):
        raise Refused(Text("订单不属于本院，或还没有接单。", "The order is not the academy's, or not accepted."), field="order")


@action
def add_session(training: TrainingClass, starts_at: datetime, hours: int, topic: str = "", *, by: Person, key: str) -> Session:
    """Add a meeting to a class (加课)."""
    rules.RUN_CLASS.require(by, training)
    _require_under_way(training)
    last = training.sessions.order_by("-number").values_list("number", flat=True).first() or 0
    session = Session(training=training, number=last + 1, starts_at=starts_at, hours=hours, topic=topic)
    flow.SESSION.start(session, by=by, key=key, name="plan")
    return session


@action
def cancel(training: TrainingClass, reason: str, *, by: Person, key: str) -> TrainingClass:
    """Cancel a class before it starts (取消班次); everybody signed up is told."""
    rules.CANCEL.require(by, training)
    persons = [enrolment.person for enrolment in training.enrolments.filter(state="signed_up").select_related("person")]
    say = Text(f"班次“{training.title}”已取消：{reason}", f"The class “{training.title}” was cancelled: {reason}")
    hold(training)
    flow.CLASS.move(training, "cancel", by=by, key=key, tell=persons, say=say, reason=reason)
    for session in training.sessions.filter(state="planned"):
        flow.SESSION.move(session, "drop", by=by, key=f"{key}:{session.pk}")
    return training


@action
def mark(enrolment: Enrolment, theory_tenths: int | None = None, practice_tenths: int | None = None, *, by: Person, key: str) -> Enrolment:
    """Enter a trainee's marks (登分), in tenths of a point out of 1,000; a mark left out stays as it is."""
    rules.MARK.require(by, enrolment)
    if enrolment.state != "signed_up" or enrolment.training.state != "running":
        raise Refused(Text("只能给上课中的学员登分。", "Marks are entered while the class is running."))
    if not enrolment.sessions_attended:
        raise Refused(
            Text("这位学员没有到过课。", "This trainee has not attended."),
            cure=Text("请先补签到。", "Tick the attendance first."),
        )
    given = {"theory_tenths": theory_tenths, "practice_tenths": practice_tenths}
    if all(tenths is None for tenths in given.values()):
        raise Refused(Text("请至少填一项成绩。", "Enter at least one mark."), field="practice_tenths")
    for field, tenths in given.items():
        if tenths is None:
            continue
        if not 0 <= tenths <= FULL_MARK_TENTHS:
            raise Refused(Text("成绩应在 0 至 100 分之间。", "A mark lies between 0 and 100."), field=field)
        setattr(enrolment, field, tenths)
    enrolment.save()
    record(by, "enrolment.mark", subject=enrolment, key=key, marks=given)
    return enrolment


@action
def finish(training: TrainingClass, *, by: Person, key: str) -> TrainingClass:
    """Finish a class (结业): book each trainee's hours, and say who passed, failed or never came."""
    rules.FINISH.require(by, training)
    if training.sessions.filter(state__in=["planned", "open"]).exists():
        raise Refused(
            Text("还有没上完的课次。", "Some meetings are not over."),
            cure=Text("请先结束或取消这些课次。", "Close or drop them first."),
        )
    enrolments = list(training.enrolments.filter(state="signed_up").select_related("person", "training"))
    _require_marks(training, enrolments)
    hours = _hours_attended(training)
    training.finished_on = clock.today()
    say = Text(f"“{training.title}”已结业，学时已记入。", f"“{training.title}” is finished; your hours are booked.")
    hold(training)
    flow.CLASS.move(training, "finish", by=by, key=key, tell=[one.person for one in enrolments], say=say)
    for enrolment in enrolments:
        enrolment.hours = hours.get(enrolment.pk, 0)
        enrolment.state = flow.ENROLMENT.moves[_outcome(training, enrolment)][1]
        enrolment.version += 1
    Enrolment.objects.bulk_update(enrolments, ["hours", "state", "version"], batch_size=500)
    touch(enrolments)
    return training


def _outcome(training: TrainingClass, enrolment: Enrolment) -> str:
    if not enrolment.sessions_attended:
        return "miss"
    return "pass" if (enrolment.mark_tenths or 0) >= training.pass_mark_tenths else "fail"


def _require_marks(training: TrainingClass, enrolments: list[Enrolment]) -> None:
    """A missing mark is not a zero: it is asked for."""
    missing = [one for one in enrolments if one.sessions_attended and one.mark_tenths is None]
    if training.pass_mark_tenths and missing:
        raise Refused(
            Text(f"还有 {len(missing)} 名到课学员没有成绩。", f"{len(missing)} trainees who attended have no mark."),
            cure=Text("请先登分。", "Enter their marks first."),
        )


def _hours_attended(training: TrainingClass) -> dict[int, int]:
    """Class hours by enrolment: the sum of the meetings each one came to."""
    hours: dict[int, int] = {}
    rows = Attendance.objects.filter(session__training=training).values_list("enrolment_id", "session__hours")
    for enrolment_pk, session_hours in rows:
        hours[enrolment_pk] = hours.get(enrolment_pk, 0) + session_hours
    return hours


@action
def record_certificate(enrolment: Enrolment, number: str, issuer: str, issued_on: date, *, by: Person, key: str) -> Enrolment:
    """Write down the certificate that the certifying body issued (登记证书号); the union issues none."""
    rules.CERTIFICATE.require(by, enrolment)
    if enrolment.state != "passed":
        raise Refused(Text("只有考核合格的学员才有证书。", "Only a trainee who passed has a certificate."))
    if enrolment.certificate_no:
        raise Refused(Text("证书号已登记。", "The certificate is written down already."), field="number")
    if issued_on > clock.today():
        raise Refused(Text("发证日期不能晚于今天。", "The day of issue cannot lie in the future."), field="issued_on")
    if Enrolment.objects.filter(certificate_no=number, certificate_issuer=issuer).exists():
        raise Refused(Text("这个证书号已登记给别人。", "This number is written down for another person."), field="number")
    enrolment.certificate_no, enrolment.certificate_issuer, enrolment.certificate_on = number, issuer, issued_on
    enrolment.save()
    record(by, "enrolment.certificate", subject=enrolment, key=key, tell=[enrolment.person], number=number)
    return enrolment


@action
def link_contest(training: TrainingClass, contest_uid: UUID, *, by: Person, key: str) -> TrainingClass:
    """Bind the contest that follows the class (跟进式竞赛); contests call it when one is opened for a class."""
    rules.FOLLOW.require(by, training)
    if training.contest_uid is not None:
        raise Refused(Text("这个班次已有跟进的竞赛。", "A contest follows this class already."), field="contest_uid")
    if training.state == "cancelled":
        raise Refused(Text("班次已取消。", "The class was cancelled."))
    hold(training)
    training.contest_uid = contest_uid
    training.save()
    record(by, "class.follow", subject=training, key=key, contest=str(contest_uid))
    return training


def _require_under_way(training: TrainingClass) -> None:
    if training.state not in ("signing_up", "running"):
        raise Refused(Text("班次已结业或取消。", "The class is finished or cancelled."))
