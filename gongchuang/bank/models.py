"""The bank's nouns: accounts, transfers, lots; policy versions; dues; a year's redemption."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Sum

from gongchuang.bank import flow, policy
from gongchuang.kernel.models import Event, Record, RecordQuerySet
from gongchuang.kernel.period import Period
from gongchuang.kernel.quantity import fen_text
from gongchuang.kernel.text import Choices, Text

POINT, CNY = "POINT", "CNY"
CURRENCIES = Choices([(POINT, Text("积分", "points")), (CNY, Text("元", "yuan"))])

ACCOUNT_KINDS = Choices(
    [
        ("worker", Text("职工积分", "worker's points")),
        ("issuer", Text("积分发行", "points issued")),
        ("redeemed", Text("已兑换积分", "points redeemed")),
        ("expired", Text("已过期积分", "points expired")),
        ("owed", Text("职工欠分", "points owed back")),
        ("fund", Text("奖励资金", "incentive fund")),
        ("source", Text("资金来源", "source of funds")),
        ("received", Text("已领奖金", "rewards received")),
    ]
)
# Kinds that may not be overdrawn; they keep a balance and lots. The others are summed: no hot row.
FLOORED = frozenset({"worker", "fund"})

PLANS = Choices(
    [
        (policy.SHARE, Text("效益提成（1%—5%）", "Share of the benefit (1%–5%)")),
        (policy.POINTS, Text("积分", "Points")),
        (policy.PROFIT, Text("利润分成", "Profit share")),
    ]
)
MODES = Choices(
    [
        (policy.WHOLE, Text("按总额套档", "One rate for the whole amount")),
        (policy.PROGRESSIVE, Text("分段累进", "Band by band")),
    ]
)

WHAT = Choices(
    [
        ("certified", Text("成果认证", "Result certified")),
        ("spread", Text("成果推广", "Result spread")),
        ("prize", Text("奖金", "Prize")),
        ("reward", Text("成果奖励", "Reward for a result")),
        ("redeem", Text("兑换", "Redeemed")),
        ("expire", Text("到期", "Expired")),
        ("reverse", Text("冲正", "Reversal")),
        ("advance", Text("冲正垫分", "Advance for a reversal")),
        ("make_good", Text("补还欠分", "Owed points given back")),
        ("fill", Text("拨入", "Money in")),
    ]
)


class Account(Record):
    """An account in the ledger (账户): of a worker in an enterprise's bank, or of the enterprise itself."""

    desk_key: ClassVar[str] = "accounts"

    # The balance is derived from the transfers; `verify` recounts it instead of digesting it at every posting.
    unprotected: ClassVar[frozenset[str]] = frozenset({"balance"})

    kind = models.CharField(max_length=12, choices=ACCOUNT_KINDS.choices)
    currency = models.CharField(max_length=5, choices=CURRENCIES.choices)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="accounts")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="accounts", null=True, blank=True)
    floor = models.BigIntegerField(null=True)
    balance = models.BigIntegerField(null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(floor__isnull=True, balance__isnull=True)
                | Q(floor__isnull=False, balance__isnull=False, balance__gte=F("floor")),
                name="account_floor",
            ),
            models.UniqueConstraint(
                fields=["kind", "currency", "unit", "person"], condition=Q(person__isnull=False), name="account_of_person"
            ),
            models.UniqueConstraint(fields=["kind", "currency", "unit"], condition=Q(person__isnull=True), name="account_of_unit"),
            models.CheckConstraint(condition=Q(currency__in=[POINT, CNY]), name="account_currency"),
            models.CheckConstraint(condition=~Q(kind="worker") | Q(person__isnull=False), name="account_worker"),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.unit} · {ACCOUNT_KINDS.label(self.kind)}"

    @property
    def number(self) -> str:
        """The number in a passbook (户号)."""
        return f"{self.pk // 10_000:04d} {self.pk % 10_000:04d}"


class TransferQuerySet(RecordQuerySet["Transfer"]):
    def of(self, account: Account) -> TransferQuerySet:
        """Everything in or out of an account, oldest first."""
        return self.filter(Q(debit=account) | Q(credit=account)).order_by("on", "pk")

    def paid_out(self) -> TransferQuerySet:
        """Money that reached workers and teams from incentive funds, less what was reversed: what figures count."""
        return self.filter(debit__kind="fund", credit__kind="received") | self.filter(debit__kind="received", credit__kind="fund")


