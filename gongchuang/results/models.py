"""The nouns of results: what was achieved, by whom, what it brought each year, and where it was taken up."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q, Sum

from gongchuang.kernel.models import Attachment, Record, RecordQuerySet
from gongchuang.kernel.period import Period
from gongchuang.kernel.text import Choices, Text
from gongchuang.people.models import Person, Unit
from gongchuang.proposals.models import Proposal
from gongchuang.results import benefit, flow
from gongchuang.results.benefit import Line

KINDS = Choices(
    [
        ("technical_innovation", Text("技术革新", "Technical innovation")),
        ("proposal", Text("合理化建议", "Rationalisation proposal")),
        ("invention", Text("发明创造", "Invention")),
        ("operating_method", Text("先进操作法", "Advanced operating method")),
        ("patent", Text("专利", "Patent")),
    ]
)
LINE_KINDS = Choices(
    [
        (benefit.SAVING, Text("节支", "Saving")),
        (benefit.GAIN, Text("增收", "Gain")),
        (benefit.COST, Text("投入", "Cost")),
    ]
)
PATENT_KINDS = Choices(
    [
        ("invention", Text("发明专利", "Invention patent")),
        ("utility_model", Text("实用新型", "Utility model")),
        ("design", Text("外观设计", "Design")),
    ]
)
CERTIFIED = ("certified", "audited")
"""States in which finance stands behind a benefit."""
GONE = ("overturned", "withdrawn")
"""States in which a benefit makes way for another of the same year."""


class ResultQuerySet(RecordQuerySet["Result"]):
    def counted(self) -> Self:
        """Results that public figures count: recognised and not revoked."""
        return self.filter(state="recognised")


class Result(Record):
    """Something achieved (创新成果): from a proposal, entered directly or imported; one of five kinds."""

    desk_key: ClassVar = "results"
    searched: ClassVar = ("no", "title", "problem", "solution")

    no = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=24, choices=KINDS.choices)
    title = models.CharField(max_length=100)
    problem = models.TextField(max_length=1000)
    solution = models.TextField(max_length=2000)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="results")
    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="results_registered")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="results", null=True, blank=True)
    derived_from = models.ForeignKey("self", models.PROTECT, related_name="derived", null=True, blank=True)
    used_from_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField()
    recognised_on = models.DateField(null=True, blank=True)
    social_effect = models.CharField(max_length=300, blank=True)
    is_confidential = models.BooleanField(default=False)
    source = models.CharField(max_length=60, blank=True)
    state = flow.RESULT.field()

    objects = ResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="result_kind"),
            models.CheckConstraint(condition=Q(recognised_on__isnull=False) | ~Q(state="recognised"), name="result_recognised_on"),
            models.CheckConstraint(condition=Q(derived_from__isnull=True) | ~Q(derived_from=F("id")), name="result_not_from_itself"),
            models.UniqueConstraint(fields=["proposal", "kind"], condition=Q(proposal__isnull=False), name="result_of_proposal"),
        ]
        indexes = [
            models.Index(fields=["unit", "recognised_on"], name="result_unit"),
            models.Index(fields=["kind", "recognised_on"], name="result_kind_on"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_label(self) -> str:
        return KINDS.label(self.kind)

    def shares(self) -> list[tuple[Person, int]]:
        """Makers and their basis points, in their order; they add up to 10,000."""
        return [(maker.person, maker.share_bp) for maker in self.in_order()]

    def in_order(self) -> models.QuerySet[Maker]:
        return self.makers.select_related("person").order_by("place", "pk")


class Maker(Record):
    """Who made it, and how much of it (完成人、贡献比例)."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="makers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="made")
    place = models.IntegerField(default=1)
    share_bp = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["result", "person"], name="maker_once"),
            models.CheckConstraint(condition=Q(share_bp__gte=1, share_bp__lte=10_000), name="maker_share"),
        ]


class Patent(Record):
    """The patent of a result (专利): its application number carries a check digit."""

    result = models.OneToOneField(Result, models.PROTECT, related_name="patent")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="patents")
    number = models.CharField(max_length=14, unique=True)
    kind = models.CharField(max_length=16, choices=PATENT_KINDS.choices)
    filed_on = models.DateField()
    granted_on = models.DateField(null=True, blank=True)
    state = flow.PATENT.field()

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(granted_on__isnull=False) | ~Q(state__in=["granted", "lapsed"]), name="patent_granted_on"),
        ]

    def __str__(self) -> str:
        return f"ZL{self.number}"

    desk_key: ClassVar = "results"

    @property
    def ref(self) -> str:
        return self.result.no


class OverlapGroup(Record):
    """Benefits that are the same yuan (重复效益组): one owner a year counts, the others cite it."""

    name = models.CharField(max_length=100)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="overlap_groups")
    reason = models.CharField(max_length=300, blank=True)

    objects = RecordQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class BenefitQuerySet(RecordQuerySet["Benefit"]):
    def certified(self) -> Self:
        return self.filter(state__in=CERTIFIED)

    def claimed(self) -> Self:
        """Handed in and not certified yet: shown apart, never in the value."""
        return self.filter(state__in=["claimed", "checked", "returned"])

    def counted(self) -> Self:
        """What public figures sum: certified, and of each overlap group the owner only."""
        return self.certified().filter(is_owner=True)

    def total_fen(self) -> int:
        return int(self.aggregate(total=Sum("amount_fen"))["total"] or 0)


