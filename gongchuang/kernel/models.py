"""What the kernel remembers: who did what to which rows and when, who must act next, who was told."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations

from gongchuang.kernel import clock, statements, touched
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.secret import EncryptedField
from gongchuang.kernel.text import Text


class Event(models.Model):
    """One act (事件): written once by record(), never changed."""

    uid = models.UUIDField(unique=True, default=clock.new_uid, editable=False)
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    actor_uid = models.UUIDField(null=True)
    subject_table = models.CharField(max_length=63)
    subject_pk = models.BigIntegerField()
    unit_path = models.BigIntegerField(null=True)
    unit_code = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=64, unique=True, null=True)
    request_digest = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)
    row_count = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["subject_table", "subject_pk", "id"], name="event_subject"),
            models.Index(fields=["actor_uid", "id"], name="event_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_table}:{self.subject_pk}"


class EventRow(models.Model):
    """What one row looked like after an Event: the keyed digest of its protected columns, empty when it is gone."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="rows")
    table = models.CharField(max_length=63)
    pk_of_row = models.BigIntegerField(db_column="row_pk")
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["table", "pk_of_row", "id"], name="eventrow_row")]


class Seal(models.Model):
    """The place of an Event in the one chain (封签): sequence, hash of the one before, own hash."""

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="seal")
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)


class Waiting(models.Model):
    """Who must act next on a record, and by when (待办): at most one row a record, kept by Flow.move()."""

    table = models.CharField(max_length=63)
    pk_of_row = models.BigIntegerField(db_column="row_pk")
    desk = models.CharField(max_length=40)
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=200, blank=True)
    act = models.CharField(max_length=40)
    role = models.CharField(max_length=20, blank=True)
    path = models.BigIntegerField(null=True)
    person_uid = models.UUIDField(null=True)
    since_on = models.DateField()
    due_on = models.DateField(null=True)
    is_escalated = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "pk_of_row"], name="waiting_once")]
        indexes = [
            models.Index(fields=["role", "path", "due_on"], name="waiting_scope"),
            models.Index(fields=["person_uid", "due_on"], name="waiting_person"),
            models.Index(fields=["due_on"], name="waiting_due"),
        ]


class Notice(models.Model):
    """A message to one person about one Event (消息)."""

    person_uid = models.UUIDField()
    event = models.ForeignKey(Event, models.PROTECT, related_name="notices")
    text_zh = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)
    desk = models.CharField(max_length=40, blank=True)
    ref = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person_uid", "read_at", "-id"], name="notice_person")]


class Hands(models.Model):
    """Four eyes in the database (四眼): one person has one part on one record."""

    PARTS: ClassVar = [(part, part) for part in ("maker", "checker", "certifier", "payer")]

    table = models.CharField(max_length=63)
    pk_of_row = models.BigIntegerField(db_column="row_pk")
    person_uid = models.UUIDField()
    part = models.CharField(max_length=10, choices=PARTS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "pk_of_row", "person_uid"], name="hands_one_part"),
            models.CheckConstraint(condition=models.Q(part__in=["maker", "checker", "certifier", "payer"]), name="hands_part"),
        ]


class FlowMove(models.Model):
    """A move that a flow allows; the database's guard reads this table."""

    flow = models.CharField(max_length=40)
    source = models.CharField(max_length=24)
    target = models.CharField(max_length=24)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["flow", "source", "target"], name="flowmove_once")]


class Counter(models.Model):
    """The last number given in a series and year (编号); gaps are allowed, doubles are not."""

    kind = models.CharField(max_length=12)
    year = models.IntegerField()
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="counter_once")]


class RecordQuerySet[R: models.Model](models.QuerySet[R]):
    def by_ref(self, ref: str) -> Self:
        """The record behind an address: its number, or its uid."""
        if "\0" in ref:  # PostgreSQL takes none
            return self.none()
        has_number = any(field.name == "no" for field in self.model._meta.fields)
        if has_number and "-" in ref and len(ref) < 36:
            return self.filter(no=ref)
        try:
            return self.filter(uid=ref)
        except (ValueError, ValidationError):
            return self.none()


