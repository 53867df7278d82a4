"""Seats and attendance (报名、签到): never more seats than there are, and code and hand count the same."""

from __future__ import annotations

from django.db.models import F, Max

from gongchuang.academy import flow, rules
from gongchuang.academy.checkin import is_good
from gongchuang.academy.models import Attendance, Enrolment, Session, TrainingClass
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.history import action, record, touch
from gongchuang.kernel.text import Text
from gongchuang.people.models import HIGH_SKILLED, Person


@action
def sign_up(training: TrainingClass, *, by: Person, key: str) -> Enrolment:
    """Sign oneself up for a class (报名)."""
    rules.SIGN_UP.require(by, training)
    training = locked(training)
    if training.state != "signing_up":
        raise Refused(Text("这个班次已不在报名。", "This class no longer takes sign-ups."))
    return _take_seat(training, by, "order" if training.order_id else "self", by, key)


@action
def enrol(training: TrainingClass, person: Person, *, by: Person, key: str) -> Enrolment:
    """Sign a colleague up (代报名): by their leader or officer, or by those who run the class, also while it runs."""
    rules.ENROL.require(by, training)
    if not (rules.LEAD.allows(by, person) or rules.RUN_CLASS.allows(by, training)):
        raise NotYours(Text("只能为本单位职工报名。", "You may enrol people of your own unit only."))
    training = locked(training)
    if training.state not in ("signing_up", "running"):
        raise Refused(Text("班次已结业或取消。", "The class is finished or cancelled."))
    return _take_seat(training, person, "order" if training.order_id else "unit", by, key)


@action
def withdraw(enrolment: Enrolment, *, by: Person, key: str) -> Enrolment:
    """Give a seat back (退出), before the first meeting attended."""
    rules.WITHDRAW.require(by, enrolment)
    if enrolment.sessions_attended:
        raise Refused(Text("已到过课，不能退出。", "The class was attended already."))
    training = locked(enrolment.training)
    enrolment.seat = None
    flow.ENROLMENT.move(enrolment, "withdraw", by=by, key=key, tell=[enrolment.person])
    _count_seat(training, -1)
    return enrolment


def locked(training: TrainingClass) -> TrainingClass:
    """The class as it stands now, held until the action ends: two last seats are not one."""
    return TrainingClass.objects.select_for_update(of=("self",)).select_related("academy", "lecturer").get(pk=training.pk)


def hold(training: TrainingClass) -> None:
    """Lock the class and read again the seats taken, which change without a new version: saving must not undo them."""
    rows = TrainingClass.objects.select_for_update().filter(pk=training.pk)
    training.taken = rows.values_list("taken", flat=True).get()


def _count_seat(training: TrainingClass, change: int) -> None:
    """Keep the seats taken, without a new version: sign-ups of others make nobody's open form stale."""
    row = TrainingClass.objects.filter(pk=training.pk)
    row.update(taken=F("taken") + change)
    touch(row)


def _take_seat(training: TrainingClass, person: Person, source: str, by: Person, key: str) -> Enrolment:
    before = training.enrolments.filter(person=person).first()
    if before is not None and before.state != "withdrawn":
        raise Refused(Text("已经报过名。", "Signed up already."), field="person")
    if training.lecturer.person_id == person.pk:
        raise Refused(Text("讲师不能报自己的班。", "A lecturer cannot join their own class."), field="person")
    if training.order is not None and not person.unit.is_inside(training.order.unit):
        raise Refused(
            Text(f"这是 {training.order.unit} 的订单班。", f"This class was ordered by {training.order.unit}."),
            field="person",
            cure=Text("请报公开班次。", "Choose an open class."),
        )
    if not training.seats_left:
        raise Refused(
            Text(f"名额已满（{training.seats} 个）。", f"All {training.seats} seats are taken."),
            cure=Text("有人退出时可再报名。", "You may sign up when somebody leaves."),
        )
    seat = _free_seat(training)
    say = Text(f"您已报名“{training.title}”。", f"You are signed up for “{training.title}”.")
    if before is None:
        enrolment = Enrolment(
            training=training,
            person=person,
            unit=person.unit,
            source=source,
            trainee=training.trainees,
            seat=seat,
            signed_up_on=clock.today(),
        )
        flow.ENROLMENT.start(enrolment, by=by, key=key, name="sign_up", tell=[person], say=say)
    else:
        enrolment = before
        enrolment.seat, enrolment.unit, enrolment.signed_up_on, enrolment.source = (
            seat,
            person.unit,
            clock.today(),
            source,
        )
        flow.ENROLMENT.move(enrolment, "sign_up_again", by=by, key=key, tell=[person], say=say)
    _count_seat(training, 1)
    return enrolment


