"""Studios, masters and apprentices, innovation teams and groups, and what a team's line yields (工作室与 1+N)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import CheckConstraint, Count, F, Max, OuterRef, Q, Subquery, UniqueConstraint
from django.db.models.functions import Coalesce

from gongchuang.kernel.models import Record, RecordQuerySet
from gongchuang.kernel.text import Choices, Text
from gongchuang.people.models import Person, Unit
from gongchuang.results.models import Benefit, Result
from gongchuang.studios import flow, team

LEVELS = Choices(
    [
        ("enterprise", Text("企业级", "Enterprise")),
        ("district", Text("区市级", "District")),
        ("city", Text("市级", "City")),
        ("province", Text("省级", "Province")),
        ("nation", Text("全国", "National")),
    ]
)
CITY_AND_ABOVE = ("city", "province", "nation")
KINDS = Choices(
    [
        ("model_worker", Text("劳模创新工作室", "Model worker's")),
        ("craftsman", Text("工匠创新工作室", "Craftsman's")),
        ("worker", Text("职工创新工作室", "Worker's")),
        ("joint", Text("联合创新工作室", "Joint")),
    ]
)
FUNCTIONS = Choices(
    [
        ("study", Text("学习培训", "Study and training")),
        ("handing_on", Text("技能传承", "Handing on skills")),
        ("problem", Text("创新攻关", "Tackling problems")),
    ]
)
PARTS = Choices([("leader", Text("领衔人", "Leader")), ("core", Text("骨干", "Core member")), ("member", Text("成员", "Member"))])
GROUP_KINDS = Choices([("team", Text("创新班组", "Innovation team")), ("group", Text("创新小组", "Innovation group"))])
BASES = Choices(
    [
        ("output", Text("总产值", "Gross output value")),
        ("sales", Text("销售收入", "Sales revenue")),
        ("value_added", Text("增加值", "Value added")),
    ]
)
STANDING = ("named", "rectifying")
SILENT_DAYS = 365
"""A named studio without an accepted activity for so long is shown as silent (12 个月没有活动)."""


def one_of(field: str, codes: Choices, name: str) -> CheckConstraint:
    """A constraint: the field holds one of the codes."""
    return CheckConstraint(condition=Q(**{f"{field}__in": list(codes)}), name=name)


class StudioQuerySet(RecordQuerySet["Studio"]):
    def standing(self) -> Self:
        """Named and not struck off."""
        return self.filter(state__in=STANDING)

    def standing_on(self, day: date) -> Self:
        """Standing at the end of a day; struck off leaves the count from that day."""
        return self.filter(named_on__lte=day).filter(Q(struck_off_on__isnull=True) | Q(struck_off_on__gt=day))

    def of_city_level(self) -> Self:
        """市级以上: named by the city, the province or the nation."""
        return self.filter(level__in=CITY_AND_ABOVE)

    def with_counts(self, day: date) -> Self:
        """Each with `member_count` on a day and the day of its last accepted activity, `last_held_on`."""
        present = StudioMember.objects.on(day).filter(studio=OuterRef("pk")).order_by().values("studio")
        held = Activity.objects.filter(studio=OuterRef("pk"), state="accepted", held_on__lte=day).order_by().values("studio")
        return self.annotate(
            member_count=Coalesce(Subquery(present.annotate(n=Count("pk")).values("n")), 0),
            last_held_on=Subquery(held.annotate(last=Max("held_on")).values("last")),
        )

    def silent(self, day: date) -> Self:
        """Standing, and without an accepted activity in the twelve months before `day`."""
        since = day - timedelta(days=SILENT_DAYS)
        lively = Activity.objects.filter(state="accepted", held_on__gt=since, held_on__lte=day).values("studio")
        return self.standing_on(day).filter(named_on__lte=since).exclude(pk__in=lively)


class Studio(Record):
    """A model worker's or craftsman's innovation studio (创新工作室): its leader, its field, its place in the lineage."""

    desk_key = "studios"
    searched = ("no", "name", "field")

    no = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=12, choices=LEVELS.choices)
    kind = models.CharField(max_length=16, choices=KINDS.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="studios")
    leader = models.ForeignKey(Person, models.PROTECT, related_name="led_studios")
    field = models.CharField(max_length=80)
    """What it tackles (攻关方向)."""
    industry = models.CharField(max_length=40, blank=True)
    introduction = models.TextField(blank=True)
    founded_on = models.DateField()
    mother = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    """The studio its leader grew in (母工作室): 1+N."""
    applied_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recommended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    named_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    document_no = models.CharField(max_length=40, blank=True)
    named_on = models.DateField(null=True)
    struck_off_on = models.DateField(null=True)
    struck_off_for = models.CharField(max_length=200, blank=True)
    state = flow.STUDIO.field()

    objects = StudioQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("level", LEVELS, "studio_level"),
            one_of("kind", KINDS, "studio_kind"),
            UniqueConstraint(fields=["leader", "level"], condition=Q(state__in=STANDING), name="studio_one_per_leader_and_level"),
            UniqueConstraint(fields=["name", "level"], condition=Q(state__in=STANDING), name="studio_name_once"),
            CheckConstraint(condition=Q(mother__isnull=True) | ~Q(mother=F("id")), name="studio_not_its_own_mother"),
            CheckConstraint(
                condition=~Q(state__in=[*STANDING, "struck_off"]) | (Q(named_on__isnull=False) & ~Q(document_no="")),
                name="studio_named_by_document",
            ),
            CheckConstraint(
                condition=(Q(state="struck_off") & Q(struck_off_on__gte=F("named_on")))
                | (~Q(state="struck_off") & Q(struck_off_on__isnull=True)),
                name="studio_struck_off_on",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="studio_unit_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING

    @property
    def level_text(self) -> Text:
        return LEVELS.texts[self.level]

    def members_on(self, day: date) -> models.QuerySet[StudioMember]:
        return self.members.on(day)

    def certified_benefit_fen(self) -> int:
        """What finance certified of its results, in fen; of an overlap group only what the owner counts."""
        benefits = Benefit.objects.counted().filter(result__studio_link__studio=self)
        return benefits.total_fen()


class MembershipQuerySet(models.QuerySet["StudioMember"]):
    def on(self, day: date) -> MembershipQuerySet:
        """Members on a day: in by then, and out only afterwards."""
        return self.filter(joined_on__lte=day).filter(Q(left_on__isnull=True) | Q(left_on__gt=day))


class StudioMember(Record):
    """One person in one studio, from a day to a day (成员)."""

    studio = models.ForeignKey(Studio, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="studio_memberships")
    part = models.CharField(max_length=8, choices=PARTS.choices)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("part", PARTS, "studio_member_part"),
            UniqueConstraint(fields=["studio", "person"], condition=Q(left_on__isnull=True), name="studio_member_once"),
            CheckConstraint(condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="studio_member_left_on"),
        ]

    def __str__(self) -> str:
        return f"{self.studio} · {self.person}"


class Activity(Record):
    """What a studio did one day (活动), under one of its three functions; counted once the union has accepted it."""

    desk_key = "activities"
    searched = ("no", "title")

    no = models.CharField(max_length=20, unique=True)
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="activities")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """The studio's unit on that day; figures follow it."""
    function = models.CharField(max_length=12, choices=FUNCTIONS.choices)
    title = models.CharField(max_length=80)
    note = models.TextField(blank=True)
    held_on = models.DateField()
    logged_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = flow.ACTIVITY.field()

    objects = RecordQuerySet["Activity"].as_manager()

    class Meta:
        verbose_name_plural = "activities"
        constraints = [
            one_of("function", FUNCTIONS, "activity_function"),
            CheckConstraint(condition=~Q(state="accepted") | Q(accepted_by__isnull=False), name="activity_accepted_by"),
            CheckConstraint(condition=~Q(accepted_by=F("logged_by")), name="activity_four_eyes"),
        ]
        indexes = [models.Index(fields=["studio", "held_on"], name="activity_studio_day")]

    def __str__(self) -> str:
        return self.title


