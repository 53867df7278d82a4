"""Faces of learning (学习、课堂): a class with its sign-up, the lecturer's screen with code and list, one's own learning."""

from __future__ import annotations

from typing import Any

import segno

from gongchuang.academy import checkin, rules
from gongchuang.academy.models import Academy, Session, TrainingClass
from gongchuang.honours import rules as honours
from gongchuang.honours.models import SelectionRound
from gongchuang.kernel import clock
from gongchuang.kernel.text import Text
from gongchuang.web import batch, desklist, faces, shown

SHOWN = 8
# Events that no act of a desk is named after, as the timeline says them.
shown.LABELS.update(
    {
        "attendance.note": Text("签到", "Checked in"),
        "attendance.take_back": Text("更正签到", "Check-in taken back"),
        "class.enrol_many": Text("批量代报名", "Several enrolled"),
        "class.follow": Text("跟进竞赛", "Followed by a contest"),
        "class.open": Text("开班", "Class opened"),
        "college.found": Text("设立", "Founded"),
        "course.offer": Text("上菜单", "Put on the menu"),
        "enrolment.sign_up": Text("报名", "Signed up"),
        "grant.grant": Text("授予", "Granted"),
        "grant.take_back": Text("撤销荣誉", "Revoked"),
        "lecturer.enlist": Text("入库", "Enlisted"),
        "lecturer.share": Text("共享到另一学院", "Shared with another academy"),
        "objection.lodge": Text("提异议", "Objection lodged"),
        "plan.do_line": Text("完成一条", "Line ticked off"),
        "session.plan": Text("排课", "Planned"),
        "session.tick_many": Text("批量签到", "Several ticked"),
    }
)


@faces.of("classes", "record")
def training_class(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """Who has a seat is told so and is not offered another; the others sign up by one press."""
    training: TrainingClass = context["record"]
    person = request.person
    if person is None:
        return {}
    soon = batch.of(request)
    sessions = soon(training.sessions.order_by("number"))
    mine = next(iter(soon(training.enrolments.filter(person=person).exclude(state="withdrawn").order_by("pk")[:1])), None)
    found: dict[str, Any] = {"mine": mine, "sessions": sessions, "key": str(clock.new_uid())}
    contests = desklist.by_key().get("contests")
    if training.contest_uid is not None and contests is not None:
        found["contest"] = contests.one_for(person, str(training.contest_uid))
    if mine is not None or training.lecturer.person_id == person.pk or not training.seats_left:
        found["acts"] = [act for act in context["acts"] if act["name"] != "sign_up"]
    elif training.state == "signing_up":
        found["may_sign_up"] = True
        found["acts"] = [act for act in context["acts"] if act["name"] != "sign_up"]
    if not (rules.RUN_CLASS.allows(person, training) or person.roles() & {"leader", "officer"}):
        found["acts"] = [act for act in found.get("acts", context["acts"]) if not act["name"].startswith("enrol")]
    return found


@faces.of("sessions", "record")
def hall(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """The lecturer's screen: the code of this moment, who is here, and a tick beside each who is not."""
    session: Session = context["record"]
    person = request.person
    if person is None or not rules.TEACH.allows(person, session):
        return {}
    rows = session.training.enrolments.exclude(state="withdrawn").select_related("person__unit", "unit").order_by("seat")
    here = {note.enrolment_id: note for note in session.attendances.all()}
    found: dict[str, Any] = {
        "teaches": True,
        "roll": [{"row": row, "note": here.get(row.pk), "key": str(clock.new_uid())} for row in rows],
        "present": len(here),
        "may_tick": session.state in ("open", "held") and session.training.state == "running",
    }
    if session.state == "open":
        found["code"] = checkin.code_at(session.uid, clock.now())
        address = request.build_absolute_uri(f"/sessions/{session.ref}/check_in/?code={found['code']}")
        found["qr"] = segno.make(address, error="m").svg_inline(border=4, omitsize=True)  # drawn whole at any width
        found["renews"] = checkin.RENEWS_SECONDS
    return found


@faces.of("academies", "record")
def academy(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """An academy shows its colleges, its menu and its classes to everybody."""
    record: Academy = context["record"]
    soon = batch.of(request)
    return {
        "related": [],
        "colleges": soon(record.colleges.filter(state="open").order_by("pk")[:20]),
        "courses": soon(record.courses.filter(state="offered").order_by("pk")[:20]),
        "classes": soon(record.classes.order_by("-starts_on", "-pk")[:SHOWN]) if request.person is not None else [],
        "lecturer_count": record.lecturers.filter(state="active").count(),
    }


@faces.of("rounds", "record")
def selection(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """A selection shows its list with unit and deeds, how long the notice still runs, and where to object."""
    record: SelectionRound = context["record"]
    rows = record.nominations.select_related("person", "collective", "result", "unit", "round").order_by("pk")
    seen = batch.of(request)(honours.SEE_NOMINATION.among(request.person, rows)[:200])
    return {
        "related": [],
        "nominees": seen,
        "is_public": record.state == "public",
        "days_left": max(0, (record.public_until - clock.today()).days + 1) if record.public_until else 0,
        "waiting": record.open_objections(),
    }


@faces.after("sessions", "check_in")
def checked_in(request: Any, subject: Any) -> str:
    """After checking in a trainee sees their own record."""
    return f"/enrolments/{subject.enrolment.ref}/"


def own(request: Any) -> dict[str, Any]:
    """What /me/learning/ shows: my classes, what takes sign-ups, contests, and my hours so far."""
    person, soon = request.person, batch.of(request)
    rows = list(person.enrolments.exclude(state="withdrawn").select_related("training").order_by("-pk"))
    taken = [row.training_id for row in rows]
    blocks = []
    for key, wanted in (("classes", {"state": "signing_up"}), ("contests", {})):
        desk = desklist.by_key().get(key)
        if desk is not None:
            records = desk.table.rows(desk.rows_for(person).filter(**wanted))
            records = records.open_to(person).exclude(pk__in=taken) if key == "classes" else records
            blocks.append({"desk": desk, "records": soon(records[:SHOWN])})
    return {
        "mine": rows[:SHOWN],
        "open_here": soon(rules.CHECK_IN.among(person, Session.objects.open_now())),
        "hours": sum(row.hours for row in rows),
        "certificates": sum(bool(row.certificate_no) for row in rows),
        "blocks": blocks,
    }
