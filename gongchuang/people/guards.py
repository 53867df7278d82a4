"""The audit view of who looked at full numbers."""

from gongchuang.kernel.guards import View

GUARDS: list[object] = []
VIEWS = [
    View(
        "v_audit_reveal",
        "SELECT w.name AS who, p.name AS whom, e.facts AS why, e.at AS at FROM kernel_event e "
        "LEFT JOIN people_person w ON w.uid = e.actor_uid JOIN people_person p ON p.id = e.subject_pk "
        "WHERE e.action = 'person.reveal'",
    )
]