class ActivityPart(Record):
    """One person at one activity (参加人); the unit is theirs on that day."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="parts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="studio_activities")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [UniqueConstraint(fields=["activity", "person"], name="activity_part_once")]

    def __str__(self) -> str:
        return f"{self.activity} · {self.person}"


class StudioResult(Record):
    """A result that a studio worked out (工作室成果); a result stands to one studio's name only."""

    studio = models.ForeignKey(Studio, models.PROTECT, related_name="result_links")
    result = models.OneToOneField(Result, models.PROTECT, related_name="studio_link")
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.studio} · {self.result}"


class Mentorship(Record):
    """Master and apprentice (师徒协议): agreed by both, with goals and a term."""

    desk_key = "mentorships"

    no = models.CharField(max_length=20, unique=True)
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="apprenticeships_given")
    apprentice = models.ForeignKey(Person, models.PROTECT, related_name="apprenticeships_taken")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="mentorships")
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, related_name="mentorships")
    trade = models.CharField(max_length=40)
    goals = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    outcome = models.CharField(max_length=300, blank=True)
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = flow.MENTORSHIP.field()

    objects = RecordQuerySet["Mentorship"].as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=~Q(mentor=F("apprentice")), name="mentorship_of_two"),
            CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="mentorship_term"),
            CheckConstraint(
                condition=Q(state__in=["completed", "ended"], closed_on__isnull=False)
                | Q(state__in=["proposed", "agreed"], closed_on__isnull=True),
                name="mentorship_closed_on",
            ),
            UniqueConstraint(
                fields=["mentor", "apprentice"], condition=Q(state__in=["proposed", "agreed"]), name="mentorship_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no} {self.trade}"


class GroupQuerySet(RecordQuerySet["InnovationGroup"]):
    def standing_on(self, day: date) -> Self:
        return self.filter(confirmed_on__lte=day).filter(Q(disbanded_on__isnull=True) | Q(disbanded_on__gt=day))


class InnovationGroup(Record):
    """An innovation team or group in a unit (创新班组、创新小组), led by one person, perhaps grown out of a studio."""

    desk_key = "groups"
    searched = ("no", "name", "field")

    no = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=8, choices=GROUP_KINDS.choices)
    name = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="innovation_groups")
    leader = models.ForeignKey(Person, models.PROTECT, related_name="led_groups")
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, related_name="groups")
    field = models.CharField(max_length=80)
    founded_on = models.DateField()
    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField(null=True)
    disbanded_on = models.DateField(null=True)
    state = flow.GROUP.field()

    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", GROUP_KINDS, "group_kind"),
            UniqueConstraint(fields=["unit", "name"], condition=~Q(state="disbanded"), name="group_name_once"),
            CheckConstraint(condition=~Q(state="confirmed") | Q(confirmed_on__isnull=False), name="group_confirmed_on"),
            CheckConstraint(
                condition=Q(state="disbanded", disbanded_on__isnull=False) | (~Q(state="disbanded") & Q(disbanded_on__isnull=True)),
                name="group_disbanded_on",
            ),
            CheckConstraint(condition=~Q(confirmed_by=F("registered_by")), name="group_four_eyes"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(Record):
    """One person in one group, from a day to a day."""

    group = models.ForeignKey(InnovationGroup, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="group_memberships")
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["group", "person"], condition=Q(left_on__isnull=True), name="group_member_once"),
            CheckConstraint(condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="group_member_left_on"),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.person}"


