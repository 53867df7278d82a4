"""Units, persons, accounts, posts, skill levels and titles held (单位、人员、账号、任职、技能等级、荣誉)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import F, Q

from gongchuang.kernel import clock
from gongchuang.kernel.models import Record, RecordQuerySet
from gongchuang.kernel.secret import BlindIndexField, EncryptedField, blind_index, mask_id, mask_name, mask_phone
from gongchuang.kernel.text import Choices, Text
from gongchuang.people import flow
from gongchuang.people import unit as tree
from gongchuang.people.imports import ColumnMemory, ImportRow, ImportRun
from gongchuang.people.posts import ROLES

SKILL_LEVELS = [
    Text("无等级", "None"),
    Text("学徒工", "Apprentice"),
    Text("初级工", "Junior worker"),
    Text("中级工", "Intermediate worker"),
    Text("高级工", "Senior worker"),
    Text("技师", "Technician"),
    Text("高级技师", "Senior technician"),
    Text("特级技师", "Super-grade technician"),
    Text("首席技师", "Chief technician"),
]
HIGH_SKILLED = 4
"""高技能人才 begins at 高级工."""
LEVEL_CHOICES = list(enumerate(SKILL_LEVELS))


class UnitQuerySet(RecordQuerySet["Unit"]):
    def by_ref(self, ref: str) -> Self:
        return self.filter(code=ref)

    def inside(self, unit: Unit) -> Self:
        """The unit and everything below it."""
        return self.filter(path__range=tree.span(unit.path))

    def above(self, unit: Unit) -> Self:
        return self.filter(path__in=tree.ancestors(unit.path))

    def by_name_or_code(self, said: str) -> Unit | None:
        return self.filter(Q(code=said) | Q(name=said) | Q(short_name=said)).order_by("path").first()


class Unit(Record):
    """A node of the organisation tree (单位): from province to team. `code` is what outsiders see and never changes."""

    desk_key: ClassVar = "units"
    searched: ClassVar = ("name", "short_name", "code")

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=16, choices=tree.KINDS.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.BigIntegerField(unique=True)
    level = models.SmallIntegerField()
    credit_code = models.CharField(max_length=18, blank=True, db_index=True)
    industry = models.CharField(max_length=8, blank=True)
    chain = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once"),
            models.CheckConstraint(condition=Q(path__gt=0), name="unit_path_positive"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def ref(self) -> str:
        return self.code

    @property
    def unit(self) -> Unit:
        return self

    def span(self) -> tuple[int, int]:
        return tree.span(self.path)

    def is_inside(self, other: Unit) -> bool:
        return tree.contains(other.path, self.path)

    def at_level(self, level: int) -> Unit | None:
        """The unit above (or itself) at a level: the enterprise of a team, the district of an enterprise."""
        return Unit.objects.filter(path=tree.at_level(self.path, level), level=level).first()

    @cached_property
    def enterprise(self) -> Unit:
        """The employer this unit belongs to; a unit above enterprises is its own."""
        return self if self.level <= tree.ENTERPRISE else (self.at_level(tree.ENTERPRISE) or self)


class UnitPath(Record):
    """A path a unit has had, with its dates (单位沿革): attribution reads the path of the fact's day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="paths")
    path = models.BigIntegerField(db_index=True)
    level = models.SmallIntegerField()
    start_on = models.DateField()
    end_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "start_on"], name="unitpath_once")]


class PersonQuerySet(RecordQuerySet["Person"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def inside(self, unit: Unit) -> Self:
        return self.filter(unit__path__range=tree.span(unit.path))

    def by_id_number(self, number: str) -> Self:
        return self.filter(id_index=blind_index(number))


class Person(Record):
    """A worker or officer (职工): most have no account. Numbers are encrypted, found by their blind index."""

    desk_key: ClassVar = "people"
    searched: ClassVar = ("name", "work_no")

    GENDERS: ClassVar = Choices([("", Text("未填", "Not given")), ("M", Text("男", "Male")), ("F", Text("女", "Female"))])

    name = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="persons")
    work_no = models.CharField(max_length=30, blank=True)
    gender = models.CharField(max_length=1, blank=True, choices=GENDERS.choices)
    id_number = EncryptedField(blank=True, default="")
    id_index = BlindIndexField(of="id_number")
    phone = EncryptedField(blank=True, default="")
    phone_index = BlindIndexField(of="phone")
    occupation = models.CharField(max_length=40, blank=True)
    skill_level = models.SmallIntegerField(default=0, choices=LEVEL_CHOICES)
    hired_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_public = models.BooleanField(default=False)
    """Whether the person has agreed to be shown by name in public (公开展示同意)."""

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id_index"], condition=~Q(id_index=""), name="person_id_once"),
        ]
        indexes = [
            models.Index(fields=["unit", "work_no"], name="person_work_no"),
            models.Index(fields=["phone_index"], name="person_phone"),
        ]

    def __str__(self) -> str:
        return self.name

    def grants(self) -> list[tuple[str, int, int]]:
        """What the person's posts of today grant: (role, first path, last path), read once."""
        if "_grants" not in self.__dict__:
            self.know_grants(self.posts.on(clock.today()).values_list("role", "unit__path"))
        return self.__dict__["_grants"]

    def know_grants(self, posts: Iterable[tuple[str, int]]) -> None:
        """Keep what these posts (role, path of the unit) grant."""
        self.__dict__["_grants"] = [(role, *tree.span(path)) for role, path in posts]

    def forget_grants(self) -> None:
        self.__dict__.pop("_grants", None)

    def roles(self) -> set[str]:
        return {role for role, _, _ in self.grants()}

    @property
    def masked_name(self) -> str:
        return mask_name(self.name)

    @property
    def masked_id(self) -> str:
        return mask_id(self.id_number)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    @property
    def level_text(self) -> Text:
        return SKILL_LEVELS[self.skill_level]