class Benefit(Record):
    """What a result brought in one year (效益单): typed lines, a computed sum, finance's word."""

    desk_key: ClassVar = "benefits"

    no = models.CharField(max_length=20, unique=True)
    result = models.ForeignKey(Result, models.PROTECT, related_name="benefits")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="benefits")
    year = models.IntegerField()
    from_on = models.DateField()
    to_on = models.DateField()
    amount_fen = models.BigIntegerField()
    profit_fen = models.BigIntegerField(null=True, blank=True)
    is_recurring = models.BooleanField(default=True)
    is_hard = models.BooleanField(default=True)
    note = models.CharField(max_length=500, blank=True)
    overlap_group = models.ForeignKey(OverlapGroup, models.PROTECT, related_name="benefits", null=True, blank=True)
    is_owner = models.BooleanField(default=True)
    supersedes = models.ForeignKey("self", models.PROTECT, related_name="superseded_by", null=True, blank=True)
    claimed_by = models.ForeignKey(Person, models.PROTECT, related_name="benefits_claimed")
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="benefits_checked", null=True, blank=True)
    certified_by = models.ForeignKey(Person, models.PROTECT, related_name="benefits_certified", null=True, blank=True)
    claimed_on = models.DateField()
    certified_on = models.DateField(null=True, blank=True)
    state = flow.BENEFIT.field()

    objects = BenefitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(from_on__lte=F("to_on")), name="benefit_period"),
            models.CheckConstraint(
                condition=Q(certified_by__isnull=False, certified_on__isnull=False) | ~Q(state__in=CERTIFIED),
                name="benefit_certified_by",
            ),
            models.CheckConstraint(
                condition=~Q(certified_by=F("claimed_by")) & ~Q(certified_by=F("checked_by")) | Q(certified_by__isnull=True),
                name="benefit_four_eyes",
            ),
            models.CheckConstraint(condition=Q(is_owner=True) | Q(overlap_group__isnull=False), name="benefit_cites"),
            models.UniqueConstraint(fields=["result", "year"], condition=~Q(state__in=GONE), name="benefit_of_year"),
            models.UniqueConstraint(
                fields=["overlap_group", "year"],
                condition=Q(is_owner=True, overlap_group__isnull=False) & ~Q(state__in=GONE),
                name="benefit_owner_once",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "certified_on"], name="benefit_unit"),
            models.Index(fields=["state", "certified_on"], name="benefit_state"),
        ]

    def __str__(self) -> str:
        return f"{self.result.title} {self.year}"

    @property
    def counted_fen(self) -> int:
        """What it adds to the public sum: nothing when another record of its group owns the yuan."""
        return self.amount_fen if self.is_owner else 0

    @property
    def period(self) -> Period:
        return Period.parse(f"{self.from_on}..{self.to_on}")


class BenefitLine(Record):
    """One line of a benefit sheet (效益行). Prices are in fen and may have decimals: a kWh costs 63.54 fen."""

    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="lines")
    place = models.IntegerField()
    kind = models.CharField(max_length=6, choices=LINE_KINDS.choices)
    label = models.CharField(max_length=60)
    measure = models.CharField(max_length=12, blank=True)
    before = models.DecimalField(max_digits=15, decimal_places=4, default=0)
    after = models.DecimalField(max_digits=15, decimal_places=4, default=0)
    quantity = models.DecimalField(max_digits=15, decimal_places=4)
    quantity_measure = models.CharField(max_length=12, blank=True)
    price_fen = models.DecimalField(max_digits=15, decimal_places=4)
    price_source = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=24, blank=True)
    proof_text = models.CharField(max_length=100, blank=True)
    proof = models.ForeignKey(Attachment, models.PROTECT, related_name="benefit_lines", null=True, blank=True)
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["benefit", "place"], name="benefitline_place"),
            models.CheckConstraint(condition=Q(quantity__gte=0, price_fen__gte=0), name="benefitline_positive"),
            models.CheckConstraint(condition=Q(kind__in=list(LINE_KINDS)), name="benefitline_kind"),
        ]

    def line(self) -> Line:
        """The pure line that the arithmetic uses."""
        return Line(self.kind, self.before, self.after, self.quantity, self.price_fen)


class Spread(Record):
    """A recognised result offered to another team, and taken up there (推广)."""

    desk_key: ClassVar = "spreads"

    no = models.CharField(max_length=20, unique=True)
    result = models.ForeignKey(Result, models.PROTECT, related_name="spreads")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="spreads_from")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="spreads_to")
    offered_by = models.ForeignKey(Person, models.PROTECT, related_name="spreads_offered")
    word = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    taken_up_by = models.ForeignKey(Person, models.PROTECT, related_name="spreads_taken_up", null=True, blank=True)
    taken_up_on = models.DateField(null=True, blank=True)
    state = flow.SPREAD.field()

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["result", "to_unit"], condition=~Q(state="turned_down"), name="spread_once"),
            models.CheckConstraint(condition=~Q(unit=F("to_unit")), name="spread_elsewhere"),
            models.CheckConstraint(
                condition=Q(taken_up_by__isnull=False, taken_up_on__isnull=False) | ~Q(state="taken_up"),
                name="spread_taken_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result.title} → {self.to_unit}"
