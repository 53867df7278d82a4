"""What the tally keeps, and the few numbers that come from outside (数据): facts, rolls, observations, references."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce

from gongchuang.indicators import flow
from gongchuang.indicators.scope import is_heavy
from gongchuang.kernel.models import Record, RecordQuerySet
from gongchuang.kernel.period import Period
from gongchuang.people import unit as tree
from gongchuang.people.models import Person, Unit

RECORDED, CERTIFIED, CLAIMED, HISTORIC = 0, 1, 2, 3
PART_NAMES = {RECORDED: "recorded", CERTIFIED: "certified", CLAIMED: "claimed", HISTORIC: "historic"}
VALUED = (RECORDED, CERTIFIED)  # the parts that make a figure's value; historic observations are added, claims never

MONTH, YEAR, PERSONS_QUARTER, PERSONS_YEAR, EVER = 0, 1, 2, 3, 4


class FactQuerySet(models.QuerySet["Fact"]):
    def inside(self, path: int) -> FactQuerySet:
        """Facts of a unit and everything below it.

        For a city or district the range is no use to an index: most facts lie in it, and a planner that took it would
        sort them all. So it is written in a form that no index answers, and the day or the record leads instead.
        """
        if is_heavy(path):
            return self.alias(place=F("path") + 0).filter(place__range=tree.span(path))
        return self.filter(path__range=tree.span(path))

    def of(self, path: int, start: date, end: date, *, by_record: bool = False) -> FactQuerySet:
        """Facts of a unit in [start, end). A city's are found by day, or by record where a list is in that order; those
        of a small unit by its path, so there the days are written in a form that no index answers."""
        if is_heavy(path) and not by_record:
            return self.inside(path).filter(day__gte=start, day__lt=end)
        return self.inside(path).alias(on=Coalesce(F("day"), F("day"))).filter(on__gte=start, on__lt=end)


class Fact(models.Model):
    """One dated contribution of one record to one measure (事实): derived, replaced whenever the record changes."""

    measure = models.SmallIntegerField()
    part = models.SmallIntegerField(default=RECORDED)
    path = models.BigIntegerField()
    day = models.DateField()
    src = models.BigIntegerField()
    value = models.BigIntegerField()
    person = models.BigIntegerField(null=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["measure", "src"], name="fact_record"),
            models.Index(fields=["measure", "path", "day"], name="fact_scope"),
            models.Index(fields=["measure", "day", "src"], name="fact_day"),
            models.Index(fields=["measure", "person"], condition=models.Q(person__isnull=False), name="fact_person"),
        ]


class First(models.Model):
    """A person's first fact in a scope and time (首次): what makes people countable by adding."""

    measure = models.SmallIntegerField()
    grain = models.SmallIntegerField()  # PERSONS_QUARTER, PERSONS_YEAR or EVER
    node = models.BigIntegerField()
    starts = models.DateField()
    person = models.BigIntegerField()
    day = models.DateField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["measure", "person"], name="first_person"),
            models.Index(fields=["measure", "grain", "node", "day"], name="first_scope"),
        ]


class Roll(models.Model):
    """The sum of a measure's facts for one big unit in one month or year (汇总): derived."""

    measure = models.SmallIntegerField()
    part = models.SmallIntegerField()
    node = models.BigIntegerField()
    grain = models.SmallIntegerField()
    starts = models.DateField()
    records = models.BigIntegerField(default=0)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["node", "measure", "grain", "starts", "part"], name="roll_once"),
        ]


class Watermark(models.Model):
    """How far the tally has read the chain of Events (水位), and which definitions its facts were made by."""

    seq = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)
    versions = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="watermark_one")]


class ObservationQuerySet(RecordQuerySet["Observation"]):
    def confirmed(self) -> ObservationQuerySet:
        """Observations a second person has confirmed: only these count."""
        return self.filter(state="confirmed")


class Observation(Record):
    """A number that was not counted here (填报值): from before the platform, or measured, with its source document."""

    desk_key: ClassVar = "observations"

    key = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="observations")
    start_on = models.DateField()
    last_on = models.DateField()
    value = models.BigIntegerField()
    basis = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200)
    source_no = models.CharField(max_length=60, blank=True)
    source_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    state = flow.OBSERVATION.field()
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="observations_entered")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="observations_confirmed")

    objects = ObservationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(value__gte=0), name="observation_not_negative"),
            models.CheckConstraint(condition=models.Q(last_on__gte=models.F("start_on")), name="observation_period"),
            models.CheckConstraint(condition=~models.Q(source=""), name="observation_source"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("entered_by")),
                name="observation_two_persons",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["key", "unit"], name="observation_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.period}"

    @property
    def period(self) -> Period:
        return Period.parse(f"{self.start_on}..{self.last_on}")


class Reference(Record):
    """A benchmark published by somebody else (参照值), with its vintage: the same year is published more than once."""

    key = models.CharField(max_length=60)
    year = models.IntegerField()
    value = models.BigIntegerField()
    basis = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200)
    published_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "year", "published_on"], name="reference_vintage"),
            models.CheckConstraint(condition=models.Q(value__gt=0), name="reference_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.year}"
