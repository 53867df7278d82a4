"""The city's working calendar (工作日历): corrections to the official days off and the days made up for.

The official calendar comes with a library and ends with the year last announced; what is announced later, or holds in this
city alone, is entered here. Days due that are already set do not move.
"""

from __future__ import annotations

from datetime import date, timedelta

from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import Holiday
from gongchuang.kernel.text import Text
from gongchuang.people import rules
from gongchuang.people.models import Person

MOST_DAYS = 31


@action
def set_days(from_on: date, to_on: date | None = None, *, is_working: bool, name: str, by: Person, key: str) -> Holiday:
    """Say of each day from one to another that it is off or worked (放假、调休上班); what was said of it before is replaced."""
    rules.SET_CALENDAR.require(by, None)
    last = to_on or from_on
    if not 0 <= (last - from_on).days < MOST_DAYS:
        said = Text(f"从早到晚填，最多 {MOST_DAYS} 天。", f"From the earlier to the later day, at most {MOST_DAYS} days.")
        raise Refused(said, field="to_on")
    days = [from_on + timedelta(days=step) for step in range((last - from_on).days + 1)]
    known = {one.on: one for one in Holiday.objects.filter(on__in=days)}
    rows = [known.get(day) or Holiday(on=day) for day in days]
    for row in rows:
        row.is_working, row.name = is_working, name
        row.save()
    record(by, "calendar.set", subject=rows[0], key=key, until=last, is_working=is_working)
    return rows[0]
