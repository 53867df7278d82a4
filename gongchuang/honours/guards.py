"""What the database itself keeps of selections: no objection to what is not on a notice, and a view for auditors."""

from gongchuang.honours.models import Objection
from gongchuang.kernel.guards import RefuseInsert, View

GUARDS = [
    RefuseInsert(
        Objection,
        "listed",
        "NOT EXISTS (SELECT 1 FROM honours_nomination n WHERE n.id = NEW.nomination_id AND n.state = 'listed')",
        "an objection is made to somebody on a public notice",
    )
]

VIEWS = [
    View(
        "v_honour",
        "SELECT g.uid AS grant_uid, t.key AS title, t.level AS level, t.holder AS holder, u.code AS unit_code, "
        "g.person_id AS person, g.result_no AS result, g.issuer AS issuer, g.document_no AS document_no, "
        "g.granted_on AS granted_on, g.ends_on AS ends_on, g.revoked_on AS revoked_on, g.prize_fen AS prize_fen "
        "FROM people_grant g JOIN people_title t ON t.id = g.title_id JOIN people_unit u ON u.id = g.unit_id",
    ),
    View(
        "v_selection",
        "SELECT r.no AS round, r.year AS year, t.key AS title, r.state AS round_state, n.no AS nomination, n.state AS state, "
        "u.code AS unit_code, n.named_on AS named_on, s.no AS result, "
        "(SELECT COUNT(*) FROM honours_objection o WHERE o.nomination_id = n.id) AS objections "
        "FROM honours_nomination n JOIN honours_selectionround r ON r.id = n.round_id "
        "JOIN people_title t ON t.id = r.title_id JOIN people_unit u ON u.id = n.unit_id "
        "LEFT JOIN results_result s ON s.id = n.result_id",
    ),
]
