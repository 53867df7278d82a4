"""Many persons at once (批量入册), by the same rules as one: for a new enterprise and for the demo city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record, touch
from gongchuang.kernel.text import Text
from gongchuang.people import rules
from gongchuang.people.models import Person, Post, SkillRecord, Unit

BATCH = 1000


@dataclass(frozen=True)
class NewPerson:
    """One line of a roster, checked."""

    unit: Unit
    name: str
    work_no: str = ""
    gender: str = ""
    occupation: str = ""
    skill_level: int = 0
    hired_on: date | None = None
    id_number: str = ""
    phone: str = ""


@action
def _enrol_many(unit: Unit, *, rows: Sequence[NewPerson], by: Person, key: str) -> Unit:
    rules.ENROL.require(by, unit)
    if any(not row.unit.is_inside(unit) for row in rows):
        raise Refused(Text("名单里有别的单位的班组。", "The list names a team of another unit."), field="rows")
    today = clock.today()
    persons = [
        Person(
            unit=row.unit, name=row.name, work_no=row.work_no, gender=row.gender, occupation=row.occupation,
            skill_level=row.skill_level, hired_on=row.hired_on, id_number=row.id_number, phone=row.phone, version=1,
        )
        for row in rows
    ]  # fmt: skip
    touch(Person.objects.bulk_create(persons, batch_size=BATCH))
    posts = [Post(person=one, role="member", unit=one.unit, start_on=one.hired_on or today, version=1) for one in persons]
    touch(Post.objects.bulk_create(posts, batch_size=BATCH))
    skills = [
        SkillRecord(
            person=one, unit=one.unit, level=one.skill_level, occupation=one.occupation, state="confirmed",
            obtained_on=one.hired_on or today, version=1,
        )
        for one in persons
        if one.skill_level
    ]  # fmt: skip
    touch(SkillRecord.objects.bulk_create(skills, batch_size=BATCH))
    record(by, "person.enrol_many", subject=unit, key=key, persons=len(persons))
    return unit


def enrol_many(unit: Unit, *, rows: Sequence[NewPerson], by: Person, key: str) -> list[Person]:
    """Enter many persons below a unit in one act; returns everybody on the unit's roster."""
    _enrol_many(unit, rows=rows, by=by, key=key)
    return list(Person.objects.active().inside(unit).select_related("unit").order_by("pk"))
