"""Rosters on their way in (导入暂存): staged rows, what a preview found, what undo needs. Working tables, not records.

A staged row keeps the file's own cells and everything read from them in one encrypted field; it goes when the week for
undoing is over. What an import did to units and persons is in its Event, as for every action.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from gongchuang.kernel import clock
from gongchuang.kernel.secret import EncryptedField
from gongchuang.kernel.text import Choices, Text

UNDO_DAYS = 7
AT_ONCE = 20_000  # rows written in one transaction
BATCH_ROWS = 5_000  # rows of a batch, where a file has more


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def by_ref(self, ref: str) -> ImportRun | None:
        """The import at an address, None where there is none."""
        try:
            return self.select_related("unit").filter(uid=ref).first()
        except ValidationError:
            return None


class ImportRun(models.Model):
    """One file of one unit: staged, then imported, perhaps undone (一次导入).

    More than AT_ONCE rows are brought in by batches, each whole by itself: `batch` counts them, `reached` is the last
    row of the file they took, `written` how many rows they wrote. Taking back goes the same way, from the end.
    """

    STATES: ClassVar = Choices(
        [
            ("staged", Text("待导入", "Not imported yet")),
            ("queued", Text("正在导入", "Being imported")),
            ("stopped", Text("导入中断", "Stopped half-way")),
            ("applied", Text("已导入", "Imported")),
            ("undoing", Text("正在撤销", "Being taken back")),
            ("undone", Text("已撤销", "Undone")),
        ]
    )

    uid = models.UUIDField(unique=True, default=clock.new_uid, editable=False)
    kind = models.CharField(max_length=10, default="people")
    about = models.CharField(max_length=40, blank=True)
    """What else the file is for: the number of the contest that marks belong to."""
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    started_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True)
    head = models.IntegerField(default=0)
    columns = models.JSONField(default=list)
    """The file's columns: {number, letter, heading, key, why, samples}."""
    repairs = models.JSONField(default=dict)
    """What the officer decided for a whole group: {group: {"do": map | create | blank | skip, "unit"…}}."""
    groups = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="staged")
    batch = models.IntegerField(default=0)
    reached = models.IntegerField(default=0)
    written = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    """Persons a taking back had to leave as they are."""
    made_units = models.JSONField(default=list)
    message = models.TextField(blank=True)
    made_at = models.DateTimeField(default=clock.now)
    applied_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "unit", "-id"], name="importrun_unit")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def ref(self) -> str:
        return str(self.uid)

    @property
    def state_text(self) -> str:
        return self.STATES.label(self.state)

    @property
    def mapping(self) -> dict[int, str]:
        return {column["number"]: column["key"] for column in self.columns if column["key"]}

    def headings(self) -> dict[str, str]:
        """The file's own heading of each column key, for messages."""
        return {column["key"]: column["heading"] or column["letter"] for column in self.columns if column["key"]}

    @property
    def can_undo(self) -> bool:
        return self.state in ("applied", "stopped") and self.applied_at is not None and clock.now() < self.undo_until

    @property
    def undo_until(self) -> Any:
        return (self.applied_at or clock.now()) + timedelta(days=UNDO_DAYS)

    @property
    def is_whole(self) -> bool:
        """Whether all rows are written in one transaction."""
        return int(self.counts.get("rows", 0)) <= AT_ONCE

    @property
    def importable(self) -> int:
        return int(self.counts.get("new", 0)) + int(self.counts.get("changed", 0))


class ImportRow(models.Model):
    """One row of the file: its cells, and after a check its outcome and findings (暂存行)."""

    OUTCOMES: ClassVar = Choices(
        [
            ("new", Text("新增", "New")),
            ("changed", Text("更新", "Changed")),
            ("same", Text("不变", "Same")),
            ("wrong", Text("有错", "Wrong")),
        ]
    )

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.IntegerField()
    outcome = models.CharField(max_length=8, blank=True)
    has_reminder = models.BooleanField(default=False)
    content = EncryptedField()
    """JSON: {"cells": […], "values": {…}, "faults": […], "reminders": […], "undo": {…}}."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="importrow_once")]
        indexes = [models.Index(fields=["run", "outcome", "number"], name="importrow_outcome")]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.number}"

    @property
    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.content)
        return found


class ColumnMemory(models.Model):
    """Which heading means what in a unit's own rosters (记住的列对应)."""

    unit = models.OneToOneField("people.Unit", models.CASCADE, related_name="+")
    columns = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.unit_id)
