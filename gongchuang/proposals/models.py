"""Proposals (合理化建议): what is wrong, and what to do about it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from gongchuang.kernel.models import Record, RecordQuerySet
from gongchuang.people.models import Person, Unit
from gongchuang.proposals import flow

ADOPTED = ["adopted", "under_way", "implemented", "resulted", "closed"]
"""States of proposals that were adopted, whatever became of them since."""


class ProposalQuerySet(RecordQuerySet["Proposal"]):
    def counted(self) -> Self:
        """Proposals that public figures count: handed in and not taken back, whatever became of them."""
        return self.exclude(state="withdrawn")

    def adopted(self) -> Self:
        return self.filter(state__in=ADOPTED)


class Proposal(Record):
    """A worker's rationalisation proposal (合理化建议)."""

    desk_key: ClassVar = "proposals"
    searched: ClassVar = ("no", "title", "problem", "idea")

    no = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=80)
    problem = models.CharField(max_length=500)
    idea = models.CharField(max_length=500)
    author = models.ForeignKey(Person, models.PROTECT, related_name="proposals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="proposals")
    handler = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """The unit whose officer has it since it was passed on."""
    category = models.CharField(max_length=12, choices=flow.CATEGORIES.choices, default="other")
    place = models.CharField(max_length=80, blank=True)
    expected_saving_fen = models.BigIntegerField(null=True)
    state = flow.PROPOSAL.field()
    submitted_on = models.DateField()
    replied_on = models.DateField(null=True)
    adopted_on = models.DateField(null=True)
    implemented_on = models.DateField(null=True)
    decline_reason = models.CharField(max_length=12, blank=True, choices=flow.DECLINE_REASONS.choices)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "submitted_on"], name="proposal_unit_day"),
            models.Index(fields=["submitted_on", "id"], name="proposal_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(decline_reason=""), name="proposal_declined_with_reason"),
            models.CheckConstraint(condition=Q(expected_saving_fen=None) | Q(expected_saving_fen__gte=0), name="proposal_saving_positive"),
        ]

    def __str__(self) -> str:
        return self.title


class Coauthor(Record):
    """A colleague who thought of it together with the author (合作人)."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="coauthors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="coauthor_once")]


class Remark(Record):
    """A line of the conversation about a proposal (往来): a question, an answer, a reason."""

    KINDS: ClassVar = [(kind, kind) for kind in ("ask", "answer", "reason", "note")]

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="remarks")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=KINDS)
    text = models.CharField(max_length=500)
    at = models.DateTimeField()