def _held(to_person: str, day: date) -> dict[str, Any]:
    """What a row per post of a day tells beside the account: its role, and the path of the unit it is held over."""
    posts = f"{to_person}__posts"
    condition = Q(**{f"{posts}__start_on__lte": day}) & (Q(**{f"{posts}__end_on": None}) | Q(**{f"{posts}__end_on__gt": day}))
    return {"held": models.FilteredRelation(posts, condition=condition), "held_role": F("held__role"), "held_path": F("held__unit__path")}


def _know(account: Account | None, rows: Iterable[Any]) -> None:
    if account is not None and account.person is not None:
        account.person.know_grants((row.held_role, row.held_path) for row in rows if row.held_role)


class AccountManager(UserManager["Account"]):
    def get_queryset(self) -> models.QuerySet[Account]:
        return super().get_queryset().select_related("person__unit")

    def with_grants(self, pk: int, day: date) -> Account | None:
        """One account whose person already knows what the posts of a day grant: one query, a row for each post."""
        rows = list(self.filter(pk=pk).annotate(**_held("person", day)))
        account = rows[0] if rows else None
        _know(account, rows)
        return account


class Account(AbstractUser):
    """A login (账号) with its language and text size; belongs to at most one person."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    uid = models.UUIDField(unique=True, default=clock.new_uid, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="account")
    language = models.CharField(max_length=10, blank=True)
    text_size = models.SmallIntegerField(default=0)

    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.username


class LoginManager(BaseSessionManager["Login"]):
    def get(self, **wanted: Any) -> Login:
        """The one login with its account and what the posts of today grant: one query, a row for each post."""
        rows: list[Any] = list(
            self.filter(**wanted).select_related("account__person__unit").annotate(**_held("account__person", clock.today()))
        )
        if not rows:
            raise self.model.DoesNotExist
        login: Login = rows[0]
        _know(login.account, rows)
        return login


class Login(AbstractBaseSession):
    """A browser's visit (登录), with the account it is signed in to; people/sessions.py reads and writes it."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="logins")

    objects: ClassVar[LoginManager] = LoginManager()

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from gongchuang.people.sessions import SessionStore  # noqa: PLC0415  the store reads this table

        return SessionStore


class PostQuerySet(RecordQuerySet["Post"]):
    def on(self, day: date) -> Self:
        """The posts held on a day."""
        return self.filter(start_on__lte=day).filter(Q(end_on=None) | Q(end_on__gt=day))


