"""Who may do what in the bank: one line an act. Nobody decides on their own money."""

from gongchuang.kernel.access import Anyone, Is, Not, Rule, Where
from gongchuang.people.posts import Belongs, Holds

BOOKS = Holds("officer", "certifier", "auditor", over="unit")

# Points and rewards are between a worker and the enterprise's books; the federations see funds, which they fill.
SEE_ACCOUNT = Rule("account.see", Is("person") | BOOKS | Where(kind="fund") & Holds("district", "city", over="unit"))
SEE_TRANSFER = Rule("transfer.see", Is("debit__person") | Is("credit__person") | BOOKS)
REDEEM = Rule("account.redeem", Is("person") & Where(kind="worker"))
FILL = Rule("fund.fill", Holds("certifier", "district", "city", over=""))  # asked of the unit
EXPIRE = Rule("account.expire", Holds("officer", "certifier", over=""))  # asked of the unit

# What a unit pays its makers is public knowledge; what is only proposed is the unit's own business.
SEE_POLICY = Rule(
    "policy.see", (Where(state="in_force") & Anyone()) | Holds("officer", "certifier", "auditor", over="unit") | Belongs(to="unit")
)
PROPOSE_POLICY = Rule("policy.propose", Holds("officer", "district", "city", over=""))  # asked of the unit
APPROVE_POLICY = Rule("policy.approve", Holds("officer", "certifier", "city", over="unit") & Not(Is("made_by")))
DROP_POLICY = Rule("policy.drop", Holds("officer", "certifier", "city", over="unit"))

SEE_DUE = Rule("due.see", Is("person") | BOOKS | Holds("district", "city", over="unit") & Where(kind="prize"))
OWE = Rule("due.owe", Holds("officer", "district", "city", over=""))  # asked of the unit that pays
APPROVE_DUE = Rule("due.approve", Holds("officer", "district", "city", over="unit") & Not(Is("person")))
PAY_DUE = Rule("due.pay", Holds("certifier", "district", "city", over="unit") & Not(Is("person")) & Not(Is("approved_by")))
CANCEL_DUE = Rule("due.cancel", Holds("officer", "district", "city", over="unit") & Not(Is("person")))
RECOVER_DUE = Rule("due.recover", Holds("certifier", over="unit") & Not(Is("person")))

SEE_SETTLEMENT = Rule("settlement.see", Is("lines__person") | BOOKS)
SETTLE = Rule("settlement.settle", Holds("officer", "certifier", over=""))  # asked of the unit
APPROVE_SETTLEMENT = Rule(
    "settlement.approve",
    Holds("officer", "certifier", over="unit") & Not(Is("made_by")) & Not(Is("lines__person")),
)
PAY_SETTLEMENT = Rule(
    "settlement.pay",
    Holds("certifier", over="unit") & Not(Is("approved_by")) & Not(Is("lines__person")),
)
DROP_SETTLEMENT = Rule("settlement.drop", Holds("officer", "certifier", over="unit"))
