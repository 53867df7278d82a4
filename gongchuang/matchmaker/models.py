"""Needs, offers, experts and institutions, and what came of bringing them together (技术红娘)."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from gongchuang.kernel.models import Record, RecordQuerySet
from gongchuang.kernel.secret import EncryptedField
from gongchuang.kernel.text import Choices, Text
from gongchuang.matchmaker import flow
from gongchuang.people.models import Person, Unit
from gongchuang.studios.models import Studio

INSTITUTION_KINDS = Choices(
    [
        ("university", Text("高校", "University")),
        ("institute", Text("科研院所", "Research institute")),
        ("service", Text("技术服务机构", "Technology service firm")),
    ]
)
EXPERT_KINDS = Choices([("professor", Text("专家教授", "Expert or professor")), ("skilled", Text("高技能人才", "Highly skilled worker"))])
ITEM_KINDS = Choices(
    [
        ("paper", Text("论文", "Paper")),
        ("patent", Text("专利", "Patent")),
        ("result", Text("成果", "Result")),
        ("skill", Text("技能", "Skill")),
    ]
)
NEED_KINDS = Choices(
    [
        ("problem", Text("技术攻关", "Technical problem")),
        ("product", Text("产品开发", "Product development")),
        ("process", Text("工艺改进", "Process improvement")),
        ("equipment", Text("设备改造", "Equipment")),
        ("testing", Text("检验检测", "Testing")),
        ("result", Text("成果引进", "Taking over a result")),
    ]
)
TIERS = Choices(
    [
        ("open", Text("公开", "Open")),
        ("registered", Text("登录可见", "For known persons")),
        ("directed", Text("定向", "Directed")),
        ("secret", Text("保密", "Secret")),
    ]
)
STAGES = Choices([("early", Text("初期", "Early")), ("middle", Text("中期", "Middle")), ("mature", Text("成熟", "Mature"))])
WAYS = Choices(
    [
        ("develop", Text("合作开发", "Joint development")),
        ("transfer", Text("转让", "Transfer")),
        ("licence", Text("许可", "Licence")),
        ("consult", Text("咨询", "Consulting")),
        ("serve", Text("服务", "Service")),
    ]
)
CONTRACT_KINDS = Choices(
    [
        ("development", Text("技术开发", "Development")),
        ("transfer", Text("技术转让", "Transfer")),
        ("licence", Text("技术许可", "Licence")),
        ("consulting", Text("技术咨询", "Consulting")),
        ("service", Text("技术服务", "Service")),
    ]
)
DECLINE_REASONS = Choices(
    [
        ("unfit", Text("方向不合", "Another field")),
        ("budget", Text("投入不合", "The money does not fit")),
        ("busy", Text("时间不合", "No capacity")),
        ("solved", Text("已另行解决", "Solved otherwise")),
        ("other", Text("其他", "Other")),
    ]
)
AGREED = ("agreed", "met", "signed", "effective")


def one_of(field: str, codes: Choices, name: str) -> CheckConstraint:
    """A constraint: the field holds one of the codes."""
    return CheckConstraint(condition=Q(**{f"{field}__in": list(codes)}), name=name)


class OnBoardQuerySet[R: models.Model](RecordQuerySet[R]):
    def on_board(self, day: date) -> Self:
        """Joined by a day and not left (在库)."""
        return self.filter(joined_on__lte=day).filter(Q(left_on__isnull=True) | Q(left_on__gt=day))


class Institution(Record):
    """A university or research institute that works with the city's unions (进驻机构)."""

    desk_key = "institutions"
    searched = ("no", "name")

    no = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=INSTITUTION_KINDS.choices)
    region = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="institutions")
    """The federation that works with it; figures follow it."""
    agreement = models.CharField(max_length=80)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = OnBoardQuerySet["Institution"].as_manager()

    class Meta:
        constraints = [
            one_of("kind", INSTITUTION_KINDS, "institution_kind"),
            UniqueConstraint(fields=["name"], condition=Q(left_on__isnull=True), name="institution_name_once"),
            CheckConstraint(condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="institution_left_on"),
        ]

    def __str__(self) -> str:
        return self.name


