"""Who may do what in the matchmaker's house, and who may read what before both sides agree."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from gongchuang.kernel import clock
from gongchuang.kernel.access import Anyone, Is, Not, Relation, Rule, SignedIn, Where
from gongchuang.matchmaker.models import AGREED, Expert
from gongchuang.people.posts import Belongs, Has, Holds


class InPool(Relation):
    """The person is in the pool of experts today (在库专家), asked once a person."""

    roles = ("expert",)

    def condition(self, person: Any, model: type[models.Model]) -> Q | None:
        return Q() if self.holds(person, None) else None

    def holds(self, person: Any, record: Any) -> bool:
        if person is None:
            return False
        if "_in_pool" not in person.__dict__:
            person.__dict__["_in_pool"] = Expert.objects.on_board(clock.today()).filter(person=person).exists()
        return bool(person.__dict__["_in_pool"])


_ADVISERS = Holds("matchmaker", "city", over="unit")
_ENTERPRISE = Holds("officer", over="unit")
_OUT = ("published", "in_touch", "closed")
_SHOWN_TO_SOLVER = ("volunteered", "wanted", "declined", *AGREED)

SEE_VISIT = Rule("visit.see", Is("visitor") | Holds("officer", "matchmaker", "district", "city", over="unit"))
VISIT = Rule("visit.make", Holds("officer", "matchmaker", "district", "city", over=""))  # asked of the enterprise

SEE_NEED = Rule(
    "need.see",
    (Where(state=_OUT, tier="open") & Anyone())
    | (Where(state=_OUT, tier="registered") & SignedIn())
    | Is("collected_by")
    | Holds("officer", "certifier", "matchmaker", "district", "city", over="unit"),
)
COLLECT = Rule("need.collect", Holds("officer", "matchmaker", "district", "city", over=""))  # asked of the enterprise
PUBLISH = Rule("need.publish", _ADVISERS & Not(Is("collected_by")))
SEND_BACK = Rule("need.send_back", _ADVISERS & Not(Is("collected_by")))
CORRECT = Rule("need.correct", Is("collected_by"))
WITHDRAW = Rule("need.withdraw", Is("collected_by") | _ENTERPRISE)
CLOSE = Rule("need.close", _ADVISERS | _ENTERPRISE)
# The text is the enterprise's secret and the adviser's tool; a solver reads it through an agreed match only.
READ_TEXT = Rule("need.read_text", Is("collected_by") | Holds("officer", "certifier", "matchmaker", "city", over="unit"))
READ_CONTACT = Rule("need.read_contact", Is("collected_by") | Holds("officer", "matchmaker", over="unit"))
RANK = Rule("need.rank", Where(state=("published", "in_touch")) & _ADVISERS)
PUT_FORWARD = Rule("need.put_forward", _ADVISERS)
VOLUNTEER = Rule("need.volunteer", Where(tier=("open", "registered")) & InPool() & Not(Belongs("unit")))

SEE_INSTITUTION = Rule("institution.see", Anyone())
BOARD = Rule("institution.board", Holds("matchmaker", "city", over=""))  # asked of the federation
UNBOARD = Rule("institution.unboard", _ADVISERS)

SEE_EXPERT = Rule("expert.see", Is("person") | Has("matchmaker", "city", "district", "officer"))
ENLIST = Rule("expert.enlist", Holds("matchmaker", "city", over=""))  # asked of the federation
ADD_ITEM = Rule("expert.add_item", Is("person") | _ADVISERS)
RETIRE = Rule("expert.retire", Is("person") | _ADVISERS)

SEE_OFFER = Rule(
    "offer.see",
    (Where(state="published") & Anyone()) | Is("owner") | Is("entered_by") | Holds("matchmaker", "district", "city", over="unit"),
)
DRAFT = Rule("offer.draft", Has("expert", "matchmaker", "city"))
PUBLISH_OFFER = Rule("offer.publish", _ADVISERS & Not(Is("entered_by")))
WITHDRAW_OFFER = Rule("offer.withdraw", Is("owner") | _ADVISERS)

SEE_MATCH = Rule(
    "match.see",
    (Where(state=_SHOWN_TO_SOLVER) & Is("solver"))
    | (Not(Where(state="suggested")) & Holds("officer", "certifier", over="unit"))
    | Holds("matchmaker", "district", "city", over="unit"),
)
WANT = Rule("match.want", _ENTERPRISE & Not(Is("solver")))
WELCOME = Rule("match.welcome", _ENTERPRISE & Not(Is("solver")))
ACCEPT = Rule("match.accept", Is("solver"))
MEET = Rule("match.meet", _ADVISERS)
SIGN = Rule("match.sign", _ADVISERS | _ENTERPRISE)
DECLINE = Rule("match.decline", (Where(state=_SHOWN_TO_SOLVER) & Is("solver")) | _ENTERPRISE | _ADVISERS)
READ_BOTH_SIDES = Rule("match.read_both_sides", Where(state=AGREED) & (Is("solver") | Holds("officer", "matchmaker", over="unit")))

SEE_CONTRACT = Rule(
    "contract.see", Is("match__solver") | Holds("officer", "certifier", "matchmaker", "district", "city", "auditor", over="unit")
)
CLAIM = Rule("match_benefit.claim", _ENTERPRISE)  # asked of the contract
SEE_BENEFIT = Rule(
    "match_benefit.see",
    Is("contract__match__solver") | Holds("officer", "certifier", "matchmaker", "district", "city", "auditor", over="unit"),
)
# Enterprise finance confirms: never who claimed it, never the matchmaker or the solver, whose success it is.
CONFIRM = Rule(
    "match_benefit.confirm",
    Holds("certifier", over="unit") & Not(Is("claimed_by") | Is("contract__match__matchmaker") | Is("contract__match__solver")),
)
SEND_BACK_BENEFIT = Rule("match_benefit.send_back", Holds("certifier", over="unit") & Not(Is("claimed_by")))
CLAIM_AGAIN = Rule("match_benefit.claim_again", Is("claimed_by"))
