"""The lecturer pool and the menu (师资库、菜单)."""

from __future__ import annotations

from gongchuang.academy import flow, rules
from gongchuang.academy.actions.founding import require_standing
from gongchuang.academy.models import Academy, Course, Lecturer, LecturerPlace
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import next_number
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person


@action
def enlist(academy: Academy, person: Person, source: str, topics: str, *, by: Person, key: str) -> Lecturer:
    """Take a person into the pool, or share one who is in it with this academy too (入库、共享)."""
    rules.RUN.require(by, academy)
    require_standing(academy)
    lecturer = Lecturer.objects.filter(person=person).first()
    if lecturer is not None and lecturer.state == "active" and lecturer.places.filter(academy=academy).exists():
        raise Refused(Text("这位讲师已在本院师资库。", "This lecturer is in the academy's pool already."), field="person")
    if lecturer is None:
        lecturer = Lecturer(person=person, unit=person.unit, source=source, topics=topics, enlisted_on=clock.today())
        flow.LECTURER.start(lecturer, by=by, key=key, name="enlist")
    elif lecturer.state == "left":
        lecturer.left_on, lecturer.source, lecturer.topics = None, source, topics
        flow.LECTURER.move(lecturer, "return", by=by, key=key, tell=[person])
    else:
        record(by, "lecturer.share", subject=lecturer, key=key, tell=[person], academy=academy.no)
    if not lecturer.places.filter(academy=academy).exists():
        LecturerPlace(lecturer=lecturer, academy=academy, since_on=clock.today()).save()
    return lecturer


@action
def leave(lecturer: Lecturer, reason: str = "", *, by: Person, key: str) -> Lecturer:
    """Leave the pool (退出师资库)."""
    rules.LEAVE.require(by, lecturer)
    if lecturer.classes.filter(state__in=["signing_up", "running"]).exists():
        raise Refused(Text("还有没结业的班次。", "Classes of this lecturer are still under way."))
    lecturer.left_on = clock.today()
    flow.LECTURER.move(lecturer, "leave", by=by, key=key, tell=[lecturer.person], reason=reason)
    return lecturer


@action
def offer_course(academy: Academy, title: str, trade: str, method: str, hours: int, outcome: str = "", *, by: Person, key: str) -> Course:
    """Put a course on the menu (上菜单)."""
    rules.RUN.require(by, academy)
    require_standing(academy)
    if academy.courses.filter(title=title, state="offered").exists():
        raise Refused(Text("菜单上已有这门课。", "The menu has this course already."), field="title")
    course = Course(
        academy=academy,
        title=title,
        trade=trade,
        method=method,
        hours=hours,
        outcome=outcome,
        no=next_number("KC", clock.today().year),
    )
    flow.COURSE.start(course, by=by, key=key, name="offer")
    return course


@action
def withdraw_course(course: Course, *, by: Person, key: str) -> Course:
    """Take a course off the menu (下架); classes under way go on."""
    rules.WITHDRAW_COURSE.require(by, course)
    flow.COURSE.move(course, "withdraw", by=by, key=key)
    return course