class TeamMeasure(Record):
    """What a team's line yields in twelve months (团队指标): counted stations, output and heads, with their source."""

    desk_key = "measures"

    no = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="team_measures")
    starts_on = models.DateField()
    ends_on = models.DateField()
    """Half-open: the twelve months before this day."""
    stations_total = models.PositiveIntegerField()
    stations_automated = models.PositiveIntegerField()
    output_fen = models.BigIntegerField()
    basis = models.CharField(max_length=12, choices=BASES.choices)
    heads_tenths = models.PositiveIntegerField()
    """Average number of heads over the twelve months, in tenths of a person."""
    evidence = models.CharField(max_length=120)
    """The document the numbers are taken from, by name and number."""
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField(null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    state = flow.MEASURE.field()

    objects = RecordQuerySet["TeamMeasure"].as_manager()

    class Meta:
        constraints = [
            one_of("basis", BASES, "measure_basis"),
            CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="measure_term"),
            CheckConstraint(condition=Q(stations_automated__lte=F("stations_total")), name="measure_part_of_whole"),
            CheckConstraint(condition=Q(stations_total__gte=1), name="measure_stations"),
            CheckConstraint(condition=Q(heads_tenths__gte=1) & Q(output_fen__gte=0), name="measure_heads_and_output"),
            CheckConstraint(condition=~Q(confirmed_by=F("entered_by")), name="measure_four_eyes"),
            CheckConstraint(condition=~Q(state="confirmed") | Q(confirmed_on__isnull=False), name="measure_confirmed_on"),
            UniqueConstraint(fields=["unit", "ends_on"], condition=Q(state="confirmed"), name="measure_one_confirmed"),
        ]

    def __str__(self) -> str:
        return f"{self.no} {self.unit}"

    @property
    def automation_bp(self) -> int:
        return team.automation_bp(self.stations_automated, self.stations_total)

    @property
    def output_per_head_fen(self) -> int:
        return team.per_head_fen(self.output_fen, self.heads_tenths)