class Transfer(Record):
    """One movement (转账): `amount` leaves `debit` and enters `credit`. Never changed; put right by a reversal (冲正)."""

    desk_key: ClassVar[str] = "transfers"

    debit = models.ForeignKey(Account, models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, models.PROTECT, related_name="credits")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=5, choices=CURRENCIES.choices)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="transfers")
    on = models.DateField()
    what = models.CharField(max_length=12, choices=WHAT.choices)
    key = models.CharField(max_length=160, unique=True)
    batch = models.CharField(max_length=120, blank=True, db_index=True)
    cause = models.ForeignKey(Event, models.PROTECT, related_name="transfers")
    reverses = models.OneToOneField("self", models.PROTECT, related_name="reversed_by", null=True)
    policy = models.ForeignKey("bank.Policy", models.PROTECT, related_name="transfers", null=True)
    about = models.CharField(max_length=200, blank=True)
    about_desk = models.CharField(max_length=40, blank=True)
    about_ref = models.CharField(max_length=40, blank=True)
    working = models.JSONField(default=dict)
    mac = models.CharField(max_length=64)

    objects = TransferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_amount"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_two_accounts"),
        ]
        indexes = [
            models.Index(fields=["debit", "on", "id"], name="transfer_debit"),
            models.Index(fields=["credit", "on", "id"], name="transfer_credit"),
            models.Index(fields=["unit", "on"], name="transfer_unit"),
        ]

    def __str__(self) -> str:
        amount = fen_text(self.amount) if self.currency == CNY else f"{self.amount:,}"
        return f"{WHAT.label(self.what)} {amount} {CURRENCIES.label(self.currency)}"

    @property
    def signed_amount(self) -> int:
        """For counting what was paid out: a reversal takes away."""
        return -self.amount if self.reverses_id else self.amount

    @property
    def received_by(self) -> object:
        return self.credit.person or self.credit.unit


class Lot(Record):
    """One deposit in an account that has a floor, and what is left of it (存入的一笔)."""

    unprotected: ClassVar[frozenset[str]] = frozenset({"left"})

    account = models.ForeignKey(Account, models.PROTECT, related_name="lots")
    transfer = models.OneToOneField(Transfer, models.PROTECT, related_name="lot")
    on = models.DateField()
    expires_on = models.DateField(null=True)
    amount = models.BigIntegerField()
    left = models.BigIntegerField()

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(left__gte=0, left__lte=F("amount")), name="lot_left"),
        ]
        indexes = [
            models.Index(fields=["account", "on", "id"], condition=Q(left__gt=0), name="lot_open"),
            models.Index(fields=["expires_on"], condition=Q(left__gt=0), name="lot_expiry"),
        ]


class Consumption(Record):
    """How much of a lot a debit used."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="uses")
    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="uses")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="consumption_amount"),
            models.UniqueConstraint(fields=["lot", "transfer"], name="consumption_once"),
        ]


class PolicyQuerySet(RecordQuerySet["Policy"]):
    def in_force(self) -> PolicyQuerySet:
        return self.filter(state="in_force")


class Policy(Record):
    """One version of a unit's incentive policy (激励政策): terms that hold from a day until the next version's."""

    desk_key: ClassVar[str] = "policies"

    no = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="policies")
    plan = models.CharField(max_length=8, choices=PLANS.choices)
    number = models.IntegerField()
    name = models.CharField(max_length=100)
    document_no = models.CharField(max_length=60, blank=True)
    mode = models.CharField(max_length=12, choices=MODES.choices, default=policy.WHOLE)
    lump_fen = models.BigIntegerField(default=0)
    years = models.IntegerField(default=1)
    cap_fen = models.BigIntegerField(null=True, blank=True)
    fen_per_point = models.BigIntegerField(default=0)
    cap_points = models.IntegerField(null=True, blank=True)
    fen_for_point = models.BigIntegerField(default=0)
    valid_years = models.IntegerField(null=True, blank=True)
    from_on = models.DateField()
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="policies_made")
    state = flow.POLICY.field()

    objects = PolicyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "plan", "number"], name="policy_version"),
            models.CheckConstraint(condition=Q(lump_fen__gte=0, years__gte=1, fen_per_point__gte=0), name="policy_terms"),
        ]
        indexes = [models.Index(fields=["unit", "plan", "from_on"], name="policy_on")]

    def __str__(self) -> str:
        return f"{self.name} {self.label_no}"

    @property
    def label_no(self) -> str:
        """How people name the version: the plan's place and the version, e.g. 规则 2.1."""
        return f"{list(PLANS).index(self.plan) + 1}.{self.number}"

    def terms(self) -> policy.Plan:
        """The pure plan that the arithmetic uses; two queries unless bands and points are prefetched."""
        bands = sorted((band.from_fen, band.rate_bp) for band in self.bands.all())
        return policy.Plan(
            kind=self.plan,
            bands=tuple(policy.Band(start, rate) for start, rate in bands),
            mode=self.mode,
            lump_fen=self.lump_fen,
            years=self.years,
            cap_fen=self.cap_fen,
            fen_per_point=self.fen_per_point,
            points_by_kind={row.kind: row.points for row in self.points.all()},
            cap_points=self.cap_points,
        )


