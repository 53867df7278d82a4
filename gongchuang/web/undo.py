"""Taking back a light act at once (撤销): a bar that stands ten seconds and presses the act that corrects it.

Only acts that the flow itself can correct are offered; what was done and what took it back both stay in the history.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongchuang.kernel import clock
from gongchuang.kernel.desk import Act, Desk
from gongchuang.kernel.text import Text

MARK = "undo "


@dataclass(frozen=True)
class Undo:
    """The act that corrects another, and what it must be told."""

    desk: str
    act: str
    values: Callable[[Any], dict[str, str]] = lambda subject: {}
    is_of_subject: bool = False  # it is asked of what the first act made, not of the record it was pressed on


def _mistake(attendance: Any) -> dict[str, str]:
    return {"enrolment": str(attendance.enrolment_id), "reason": str(Text("点错了，当即撤销", "A slip, undone at once"))}


UNDOS: dict[tuple[str, str], Undo] = {
    ("proposals", "adopt"): Undo("proposals", "take_back"),
    ("sessions", "tick"): Undo("sessions", "untick", _mistake),
    ("classes", "sign_up"): Undo("enrolments", "withdraw", is_of_subject=True),
    ("contests", "enter"): Undo("entries", "withdraw", is_of_subject=True),
}


def offer(desk: Desk, act: Act, record: Any, subject: Any) -> str:
    """The tag of a message that carries its undo, or nothing where the act is no light one."""
    undo = UNDOS.get((desk.key, act.name))
    target = subject if undo is not None and undo.is_of_subject else record
    if undo is None or target is None:
        return ""
    said = {"address": f"/{undo.desk}/{target.ref}/{undo.act}/", "values": undo.values(subject)}
    return MARK + json.dumps(said, ensure_ascii=True)


def read(tags: str) -> dict[str, Any] | None:
    """The undo that a message carries, with a key of its own."""
    if not tags.startswith(MARK):
        return None
    said: dict[str, Any] = json.loads(tags.removeprefix(MARK))
    return {**said, "key": str(clock.new_uid())}
