"""Who may do what with a proposal; a rule bears the name of its move."""

from gongchuang.kernel.access import Is, Not, Rule, Where
from gongchuang.people.posts import Belongs, Holds

OWN = Is("author") | Is("coauthors__person")
SEE = Rule("proposal.see", OWN | Holds("leader", "officer", "certifier", "district", "city", "auditor", over="unit"))
SUBMIT = Rule("proposal.submit", Belongs(to=""))  # asked of the unit
# A leader answers what waits in the team; officers above may answer at any time. Nobody answers their own.
ANSWERING = ((Holds("leader", over="unit") & Where(state=["submitted", "asked"])) | Holds("officer", over="unit")) & Not(OWN)
ASK = Rule("proposal.ask", ANSWERING)
PASS_ON = Rule("proposal.pass_on", ANSWERING)
ADOPT = Rule("proposal.adopt", ANSWERING)
TAKE_BACK = Rule("proposal.take_back", Holds("leader", "officer", over="unit") & Not(OWN))  # and only whoever adopted it
DECLINE = Rule("proposal.decline", ANSWERING)
ANSWER = Rule("proposal.answer", Is("author"))
SUPPLEMENT = Rule("proposal.supplement", OWN)
WITHDRAW = Rule("proposal.withdraw", Is("author"))
DOING = Holds("leader", "officer", over="unit") & Not(OWN)
BEGIN = Rule("proposal.begin", DOING)
IMPLEMENT = Rule("proposal.implement", DOING)
MAKE_RESULT = Rule("proposal.become_result", Holds("officer", over="unit"))
CLOSE = Rule("proposal.close", Holds("officer", over="unit"))