class PolicyBand(Record):
    """From an amount on, a rate (档)."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="bands")
    from_fen = models.BigIntegerField()
    rate_bp = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "from_fen"], name="policyband_once"),
            models.CheckConstraint(condition=Q(rate_bp__gte=0, rate_bp__lte=10_000, from_fen__gte=0), name="policyband_rate"),
        ]


class PolicyPoint(Record):
    """Fixed points for a kind of contribution, whatever its benefit (固定分)."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="points")
    kind = models.CharField(max_length=24)
    points = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "kind"], name="policypoint_once"),
            models.CheckConstraint(condition=Q(points__gt=0), name="policypoint_points"),
        ]


DUE_KINDS = Choices(
    [
        ("share", Text("效益提成", "Share of the benefit")),
        ("lump", Text("一次性奖励", "One-off reward")),
        ("profit", Text("利润分成", "Profit share")),
        ("prize", Text("奖金", "Prize")),
        ("redemption", Text("积分兑换", "Points redeemed")),
    ]
)


class DueQuerySet(RecordQuerySet["Due"]):
    def standing(self) -> DueQuerySet:
        """Dues that are, or will be, money: all but the cancelled and recovered."""
        return self.exclude(state__in=["cancelled", "recovered"])

    def total_fen(self) -> int:
        return int(self.aggregate(total=Sum("amount_fen"))["total"] or 0)


class Due(Record):
    """A sum of money owed to one person or team (应付奖励), from the day it is known until it is paid."""

    desk_key: ClassVar[str] = "dues"

    no = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="dues")
    kind = models.CharField(max_length=12, choices=DUE_KINDS.choices)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="dues", null=True, blank=True)
    payee_unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="dues_to", null=True, blank=True)
    source = models.CharField(max_length=100)
    instalment = models.IntegerField(default=0)
    year = models.IntegerField()
    base_fen = models.BigIntegerField(null=True)
    share_bp = models.IntegerField(default=10_000)
    amount_fen = models.BigIntegerField(null=True)
    working = models.CharField(max_length=200, blank=True)
    due_on = models.DateField()
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="dues", null=True)
    cause = models.ForeignKey(Event, models.PROTECT, related_name="dues")
    about = models.CharField(max_length=200)
    about_desk = models.CharField(max_length=40, blank=True)
    about_ref = models.CharField(max_length=40, blank=True)
    approved_by = models.ForeignKey("people.Person", models.PROTECT, related_name="dues_approved", null=True)
    paid_on = models.DateField(null=True)
    voucher_no = models.CharField(max_length=40, blank=True)
    transfer = models.OneToOneField(Transfer, models.PROTECT, related_name="due", null=True)
    state = flow.DUE.field()

    objects = DueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, payee_unit__isnull=True) | Q(person__isnull=True, payee_unit__isnull=False),
                name="due_one_payee",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0) | Q(state__in=["expected", "cancelled"]), name="due_amount"),
            models.CheckConstraint(
                condition=Q(transfer__isnull=False) | ~Q(state__in=["paid", "to_recover", "recovered"]), name="due_paid"
            ),
            models.UniqueConstraint(
                fields=["source", "kind", "instalment", "person"], condition=Q(person__isnull=False), name="due_of_person"
            ),
            models.UniqueConstraint(
                fields=["source", "kind", "instalment", "payee_unit"],
                condition=Q(payee_unit__isnull=False),
                name="due_of_unit",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="due_unit")]

    def __str__(self) -> str:
        return f"{DUE_KINDS.label(self.kind)} · {self.about}"

    @property
    def payee(self) -> object:
        return self.person or self.payee_unit


class Settlement(Record):
    """A unit's redemption of one year's points (年终兑现): previewed, approved by a second person, paid out."""

    desk_key: ClassVar[str] = "settlements"

    no = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="settlements")
    period = models.CharField(max_length=24)
    fen_for_point = models.BigIntegerField()
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="settlements")
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="settlements_made", null=True)
    approved_by = models.ForeignKey("people.Person", models.PROTECT, related_name="settlements_approved", null=True)
    persons = models.IntegerField(default=0)
    points = models.BigIntegerField(default=0)
    amount_fen = models.BigIntegerField(default=0)
    state = flow.SETTLEMENT.field()

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "period"], condition=~Q(state="dropped"), name="settlement_once"),
            models.CheckConstraint(condition=Q(fen_for_point__gt=0), name="settlement_price"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {Period.parse(self.period).label}"


class SettlementLine(Record):
    """One worker in a year's redemption: points x price = fen."""

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, models.PROTECT, related_name="settlement_lines")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="settlement_lines")
    points = models.BigIntegerField()
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement", "account"], name="settlementline_once"),
            models.CheckConstraint(condition=Q(points__gt=0, amount_fen__gt=0), name="settlementline_points"),
        ]
