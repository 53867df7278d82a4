"""Orders for training (订单): an enterprise says what it needs, an academy takes it on."""

from __future__ import annotations

from datetime import date

from gongchuang.academy import flow, rules
from gongchuang.academy.actions.founding import require_standing
from gongchuang.academy.models import Academy, Course, Order
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action
from gongchuang.kernel.models import next_number
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person, Unit


@action
def place(
    unit: Unit,
    academy: Academy,
    trade: str,
    heads: int,
    trainees: str,
    goal: str,
    wanted_on: date,
    course: Course | None = None,
    aim_rank: int | None = None,
    *,
    by: Person,
    key: str,
) -> Order:
    """Order a class (下订单)."""
    rules.PLACE.require(by, unit)
    require_standing(academy)
    if wanted_on < clock.today():
        raise Refused(Text("期望开班日期已过。", "The wished day has passed."), field="wanted_on")
    if course is not None and course.academy_id != academy.pk:
        raise Refused(Text("这门课不在所选学院的菜单上。", "This course is not on the academy's menu."), field="course")
    order = Order(
        unit=unit,
        academy=academy,
        trade=trade,
        heads=heads,
        trainees=trainees,
        goal=goal,
        wanted_on=wanted_on,
        course=course,
        aim_rank=aim_rank,
        placed_by=by,
        placed_on=clock.today(),
        no=next_number("DD", clock.today().year),
    )
    flow.ORDER.start(order, by=by, key=key, name="place")
    return order


@action
def accept(order: Order, *, by: Person, key: str) -> Order:
    """Take an order on (接单)."""
    rules.ACCEPT.require(by, order)
    flow.ORDER.move(order, "accept", by=by, key=key, tell=[order.placed_by])
    return order


@action
def decline(order: Order, reason: str, *, by: Person, key: str) -> Order:
    """Decline an order with a reason (不接单)."""
    rules.DECLINE.require(by, order)
    flow.ORDER.move(order, "decline", by=by, key=key, tell=[order.placed_by], reason=reason)
    return order


@action
def withdraw_order(order: Order, *, by: Person, key: str) -> Order:
    """Take an order back before it is taken on (撤回)."""
    rules.WITHDRAW_ORDER.require(by, order)
    flow.ORDER.move(order, "withdraw", by=by, key=key)
    return order
