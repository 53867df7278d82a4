"""Lists that were taken away as files (导出留痕): who, which list, how many rows. The rows themselves are not kept here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import Event
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person

KEPT_DAYS: Final = 7


ACTIONS: Final = ("people.export", "list.export")


@dataclass(frozen=True)
class Taken:
    """What was taken: the list, its filters, how many rows, as what; where the file waits, when it was made behind a page."""

    desk: str
    filters: Mapping[str, str]
    count: int
    form: str
    has_persons: bool = True
    file_name: str = ""
    stored_as: str = ""


@action
def note_export(person: Person, *, taken: Taken, by: Person, key: str) -> Person:
    """A list left the system as a file (导出名单). What was searched for may be a name: the filters say only that it was."""
    if by.pk != person.pk:
        raise Refused(Text("导出只能记在本人名下。", "An export is written down for whoever makes it."))
    record(by, ACTIONS[0] if taken.has_persons else ACTIONS[1], subject=person, key=key, **asdict(taken))
    return person


def waiting_file(uid: UUID, person: Person) -> tuple[Path, str] | None:
    """The file that was made for a person, and its name; nobody else's, and none after its week."""
    event = Event.objects.filter(uid=uid, action__in=ACTIONS, actor_uid=person.uid).first()
    if event is None or not event.facts["stored_as"] or event.at < clock.now() - timedelta(days=KEPT_DAYS):
        return None
    path = folder() / event.facts["stored_as"]
    return (path, event.facts["file_name"]) if path.is_file() else None


def exported(person: Person, stored_as: str) -> Event | None:
    """The Event of a file that is made already: a task that runs twice makes it once."""
    return Event.objects.filter(action__in=ACTIONS, actor_uid=person.uid, facts__stored_as=stored_as).first()


def person_behind(uid: str) -> Person | None:
    """Whoever a task works for, as long as they are still on a roster."""
    return Person.objects.filter(uid=uid, is_active=True).select_related("unit").first()


def folder() -> Path:
    """Where files wait; on the disk of the city's data, never in a temporary folder others may read."""
    path: Path = settings.MEDIA_ROOT / "exports"
    path.mkdir(parents=True, exist_ok=True)
    return path


def stamp(file: Path) -> None:
    """A waiting file's age goes by the city's clock."""
    now = clock.now().timestamp()
    os.utime(file, (now, now))


def forget_old() -> int:
    """Delete the files nobody may fetch any more."""
    over = (clock.now() - timedelta(days=KEPT_DAYS)).timestamp()
    gone = [path for path in folder().iterdir() if path.stat().st_mtime < over]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def facts_of(filters: Mapping[str, Any]) -> dict[str, str]:
    """The filters of a list as they are written down: a search only as that there was one."""
    return {name: "…" if name == "q" else str(value)[:60] for name, value in filters.items() if value}
