"""The lives of the academy's nouns (流程): what may follow what, and whom each state waits for."""

from __future__ import annotations

from gongchuang.kernel.flow import Flow, Wait
from gongchuang.kernel.text import Text

ACADEMY = Flow(
    "academy",
    initial="applied",
    states={
        "applied": Text("已申报", "Applied"),
        "sent_back": Text("已退回", "Sent back"),
        "reviewed": Text("已审核", "Reviewed"),
        "named": Text("已命名", "Named"),
        "struck_off": Text("已摘牌", "Struck off"),
    },
    moves={
        "review": ({"applied"}, "reviewed"),
        "send_back": ({"applied", "reviewed"}, "sent_back"),
        "reapply": ({"sent_back"}, "applied"),
        "name": ({"reviewed"}, "named"),
        "strike_off": ({"named"}, "struck_off"),
    },
    waits={
        "applied": Wait("review", role="district", over="unit", working_days=10, then="city"),
        "sent_back": Wait("reapply", person="applied_by"),
        "reviewed": Wait("name", role="city", over="unit", working_days=20, then="city"),
    },
)

COLLEGE = Flow(
    "college",
    initial="open",
    states={"open": Text("运行中", "Open"), "closed": Text("已撤销", "Closed")},
    moves={"close": ({"open"}, "closed")},
)

LECTURER = Flow(
    "lecturer",
    initial="active",
    states={"active": Text("在库", "In the pool"), "left": Text("已退出", "Left")},
    moves={"leave": ({"active"}, "left"), "return": ({"left"}, "active")},
)

COURSE = Flow(
    "course",
    initial="offered",
    states={"offered": Text("在开", "On the menu"), "withdrawn": Text("已下架", "Withdrawn")},
    moves={"withdraw": ({"offered"}, "withdrawn")},
)

ORDER = Flow(
    "order",
    initial="placed",
    states={
        "placed": Text("待接单", "Placed"),
        "accepted": Text("已接单", "Accepted"),
        "served": Text("已开班", "Class opened"),
        "declined": Text("未接单", "Declined"),
        "withdrawn": Text("已撤回", "Withdrawn"),
    },
    moves={
        "accept": ({"placed"}, "accepted"),
        "decline": ({"placed", "accepted"}, "declined"),
        "withdraw": ({"placed"}, "withdrawn"),
        "serve": ({"accepted"}, "served"),
    },
    waits={
        "placed": Wait("accept", role="academy", over="academy__unit", working_days=5, then="district"),
        "accepted": Wait("open_class", role="academy", over="academy__unit", working_days=20, then="district"),
    },
)

CLASS = Flow(
    "class",
    initial="signing_up",
    states={
        "signing_up": Text("报名中", "Signing up"),
        "running": Text("上课中", "Running"),
        "finished": Text("已结业", "Finished"),
        "cancelled": Text("已取消", "Cancelled"),
    },
    moves={
        "start": ({"signing_up"}, "running"),
        "finish": ({"running"}, "finished"),
        "cancel": ({"signing_up"}, "cancelled"),
    },
    waits={
        "running": Wait("finish", role="academy", over="academy__unit", working_days=60, then="academy"),
    },
)

SESSION = Flow(
    "session",
    initial="planned",
    states={
        "planned": Text("未开始", "Planned"),
        "open": Text("签到中", "Open for check-in"),
        "held": Text("已上课", "Held"),
        "dropped": Text("未举行", "Not held"),
    },
    moves={
        "open": ({"planned"}, "open"),
        "close": ({"open"}, "held"),
        "drop": ({"planned"}, "dropped"),
    },
)

ENROLMENT = Flow(
    "enrolment",
    initial="signed_up",
    states={
        "signed_up": Text("已报名", "Signed up"),
        "withdrawn": Text("已退出", "Withdrawn"),
        "passed": Text("合格", "Passed"),
        "failed": Text("不合格", "Not passed"),
        "absent": Text("未到课", "Did not attend"),
    },
    moves={
        "withdraw": ({"signed_up"}, "withdrawn"),
        "sign_up_again": ({"withdrawn"}, "signed_up"),
        "pass": ({"signed_up"}, "passed"),
        "fail": ({"signed_up"}, "failed"),
        "miss": ({"signed_up"}, "absent"),
    },
)

PLAN = Flow(
    "plan",
    initial="open",
    states={
        "open": Text("进行中", "Under way"),
        "reached": Text("已达成", "Reached"),
        "ended": Text("已终止", "Ended"),
    },
    moves={"reach": ({"open"}, "reached"), "end": ({"open"}, "ended")},
    waits={"open": Wait("review", person="mentor")},
)
