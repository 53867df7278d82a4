"""Two editors of one record (版本): a record's ETag, and the If-Match by which a program says which version it read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongchuang.api.schema import record_json
from gongchuang.api.tokens import Caller
from gongchuang.kernel import history
from gongchuang.kernel.desk import Desk
from gongchuang.kernel.errors import Stale
from gongchuang.kernel.text import Text
from gongchuang.web import shown


class Changed(Stale):
    """The record is no longer the version that the program read (412): how it stands now, and what was done last."""

    status = 412

    def __init__(self, current: dict[str, Any], version: str, last: dict[str, Any] | None) -> None:
        super().__init__(
            Text("您读取之后，别人改过这条记录，请看过再办。", "Somebody has changed this record since you read it. Please look again.")
        )
        self.current, self.version, self.last = current, version, last


def tag(record: Any) -> str:
    """The record's ETag: its version in quotes."""
    return f'"{record.version}"'


def require(request: HttpRequest, desk: Desk, record: Any, caller: Caller, key: str) -> None:
    """Refuse an act on another version than the caller names, unless this very press was done before."""
    said = request.headers.get("If-Match", "").strip()
    if not said or said == "*" or tag(record) in {one.strip().removeprefix("W/") for one in said.split(",")}:
        return
    if history.was_done(caller.person, key):
        return
    lines = shown.timeline(list(shown.events_of(record, limit=1)), caller.person)
    last = {"label": str(lines[0]["label"]), "actor": str(lines[0]["actor"]), "at": lines[0]["at"].isoformat()} if lines else None
    raise Changed(record_json(desk.table, record, caller.person), tag(record), last)
