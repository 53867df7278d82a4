"""The audit view of proposals."""

from gongchuang.kernel.guards import View

GUARDS: list[object] = []
VIEWS = [
    View(
        "v_proposal",
        "SELECT p.no AS no, u.code AS unit_code, p.state AS state, p.submitted_on AS submitted_on, w.due_on AS due_on "
        "FROM proposals_proposal p JOIN people_unit u ON u.id = p.unit_id "
        "LEFT JOIN kernel_waiting w ON w.\"table\" = 'proposals_proposal' AND w.row_pk = p.id",
    )
]
