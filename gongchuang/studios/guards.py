"""What the database itself refuses about studios, beside constraints and the guards of each flow."""

from gongchuang.kernel.guards import LockedWhen, View
from gongchuang.studios.models import Mentorship

GUARDS: list[object] = [LockedWhen(Mentorship, "OLD.state IN ('completed', 'ended')")]
VIEWS: list[View] = []