@lru_cache(maxsize=256)
def _bounds(model: type[models.Model]) -> tuple[list[tuple[str, int]], list[tuple[str, int, int]]]:
    """What a row's columns can hold: characters of texts, least and most of whole numbers."""
    fields = [field for field in model._meta.concrete_fields if not field.is_relation and not field.primary_key]
    texts = [(field.attname, field.max_length) for field in fields if isinstance(field, models.CharField) and field.max_length]
    ranges = BaseDatabaseOperations.integer_field_ranges  # those of PostgreSQL; SQLite alone would keep more
    numbers = [(field.attname, *ranges[field.get_internal_type()]) for field in fields if isinstance(field, models.IntegerField)]
    return texts, numbers


def check_fits(record: models.Model) -> None:
    """Refuse what a column cannot hold, before the database does: one engine would fail, the other keep it."""
    texts, numbers = _bounds(type(record))
    for name, most in texts:
        value = getattr(record, name)
        if isinstance(value, str) and len(value) > most:
            said = Text(f"这一项最多 {most} 个字，现在 {len(value)} 个。", f"At most {most} characters; these are {len(value)}.")
            raise Refused(said, field=name)
    for name, low, high in numbers:
        value = getattr(record, name)
        if isinstance(value, int) and not low <= value <= high:
            raise Refused(Text("这个数太大，存不下。请核对。", "This number is too large to be kept. Please check it."), field=name)


class Record(models.Model):
    """The base of every domain noun (记录): saved rows are noted for the Event of the running action."""

    unprotected: ClassVar[frozenset[str]] = frozenset()

    uid = models.UUIDField(unique=True, default=clock.new_uid, editable=False)
    version = models.IntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def ref(self) -> str:
        return str(getattr(self, "no", "") or self.uid)

    def save(self, *args: Any, **options: Any) -> None:
        check_fits(self)
        self.version += 1
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "version"}
        super().save(*args, **options)
        touched.note(self)

    def delete(self, *args: Any, **options: Any) -> Any:
        table, pk = self._meta.db_table, self.pk
        gone = super().delete(*args, **options)
        touched.note_gone(table, pk)
        return gone


class Holiday(Record):
    """The city's own correction to the working calendar (节假日与调休): a day off, or a day made up for."""

    desk_key: ClassVar[str] = "calendar"

    on = models.DateField(unique=True)
    is_working = models.BooleanField()
    name = models.CharField(max_length=40, blank=True)

    objects = RecordQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.name}".strip()


class Attachment(Record):
    """A file that belongs to a record (附件): stored under a random name, known by its content's hash."""

    table = models.CharField(max_length=63, blank=True)
    pk_of_row = models.BigIntegerField(db_column="row_pk", null=True)
    part = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80)
    owner_uid = models.UUIDField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["table", "pk_of_row"], name="attachment_row")]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """What somebody is still writing (草稿), kept on the server under the key it will be handed in with."""

    account_uid = models.UUIDField()
    key = models.CharField(max_length=64)
    form = models.CharField(max_length=80)
    content = EncryptedField(default="{}")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_uid", "key"], name="draft_once")]
        indexes = [models.Index(fields=["account_uid", "form"], name="draft_form")]


class SearchWord(models.Model):
    """A token of a record's searchable text (检索词): single characters and pairs, so that any Chinese word is found."""

    token = models.CharField(max_length=24)
    table = models.CharField(max_length=63)
    pk_of_row = models.BigIntegerField(db_column="row_pk")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "table", "pk_of_row"], name="searchword_once")]
        indexes = [models.Index(fields=["table", "pk_of_row"], name="searchword_row")]


def next_number(kind: str, year: int) -> str:
    """The next number of a series, e.g. JY-2026-00001; taken last in an action, since it locks the series' row."""
    return f"{kind}-{year}-{statements.next_in(kind, year):05d}"


def due_on(day: date, working_days: int) -> date:
    """The day by which an answer is due, by the city's own calendar."""
    corrections = dict(Holiday.objects.filter(on__gt=day).values_list("on", "is_working"))
    return clock.add_working_days(day, working_days, corrections)