class Expert(Record):
    """A professor or a highly skilled worker who answers needs (专家)."""

    desk_key = "experts"
    searched = ("no", "direction", "keywords")

    no = models.CharField(max_length=20, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="expert")
    kind = models.CharField(max_length=12, choices=EXPERT_KINDS.choices)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="experts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="experts")
    """The federation that enlisted them; figures follow it."""
    title = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=200)
    """What they work on: research direction, or occupation, process, machines, materials."""
    keywords = models.CharField(max_length=200, blank=True)
    industry = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=40, blank=True)
    capacity = models.PositiveSmallIntegerField(default=2)
    """How many matches they take on at a time."""
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = OnBoardQuerySet["Expert"].as_manager()

    class Meta:
        constraints = [
            one_of("kind", EXPERT_KINDS, "expert_kind"),
            CheckConstraint(condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="expert_left_on"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class ExpertItem(Record):
    """One thing an expert has done: a paper, a patent, a result, a skill."""

    expert = models.ForeignKey(Expert, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=8, choices=ITEM_KINDS.choices)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            one_of("kind", ITEM_KINDS, "expert_item_kind"),
            UniqueConstraint(fields=["expert", "kind", "title"], name="expert_item_once"),
        ]

    def __str__(self) -> str:
        return self.title


class OfferQuerySet(RecordQuerySet["Offer"]):
    def published(self) -> Self:
        """Ever published (发布科研成果): withdrawn ones were published too."""
        return self.filter(published_on__isnull=False)


class Offer(Record):
    """A research result on offer (科研成果): what it does, how ripe it is, how it may be had."""

    desk_key = "offers"
    searched = ("no", "title", "keywords")

    no = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    keywords = models.CharField(max_length=200, blank=True)
    industry = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=8, choices=STAGES.choices)
    way = models.CharField(max_length=12, choices=WAYS.choices)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="offers")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="offers")
    """Who answers for it."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="offers")
    """The federation that publishes it; figures follow it."""
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    state = flow.OFFER.field()

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("stage", STAGES, "offer_stage"),
            one_of("way", WAYS, "offer_way"),
            CheckConstraint(condition=~Q(state="published") | Q(published_on__isnull=False), name="offer_published_on"),
            CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_on__isnull=False) | (~Q(state="withdrawn") & Q(withdrawn_on__isnull=True)),
                name="offer_withdrawn_on",
            ),
            CheckConstraint(condition=~Q(published_by=F("entered_by")), name="offer_four_eyes"),
        ]

    def __str__(self) -> str:
        return self.title


class Visit(Record):
    """A visit to the line (走访): the day on which unions went to see what an enterprise cannot solve alone."""

    desk_key = "visits"

    no = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    visitor = models.ForeignKey(Person, models.PROTECT, related_name="visits")
    companions = models.CharField(max_length=200, blank=True)
    note = models.TextField()

    objects = RecordQuerySet["Visit"].as_manager()

    def __str__(self) -> str:
        return f"{self.no} {self.unit}"


class NeedQuerySet(RecordQuerySet["Need"]):
    def published(self) -> Self:
        """Ever published (发布需求), whatever became of them."""
        return self.filter(published_on__isnull=False)

    def matched(self) -> Self:
        """已对接: both sides agreed to meet at least once."""
        return self.filter(matched_on__isnull=False)


class Need(Record):
    """What an enterprise cannot solve alone (技术需求). Text and contact stand apart: this row is its public side."""

    desk_key = "needs"
    searched = ("no", "title", "abstract")

    no = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=80)
    abstract = models.CharField(max_length=300)
    """The public abstract, edited apart from the text."""
    kind = models.CharField(max_length=12, choices=NEED_KINDS.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="needs")
    industry = models.CharField(max_length=40)
    field = models.CharField(max_length=40, blank=True)
    way = models.CharField(max_length=12, choices=WAYS.choices)
    budget_fen = models.BigIntegerField(null=True)
    wanted_on = models.DateField(null=True)
    valid_until = models.DateField()
    tier = models.CharField(max_length=12, choices=TIERS.choices)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="needs")
    collected_on = models.DateField()
    collected_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_on = models.DateField(null=True)
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    matched_on = models.DateField(null=True)
    """The first day on which both sides of a match had agreed; set with the match, never taken back."""
    closed_on = models.DateField(null=True)
    closed_for = models.CharField(max_length=200, blank=True)
    state = flow.NEED.field()

    objects = NeedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", NEED_KINDS, "need_kind"),
            one_of("tier", TIERS, "need_tier"),
            one_of("way", WAYS, "need_way"),
            CheckConstraint(condition=Q(budget_fen__isnull=True) | Q(budget_fen__gt=0), name="need_budget"),
            CheckConstraint(condition=Q(valid_until__gte=F("collected_on")), name="need_valid_until"),
            CheckConstraint(
                condition=~Q(state__in=["published", "in_touch", "closed"]) | Q(published_on__isnull=False), name="need_published_on"
            ),
            CheckConstraint(condition=Q(matched_on__isnull=True) | Q(published_on__isnull=False), name="need_matched_after_published"),
            CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) | (~Q(state="closed") & Q(closed_on__isnull=True)),
                name="need_closed_on",
            ),
            CheckConstraint(condition=~Q(published_by=F("collected_by")), name="need_four_eyes"),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="need_unit_state")]

    def __str__(self) -> str:
        return f"{self.no} {self.title}"


class NeedText(Record):
    """The need in full (需求原文): a trade secret as often as not, behind a rule of its own."""

    need = models.OneToOneField(Need, models.PROTECT, related_name="full")
    text = EncryptedField()

    def __str__(self) -> str:
        return self.need.no


class NeedContact(Record):
    """Whom to call (联系人): open to the other side only after both agree."""

    need = models.OneToOneField(Need, models.PROTECT, related_name="contact")
    name = EncryptedField()
    phone = EncryptedField()

    def __str__(self) -> str:
        return self.need.no


class NeedIndicator(Record):
    """One measurable aim of a need (技术指标): where it stands and where it shall be."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="indicators")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    current = models.CharField(max_length=40)
    target = models.CharField(max_length=40)
    measured_in = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["need", "number"], name="need_indicator_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.current} → {self.target}{self.measured_in}"


