"""Many at once (批量报名、批量签到): a leader's list, a sheet signed in the hall; the same rules as one by one."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F

from gongchuang.academy import rules
from gongchuang.academy.actions.seats import locked, require_another
from gongchuang.academy.models import Attendance, Enrolment, Session, TrainingClass
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.history import action, record, touch
from gongchuang.kernel.text import Text
from gongchuang.people.models import HIGH_SKILLED, Person

BATCH = 500


@action
def enrol_many(training: TrainingClass, persons: Sequence[Person], *, by: Person, key: str) -> TrainingClass:
    """Enrol a list of colleagues (批量代报名): all of them or none, each once, within the seats."""
    rules.ENROL.require(by, training)
    training = locked(training)
    persons = list(dict.fromkeys(persons))
    if not persons:
        raise Refused(Text("名单是空的。", "The list is empty."), field="persons")
    if not rules.RUN_CLASS.allows(by, training) and not all(rules.LEAD.allows(by, person) for person in persons):
        raise NotYours(Text("只能为本单位职工报名。", "You may enrol people of your own unit only."))
    if training.state not in ("signing_up", "running"):
        raise Refused(Text("班次已结业或取消。", "The class is finished or cancelled."))
    _check_list(training, persons)
    taken = set(training.enrolments.exclude(seat=None).values_list("seat", flat=True))
    seats = (seat for seat in range(1, training.seats + 1) if seat not in taken)
    rows = [
        Enrolment(
            training=training,
            person=person,
            unit_id=person.unit_id,
            source="order" if training.order_id else "unit",
            trainee=training.trainees,
            seat=next(seats),
            signed_up_on=clock.today(),
            version=1,
        )
        for person in persons
    ]
    touch(Enrolment.objects.bulk_create(rows, batch_size=BATCH))
    whole = TrainingClass.objects.filter(pk=training.pk)
    whole.update(taken=F("taken") + len(rows))
    touch(whole)
    say = Text(f"您已报名“{training.title}”。", f"You are signed up for “{training.title}”.")
    record(by, "class.enrol_many", subject=training, key=key, tell=persons, say=say, persons=len(rows))
    return training


def _check_list(training: TrainingClass, persons: Sequence[Person]) -> None:
    """Nobody twice, not the lecturer, only the ordering unit, and a seat for each."""
    here = set(training.enrolments.values_list("person_id", flat=True))
    doubles = [person.name for person in persons if person.pk in here]
    if doubles:
        raise Refused(
            Text(f"已经报过名：{'、'.join(doubles[:5])}。", f"Signed up already: {', '.join(doubles[:5])}."),
            field="persons",
            cure=Text("请从名单中去掉。", "Take them off the list."),
        )
    if any(person.pk == training.lecturer.person_id for person in persons):
        raise Refused(Text("讲师不能报自己的班。", "A lecturer cannot join their own class."), field="persons")
    if training.order is not None:
        unit = training.order.unit
        others = [person.name for person in persons if not person.unit.is_inside(unit)]
        if others:
            raise Refused(
                Text(
                    f"这是 {unit} 的订单班，名单里有别的单位的人：{'、'.join(others[:5])}。",
                    f"Ordered by {unit}; not of it: {', '.join(others[:5])}.",
                ),
                field="persons",
            )
    if len(persons) > training.seats_left:
        raise Refused(
            Text(
                f"还有 {training.seats_left} 个名额，名单有 {len(persons)} 人。",
                f"{training.seats_left} seats are left for {len(persons)} people.",
            ),
            field="persons",
        )


@action
def tick_many(session: Session, enrolments: Sequence[Enrolment], *, by: Person, key: str) -> Session:
    """Tick everybody who signed the sheet (批量签到)."""
    rules.TEACH.require(by, session)
    if session.state not in ("open", "held") or session.training.state != "running":
        raise Refused(Text("这次课不在上课。", "This meeting is not being held."))
    rows = list(dict.fromkeys(enrolments))
    done = set(session.attendances.values_list("enrolment_id", flat=True))
    if not rows or any(row.training_id != session.training_id or row.state != "signed_up" or row.pk in done for row in rows):
        raise Refused(
            Text(
                "名单里有不是本班的，或已签到的学员。",
                "The list names somebody who is not in this class, or checked in.",
            ),
            field="enrolments",
        )
    for row in rows:
        require_another(row, by)
    day, now = session.starts_at.astimezone(clock.ZONE).date(), clock.now()
    notes = [Attendance(session=session, enrolment=row, way="hand", noted_by=by, at=now, version=1) for row in rows]
    touch(Attendance.objects.bulk_create(notes, batch_size=BATCH))
    for row in rows:
        if row.attended_on is None:
            row.is_high_skilled = session.training.aims_high or row.person.skill_level >= HIGH_SKILLED
        row.attended_on = min(row.attended_on or day, day)
        row.sessions_attended += 1
        row.version += 1
    Enrolment.objects.bulk_update(rows, ["attended_on", "sessions_attended", "is_high_skilled", "version"], batch_size=BATCH)
    touch(rows)
    record(by, "session.tick_many", subject=session, key=key, persons=len(rows))
    return session
