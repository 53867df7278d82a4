"""To-dos and messages as pages draw them (待办与消息): grouped by how pressing they are, each with its one button."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gongchuang.kernel import clock, notices, waiting
from gongchuang.kernel.text import Text
from gongchuang.web import desklist, looks

MOST = 100
GROUPS = (
    ("late", Text("逾期", "Overdue")),
    ("today", Text("今天", "Today")),
    ("week", Text("本周", "This week")),
    ("later", Text("其他", "Later")),
)


@dataclass(frozen=True)
class Task:
    """One thing to do: what, since when, by when, and the button that does it."""

    title: str
    from_whom: str
    due_on: date | None
    is_pressing: bool
    address: str
    button: str
    group: str
    status: str = ""
    tone: str = "btn-plain"


def task_of(row: Any, today: date) -> Task:
    desk = desklist.by_key().get(row.desk)
    act = desk.act(row.act) if desk is not None else None
    address = f"/{row.desk}/{row.ref}/" if desk is not None else "/me/todo/"
    group = group_of(row.due_on, today)
    return Task(
        title=row.title,
        from_whom=" · ".join(str(part) for part in (desk.one if desk else "", act.label if act else "", since(row.since_on)) if part),
        due_on=row.due_on,
        is_pressing=group in {"late", "today"},
        address=address,
        button=str(act.label) if act is not None else str(Text("打开", "Open")),
        group=group,
    )


def since(on: date) -> Text:
    day = looks.day_words(on)
    return Text(f"{day}起", f"since {day}")


def tasks_of(person: Any, most: int = MOST) -> list[Task]:
    today = clock.today()
    return [task_of(row, today) for row in waiting.of(person)[:most]]


def grouped(tasks: Iterable[Task]) -> list[tuple[Text, str, list[Task]]]:
    found = list(tasks)
    made = [(label, name, [one for one in found if one.group == name]) for name, label in GROUPS]
    return [group for group in made if group[2]]


@dataclass(frozen=True)
class Told:
    """One message."""

    text: str
    at: Any
    is_new: bool
    address: str


PAGES = frozenset({"org/people/import", "org/import/run", "exports"})
"""Pages that are no desk's, which a message may lead to."""


def told(person: Any, most: int = 100) -> list[tuple[date, list[Told]]]:
    """Messages by day, newest first."""
    days: dict[date, list[Told]] = {}
    for row in notices.of(person)[:most]:
        address = f"/{row.desk}/{row.ref}/" if row.ref and (row.desk in desklist.by_key() or row.desk in PAGES) else ""
        text = row.text_en if looks.is_english() and row.text_en else row.text_zh
        days.setdefault(row.at.astimezone(clock.ZONE).date(), []).append(Told(text, row.at, row.read_at is None, address))
    return list(days.items())


def group_of(due_on: date | None, today: date) -> str:
    if due_on is None:
        return "later"
    week_end = today + timedelta(days=6 - today.weekday())
    return "late" if due_on < today else "today" if due_on == today else "week" if due_on <= week_end else "later"


def grouped_by(cards: list[dict[str, Any]], today: date) -> list[tuple[Text, str, list[dict[str, Any]]]]:
    """Cards with a `due_on`, in the groups of the to-do list."""
    made = [(label, name, [one for one in cards if group_of(one["due_on"], today) == name]) for name, label in GROUPS]
    return [group for group in made if group[2]]
