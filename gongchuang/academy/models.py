"""Academies and training (工匠学院、培训): who teaches, what is ordered, who came, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from gongchuang.academy import codes, flow
from gongchuang.kernel.models import Record, RecordQuerySet
from gongchuang.kernel.text import Choices
from gongchuang.people import unit as tree
from gongchuang.people.models import HIGH_SKILLED, Person, Unit


def one_of(field: str, texts: Choices, name: str) -> CheckConstraint:
    """A constraint: the field holds one of the codes."""
    return CheckConstraint(condition=Q(**{f"{field}__in": list(texts)}), name=name)


class AcademyQuerySet(RecordQuerySet["Academy"]):
    def standing(self) -> AcademyQuerySet:
        return self.filter(state="named")


class Academy(Record):
    """A craftsman academy (工匠学院), founded by several units, named by the union of its level."""

    desk_key: ClassVar = "academies"
    searched: ClassVar = ("no", "name", "brand")

    no = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="academies")
    founders = models.ManyToManyField(Unit, through="AcademyFounder", related_name="founded_academies")
    brand = models.CharField(max_length=80, blank=True)
    """The trade it is known for (一院一品)."""
    capacity = models.PositiveIntegerField(default=0)
    """Persons it can train a year."""
    self_score = models.PositiveSmallIntegerField()
    review_score = models.PositiveSmallIntegerField(null=True)
    applied_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    named_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    document_no = models.CharField(max_length=40, blank=True)
    named_on = models.DateField(null=True)
    struck_on = models.DateField(null=True)
    struck_for = models.CharField(max_length=200, blank=True)
    state = flow.ACADEMY.field()

    objects = AcademyQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["name"], condition=~Q(state="struck_off"), name="academy_name_once"),
            one_of("level", codes.LEVELS, "academy_level"),
            one_of("kind", codes.ACADEMY_KINDS, "academy_kind"),
            CheckConstraint(condition=Q(self_score__range=(codes.PASS_SCORE, 100)), name="academy_self_score"),
            CheckConstraint(condition=Q(review_score__isnull=True) | Q(review_score__lte=100), name="academy_review_score"),
            CheckConstraint(
                condition=~Q(state__in=["named", "struck_off"]) | (Q(named_on__isnull=False) & ~Q(document_no="")),
                name="academy_named_by_document",
            ),
            CheckConstraint(
                condition=(Q(state="struck_off") & Q(struck_on__isnull=False)) | (~Q(state="struck_off") & Q(struck_on__isnull=True)),
                name="academy_struck_on",
            ),
            CheckConstraint(condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("applied_by")), name="academy_other_eyes"),
            CheckConstraint(
                condition=Q(named_by__isnull=True) | (~Q(named_by=F("applied_by")) & ~Q(named_by=F("reviewed_by"))),
                name="academy_named_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_standing(self) -> bool:
        return self.state == "named"


class AcademyFounder(Record):
    """One of the units that found an academy together (共建单位); may be an outside institute."""

    academy = models.ForeignKey(Academy, models.PROTECT, related_name="founder_rows")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [UniqueConstraint(fields=["academy", "unit"], name="academy_founder_once")]

    def __str__(self) -> str:
        return f"{self.academy} · {self.unit}"


class IndustryCollege(Record):
    """A secondary industry college (二级产业学院) below an academy, for one chain or industry."""

    desk_key: ClassVar = "colleges"
    searched: ClassVar = ("no", "name", "industry")

    no = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    academy = models.ForeignKey(Academy, models.PROTECT, related_name="colleges")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="industry_colleges")
    """Where it stands; figures by district follow it."""
    industry = models.CharField(max_length=60)
    founded_on = models.DateField()
    closed_on = models.DateField(null=True)
    state = flow.COLLEGE.field()

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["name"], condition=Q(state="open"), name="college_name_once"),
            CheckConstraint(
                condition=(Q(state="closed") & Q(closed_on__gte=F("founded_on"))) | (Q(state="open") & Q(closed_on__isnull=True)),
                name="college_closed_on",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Lecturer(Record):
    """A person of the shared pool (师资库): one row, and one count, however many academies share them."""

    desk_key: ClassVar = "lecturers"

    person = models.OneToOneField(Person, models.PROTECT, related_name="lecturer")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="lecturers")
    source = models.CharField(max_length=16)
    topics = models.CharField(max_length=200)
    enlisted_on = models.DateField()
    left_on = models.DateField(null=True)
    academies = models.ManyToManyField(Academy, through="LecturerPlace", related_name="lecturers")
    state = flow.LECTURER.field()

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("source", codes.LECTURER_SOURCES, "lecturer_source"),
            CheckConstraint(
                condition=(Q(state="left") & Q(left_on__isnull=False)) | (Q(state="active") & Q(left_on__isnull=True)),
                name="lecturer_left_on",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class LecturerPlace(Record):
    """A lecturer's place at one academy."""

    lecturer = models.ForeignKey(Lecturer, models.PROTECT, related_name="places")
    academy = models.ForeignKey(Academy, models.PROTECT, related_name="lecturer_places")
    since_on = models.DateField()

    class Meta:
        constraints = [UniqueConstraint(fields=["lecturer", "academy"], name="lecturer_place_once")]

    def __str__(self) -> str:
        return f"{self.academy} · {self.lecturer}"


