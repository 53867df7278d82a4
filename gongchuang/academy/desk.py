"""The academy's desks (办事台): academies, colleges, pool, menu, orders; those of learning stand beside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongchuang.academy import actions, forms, rules, tables
from gongchuang.academy.learning_desk import CLASSES, ENROLMENTS, PLANS, SESSIONS, rank_of, states
from gongchuang.academy.models import Academy, Course, IndustryCollege, Lecturer, Order
from gongchuang.kernel.desk import Act, Desk, ReasonForm
from gongchuang.kernel.table import Column
from gongchuang.kernel.text import Text


def _academy_links(academy: Academy, _person: Any) -> Iterable[tuple[Text, Any]]:
    yield Text("二级产业学院", "Industry college"), academy.colleges.all()[:20]
    yield Text("班次", "Class"), academy.classes.order_by("-pk")[:10]


ACADEMIES = Desk(
    "academies",
    label=Text("工匠学院", "Craftsman academies"),
    one=Text("工匠学院", "Academy"),
    model=Academy,
    table=tables.ACADEMIES,
    see=rules.SEE_ACADEMY,
    acts=[
        Act(
            "apply",
            Text("申报学院", "Apply"),
            actions.apply,
            rules.APPLY,
            forms.ApplyForm,
            creates=True,
            tone="primary",
            done=Text("已申报，请等区市总工会审核。", "Applied; the district union reviews it."),
        ),
        Act(
            "reapply",
            Text("重新申报", "Apply again"),
            actions.reapply,
            rules.REAPPLY,
            forms.ReapplyForm,
            tone="primary",
            from_states=states("sent_back"),
        ),
        Act(
            "review",
            Text("审核通过", "Pass the review"),
            actions.review,
            rules.REVIEW,
            forms.ReviewForm,
            tone="primary",
            from_states=states("applied"),
        ),
        Act(
            "send_back",
            Text("退回修改", "Send back"),
            actions.send_back,
            rules.SEND_BACK,
            ReasonForm,
            from_states=states("applied", "reviewed"),
        ),
        Act(
            "name",
            Text("命名", "Name"),
            actions.name,
            rules.NAME,
            forms.DocumentForm,
            tone="primary",
            from_states=states("reviewed"),
        ),
        Act(
            "found_college",
            Text("设产业学院", "Found a college"),
            actions.found_college,
            rules.RUN,
            forms.CollegeForm,
            from_states=states("named"),
        ),
        Act(
            "enlist",
            Text("讲师入库", "Enlist a lecturer"),
            actions.enlist,
            rules.RUN,
            forms.EnlistForm,
            from_states=states("named"),
        ),
        Act(
            "offer_course",
            Text("上菜单", "Offer a course"),
            actions.offer_course,
            rules.RUN,
            forms.CourseForm,
            from_states=states("named"),
        ),
        Act(
            "open_class",
            Text("开班", "Open a class"),
            actions.open_class,
            rules.RUN,
            forms.ClassForm,
            tone="primary",
            from_states=states("named"),
            done=Text("已开班，可以报名了。", "Opened; people may sign up."),
        ),
        Act(
            "strike_off",
            Text("摘牌", "Strike off"),
            actions.strike_off,
            rules.STRIKE_OFF,
            ReasonForm,
            tone="danger",
            from_states=states("named"),
        ),
    ],
    filters=["state", "level", "kind"],
    search=["no", "name", "brand"],
    facts=[
        Column(
            "founders",
            Text("共建单位", "Founded by"),
            kind="list",
            get=lambda one: [str(unit) for unit in one.founders.all()],
            public=True,
        ),
        Column("capacity", Text("年培训能力（人）", "Persons a year"), kind="number", public=True),
        Column("self_score", Text("自评分", "Self-assessment"), kind="number"),
        Column("review_score", Text("审核评分", "Review score"), kind="number"),
        Column("struck_for", Text("摘牌原因", "Struck off for")),
    ],
    related=_academy_links,
    spaces=frozenset({"org", "fed", "public"}),
)
COLLEGES = Desk(
    "colleges",
    label=Text("二级产业学院", "Industry colleges"),
    one=Text("产业学院", "Industry college"),
    model=IndustryCollege,
    table=tables.COLLEGES,
    see=rules.SEE_COLLEGE,
    acts=[
        Act(
            "close",
            Text("撤销", "Close"),
            actions.close_college,
            rules.CLOSE,
            ReasonForm,
            tone="danger",
            from_states=states("open"),
        )
    ],
    search=["no", "name", "industry"],
    spaces=frozenset({"fed", "public"}),
)
LECTURERS = Desk(
    "lecturers",
    label=Text("师资库", "Lecturer pool"),
    one=Text("讲师", "Lecturer"),
    model=Lecturer,
    table=tables.LECTURERS,
    see=rules.SEE_LECTURER,
    acts=[
        Act(
            "leave",
            Text("退出师资库", "Leave the pool"),
            actions.leave,
            rules.LEAVE,
            ReasonForm,
            tone="danger",
            from_states=states("active"),
        )
    ],
    filters=["state", "source"],
    spaces=frozenset({"org", "fed"}),
)
COURSES = Desk(
    "courses",
    label=Text("菜单课程", "Course menu"),
    one=Text("课程", "Course"),
    model=Course,
    table=tables.COURSES,
    see=rules.SEE_COURSE,
    acts=[
        Act(
            "withdraw",
            Text("下架", "Withdraw"),
            actions.withdraw_course,
            rules.WITHDRAW_COURSE,
            from_states=states("offered"),
        )
    ],
    filters=["state", "method"],
    search=["no", "title", "trade"],
    facts=[Column("outcome", Text("学完能做什么", "Outcome"), public=True)],
    spaces=frozenset({"org", "fed", "public"}),
)
ORDERS = Desk(
    "orders",
    label=Text("培训订单", "Training orders"),
    one=Text("订单", "Order"),
    model=Order,
    table=tables.ORDERS,
    see=rules.SEE_ORDER,
    acts=[
        Act(
            "place",
            Text("下订单", "Order a class"),
            actions.place,
            rules.PLACE,
            forms.OrderForm,
            creates=True,
            tone="primary",
        ),
        Act(
            "accept",
            Text("接单", "Accept"),
            actions.accept,
            rules.ACCEPT,
            tone="primary",
            from_states=states("placed"),
        ),
        Act(
            "decline",
            Text("不接单", "Decline"),
            actions.decline,
            rules.DECLINE,
            ReasonForm,
            from_states=states("placed", "accepted"),
        ),
        Act(
            "withdraw",
            Text("撤回", "Withdraw"),
            actions.withdraw_order,
            rules.WITHDRAW_ORDER,
            from_states=states("placed"),
        ),
    ],
    filters=["state", "trainees"],
    facts=[
        Column("goal", Text("目标", "Goal")),
        Column("course", Text("菜单课程", "Course"), get=lambda one: str(one.course or "")),
        Column("aim_rank", Text("目标等级", "Level aimed at"), get=rank_of("aim_rank")),
        Column("placed_by", Text("下单人", "Ordered by"), kind="person"),
    ],
    spaces=frozenset({"org", "fed"}),
)
DESKS = [ACADEMIES, COLLEGES, LECTURERS, COURSES, ORDERS, CLASSES, SESSIONS, ENROLMENTS, PLANS]
