"""Who may do what with units and persons."""

from gongchuang.kernel.access import Anyone, Is, Not, Rule, SignedIn
from gongchuang.people.posts import Has, Holds

SEE_CALENDAR = Rule("calendar.see", SignedIn())
SET_CALENDAR = Rule("calendar.set", Has("city", "admin"))  # roles that the city alone gives

SEE_UNIT = Rule("unit.see", Anyone())
FOUND_UNIT = Rule("unit.found", Holds("officer", "district", "city", "admin", over=""))  # asked of the parent
MOVE_UNIT = Rule("unit.move", Holds("district", "city", "admin", over=""))

SEE_PERSON = Rule(
    "person.see",
    Is("") | Holds("leader", "officer", "certifier", "district", "city", "auditor", "admin", over="unit"),
)
ENROL = Rule("person.enrol", Holds("officer", "admin", over=""))  # asked of the unit
KEEP_PERSON = Rule("person.keep", Holds("officer", "admin", over="unit"))
REVEAL = Rule("person.reveal", Holds("officer", "certifier", over="unit"))
APPOINT = Rule("post.appoint", Holds("officer", "district", "city", "admin", over=""))  # asked of the unit
# Asked of the person, and APPOINT of the unit; nobody gives themselves a second part, or four eyes would be two.
APPOINT_PERSON = Rule("person.appoint", Holds("officer", "district", "city", "admin", over="unit") & Not(Is("")))
END_POST = Rule(
    "person.end_post", Holds("officer", "district", "city", "admin", over="unit") & Not(Is(""))
)  # and APPOINT of the post's unit
OWN = Rule("person.own", Is(""))

SEE_SKILL = Rule("skill.see", Is("person") | Holds("leader", "officer", "certifier", "district", "city", "auditor", over="unit"))
CONFIRM_SKILL = Rule("skill.confirm", Holds("officer", "district", "city", over="unit") & Not(Is("person")))
SEE_GRANT = Rule("grant.see", Anyone())
GRANT = Rule("grant.grant", Holds("officer", "district", "city", over=""))  # asked of the granting unit
