"""Who may do what in selections (权限)."""

from __future__ import annotations

from gongchuang.kernel.access import Anyone, Is, Not, Rule, SignedIn, Where
from gongchuang.people.posts import Has, Holds

_HOLDS_IT = Holds("officer", "district", "city", over="unit")
_HOLDS_ITS_ROUND = Holds("officer", "district", "city", over="round__unit")

SEE_ROUND = Rule("round.see", Anyone())
OPEN = Rule("round.open", Holds("officer", "district", "city", over=""))  # asked of the unit that holds it
PUBLISH = Rule("round.publish", _HOLDS_IT)
NAME = Rule("round.name", _HOLDS_IT & Not(Is("published_by")))
SETTLE = Rule("round.settle", _HOLDS_IT)
CANCEL = Rule("round.cancel", _HOLDS_IT)

RECOMMEND = Rule("nomination.recommend", Holds("leader", "officer", "district", "city", over=""))  # asked of the nominee's unit
RECOMMEND_IN = Rule("round.recommend", Has("leader", "officer", "district", "city"))  # and RECOMMEND over the nominee's unit
SEE_NOMINATION = Rule(
    "nomination.see",
    (Where(state=("listed", "named", "removed", "revoked")) & Anyone())
    | Is("person")
    | Is("recommended_by")
    | Holds("leader", "officer", "district", "city", over="unit")
    | _HOLDS_ITS_ROUND,
)
WITHDRAW = Rule("nomination.withdraw", Is("recommended_by") | Is("person"))
OBJECT = Rule("nomination.object", SignedIn() & Not(Is("person")))
REVOKE = Rule("nomination.revoke", _HOLDS_ITS_ROUND & Not(Is("person")))

# titles granted without a round, e.g. by the nation or the province: written down by the union of the title's level
GRANT_IN = Rule("grant.enter", Holds("officer", "district", "city", over=""))  # asked of one's own unit
GRANT_BY_LEVEL = {
    "national": Rule("grant.enter_national", Holds("city", over="")),  # asked of the holder's unit
    "province": Rule("grant.enter_province", Holds("city", over="")),
    "city": Rule("grant.enter_city", Holds("city", over="")),
    "district": Rule("grant.enter_district", Holds("district", "city", over="")),
    "enterprise": Rule("grant.enter_enterprise", Holds("officer", "district", "city", over="")),
}
REVOKE_GRANT = Rule(
    "grant.revoke",
    (
        Where(title__level=("national", "province", "city")) & Holds("city", over="unit")
        | Where(title__level="district") & Holds("district", "city", over="unit")
        | Where(title__level="enterprise") & Holds("officer", "district", "city", over="unit")
    )
    & Not(Is("person")),
)

SEE_OBJECTION = Rule("objection.see", Is("lodged_by") | Holds("officer", "district", "city", over="nomination__round__unit"))
DECIDE = Rule(
    "objection.decide",
    Holds("officer", "district", "city", over="nomination__round__unit")
    & Not(Is("lodged_by"))
    & Not(Is("nomination__person"))
    & Not(Is("nomination__recommended_by")),
)
