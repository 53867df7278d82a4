"""Bringing a roster in (导入花名册): up to AT_ONCE rows in one action; more of them by batches, each an action of its own.

The rows are examined again inside the transaction, so what is written fits the moment and not the preview. Persons found
by their natural key are changed, others entered; rows with faults stay behind in the staging table. Killed between two
batches, an import goes on behind the last row it took: no row is half-written, none is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError

from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record, touch
from gongchuang.kernel.text import Text
from gongchuang.people import roster_staging, rules
from gongchuang.people import unit as tree
from gongchuang.people.actions import next_path
from gongchuang.people.imports import ImportRun
from gongchuang.people.models import Person, Post, SkillRecord, Unit, UnitPath
from gongchuang.people.roster_match import Examined, bare_name

BATCH = 500


def bring_in(run: ImportRun, *, by: Person | None) -> ImportRun:
    """Import what can be imported of a staged roster; called again, it goes on or answers what was done."""
    try:
        while True:
            run = import_batch(run, batch=run.batch + 1, by=by, key=f"roster:{run.uid}:{run.batch + 1}")
            if run.state not in roster_staging.UNFINISHED:
                return run
    except IntegrityError as error:
        refusal = Refused(
            Text(
                "别人刚改了同一批人员，这一批一行也没有写入。",
                "Somebody has just changed the same persons; nothing of this batch was written.",
            ),
            cure=Text("请再按一次导入。", "Press import again."),
        )
        roster_staging.reopen(run, refusal)
        raise refusal from error
    except Refused as refusal:
        roster_staging.reopen(run, refusal)
        raise
    finally:
        cache.delete(_progress_key(run))


@action
def import_batch(run: ImportRun, *, batch: int, by: Person | None, key: str) -> ImportRun:
    """Enter new persons and change known ones as the roster says (导入花名册): all its rows, or its next batch."""
    if by is not None:
        rules.ENROL.require(by, run.unit)
    run = ImportRun.objects.select_for_update().select_related("unit").get(pk=run.pk)
    if run.state not in roster_staging.UNFINISHED or run.batch + 1 != batch:
        return run
    staged, examination = roster_staging.examined_now(run)
    counts = examination.counts
    if run.batch == 0:
        roster_staging.require_size(run.rows.count())
        if not counts["new"] + counts["changed"] and run.is_whole:
            raise Refused(
                Text(
                    "没有要写入的行：名册已经是这样，或各行都有错。", "Nothing to write: the roster says so already, or all rows are wrong."
                ),
            )
    writing = _Writing(run, clock.today(), run.written, run.importable)
    writing.make_units(examination.planned, by)
    writing.enter([one for one in examination.rows if one.outcome == "new"])
    writing.change([one for one in examination.rows if one.outcome == "changed"])
    run.made_units = [*run.made_units, *(unit.pk for unit in writing.made_units)]
    run.batch, run.written, run.reached = batch, writing.done, staged[-1][0] if staged else run.reached
    roster_staging.keep(run, staged, examination, writing.undo)
    run.state = "applied" if roster_staging.is_through(run) else "queued"
    run.applied_at, run.message = clock.now(), ""
    run.save()
    record(
        by, "roster.import", subject=run, key=key, batch=batch,
        new=counts["new"], changed=counts["changed"], same=counts["same"], wrong=counts["wrong"],
        units=[unit.code for unit in writing.made_units], file=run.file_digest,
    )  # fmt: skip
    return run


@dataclass
class _Writing:
    """What an import writes, and per row what taking it back needs."""

    run: ImportRun
    today: date
    done: int
    total: int
    made_units: list[Unit] = field(default_factory=list)
    undo: dict[int, dict[str, Any]] = field(default_factory=dict)
    units: dict[tuple[str, ...], Unit] = field(default_factory=dict)

    def make_units(self, planned: Sequence[tuple[str, ...]], by: Person | None) -> None:
        """Make the departments the officer has asked for, outermost first."""
        if planned and by is not None:
            rules.FOUND_UNIT.require(by, self.run.unit)
        known = {(unit.parent_id, bare_name(unit.name)): unit for unit in Unit.objects.inside(self.run.unit).order_by("path")}
        by_name = {name: unit for (_, name), unit in known.items()}
        for place in sorted(planned, key=len):
            above = self.run.unit
            for depth, name in enumerate(place):
                found = known.get((above.pk, bare_name(name)))
                if found is None and depth + 1 < len(place):
                    found = by_name.get(bare_name(name))
                if found is None:
                    found = self._make_unit(above, name)
                    known[above.pk, bare_name(name)] = by_name[bare_name(name)] = found
                above = found
            self.units[place] = above

    def _make_unit(self, above: Unit, name: str) -> Unit:
        is_team = above.level >= tree.WORKSHOP or name.endswith(("班", "组", "队"))
        kind = "team" if is_team else "workshop"
        level = tree.LEVEL_OF[kind]
        path = next_path(above, level)
        unit = Unit(parent=above, kind=kind, level=level, path=path, name=name[:120], code=f"U{path}", valid_from=self.today)
        unit.save()
        UnitPath(unit=unit, path=path, level=level, start_on=self.today).save()
        self.made_units.append(unit)
        return unit

    def enter(self, rows: Sequence[Examined]) -> None:
        for batch in _batches(rows):
            persons = [
                Person(unit=self._unit(one), version=1, **{name: value for name, value in one.changes.items() if value is not None})
                for one in batch
            ]
            touch(Person.objects.bulk_create(persons, batch_size=BATCH))
            posts = [
                Post(person=person, role="member", unit=person.unit, start_on=person.hired_on or self.today, version=1)
                for person in persons
            ]
            touch(Post.objects.bulk_create(posts, batch_size=BATCH))
            skills = {person.pk: self._skill(person, 0) for person in persons if person.skill_level}
            touch(SkillRecord.objects.bulk_create(skills.values(), batch_size=BATCH))
            for one, person, post in zip(batch, persons, posts, strict=True):
                self.undo[one.number] = {
                    "person": person.pk, "made": True, "version": 1, "posts": [post.pk],
                    "skills": [skills[person.pk].pk] if person.pk in skills else [],
                }  # fmt: skip
            self._went_on(len(batch))

    def change(self, rows: Sequence[Examined]) -> None:
        for one in rows:
            person = one.person
            assert person is not None
            names = (*one.changes, "unit_id", "is_active", "left_on")
            before = {name: _plain(getattr(person, name)) for name in names}
            level = person.skill_level
            for name, value in one.changes.items():
                setattr(person, name, value)
            place = self._unit(one) if one.unit or one.planned else person.unit
            is_moved = place.pk != person.unit_id or not person.is_active
            person.unit, person.is_active, person.left_on = place, True, None
            person.save()
            kept: dict[str, Any] = {"person": person.pk, "made": False, "version": person.version, "before": before}
            kept |= self._move(person) if is_moved else {"posts": [], "ended": []}
            kept["skills"] = []
            if person.skill_level > level:
                skill = self._skill(person, level)
                skill.save()
                kept["skills"] = [skill.pk]
            self.undo[one.number] = kept
            self._went_on(1)

    def _move(self, person: Person) -> dict[str, Any]:
        """End the member's post at the old place and begin one at the new."""
        ended = []
        for post in person.posts.filter(role="member", end_on=None).exclude(unit=person.unit):
            post.end_on = max(self.today, post.start_on)
            post.save()
            ended.append(post.pk)
        if person.posts.filter(role="member", end_on=None, unit=person.unit).exists():
            return {"posts": [], "ended": ended}
        begun = Post(person=person, role="member", unit=person.unit, start_on=self.today)
        begun.save()
        return {"posts": [begun.pk], "ended": ended}

    def _skill(self, person: Person, from_level: int) -> SkillRecord:
        return SkillRecord(
            person=person, unit=person.unit, level=person.skill_level, from_level=from_level,
            occupation=person.occupation, state="confirmed", version=0 if from_level else 1,
            obtained_on=self.today if from_level else person.hired_on or self.today,
        )  # fmt: skip

    def _unit(self, one: Examined) -> Unit:
        if one.planned:
            return self.units[one.planned]
        assert one.unit is not None
        return one.unit

    def _went_on(self, rows: int) -> None:
        self.done += rows
        if self.done % 100 < rows:
            cache.set(_progress_key(self.run), [self.done, self.total], 3600)


def progress_of(run: ImportRun) -> tuple[int, int]:
    """(rows written, rows to write) of an import under way; what is written so far counts, kept or not yet."""
    done, total = cache.get(_progress_key(run)) or (run.written, run.importable)
    return int(done), int(total)


def _progress_key(run: ImportRun) -> str:
    return f"roster-{run.uid}"


def _batches[T](rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
