"""Taking an import back within a week (撤销导入): each batch one action, one transaction, one Event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongchuang.kernel import touched
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import Event, Hands, Notice, Record, SearchWord, Waiting
from gongchuang.people import imports, roster_staging, rules
from gongchuang.people.imports import ImportRun
from gongchuang.people.models import Person, Post, SkillRecord, Unit, UnitPath

BATCH = 500


def undo_import(run: ImportRun, *, by: Person | None, key: str) -> ImportRun:
    """Take an import back within a week (撤销导入), the way it came in: at once, or batch by batch from the end."""
    run = ImportRun.objects.select_related("unit").get(pk=run.pk)
    run = take_back_batch(run, batch=run.batch, by=by, key=f"{key}:{run.batch}")
    while run.state == "undoing":
        run = take_back_batch(run, batch=run.batch, by=by, key=f"{key}:{run.batch}")
    return run


@action
def take_back_batch(run: ImportRun, *, batch: int, by: Person | None, key: str) -> ImportRun:
    """Take the last batch of an import back: new persons go, changed ones get their old values again.

    Whoever has acted or been changed since stays as they are, and the Event says how many.
    """
    if by is not None:
        rules.ENROL.require(by, run.unit)
    run = ImportRun.objects.select_for_update().select_related("unit").get(pk=run.pk)
    if run.state == "undone" or run.batch != batch:
        return run
    roster_staging.require_undoable(run)
    rows = run.rows.filter(number__lte=run.reached).exclude(outcome="wrong").order_by("-number")
    taken = list(rows if run.is_whole else rows[: imports.BATCH_ROWS])
    written = [undo for row in taken if (undo := row.read["undo"])]
    made = [undo for undo in written if undo["made"]]
    kept = _remove_persons(made) + _put_back([undo for undo in written if not undo["made"]])
    run.kept += kept
    run.reached = taken[-1].number - 1 if taken else 0
    run.batch = batch - 1 if taken and not run.is_whole else 0
    is_last = not rows.filter(number__lte=run.reached).exists()
    if is_last:
        _remove_units(run)
    run.state = "undone" if is_last else "undoing"
    run.save()
    record(by, "roster.undo", subject=run, key=key, batch=batch, persons=len(written) - kept, kept=kept)
    return run


def _remove_persons(made: Sequence[Mapping[str, Any]]) -> int:
    """Delete persons that only this import knows, with its posts and skill records; returns how many have to stay."""
    kept = 0
    for start in range(0, len(made), BATCH):
        batch = made[start : start + BATCH]
        posts = {pk for undo in batch for pk in undo["posts"]}
        skills = {pk for undo in batch for pk in undo["skills"]}
        persons = {undo["person"] for undo in batch}
        staying = _known_elsewhere(persons, posts, skills)
        kept += len(staying)
        gone = persons - staying
        _delete(Post, Post.objects.filter(pk__in=posts, person__in=gone))
        _delete(SkillRecord, SkillRecord.objects.filter(pk__in=skills, person__in=gone))
        _delete(Person, Person.objects.filter(pk__in=gone))
    return kept


def _known_elsewhere(persons: set[int], posts: set[int], skills: set[int]) -> set[int]:
    """Persons that were changed, have acted, or are named by any record but the import's own."""
    found = set(Person.objects.filter(pk__in=persons).exclude(version=1).values_list("pk", flat=True))
    own = {Post: posts, SkillRecord: skills}
    for relation in Person._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        rows = model._base_manager.filter(**{f"{name}__in": persons})
        if model in own:
            rows = rows.exclude(pk__in=own[model])
        found |= set(rows.values_list(name, flat=True))
    by_uid = dict(Person.objects.filter(pk__in=persons - found).values_list("uid", "pk"))
    for model, name in ((Event, "actor_uid"), (Notice, "person_uid"), (Hands, "person_uid"), (Waiting, "person_uid")):
        uids = model._base_manager.filter(**{f"{name}__in": by_uid}).values_list(name, flat=True)
        found |= {by_uid[uid] for uid in uids.distinct()}
    return found


def _delete(model: type[Record], rows: QuerySet[Any]) -> None:
    """Delete rows that nothing refers to: who does was asked for all of them at once, the database's keys stand behind."""
    table = model._meta.db_table
    pks = list(rows.values_list("pk", flat=True))
    model._base_manager.filter(pk__in=pks)._raw_delete(rows.db)
    SearchWord.objects.filter(table=table, pk_of_row__in=pks).delete()
    for pk in pks:
        touched.note_gone(table, pk)


def _put_back(changed: Sequence[Mapping[str, Any]]) -> int:
    """Give changed persons their old values, as long as nobody has changed them since."""
    kept = 0
    for undo in changed:
        person = Person.objects.get(pk=undo["person"])
        if person.version != undo["version"]:
            kept += 1
            continue
        for name, value in undo["before"].items():
            setattr(person, name, date.fromisoformat(value) if name in ("hired_on", "left_on") and value else value)
        person.save()
        for skill in SkillRecord.objects.filter(pk__in=undo["skills"]):
            skill.delete()
        for post in Post.objects.filter(pk__in=undo["posts"]):
            post.delete()
        for post in Post.objects.filter(pk__in=undo.get("ended", [])):
            post.end_on = None
            post.save()
    return kept


def _remove_units(run: ImportRun) -> None:
    """Remove the departments the import made, innermost first, if nothing stands in them."""
    for unit in Unit.objects.filter(pk__in=run.made_units).order_by("-path"):
        if unit.persons.exists() or unit.posts.exists() or unit.children.exists():
            continue
        _delete(UnitPath, unit.paths.all())
        _delete(Unit, Unit.objects.filter(pk=unit.pk))
