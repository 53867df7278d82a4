"""Selection (评选): rounds, who is recommended, what is objected, and what naming grants."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from gongchuang.honours import flow
from gongchuang.kernel.models import Record, RecordQuerySet
from gongchuang.people.models import Grant, Person, Title, Unit
from gongchuang.results.models import Result


class SelectionRound(Record):
    """One selection (评选) of one title in one year: recommended, made public, named, prizes paid."""

    desk_key: ClassVar = "rounds"
    searched: ClassVar = ("no", "name")

    no = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    title = models.ForeignKey(Title, models.PROTECT, related_name="rounds")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rounds")
    """Who holds it and pays the prizes."""
    issuers = models.CharField(max_length=80)
    """Who grants, as printed on the document; several are parted by 、."""
    quota = models.PositiveSmallIntegerField()
    publicity_days = models.PositiveSmallIntegerField(default=5)
    """Working days of public notice (公示)."""
    prize_fen = models.BigIntegerField(default=0)
    opened_on = models.DateField()
    recommend_until = models.DateField()
    public_from = models.DateField(null=True)
    public_until = models.DateField(null=True)
    """The last day on which an objection is taken; named after it."""
    named_on = models.DateField(null=True)
    document_no = models.CharField(max_length=60, blank=True)
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    named_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = flow.ROUND.field()

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["unit", "title", "year", "name"], condition=~Q(state="cancelled"), name="round_once_a_year"),
            CheckConstraint(condition=Q(quota__gte=1), name="round_quota"),
            CheckConstraint(condition=Q(publicity_days__range=(1, 30)), name="round_publicity_days"),
            CheckConstraint(condition=Q(prize_fen__gte=0), name="round_prize"),
            CheckConstraint(condition=Q(recommend_until__gte=F("opened_on")), name="round_recommend_until"),
            CheckConstraint(
                condition=~Q(state__in=["public", "named", "settled"]) | Q(public_until__gt=F("public_from")),
                name="round_was_public",
            ),
            CheckConstraint(
                condition=~Q(state__in=["named", "settled"]) | (Q(named_on__gt=F("public_until")) & ~Q(document_no="")),
                name="round_named_after_notice",
            ),
            CheckConstraint(condition=Q(named_by__isnull=True) | ~Q(named_by=F("published_by")), name="round_named_by_another"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def holder(self) -> str:
        return self.title.holder

    def open_objections(self) -> int:
        """How many objections are not answered yet."""
        return Objection.objects.filter(nomination__round=self, state="lodged").count()


class NominationQuerySet(RecordQuerySet["Nomination"]):
    def named(self) -> Self:
        return self.filter(state="named")

    def results_named(self) -> Self:
        """Results selected (评选出的成果)."""
        return self.named().filter(result__isnull=False)


class Nomination(Record):
    """A recommended person, team or result (推荐对象) and what became of it."""

    desk_key: ClassVar = "nominations"

    no = models.CharField(max_length=20, unique=True)
    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="nominations")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="nominations")
    collective = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="collective_nominations")
    result = models.ForeignKey(Result, models.PROTECT, null=True, related_name="nominations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="nominations")
    """The unit of the nominee; figures follow it."""
    deeds = models.CharField(max_length=500)
    recommended_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recommended_on = models.DateField()
    named_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)
    grant = models.OneToOneField(Grant, models.PROTECT, null=True, related_name="nomination")
    state = flow.NOMINATION.field()

    objects = NominationQuerySet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(person__isnull=False, collective__isnull=True, result__isnull=True)
                | Q(person__isnull=True, collective__isnull=False, result__isnull=True)
                | Q(person__isnull=True, collective__isnull=True, result__isnull=False),
                name="nomination_of_one",
            ),
            *(
                UniqueConstraint(
                    fields=["round", kind],
                    condition=Q(**{f"{kind}__isnull": False}) & ~Q(state="withdrawn"),
                    name=f"nomination_{kind}_once",
                )
                for kind in ("person", "collective", "result")
            ),
            CheckConstraint(
                condition=~Q(state__in=["named", "revoked"]) | Q(named_on__isnull=False, grant__isnull=False),
                name="nomination_named_by_a_grant",
            ),
            CheckConstraint(
                condition=Q(state="revoked", revoked_on__isnull=False) | (~Q(state="revoked") & Q(revoked_on__isnull=True)),
                name="nomination_revoked_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nominee}"

    @property
    def nominee(self) -> Person | Unit | Result:
        found = self.person or self.collective or self.result
        assert found is not None
        return found

    @property
    def source(self) -> str:
        """The business fact its prizes are owed for."""
        return f"nomination:{self.uid}"


class Objection(Record):
    """An objection (异议) during the public notice, by somebody who gives their name; answered by an organiser."""

    desk_key: ClassVar = "objections"

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="objections")
    lodged_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    lodged_on = models.DateField()
    text = models.CharField(max_length=500)
    reply = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    state = flow.OBJECTION.field()

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["nomination", "lodged_by"], condition=Q(state="lodged"), name="objection_once"),
            CheckConstraint(
                condition=Q(state="lodged", decided_on__isnull=True) | (~Q(state="lodged") & Q(decided_on__isnull=False) & ~Q(reply="")),
                name="objection_decided_with_reply",
            ),
            CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("lodged_by")), name="objection_other_eyes"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination} {self.text[:20]}"

    @property
    def unit(self) -> Unit:
        return self.nomination.round.unit
