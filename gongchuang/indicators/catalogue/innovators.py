"""Who takes part in innovation, and who carries it (参与创新职工、创新骨干): windows over what people did in several domains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from gongchuang.contests.models import Contest, Entrant, Entry
from gongchuang.indicators.catalogue.columns import SELF
from gongchuang.indicators.catalogue.people import memberships
from gongchuang.indicators.catalogue.windows import Stretch, a_year_from, edges
from gongchuang.indicators.definition import STOCK, UNITS, Counted, Indicator
from gongchuang.kernel.text import Text
from gongchuang.people import rules
from gongchuang.people.models import Person
from gongchuang.proposals.models import Proposal
from gongchuang.results.models import Maker, Result
from gongchuang.studios.models import Activity, ActivityPart, GroupMember, InnovationGroup, Studio, StudioMember


def _year(day: date, unit: int) -> Stretch:
    return day, a_year_from(day), unit


def _unit_on(person: Person, day: date) -> int:
    """Where the person belonged on a day."""
    stretches = memberships(person)
    return next((unit for first, over, unit in stretches if first <= day and (over is None or day < over)), person.unit_id)


def _made(person: Person) -> Iterator[Stretch]:
    for maker in person.made.all():
        if maker.result.state == "recognised" and maker.result.recognised_on:
            yield _year(maker.result.recognised_on, _unit_on(person, maker.result.recognised_on))


def _in_studios(person: Person) -> Iterator[Stretch]:
    for member in person.studio_memberships.all():
        if member.studio.named_on:
            first = max(member.joined_on, member.studio.named_on)
            over = min((day for day in (member.left_on, member.studio.struck_off_on) if day), default=None)
            yield first, over, _unit_on(person, first)


def _in_groups(person: Person, *, only_leading: bool) -> Iterator[Stretch]:
    for member in person.group_memberships.all():
        group = member.group
        if group.confirmed_on and (not only_leading or group.leader_id == person.pk):
            first = max(member.joined_on, group.confirmed_on)
            over = min((day for day in (member.left_on, group.disbanded_on) if day), default=None)
            yield first, over, _unit_on(person, first)


def _taking_part(person: Person) -> Iterator[Counted]:
    stretches = [_year(one.submitted_on, one.unit_id) for one in person.proposals.all() if one.state != "withdrawn"]
    stretches += [
        _year(one.contest.held_on, one.unit_id)
        for one in person.contest_entries.all()
        if one.is_standing and one.contest.state == "released"
    ]
    stretches += [_year(one.activity.held_on, one.unit_id) for one in person.studio_activities.all() if one.activity.state == "accepted"]
    stretches += [*_made(person), *_in_studios(person), *_in_groups(person, only_leading=False)]
    yield from edges(stretches)


def _carrying(person: Person) -> Iterator[Counted]:
    yield from edges([*_made(person), *_in_studios(person), *_in_groups(person, only_leading=True)])


def _persons(wanted: Q) -> Callable[[], QuerySet[Person]]:
    def records() -> QuerySet[Person]:
        found = Person.objects.filter(pk__in=Person.objects.filter(wanted).order_by().values("pk"))
        return found.prefetch_related(
            "posts", "proposals", "made__result", "contest_entries__contest", "studio_activities__activity",
            "studio_memberships__studio", "group_memberships__group",
        )  # fmt: skip

    return records


def _persons_by(model: type[models.Model], path: str, person: str) -> Callable[[Sequence[int]], Iterable[int]]:
    """The persons named by the rows of `model` that point at touched rows by `path`."""

    def find(pks: Sequence[int]) -> Iterable[int]:
        rows: QuerySet[Any] = model._base_manager.filter(**{f"{path}__in": pks})
        return rows.values_list(person, flat=True)

    return find


_CARRYING_TABLES: dict[type[models.Model], Callable[[Sequence[int]], Iterable[int]]] = {
    Maker: _persons_by(Maker, "pk", "person"),
    Result: _persons_by(Maker, "result", "person"),
    StudioMember: _persons_by(StudioMember, "pk", "person"),
    Studio: _persons_by(StudioMember, "studio", "person"),
    GroupMember: _persons_by(GroupMember, "pk", "person"),
    InnovationGroup: _persons_by(GroupMember, "group", "person"),
}

PARTICIPANTS = Indicator(
    key="innovators.participants",
    measure=1001,
    label=Text("参与创新职工", "Workers who take part in innovation"),
    article=("innovation_participants",),
    measured_in="persons",
    kind=STOCK,
    headline=True,
    public=UNITS,
    definition=Text(
        "期末前十二个月内提过建议、完成过认定的成果、参加过竞赛或工作室活动的职工，以及现任工作室、创新班组和小组的成员。一人只计一次。",
        "People who within twelve months made a proposal or a recognised result or took part in a contest or a studio's "
        "activity, and members of studios, innovation teams and groups. Each once, in the unit where they did so.",
    ),
    excludes=Text("不含：只参加培训的职工。", "Without people who were only trained."),
    signed_by=Text("企业工会", "Enterprise union"),
    model=Person,
    per_person=True,
    records=_persons(
        Q(proposals__isnull=False)
        | Q(made__isnull=False)
        | Q(contest_entries__isnull=False)
        | Q(studio_activities__isnull=False)
        | Q(studio_memberships__isnull=False)
        | Q(group_memberships__isnull=False)
    ),
    facts=_taking_part,
    also={
        **_CARRYING_TABLES,
        Proposal: _persons_by(Proposal, "pk", "author"),
        Entrant: _persons_by(Entrant, "pk", "person"),
        Entry: _persons_by(Entrant, "entry", "person"),
        Contest: _persons_by(Entrant, "contest", "person"),
        ActivityPart: _persons_by(ActivityPart, "pk", "person"),
        Activity: _persons_by(ActivityPart, "activity", "person"),
    },
    see=rules.SEE_PERSON,
    columns=(SELF,),
    wording="多",
)
BACKBONE = Indicator(
    key="innovators.backbone",
    measure=1002,
    label=Text("创新骨干", "Innovation backbone workers"),
    article=("innovation_backbone",),
    measured_in="persons",
    kind=STOCK,
    public=UNITS,
    definition=Text(
        "现任工作室成员、创新班组和小组的带头人，以及期末前十二个月内有成果被认定的完成人。一人只计一次。",
        "Members of studios, leaders of innovation teams and groups, and makers of results recognised within twelve months. Each once.",
    ),
    signed_by=Text("企业工会", "Enterprise union"),
    model=Person,
    per_person=True,
    records=_persons(Q(made__isnull=False) | Q(studio_memberships__isnull=False) | Q(group_memberships__isnull=False)),
    facts=_carrying,
    also=_CARRYING_TABLES,
    see=rules.SEE_PERSON,
    columns=(SELF,),
)

ALL = [BACKBONE, PARTICIPANTS]
