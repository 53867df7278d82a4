"""Who may do what with studios, groups, masters and apprentices, and team measures."""

from gongchuang.kernel.access import Anyone, Is, Not, Rule, Where
from gongchuang.people.posts import Holds

_ABOVE = Holds("officer", "district", "city", over="unit")
_NOT_OWN = Not(Is("applied_by") | Is("leader"))

SEE = Rule(
    "studio.see",
    (Where(state=("named", "rectifying", "struck_off")) & Anyone()) | Is("applied_by") | Is("leader") | _ABOVE,
)
APPLY = Rule("studio.apply", Holds("member", "officer", "studio_lead", over=""))  # asked of the unit itself
RECOMMEND = Rule("studio.recommend", _ABOVE & _NOT_OWN)
SEND_BACK = Rule("studio.send_back", _ABOVE & _NOT_OWN)
REAPPLY = Rule("studio.reapply", Is("applied_by"))
REVIEW = Rule("studio.review", Holds("district", "city", over="unit") & _NOT_OWN & Not(Is("recommended_by")))
# An enterprise names its own, a district its own; the city names, or passes upward, what is of city level and above.
NAME = Rule(
    "studio.name",
    (
        (Where(level="enterprise", state="forwarded") & _ABOVE)
        | (Where(level="district", state="forwarded") & Holds("district", "city", over="unit"))
        | (Where(state="reviewed") & Holds("city", over="unit"))
    )
    & _NOT_OWN
    & Not(Is("recommended_by") | Is("reviewed_by")),
)
RECTIFY = Rule("studio.rectify", Holds("district", "city", over="unit") & Not(Is("leader")))
RESTORE = Rule("studio.restore", Holds("district", "city", over="unit") & Not(Is("leader")))
STRIKE_OFF = Rule("studio.strike_off", Holds("district", "city", over="unit") & Not(Is("leader")))
SET_MOTHER = Rule("studio.set_mother", Holds("district", "city", over="unit") & Not(Is("leader")))
_OWN = Is("leader") | Holds("officer", over="unit")
JOIN = Rule("studio.join", _OWN)
LEAVE = Rule("studio.leave", _OWN)
NOTE_RESULT = Rule("studio.note_result", _OWN)

SEE_ACTIVITY = Rule(
    "activity.see",
    (Where(state="accepted", studio__state=("named", "rectifying", "struck_off")) & Anyone())
    | Is("logged_by")
    | Is("studio__leader")
    | Is("parts__person")
    | _ABOVE,
)
LOG = Rule("activity.log", Is("leader") | Is("members__person"))  # asked of the studio
ACCEPT = Rule("activity.accept", _ABOVE & Not(Is("logged_by")) & Not(Is("studio__leader")))
SEND_BACK_ACTIVITY = Rule("activity.send_back", _ABOVE & Not(Is("logged_by")) & Not(Is("studio__leader")))
CORRECT = Rule("activity.correct", Is("logged_by"))

SEE_MENTORSHIP = Rule("mentorship.see", Is("mentor") | Is("apprentice") | _ABOVE)
PROPOSE = Rule("mentorship.propose", Holds("member", "studio_lead", over=""))  # asked of the unit
AGREE = Rule("mentorship.agree", Is("apprentice"))
COMPLETE = Rule("mentorship.complete", _ABOVE & Not(Is("mentor") | Is("apprentice")))
END = Rule("mentorship.end", Is("mentor") | Is("apprentice") | _ABOVE)

SEE_GROUP = Rule("group.see", (Where(state="confirmed") & Anyone()) | Is("registered_by") | Is("leader") | _ABOVE)
REGISTER = Rule("group.register", Holds("member", "leader", "officer", over=""))  # asked of the unit
CONFIRM_GROUP = Rule("group.confirm", _ABOVE & Not(Is("registered_by") | Is("leader")))
DISBAND = Rule("group.disband", Is("leader") | _ABOVE)
JOIN_GROUP = Rule("group.join", _OWN)

SEE_MEASURE = Rule("team_measure.see", Is("entered_by") | Holds("leader", "officer", "district", "city", over="unit"))
ENTER = Rule("team_measure.enter", Holds("leader", "officer", over=""))  # asked of the team
CONFIRM_MEASURE = Rule("team_measure.confirm", _ABOVE & Not(Is("entered_by")))
SEND_BACK_MEASURE = Rule("team_measure.send_back", _ABOVE & Not(Is("entered_by")))
ENTER_AGAIN = Rule("team_measure.enter_again", Is("entered_by"))