class Post(Record):
    """A person, a role, a unit, a period (任职); the end day itself is no longer held."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=16, choices=ROLES.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    start_on = models.DateField()
    end_on = models.DateField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "unit"], condition=Q(end_on=None), name="post_once"),
            models.CheckConstraint(condition=Q(end_on=None) | Q(end_on__gte=F("start_on")), name="post_period"),
        ]
        indexes = [models.Index(fields=["unit", "role"], name="post_unit_role")]

    def __str__(self) -> str:
        return f"{self.person} {ROLES.label(self.role)}"


class SkillRecordQuerySet(RecordQuerySet["SkillRecord"]):
    def confirmed(self) -> Self:
        return self.filter(state="confirmed")


class SkillRecord(Record):
    """A skill level of a person (技能等级): by certificate or by appointment; recommended until it is confirmed."""

    desk_key: ClassVar = "skills"
    KINDS: ClassVar = Choices([("certificate", Text("证书", "Certificate")), ("appointment", Text("评聘", "Appointment"))])

    person = models.ForeignKey(Person, models.PROTECT, related_name="skill_records")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="skill_records")
    level = models.SmallIntegerField(choices=LEVEL_CHOICES)
    from_level = models.SmallIntegerField(default=0, choices=LEVEL_CHOICES)
    occupation = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=12, choices=KINDS.choices, default="certificate")
    certificate_no = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=80, blank=True)
    obtained_on = models.DateField(null=True, blank=True)
    state = flow.SKILL.field()
    source = models.CharField(max_length=80, blank=True)
    """Where it came from, as table:uid; empty for a level that was there before."""

    objects = SkillRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=8), name="skill_level_range"),
            models.CheckConstraint(condition=~Q(state="confirmed") | Q(obtained_on__isnull=False), name="skill_has_day"),
            models.UniqueConstraint(fields=["certificate_no"], condition=~Q(certificate_no=""), name="skill_certificate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {SKILL_LEVELS[self.level]}"


class Title(Record):
    """A title that can be granted (荣誉称号): who issues it, at which level, to whom, for how long, with which prize."""

    LEVELS: ClassVar = Choices(
        [
            ("national", Text("国家级", "National")),
            ("province", Text("省级", "Provincial")),
            ("city", Text("市级", "City")),
            ("district", Text("区市级", "District")),
            ("enterprise", Text("企业级", "Enterprise")),
        ]
    )
    HOLDERS: ClassVar = Choices(
        [("person", Text("个人", "Person")), ("unit", Text("集体", "Team or unit")), ("result", Text("成果", "Result"))]
    )

    key = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    level = models.CharField(max_length=12, choices=LEVELS.choices)
    holder = models.CharField(max_length=8, choices=HOLDERS.choices, default="person")
    is_craftsman = models.BooleanField(default=False)
    term_years = models.SmallIntegerField(null=True, blank=True)
    prize_fen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(prize_fen__gte=0), name="title_prize_not_negative")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> Text:
        return Text(self.name_zh, self.name_en)


class GrantQuerySet(RecordQuerySet["Grant"]):
    def standing(self) -> Self:
        return self.filter(revoked_on=None)


class Grant(Record):
    """A title granted (授予): to a person, a team or unit, or a result, by a numbered document."""

    desk_key: ClassVar = "honours"

    title = models.ForeignKey(Title, models.PROTECT, related_name="grants")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="honours")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="honours")
    """The holder itself for a collective title, else the holder's unit on the day."""
    result_no = models.CharField(max_length=24, blank=True)
    issuer = models.CharField(max_length=80)
    document_no = models.CharField(max_length=60)
    granted_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    prize_fen = models.BigIntegerField(default=0)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["title", "person", "document_no"], condition=Q(person__isnull=False), name="grant_person_once"),
            models.UniqueConstraint(
                fields=["title", "unit", "document_no"],
                condition=Q(person__isnull=True, result_no=""),
                name="grant_unit_once",
            ),
            models.UniqueConstraint(fields=["title", "result_no", "document_no"], condition=~Q(result_no=""), name="grant_result_once"),
            models.CheckConstraint(condition=Q(prize_fen__gte=0), name="grant_prize_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.person or self.result_no or self.unit}"


class CodeEntry(models.Model):
    """An entry of an official code list (代码): divisions, industries, occupations, read from reference files."""

    LISTS: ClassVar = Choices(
        [
            ("division", Text("行政区划", "Divisions")),
            ("industry", Text("国民经济行业", "Industries")),
            ("occupation", Text("职业", "Occupations")),
        ]
    )

    kind = models.CharField(max_length=12, choices=LISTS.choices)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=10, blank=True)
    parent_code = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="codeentry_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def holders_of(roles: tuple[str, ...], unit: Unit, day: date | None = None) -> models.QuerySet[Person]:
    """Who holds one of the roles over a unit, nearest first: for "who can do this" and for telling them."""
    posts = Post.objects.on(day or clock.today()).filter(role__in=roles, unit__path__in=tree.ancestors(unit.path))
    return Person.objects.filter(pk__in=posts.values("person"), is_active=True).order_by("-unit__path")


def scope_of(person: Person, role: str) -> Unit | None:
    """The widest unit over which a person holds a role today."""
    post = person.posts.on(clock.today()).filter(role=role).select_related("unit").order_by("unit__path").first()
    return post.unit if post else None


__all__ = [
    "HIGH_SKILLED", "LEVEL_CHOICES", "SKILL_LEVELS", "Account", "CodeEntry", "ColumnMemory", "Grant", "ImportRow",
    "ImportRun", "Person", "Post", "SkillRecord", "Title", "Unit", "UnitPath", "holders_of", "scope_of",
]  # fmt: skip