class Course(Record):
    """A dish of the menu (菜单课程): what an academy can teach, how, and in how many hours."""

    desk_key: ClassVar = "courses"
    searched: ClassVar = ("no", "title", "trade")

    no = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=80)
    academy = models.ForeignKey(Academy, models.PROTECT, related_name="courses")
    trade = models.CharField(max_length=40)
    method = models.CharField(max_length=12)
    hours = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=200, blank=True)
    state = flow.COURSE.field()

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("method", codes.METHODS, "course_method"),
            CheckConstraint(condition=Q(hours__range=(1, 400)), name="course_hours"),
            UniqueConstraint(fields=["academy", "title"], condition=Q(state="offered"), name="course_title_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def unit(self) -> Unit:
        return self.academy.unit


class Order(Record):
    """An enterprise's order for training (培训订单): trade, heads, level, goal."""

    desk_key: ClassVar = "orders"

    no = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="training_orders")
    academy = models.ForeignKey(Academy, models.PROTECT, related_name="orders")
    course = models.ForeignKey(Course, models.PROTECT, null=True, related_name="orders")
    trade = models.CharField(max_length=40)
    heads = models.PositiveSmallIntegerField()
    trainees = models.CharField(max_length=12)
    aim_rank = models.PositiveSmallIntegerField(null=True)
    goal = models.CharField(max_length=300)
    wanted_on = models.DateField()
    placed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    placed_on = models.DateField()
    state = flow.ORDER.field()

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("trainees", codes.TRAINEES, "order_trainees"),
            CheckConstraint(condition=Q(heads__range=(1, 2000)), name="order_heads"),
            CheckConstraint(condition=Q(aim_rank__isnull=True) | Q(aim_rank__range=(1, 8)), name="order_aim_rank"),
        ]

    def __str__(self) -> str:
        return f"{self.no} {self.trade}"


class TrainingClassQuerySet(RecordQuerySet["TrainingClass"]):
    def open_to(self, person: Person) -> TrainingClassQuerySet:
        """Those a person may join: not the classes that other units ordered."""
        return self.filter(Q(order=None) | Q(order__unit__path__in=tree.ancestors(person.unit.path)))

    def without_contest(self) -> TrainingClassQuerySet:
        """Those that no contest follows yet."""
        return self.exclude(state="cancelled").filter(contest_uid=None)