class MatchQuerySet(RecordQuerySet["Match"]):
    def agreed(self) -> Self:
        return self.filter(agreed_on__isnull=False)

    def open(self) -> Self:
        return self.exclude(state__in=["declined", "effective"])


class Match(Record):
    """A need and one candidate (对接): an offer, an expert or a studio, from ranking to effect."""

    desk_key = "matches"
    searched = ("no",)

    no = models.CharField(max_length=20, unique=True)
    need = models.ForeignKey(Need, models.PROTECT, related_name="matches")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="matches")
    """The need's enterprise."""
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="matches")
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, related_name="matches")
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, related_name="matches")
    solver = models.ForeignKey(Person, models.PROTECT, related_name="matches")
    """Who answers for the candidate: the expert, the offer's owner, the studio's leader."""
    matchmaker = models.ForeignKey(Person, models.PROTECT, null=True, related_name="kept_matches")
    score_bp = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=list)
    """[[kind, label, points in 1/10,000], …] as ranked that day; the points add up to score_bp."""
    suggested_on = models.DateField()
    recommended_on = models.DateField(null=True)
    wanted_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    met_on = models.DateField(null=True)
    meeting = models.TextField(blank=True)
    signed_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    declined_on = models.DateField(null=True)
    declined_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    declined_for = models.CharField(max_length=12, blank=True)
    declined_note = models.CharField(max_length=300, blank=True)
    state = flow.MATCH.field()

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            CheckConstraint(
                condition=Q(offer__isnull=False, expert__isnull=True, studio__isnull=True)
                | Q(offer__isnull=True, expert__isnull=False, studio__isnull=True)
                | Q(offer__isnull=True, expert__isnull=True, studio__isnull=False),
                name="match_one_candidate",
            ),
            UniqueConstraint(fields=["need", "offer"], condition=Q(offer__isnull=False), name="match_offer_once"),
            UniqueConstraint(fields=["need", "expert"], condition=Q(expert__isnull=False), name="match_expert_once"),
            UniqueConstraint(fields=["need", "studio"], condition=Q(studio__isnull=False), name="match_studio_once"),
            CheckConstraint(condition=~Q(state__in=AGREED) | Q(agreed_on__isnull=False), name="match_agreed_on"),
            CheckConstraint(condition=Q(declined_for="") | Q(declined_for__in=list(DECLINE_REASONS)), name="match_reason"),
            CheckConstraint(condition=~Q(state="declined") | ~Q(declined_for=""), name="match_declined_for"),
        ]

    def __str__(self) -> str:
        return f"{self.no} {self.need.title}"

    @property
    def candidate(self) -> Offer | Expert | Studio:
        found = self.offer or self.expert or self.studio
        assert found is not None  # the database holds exactly one
        return found

    @property
    def has_agreed(self) -> bool:
        """Both sides did, so each may see whom to call."""
        return self.state in AGREED


