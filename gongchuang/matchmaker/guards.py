"""What the database itself refuses about matches: a confirmed benefit is corrected by nobody, only answered by new records."""

from gongchuang.kernel.guards import LockedWhen, View
from gongchuang.matchmaker.models import MatchBenefit

GUARDS: list[object] = [LockedWhen(MatchBenefit, "OLD.state = 'confirmed'")]
VIEWS: list[View] = []
