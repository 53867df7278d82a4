"""Who may do what in the academies (权限): a rule bears the name of its move."""

from __future__ import annotations

from gongchuang.kernel.access import Anyone, Is, Not, Rule, SignedIn, Where
from gongchuang.people.posts import Has, Holds

_RUNS = Holds("academy", "district", "city", over="academy__unit")
"""Those who run an academy: its own office, and the unions above it."""

# academies
SEE_ACADEMY = Rule(
    "academy.see",
    (Where(state=("named", "struck_off")) & Anyone()) | Is("applied_by") | Holds("officer", "academy", "district", "city", over="unit"),
)
APPLY = Rule("academy.apply", Holds("officer", "academy", "district", over=""))  # asked of the unit itself
REAPPLY = Rule("academy.reapply", Is("applied_by"))
REVIEW = Rule("academy.review", Holds("district", "city", over="unit") & Not(Is("applied_by")))
SEND_BACK = Rule("academy.send_back", Holds("district", "city", over="unit") & Not(Is("applied_by")))
NAME = Rule(
    "academy.name",
    (Where(level="city") & Holds("city", over="unit") | Where(level=("district", "enterprise")) & Holds("district", "city", over="unit"))
    & Not(Is("applied_by"))
    & Not(Is("reviewed_by")),
)
STRIKE_OFF = Rule(
    "academy.strike_off",
    Where(level="city") & Holds("city", over="unit") | Where(level=("district", "enterprise")) & Holds("district", "city", over="unit"),
)
RUN = Rule("academy.run", Holds("academy", "district", "city", over="unit"))  # asked of the academy: colleges, pool, menu, classes

# colleges, lecturers, courses
SEE_COLLEGE = Rule("college.see", Anyone())
CLOSE = Rule("college.close", _RUNS)
SEE_LECTURER = Rule("lecturer.see", SignedIn())
LEAVE = Rule("lecturer.leave", Is("person") | Holds("academy", "district", "city", over="academies__unit"))
SEE_COURSE = Rule("course.see", Anyone())
WITHDRAW_COURSE = Rule("course.withdraw", _RUNS)

# orders
SEE_ORDER = Rule("order.see", Is("placed_by") | Holds("leader", "officer", over="unit") | _RUNS)
PLACE = Rule("order.place", Holds("leader", "officer", over=""))  # asked of the ordering unit
ACCEPT = Rule("order.accept", _RUNS & Not(Is("placed_by")))
DECLINE = Rule("order.decline", _RUNS & Not(Is("placed_by")))
WITHDRAW_ORDER = Rule("order.withdraw", Is("placed_by") | Holds("officer", over="unit"))

# classes and sessions
SEE_CLASS = Rule("class.see", SignedIn())
SIGN_UP = Rule("class.sign_up", SignedIn())
ENROL = Rule("class.enrol", Has("leader", "officer") | _RUNS | Is("lecturer__person"))  # and LEAD over the person enrolled, or RUN_CLASS
LEAD = Rule("person.enrol", Holds("leader", "officer", over="unit"))  # asked of the person
RUN_CLASS = Rule("class.run", _RUNS | Is("lecturer__person"))
FOLLOW = Rule("class.follow", _RUNS | Is("lecturer__person") | Holds("officer", over="academy__unit"))
CANCEL = Rule("class.cancel", _RUNS)
FINISH = Rule("class.finish", _RUNS | Is("lecturer__person"))
SEE_SESSION = Rule("session.see", SignedIn())
TEACH = Rule(
    "session.teach",
    Is("training__lecturer__person") | Holds("academy", "district", "city", over="training__academy__unit"),
)
CHECK_IN = Rule("session.check_in", Is("training__enrolments__person"))

# enrolments
SEE_ENROLMENT = Rule(
    "enrolment.see",
    Is("person")
    | Is("training__lecturer__person")
    | Holds("leader", "officer", over="unit")
    | Holds("academy", "district", "city", over="training__academy__unit"),
)
WITHDRAW = Rule("enrolment.withdraw", Is("person") | Holds("leader", "officer", over="unit"))
MARK = Rule(
    "enrolment.mark",
    (Is("training__lecturer__person") | Holds("academy", "district", "city", over="training__academy__unit")) & Not(Is("person")),
)
CERTIFICATE = Rule("enrolment.certificate", Holds("academy", "district", "city", over="training__academy__unit") & Not(Is("person")))

# learning plans
SEE_PLAN = Rule("plan.see", Is("person") | Is("mentor") | Holds("leader", "officer", over="unit"))
OPEN_PLAN = Rule("plan.open", Holds("leader", "officer", over="unit"))  # asked of the person
ADD_LINE = Rule("plan.add_line", Is("person") | Is("mentor") | Holds("leader", "officer", over="unit"))
REACH = Rule("plan.reach", Is("mentor") | Holds("leader", "officer", over="unit") & Not(Is("person")))
END = Rule("plan.end", Is("mentor") | Holds("leader", "officer", over="unit"))
