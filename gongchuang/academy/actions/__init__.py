"""Every change of an academy's data (办理): permission, move, consequences, in that order."""

from gongchuang.academy.actions.classes import (
    add_session,
    cancel,
    finish,
    link_contest,
    mark,
    open_class,
    record_certificate,
)
from gongchuang.academy.actions.founding import (
    apply,
    close_college,
    found_college,
    name,
    reapply,
    review,
    send_back,
    strike_off,
)
from gongchuang.academy.actions.many import enrol_many, tick_many
from gongchuang.academy.actions.orders import accept, decline, place, withdraw_order
from gongchuang.academy.actions.plans import add_line, do_line, end, open_plan, reach
from gongchuang.academy.actions.pool import enlist, leave, offer_course, withdraw_course
from gongchuang.academy.actions.seats import (
    check_in,
    close_session,
    drop_session,
    enrol,
    open_session,
    sign_up,
    tick,
    untick,
    withdraw,
)

__all__ = [
    "accept",
    "add_line",
    "add_session",
    "apply",
    "cancel",
    "check_in",
    "close_college",
    "close_session",
    "decline",
    "do_line",
    "drop_session",
    "end",
    "enlist",
    "enrol",
    "enrol_many",
    "finish",
    "found_college",
    "leave",
    "link_contest",
    "mark",
    "name",
    "offer_course",
    "open_class",
    "open_plan",
    "open_session",
    "place",
    "reach",
    "reapply",
    "record_certificate",
    "review",
    "send_back",
    "sign_up",
    "strike_off",
    "tick",
    "tick_many",
    "untick",
    "withdraw",
    "withdraw_course",
    "withdraw_order",
]
