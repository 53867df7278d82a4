"""Who may do what with results and benefits. Nobody certifies what they made, claimed or checked."""

from gongchuang.kernel.access import Anyone, Is, Not, Rule, Where
from gongchuang.people.posts import Belongs, Holds

LINE = Holds("leader", "officer", "certifier", "auditor", "district", "city", over="unit")
MADE = Is("makers__person") | Is("registered_by")
MADE_RESULT = Is("result__makers__person") | Is("claimed_by")

SEE = Rule("result.see", MADE | LINE)
# What a visitor may read of results behind public figures: recognised, and not a trade secret.
OPEN = Rule("result.open", Where(state="recognised", is_confidential=False) & Anyone())
REGISTER = Rule("result.register", Belongs(to="") | Holds("officer", over=""))  # asked of the unit
MAKE = Rule("result.make", Holds("officer", over=""))  # asked of the proposal's unit
NOT_MADE = Not(Is("makers__person"))
RECOGNISE = Rule("result.recognise", Holds("officer", over="unit") & NOT_MADE)
SEND_BACK = Rule("result.send_back", Holds("officer", over="unit") & NOT_MADE)
RESUBMIT = Rule("result.resubmit", Is("registered_by") | Is("makers__person"))
REVOKE = Rule("result.revoke", Holds("officer", "district", "city", over="unit") & NOT_MADE)
PATENT = Rule("result.patent", Is("registered_by") | Is("makers__person") | Holds("officer", over="unit"))
CONFIRM_PATENT = Rule("result.confirm_patent", Holds("officer", over="unit") & NOT_MADE)
OFFER = Rule("result.spread", Holds("officer", "leader", "district", "city", over="unit"))

SEE_BENEFIT = Rule("benefit.see", MADE_RESULT | LINE)
OPEN_BENEFIT = Rule("benefit.open", Where(state=["certified", "audited"], result__is_confidential=False) & Anyone())
CLAIM = Rule("benefit.claim", MADE | Holds("officer", over="unit"))  # asked of the result
RECLAIM = Rule("benefit.reclaim", MADE_RESULT | Holds("officer", over="unit"))
WITHDRAW = Rule("benefit.withdraw", MADE_RESULT)
NOBODYS_OWN = Not(Is("result__makers__person"))
CHECK = Rule("benefit.check", Holds("officer", over="unit") & NOBODYS_OWN)
RETURN = Rule("benefit.return", Holds("officer", "certifier", over="unit") & NOBODYS_OWN)
CERTIFY = Rule(
    "benefit.certify",
    Holds("certifier", over="unit") & NOBODYS_OWN & Not(Is("claimed_by")) & Not(Is("checked_by")),
)
AUDITING = (
    Holds("auditor", "district", "city", over="unit")
    & NOBODYS_OWN
    & Not(Is("claimed_by"))
    & Not(Is("checked_by"))
    & Not(Is("certified_by"))
)
AUDIT = Rule("benefit.audit", AUDITING)
OVERTURN = Rule("benefit.overturn", AUDITING)
GROUP = Rule("benefit.group", Holds("officer", "certifier", "district", "city", "auditor", over="unit") & NOBODYS_OWN)

SEE_SPREAD = Rule(
    "spread.see",
    Is("result__makers__person") | Is("offered_by") | LINE | Holds("leader", "officer", over="to_unit"),
)
TAKE_UP = Rule("spread.take_up", Holds("leader", "officer", over="to_unit") & NOBODYS_OWN)
TURN_DOWN = Rule("spread.turn_down", Holds("leader", "officer", over="to_unit"))