class TrainingClass(Record):
    """A class (班次): one course taught once to one group, in one of the two directions (双进)."""

    desk_key: ClassVar = "classes"
    searched: ClassVar = ("no", "title", "trade")

    no = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=80)
    academy = models.ForeignKey(Academy, models.PROTECT, related_name="classes")
    college = models.ForeignKey(IndustryCollege, models.PROTECT, null=True, related_name="classes")
    course = models.ForeignKey(Course, models.PROTECT, null=True, related_name="classes")
    order = models.OneToOneField(Order, models.PROTECT, null=True, related_name="training")
    lecturer = models.ForeignKey(Lecturer, models.PROTECT, related_name="classes")
    direction = models.CharField(max_length=16)
    trainees = models.CharField(max_length=12)
    method = models.CharField(max_length=12)
    trade = models.CharField(max_length=40)
    aim_rank = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(max_length=80)
    seats = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    """Seats taken; raised and lowered only together with an enrolment."""
    pass_mark_tenths = models.PositiveSmallIntegerField(default=600)
    starts_on = models.DateField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    finished_on = models.DateField(null=True)
    contest_uid = models.UUIDField(null=True, unique=True)
    """The contest that follows it (跟进式竞赛); contests stand above, so only their uid is kept here."""
    state = flow.CLASS.field()

    objects = TrainingClassQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("direction", codes.DIRECTIONS, "class_direction"),
            one_of("trainees", codes.TRAINEES, "class_trainees"),
            one_of("method", codes.METHODS, "class_method"),
            CheckConstraint(condition=Q(seats__range=(1, 2000)), name="class_seats"),
            CheckConstraint(condition=Q(taken__lte=F("seats")), name="class_never_overfull"),
            CheckConstraint(condition=Q(pass_mark_tenths__lte=codes.FULL_MARK_TENTHS), name="class_pass_mark"),
            CheckConstraint(condition=Q(aim_rank__isnull=True) | Q(aim_rank__range=(1, 8)), name="class_aim_rank"),
            CheckConstraint(
                condition=(Q(state="finished") & Q(finished_on__isnull=False)) | (~Q(state="finished") & Q(finished_on__isnull=True)),
                name="class_finished_on",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def unit(self) -> Unit:
        return self.academy.unit

    @property
    def seats_left(self) -> int:
        return self.seats - self.taken

    @property
    def aims_high(self) -> bool:
        return self.aim_rank is not None and self.aim_rank >= HIGH_SKILLED


class SessionQuerySet(RecordQuerySet["Session"]):
    def open_now(self) -> SessionQuerySet:
        """Those that take check-ins."""
        return self.filter(state="open").select_related("training").order_by("starts_at")


class Session(Record):
    """One meeting of a class (课次), with its hours and its check-in code."""

    desk_key: ClassVar = "sessions"

    training = models.ForeignKey(TrainingClass, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    hours = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField(null=True)
    state = flow.SESSION.field()

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["training", "number"], name="session_number_once"),
            CheckConstraint(condition=Q(hours__range=(1, 12)), name="session_hours"),
            CheckConstraint(condition=Q(state__in=["planned", "dropped"]) | Q(opened_at__isnull=False), name="session_opened_at"),
        ]

    def __str__(self) -> str:
        return f"{self.training} · {self.number}"

    @property
    def unit(self) -> Unit:
        return self.training.unit


class EnrolmentQuerySet(RecordQuerySet["Enrolment"]):
    def trained(self) -> EnrolmentQuerySet:
        """Person-times (人次): one for each person in each class they came to at least once."""
        return self.filter(attended_on__isnull=False)

    def high_skilled(self) -> EnrolmentQuerySet:
        """Those who were 高级工 or above when they came, or came to a class that aims there."""
        return self.trained().filter(is_high_skilled=True)


