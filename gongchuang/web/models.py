"""Complaints and suggestions about the platform itself (投诉建议): anybody may hand one in, with or without a name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongchuang.kernel.flow import Flow, Wait
from gongchuang.kernel.models import Record, RecordQuerySet
from gongchuang.kernel.secret import EncryptedField
from gongchuang.kernel.text import Text

ANSWER_DAYS = 5
"""Working days within which it is answered."""

FEEDBACK = Flow(
    "feedback",
    initial="received",
    states={"received": Text("待答复", "Awaiting answer"), "answered": Text("已答复", "Answered")},
    moves={"answer": ({"received"}, "answered")},
    waits={"received": Wait("answer", role="city", over="unit", working_days=ANSWER_DAYS)},
)


class Feedback(Record):
    """One complaint or suggestion, and its answer. The contact is encrypted; a name is not asked for."""

    desk_key: ClassVar = "feedback"

    no = models.CharField(max_length=24, unique=True)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    contact = EncryptedField(blank=True, default="")
    received_on = models.DateField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_on = models.DateField(null=True)
    state = FEEDBACK.field()

    objects = RecordQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text[:40]


class SavedView(models.Model):
    """A list as somebody wants it again (常用视图): its filters, order and columns under a name of their own.

    The one without a name holds only the columns that this account last chose for the list.
    """

    account_uid = models.UUIDField()
    desk = models.CharField(max_length=40)
    name = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_uid", "desk", "name"], name="view_name_once")]