def _free_seat(training: TrainingClass) -> int:
    """The next seat number; the lowest free one when somebody in front left."""
    last = training.enrolments.aggregate(last=Max("seat"))["last"] or 0
    if last < training.seats:
        return int(last) + 1
    taken = set(training.enrolments.exclude(seat=None).values_list("seat", flat=True))
    return next(seat for seat in range(1, training.seats + 1) if seat not in taken)


@action
def open_session(session: Session, *, by: Person, key: str) -> Session:
    """Open a meeting for check-in (开始签到); the first one starts the class."""
    rules.TEACH.require(by, session)
    session.opened_at = clock.now()
    flow.SESSION.move(session, "open", by=by, key=key)
    training = session.training
    if training.state == "signing_up":
        hold(training)
        flow.CLASS.move(training, "start", by=by, key=f"{key}:start")
    return session


@action
def close_session(session: Session, *, by: Person, key: str) -> Session:
    """End a meeting (下课)."""
    rules.TEACH.require(by, session)
    flow.SESSION.move(session, "close", by=by, key=key)
    return session


@action
def drop_session(session: Session, reason: str, *, by: Person, key: str) -> Session:
    """Drop a meeting that is not held (取消课次)."""
    rules.TEACH.require(by, session)
    flow.SESSION.move(session, "drop", by=by, key=key, reason=reason)
    return session


@action
def check_in(session: Session, code: str, *, by: Person, key: str) -> Attendance:
    """Check in by the code on the screen (扫码签到)."""
    rules.CHECK_IN.require(by, session)
    if session.state != "open":
        raise Refused(Text("这次课不在签到时间。", "This meeting is not open for check-in."))
    if not is_good(session.uid, code, clock.now()):
        raise Refused(
            Text("签到码不对或已过期。", "The code is wrong or has expired."),
            field="code",
            cure=Text("请重新扫屏幕上的码，或请讲师手工签到。", "Scan the screen again, or ask the lecturer to tick you."),
        )
    return _attend(session, session.training.enrolments.get(person=by), "code", by, key)


@action
def tick(session: Session, enrolment: Enrolment, *, by: Person, key: str) -> Attendance:
    """Tick a trainee present by hand (手工签到); equal to the code."""
    rules.TEACH.require(by, session)
    if session.state not in ("open", "held"):
        raise Refused(Text("这次课还没有开始。", "This meeting has not begun."))
    if session.training.state != "running":
        raise Refused(Text("班次已结业。", "The class is finished."))
    require_another(enrolment, by)
    return _attend(session, enrolment, "hand", by, key)


def require_another(enrolment: Enrolment, by: Person) -> None:
    """Who runs the academy and sits in its class checks in by the code, like everybody."""
    if enrolment.person_id == by.pk:
        raise NotYours(Text("不能给自己手工签到，请扫码。", "Nobody ticks themselves; please use the code."))


def _attend(session: Session, enrolment: Enrolment, way: str, by: Person, key: str) -> Attendance:
    enrolment.refresh_from_db(from_queryset=Enrolment.objects.select_for_update())
    if enrolment.training_id != session.training_id or enrolment.state != "signed_up":
        raise Refused(Text("不是本班学员。", "Not a trainee of this class."), field="enrolment")
    if session.attendances.filter(enrolment=enrolment).exists():
        raise Refused(Text("已经签到。", "Checked in already."), field="enrolment")
    attendance = Attendance(session=session, enrolment=enrolment, way=way, noted_by=by, at=clock.now())
    attendance.save()
    day = session.starts_at.astimezone(clock.ZONE).date()
    if enrolment.attended_on is None:
        enrolment.is_high_skilled = session.training.aims_high or enrolment.person.skill_level >= HIGH_SKILLED
    enrolment.attended_on = min(enrolment.attended_on or day, day)
    enrolment.sessions_attended += 1
    enrolment.save()
    record(by, "attendance.note", subject=attendance, key=key, tell=[enrolment.person], way=way)
    return attendance


@action
def untick(session: Session, enrolment: Enrolment, reason: str, *, by: Person, key: str) -> Enrolment:
    """Take a mistaken attendance back (更正签到), with a reason, while the class runs."""
    rules.TEACH.require(by, session)
    if session.training.state != "running":
        raise Refused(Text("班次已结业。", "The class is finished."))
    attendance = session.attendances.filter(enrolment=enrolment).first()
    if attendance is None:
        raise Refused(Text("这位学员没有签到。", "This trainee is not checked in."), field="enrolment")
    attendance.delete()
    rest = enrolment.attendances.select_related("session").order_by("session__starts_at")
    days = [one.session.starts_at.astimezone(clock.ZONE).date() for one in rest]
    enrolment.sessions_attended, enrolment.attended_on = len(days), days[0] if days else None
    enrolment.is_high_skilled = enrolment.is_high_skilled and bool(days)
    enrolment.save()
    record(by, "attendance.take_back", subject=enrolment, key=key, tell=[enrolment.person], reason=reason)
    return enrolment