class Enrolment(Record):
    """One person in one class (报名、学员): seat, attendance, mark, hours and certificate."""

    desk_key: ClassVar = "enrolments"

    training = models.ForeignKey(TrainingClass, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="enrolments")
    """The person's unit when signing up; figures follow it."""
    source = models.CharField(max_length=8)
    trainee = models.CharField(max_length=12)
    seat = models.PositiveSmallIntegerField(null=True)
    signed_up_on = models.DateField()
    attended_on = models.DateField(null=True)
    """Day of the first session attended: from then on a person-time (人次)."""
    sessions_attended = models.PositiveSmallIntegerField(default=0)
    is_high_skilled = models.BooleanField(default=False)
    theory_tenths = models.PositiveSmallIntegerField(null=True)
    practice_tenths = models.PositiveSmallIntegerField(null=True)
    hours = models.PositiveSmallIntegerField(default=0)
    """Class hours (学时) booked when the class ended."""
    certificate_no = models.CharField(max_length=40, blank=True)
    certificate_issuer = models.CharField(max_length=80, blank=True)
    certificate_on = models.DateField(null=True)
    state = flow.ENROLMENT.field()

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["training", "person"], name="enrolment_once"),
            UniqueConstraint(fields=["training", "seat"], name="enrolment_seat_once"),
            UniqueConstraint(
                fields=["certificate_issuer", "certificate_no"],
                condition=~Q(certificate_no=""),
                name="enrolment_certificate_once",
            ),
            one_of("source", codes.SOURCES, "enrolment_source"),
            one_of("trainee", codes.TRAINEES, "enrolment_trainee"),
            CheckConstraint(
                condition=(Q(state="withdrawn") & Q(seat__isnull=True)) | (~Q(state="withdrawn") & Q(seat__gte=1)),
                name="enrolment_holds_a_seat",
            ),
            CheckConstraint(
                condition=(Q(attended_on__isnull=True) & Q(sessions_attended=0))
                | (Q(attended_on__isnull=False) & Q(sessions_attended__gte=1)),
                name="enrolment_attended_on",
            ),
            CheckConstraint(
                condition=Q(theory_tenths__isnull=True) | Q(theory_tenths__lte=codes.FULL_MARK_TENTHS),
                name="enrolment_theory",
            ),
            CheckConstraint(
                condition=Q(practice_tenths__isnull=True) | Q(practice_tenths__lte=codes.FULL_MARK_TENTHS),
                name="enrolment_practice",
            ),
            CheckConstraint(
                condition=Q(certificate_no="") | (Q(state="passed") & Q(certificate_on__isnull=False) & ~Q(certificate_issuer="")),
                name="enrolment_certificate_of_a_pass",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training} · {self.person}"

    @property
    def mark_tenths(self) -> int | None:
        """The mean of what was marked, cut down; None while nothing is."""
        marks = [mark for mark in (self.theory_tenths, self.practice_tenths) if mark is not None]
        return sum(marks) // len(marks) if marks else None


class Attendance(Record):
    """One person at one session (签到), by code or by hand; both count the same."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attendances")
    way = models.CharField(max_length=4)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["session", "enrolment"], name="attendance_once"),
            one_of("way", codes.WAYS, "attendance_way"),
        ]

    def __str__(self) -> str:
        return f"{self.session} · {self.enrolment.person}"


class LearningPlan(Record):
    """One plan per person (一人一策): where they stand, where they want to be, with whose help."""

    desk_key: ClassVar = "plans"

    no = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="learning_plans")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="learning_plans")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="mentored_plans")
    trade = models.CharField(max_length=40)
    present_rank = models.PositiveSmallIntegerField()
    target_rank = models.PositiveSmallIntegerField()
    target_on = models.DateField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    state = flow.PLAN.field()

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["person"], condition=Q(state="open"), name="plan_one_open"),
            CheckConstraint(condition=~Q(mentor=F("person")), name="plan_mentor_is_another"),
            CheckConstraint(
                condition=Q(present_rank__range=(0, 8)) & Q(target_rank__range=(1, 8)) & Q(target_rank__gte=F("present_rank")),
                name="plan_ranks",
            ),
            CheckConstraint(condition=Q(target_on__gt=F("opened_on")), name="plan_target_on"),
        ]

    def __str__(self) -> str:
        return f"{self.no} {self.person}"


class PlanLine(Record):
    """A line of a plan: a course to take, a class taken, a contest to try."""

    plan = models.ForeignKey(LearningPlan, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=120)
    course = models.ForeignKey(Course, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, null=True, related_name="plan_lines")
    """What fulfilled it, where a class did."""
    contest_uid = models.UUIDField(null=True)
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["plan", "number"], name="plan_line_once")]

    def __str__(self) -> str:
        return f"{self.plan.no}-{self.number} {self.what}"
