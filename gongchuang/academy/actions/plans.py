"""One plan per person (一人一策)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from gongchuang.academy import flow, rules
from gongchuang.academy.models import Course, Enrolment, LearningPlan, PlanLine
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import next_number
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person


@action
def open_plan(person: Person, mentor: Person, trade: str, target_rank: int, target_on: date, *, by: Person, key: str) -> LearningPlan:
    """Open a person's learning plan (制定一人一策): from the level they hold to the one they aim at."""
    rules.OPEN_PLAN.require(by, person)
    present = person.skill_level
    if mentor.pk == person.pk:
        raise Refused(Text("师傅不能是本人。", "The mentor is another person."), field="mentor")
    if target_rank < present:
        raise Refused(Text("目标等级低于现有等级。", "The target lies below the present level."), field="target_rank")
    if target_on <= clock.today():
        raise Refused(Text("目标日期应晚于今天。", "The target day must lie in the future."), field="target_on")
    if person.learning_plans.filter(state="open").exists():
        raise Refused(
            Text("这位职工已有进行中的计划。", "This person has an open plan."),
            field="person",
            cure=Text("请先达成或终止它。", "Reach or end it first."),
        )
    plan = LearningPlan(
        person=person,
        unit=person.unit,
        mentor=mentor,
        trade=trade,
        present_rank=present,
        target_rank=target_rank,
        target_on=target_on,
        opened_on=clock.today(),
        no=next_number("CE", clock.today().year),
    )
    flow.PLAN.start(plan, by=by, key=key, name="open", tell=[person, mentor])
    return plan


@action
def add_line(plan: LearningPlan, what: str, due_on: date, course: Course | None = None, *, by: Person, key: str) -> PlanLine:
    """Add a line to a plan (加一条)."""
    rules.ADD_LINE.require(by, plan)
    _require_open(plan)
    last = plan.lines.order_by("-number").values_list("number", flat=True).first() or 0
    line = PlanLine(plan=plan, number=last + 1, what=what, due_on=due_on, course=course)
    line.save()
    record(by, "plan.add_line", subject=line, key=key, tell=[plan.person], number=line.number)
    return line


@action
def do_line(
    plan: LearningPlan,
    line: PlanLine,
    enrolment: Enrolment | None = None,
    contest_uid: UUID | None = None,
    *,
    by: Person,
    key: str,
) -> PlanLine:
    """Tick a line off (完成一条), by the class or the contest that fulfilled it."""
    rules.REACH.require(by, plan)
    _require_open(plan)
    if line.plan_id != plan.pk:
        raise Refused(Text("不是这份计划的条目。", "Not a line of this plan."), field="line")
    if line.done_on is not None:
        raise Refused(Text("这一条已完成。", "This line is done already."), field="line")
    if enrolment is not None and (enrolment.person_id != plan.person_id or enrolment.state != "passed"):
        raise Refused(Text("不是本人考核合格的班次。", "Not a class this person passed."), field="enrolment")
    line.enrolment, line.contest_uid, line.done_on = enrolment, contest_uid, clock.today()
    line.save()
    record(by, "plan.do_line", subject=line, key=key, tell=[plan.person], number=line.number)
    return line


@action
def reach(plan: LearningPlan, *, by: Person, key: str) -> LearningPlan:
    """Say that a plan's aim is reached (达成): the person holds the level aimed at."""
    rules.REACH.require(by, plan)
    if plan.person.skill_level < plan.target_rank:
        raise Refused(
            Text("本人的技能等级还没有达到目标。", "The person does not hold the level aimed at yet."),
            cure=Text("请先登记新的技能等级证书，或终止计划。", "Enter the new certificate first, or end the plan."),
        )
    plan.closed_on = clock.today()
    flow.PLAN.move(plan, "reach", by=by, key=key, tell=[plan.person])
    return plan


@action
def end(plan: LearningPlan, reason: str, *, by: Person, key: str) -> LearningPlan:
    """End a plan without its aim (终止), with a reason."""
    rules.END.require(by, plan)
    plan.closed_on = clock.today()
    flow.PLAN.move(plan, "end", by=by, key=key, tell=[plan.person], reason=reason)
    return plan


def _require_open(plan: LearningPlan) -> None:
    if plan.state != "open":
        raise Refused(Text("计划已结束。", "The plan is over."))
