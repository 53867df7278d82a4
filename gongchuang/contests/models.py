"""Contests, who enters, who judges, and the marks (竞赛、报名、评委、评分表)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from gongchuang.contests import flow
from gongchuang.contests.presets import ENTRANTS, KINDS, LEVELS, TAGS
from gongchuang.contests.prizes import Prize, read_prizes
from gongchuang.contests.scheme import Rules, read_rules
from gongchuang.kernel.models import Record, RecordQuerySet
from gongchuang.people.models import HIGH_SKILLED, LEVEL_CHOICES, Person, Unit


class ContestQuerySet(RecordQuerySet["Contest"]):
    def public(self) -> Self:
        """Contests that have been announced."""
        return self.exclude(state="draft")

    def taking_entries(self) -> Self:
        return self.filter(state="open")


class Contest(Record):
    """A skill or labour contest (竞赛): its rules are sealed when it is announced, its ranks when they are released."""

    desk_key: ClassVar = "contests"
    searched: ClassVar = ("no", "title", "trade")

    no = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=KINDS.choices)
    level = models.CharField(max_length=16, choices=LEVELS.choices)
    tags = models.JSONField(default=list)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="contests")
    trade = models.CharField(max_length=60, blank=True)
    occupation_code = models.CharField(max_length=20, blank=True)
    entrants = models.CharField(max_length=8, choices=ENTRANTS.choices, default="person")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    held_on = models.DateField()
    rules = models.JSONField()
    rules_version = models.CharField(max_length=16, blank=True)
    prizes = models.JSONField(default=list)
    chief = models.ForeignKey(Person, models.PROTECT, null=True, related_name="contests_led")
    higher = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="lower")
    places_up = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="contests_created")
    state = flow.CONTEST.field()
    signed_at = models.DateTimeField(null=True)
    marks_version = models.CharField(max_length=16, blank=True)
    released_on = models.DateField(null=True)
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="contests_released")

    objects = ContestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="contest_window"),
            models.CheckConstraint(condition=Q(held_on__gte=F("opens_on")), name="contest_held_after"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="contest_kind"),
            models.CheckConstraint(condition=Q(level__in=list(LEVELS)), name="contest_level"),
            models.CheckConstraint(condition=Q(entrants__in=list(ENTRANTS)), name="contest_entrants"),
            models.CheckConstraint(
                condition=~Q(state="released") | (Q(released_on__isnull=False) & ~Q(marks_version="")),
                name="contest_release_is_frozen",
            ),
            models.CheckConstraint(condition=Q(released_by__isnull=True) | ~Q(released_by=F("chief")), name="contest_two_hands"),
        ]

    def __str__(self) -> str:
        return self.title

    def scheme(self) -> Rules:
        """The marking rules, checked."""
        return read_rules(self.rules)

    def prize_table(self) -> tuple[Prize, ...]:
        return read_prizes(self.prizes)

    def tag_labels(self) -> str:
        return "、".join(TAGS.label(tag) for tag in self.tags)


class Panelist(Record):
    """A judge of a contest (评委)."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="panel")
    person = models.ForeignKey(Person, models.PROTECT, related_name="panels")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contest", "person"], name="panelist_once")]

    def __str__(self) -> str:
        return f"{self.contest} {self.person}"


class EntryQuerySet(RecordQuerySet["Entry"]):
    def standing(self) -> Self:
        return self.exclude(state="withdrawn")

    def placed(self) -> Self:
        return self.filter(state="placed")


