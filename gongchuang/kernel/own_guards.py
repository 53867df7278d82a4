"""The kernel's own guards and views."""

from gongchuang.kernel.guards import AppendOnly, View
from gongchuang.kernel.models import EventRow, Seal

GUARDS = [AppendOnly(EventRow), AppendOnly(Seal)]

VIEWS = [
    View(
        "v_event",
        "SELECT e.id AS id, e.at AS at, e.actor_uid AS actor, e.action AS action, e.subject_table AS subject_type, "
        "e.subject_pk AS subject_id, e.unit_code AS unit_code, s.prev_hash AS prev_hash, s.hash AS hash "
        "FROM kernel_event e LEFT JOIN kernel_seal s ON s.event_id = e.id",
    )
]
