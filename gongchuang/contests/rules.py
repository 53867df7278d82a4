"""Who may do what (权限): organisers, entrants, judges, the chief judge. Judges never meet an entry, only its code."""

from gongchuang.kernel.access import Anyone, Is, Not, Rule, SignedIn, Where
from gongchuang.people.posts import Has, Holds

ORGANISERS = ("officer", "district", "city")
_RUNS = Holds(*ORGANISERS, over="unit")

# contests
SEE = Rule(
    "contest.see",
    (Where(state=("open", "judging", "signed", "released", "cancelled")) & Anyone())
    | Is("created_by")
    | Is("chief")
    | Is("panel__person")
    | _RUNS,
)
CREATE = Rule("contest.create", Holds(*ORGANISERS, over=""))  # asked of the unit itself
APPOINT = Rule("contest.appoint", _RUNS)
ANNOUNCE = Rule("contest.announce", _RUNS)
CANCEL = Rule("contest.cancel", _RUNS)
FOLLOW = Rule("contest.follow", _RUNS)  # and the academy's FOLLOW over the class
BEGIN = Rule("contest.begin", _RUNS & Not(Is("chief")) & Not(Is("panel__person")))
VETO = Rule("contest.veto", Is("chief"))
SIGN = Rule("contest.sign", Is("chief"))
RELEASE = Rule("contest.release", _RUNS & Not(Is("chief")) & Not(Is("panel__person")))
ENTER_MARKS = Rule("contest.enter_marks", Is("chief") & Not(Is("panel__person")))  # others' marks, from paper
BOARD = Rule("contest.board", Is("chief") | _RUNS)  # the matrix of contestants and judges

# entries
ENTER = Rule("contest.enter", SignedIn())  # and, for somebody else, ENTER_FOR
ENTER_LIST = Rule("contest.enter_list", Has("leader", *ORGANISERS))  # and ENTER_FOR over each of the list
ENTER_FOR = Rule("entry.enter_for", Holds("leader", *ORGANISERS, over="unit"))  # asked of a person or a unit
SEE_ENTRY = Rule(
    "entry.see",
    (Where(state="placed", contest__state="released") & Anyone())
    | Is("entrants__person")
    | Is("entered_by")
    | Holds("leader", "officer", over="unit")
    | (Holds(*ORGANISERS, over="contest__unit") & Not(Is("contest__panel__person")) & Not(Is("contest__chief"))),
)
WITHDRAW = Rule("entry.withdraw", Is("entrants__person") | Is("entered_by") | Holds("leader", "officer", over="unit"))
ADVANCE = Rule("entry.advance", Holds(*ORGANISERS, over="contest__unit") & Not(Is("entrants__person")))

# score sheets
SEE_SHEET = Rule("sheet.see", Is("judge") | (Is("contest__chief") & Where(state=("locked", "superseded", "stood_back"))))
MARK = Rule("sheet.mark", Is("judge"))
LOCK = Rule("sheet.lock", Is("judge"))
STAND_BACK = Rule("sheet.stand_back", Is("judge"))
REOPEN = Rule("sheet.reopen", Is("contest__chief") & Not(Is("judge")))