class Contract(Record):
    """A technology contract (技术合同) of one of the five kinds, signed for a match."""

    desk_key = "contracts"
    searched = ("no", "title", "party_b")

    no = models.CharField(max_length=20, unique=True)
    match = models.OneToOneField(Match, models.PROTECT, related_name="contract")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="contracts")
    """Party A: the enterprise."""
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=CONTRACT_KINDS.choices)
    party_b = models.CharField(max_length=80)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="contracts")
    amount_fen = models.BigIntegerField()
    signed_on = models.DateField()
    ends_on = models.DateField()
    registered_no = models.CharField(max_length=40, blank=True)
    """Number of the registration at the science department (认定登记)."""
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = RecordQuerySet["Contract"].as_manager()

    class Meta:
        constraints = [
            one_of("kind", CONTRACT_KINDS, "contract_kind"),
            CheckConstraint(condition=Q(amount_fen__gt=0), name="contract_amount"),
            CheckConstraint(condition=Q(ends_on__gte=F("signed_on")), name="contract_term"),
            UniqueConstraint(fields=["registered_no"], condition=~Q(registered_no=""), name="contract_registered_once"),
        ]

    def __str__(self) -> str:
        return self.title


class MatchBenefit(Record):
    """What a contract yielded in one year (对接效益): claimed by the enterprise, confirmed by its finance."""

    desk_key = "match-benefits"

    no = models.CharField(max_length=20, unique=True)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="benefits")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="match_benefits")
    year = models.PositiveSmallIntegerField()
    amount_fen = models.BigIntegerField()
    basis = models.CharField(max_length=300)
    """How it was reckoned and from which documents."""
    claimed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField(null=True)
    state = flow.BENEFIT.field()

    objects = RecordQuerySet["MatchBenefit"].as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["contract", "year"], name="match_benefit_once_a_year"),
            CheckConstraint(condition=Q(amount_fen__gt=0), name="match_benefit_amount"),
            CheckConstraint(condition=Q(year__range=(2000, 2100)), name="match_benefit_year"),
            CheckConstraint(condition=~Q(confirmed_by=F("claimed_by")), name="match_benefit_four_eyes"),
            CheckConstraint(
                condition=~Q(state="confirmed") | (Q(confirmed_by__isnull=False) & Q(confirmed_on__isnull=False)),
                name="match_benefit_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no} {self.year}"