class Entry(Record):
    """An entry (报名): a person, a team, or a unit with its product. Judges know it by its blind code alone."""

    desk_key: ClassVar = "entries"

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="entries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="entries")
    name = models.CharField(max_length=80)
    product = models.CharField(max_length=80, blank=True)
    code = models.PositiveIntegerField(null=True)
    state = flow.ENTRY.field()
    veto_reason = models.CharField(max_length=200, blank=True)
    rank = models.PositiveIntegerField(null=True)
    score = models.CharField(max_length=16, blank=True)
    score_exact = models.CharField(max_length=80, blank=True)
    prize = models.CharField(max_length=40, blank=True)
    prize_fen = models.BigIntegerField(default=0)
    source = models.OneToOneField("self", models.PROTECT, null=True, related_name="advanced")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="entries_made")
    entered_on = models.DateField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "code"], name="entry_code_once"),
            models.UniqueConstraint(
                fields=["contest", "unit", "name", "product"],
                condition=~Q(state="withdrawn") & ~Q(product=""),
                name="entry_product_once",
            ),
            models.CheckConstraint(
                condition=(Q(state="placed") & Q(rank__gte=1)) | (~Q(state="placed") & Q(rank__isnull=True)),
                name="entry_rank_when_placed",
            ),
            models.CheckConstraint(condition=Q(prize_fen__gte=0), name="entry_prize_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.shown_name} {self.product}".strip()

    @property
    def shown_name(self) -> str:
        """The name that anybody may read: a single person's is masked unless the person agreed to be shown."""
        alone = self.entrants.all() if self.contest.entrants == "person" and self.pk else ()
        return next((one.person.name if one.person.is_public else one.person.masked_name for one in alone), self.name)


class EntrantQuerySet(RecordQuerySet["Entrant"]):
    def high_skilled_selected(self) -> Self:
        """Persons whom a released contest selected with a prize and who hold, or are recommended for, 高级工 and above."""
        return self.filter(entry__state="placed", selected_level__gte=HIGH_SKILLED).exclude(entry__prize="")


class Entrant(Record):
    """A person in an entry (参赛人), with the unit and the skill level of the day."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="persons")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="entrants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="contest_entries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="contest_entrants")
    is_standing = models.BooleanField(default=True)
    level_then = models.SmallIntegerField(default=0, choices=LEVEL_CHOICES)
    selected_level = models.SmallIntegerField(default=0, choices=LEVEL_CHOICES)

    objects = EntrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "person"], condition=Q(is_standing=True), name="entrant_once_a_contest"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Recusal(Record):
    """A judge who stands back from an entry (回避): from the own unit by rule, else as declared."""

    REASONS: ClassVar = ("own_unit", "declared")

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="recusals")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="recusals")
    judge = models.ForeignKey(Person, models.PROTECT, related_name="recusals")
    ground = models.CharField(max_length=12)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "judge"], name="recusal_once")]


class ScoreSheetQuerySet(RecordQuerySet["ScoreSheet"]):
    def current(self) -> Self:
        """Sheets that count or may still count."""
        return self.filter(state__in=["open", "locked"])

    def open(self) -> Self:
        return self.filter(state="open")


class ScoreSheet(Record):
    """One judge's sheet for one blind code (评分表). Locked sheets never change: a new edition takes their place."""

    desk_key: ClassVar = "sheets"

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="sheets")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sheets")
    judge = models.ForeignKey(Person, models.PROTECT, related_name="score_sheets")
    code = models.PositiveIntegerField()
    edition = models.PositiveSmallIntegerField(default=1)
    state = flow.SHEET.field()
    note = models.CharField(max_length=300, blank=True)
    saved_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    reopened_reason = models.CharField(max_length=200, blank=True)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "judge", "edition"], name="sheet_edition_once"),
            models.UniqueConstraint(fields=["entry", "judge"], condition=Q(state__in=["open", "locked"]), name="sheet_one_counts"),
            models.CheckConstraint(condition=~Q(state="locked") | Q(locked_at__isnull=False), name="sheet_locked_has_moment"),
        ]
        indexes = [models.Index(fields=["judge", "state", "contest", "code"], name="sheet_judge")]

    def __str__(self) -> str:
        return f"{self.contest.title} {self.code}号"

    @property
    def unit(self) -> Unit:
        """Where its Events happen: at the organiser, never at the entrant's."""
        return self.contest.unit


class Mark(Record):
    """One mark of one aspect (得分), in thousandths. The database refuses any change once its sheet is locked."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="marks")
    aspect = models.CharField(max_length=40)
    thousandths = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "aspect"], name="mark_once"),
            models.CheckConstraint(condition=Q(thousandths__gte=0), name="mark_not_negative"),
        ]

    @property
    def value(self) -> Fraction:
        return Fraction(self.thousandths, 1000)
