"""The lives of studios and what happens in them (流程)."""

from __future__ import annotations

from gongchuang.kernel.flow import Flow, Wait
from gongchuang.kernel.text import Text

STUDIO = Flow(
    "studio",
    initial="applied",
    states={
        "applied": Text("已申报", "Applied"),
        "sent_back": Text("已退回", "Sent back"),
        "recommended": Text("已推荐", "Recommended"),
        "reviewed": Text("已审核", "Reviewed"),
        "forwarded": Text("待命名", "To be named"),
        "named": Text("已命名", "Named"),
        "rectifying": Text("限期整改", "To be put right"),
        "struck_off": Text("已摘牌", "Struck off"),
    },
    moves={
        "recommend": ({"applied"}, "recommended"),
        # Studios of enterprises and districts are named where they are; no review from above.
        "forward": ({"applied"}, "forwarded"),
        "send_back": ({"applied", "recommended", "reviewed", "forwarded"}, "sent_back"),
        "reapply": ({"sent_back"}, "applied"),
        "review": ({"recommended"}, "reviewed"),
        "name": ({"forwarded", "reviewed"}, "named"),
        "rectify": ({"named"}, "rectifying"),
        "restore": ({"rectifying"}, "named"),
        "strike_off": ({"named", "rectifying"}, "struck_off"),
    },
    waits={
        "applied": Wait("recommend", role="officer", over="unit", working_days=5, then="district"),
        "sent_back": Wait("reapply", person="applied_by"),
        "recommended": Wait("review", role="district", over="unit", working_days=10, then="city"),
        "reviewed": Wait("name", role="city", over="unit", working_days=20, then="city"),
        "forwarded": Wait("name", role="district", over="unit", working_days=10, then="city"),
        "rectifying": Wait("restore", role="district", over="unit", working_days=60, then="city"),
    },
)

ACTIVITY = Flow(
    "activity",
    initial="logged",
    states={
        "logged": Text("待确认", "To be confirmed"),
        "sent_back": Text("已退回", "Sent back"),
        "accepted": Text("已确认", "Accepted"),
    },
    moves={
        "accept": ({"logged"}, "accepted"),
        "send_back": ({"logged"}, "sent_back"),
        "correct": ({"sent_back"}, "logged"),
    },
    waits={
        "logged": Wait("accept", role="officer", over="unit", working_days=10, then="district"),
        "sent_back": Wait("correct", person="logged_by"),
    },
)

MENTORSHIP = Flow(
    "mentorship",
    initial="proposed",
    states={
        "proposed": Text("待徒弟确认", "To be agreed"),
        "agreed": Text("带徒中", "Under way"),
        "completed": Text("已出师", "Completed"),
        "ended": Text("已终止", "Ended"),
    },
    moves={
        "agree": ({"proposed"}, "agreed"),
        "complete": ({"agreed"}, "completed"),
        "end": ({"proposed", "agreed"}, "ended"),
    },
    waits={"proposed": Wait("agree", person="apprentice", working_days=10)},
)

GROUP = Flow(
    "group",
    initial="registered",
    states={
        "registered": Text("待确认", "To be confirmed"),
        "confirmed": Text("已确认", "Confirmed"),
        "disbanded": Text("已解散", "Disbanded"),
    },
    moves={
        "confirm": ({"registered"}, "confirmed"),
        "disband": ({"registered", "confirmed"}, "disbanded"),
    },
    waits={"registered": Wait("confirm", role="officer", over="unit", working_days=10, then="district")},
)

MEASURE = Flow(
    "team_measure",
    initial="entered",
    states={
        "entered": Text("待确认", "To be confirmed"),
        "sent_back": Text("已退回", "Sent back"),
        "confirmed": Text("已确认", "Confirmed"),
        "replaced": Text("已更正", "Replaced"),
    },
    moves={
        "confirm": ({"entered"}, "confirmed"),
        "send_back": ({"entered"}, "sent_back"),
        "enter_again": ({"sent_back"}, "entered"),
        "replace": ({"confirmed"}, "replaced"),
    },
    waits={
        "entered": Wait("confirm", role="officer", over="unit", working_days=5, then="district"),
        "sent_back": Wait("enter_again", person="entered_by"),
    },
)
