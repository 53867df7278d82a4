"""Every change of innovation groups, masters and apprentices, and team measures; studios themselves stand in actions.py."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import next_number
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person, Unit
from gongchuang.studios import flow, rules, team
from gongchuang.studios.models import GroupMember, InnovationGroup, Mentorship, Studio, TeamMeasure

# ---- masters and apprentices -----------------------------------------------------------------------------------------


@action
def propose(
    *, apprentice: Person, trade: str, goals: str, starts_on: date, ends_on: date, by: Person, key: str, studio: Studio | None = None
) -> Mentorship:
    """A master offers to teach (提出师徒协议); the apprentice agrees by their own act."""
    rules.PROPOSE.require(by, by.unit)
    if apprentice == by:
        raise Refused(Text("不能收自己为徒。", "Nobody is their own apprentice."), field="apprentice")
    if ends_on <= starts_on:
        raise Refused(Text("结束日期应在开始日期之后。", "The term must end after it begins."), field="ends_on")
    if Mentorship.objects.filter(mentor=by, apprentice=apprentice, state__in=["proposed", "agreed"]).exists():
        raise Refused(Text("两人已有一份师徒协议。", "The two have an agreement already."), field="apprentice")
    mentorship = Mentorship(
        no=next_number("ST", starts_on.year), mentor=by, apprentice=apprentice, unit=apprentice.unit, studio=studio, trade=trade,
        goals=goals, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    flow.MENTORSHIP.start(mentorship, by=by, key=key, name="propose", tell=[apprentice])
    return mentorship


@action
def agree(mentorship: Mentorship, *, by: Person, key: str) -> Mentorship:
    """The apprentice agrees (确认拜师)."""
    rules.AGREE.require(by, mentorship)
    flow.MENTORSHIP.move(mentorship, "agree", by=by, key=key, tell=[mentorship.mentor])
    return mentorship


@action
def complete(mentorship: Mentorship, *, outcome: str, by: Person, key: str) -> Mentorship:
    """The union confirms that the goals were reached (出师)."""
    rules.COMPLETE.require(by, mentorship)
    mentorship.outcome, mentorship.closed_on, mentorship.closed_by = outcome, clock.today(), by
    flow.MENTORSHIP.move(mentorship, "complete", by=by, key=key, tell=[mentorship.mentor, mentorship.apprentice])
    return mentorship


@action
def end(mentorship: Mentorship, *, reason: str, by: Person, key: str) -> Mentorship:
    """End an agreement before its goals are reached (终止)."""
    rules.END.require(by, mentorship)
    mentorship.closed_on, mentorship.closed_by = clock.today(), by
    told = [mentorship.mentor, mentorship.apprentice]
    flow.MENTORSHIP.move(mentorship, "end", by=by, key=key, tell=told, reason=reason)
    return mentorship


# ---- teams and groups ------------------------------------------------------------------------------------------------


@action
def register(
    *, unit: Unit, kind: str, name: str, leader: Person, field: str, founded_on: date, members: Iterable[Person], by: Person,
    key: str, studio: Studio | None = None,
) -> InnovationGroup:  # fmt: skip
    """Register an innovation team or group in a unit (登记创新班组、小组)."""
    rules.REGISTER.require(by, unit)
    if not leader.unit.is_inside(unit):
        raise Refused(Text(f"{leader}不在{unit}。", f"{leader} does not belong to {unit}."), field="leader")
    if founded_on > clock.today():
        raise Refused(Text("日期不能在今天之后。", "The day cannot lie in the future."), field="founded_on")
    if InnovationGroup.objects.filter(unit=unit, name=name).exclude(state="disbanded").exists():
        raise Refused(Text(f"{unit}已有“{name}”。", f"{unit} has a group “{name}” already."), field="name")
    group = InnovationGroup(
        no=next_number("XZ", founded_on.year), kind=kind, name=name, unit=unit, leader=leader, studio=studio, field=field,
        founded_on=founded_on, registered_by=by,
    )  # fmt: skip
    flow.GROUP.start(group, by=by, key=key, name="register", tell=[leader])
    for person in dict.fromkeys([leader, *members]):
        GroupMember(group=group, person=person, joined_on=founded_on).save()
    return group


@action
def confirm(group: InnovationGroup, *, by: Person, key: str) -> InnovationGroup:
    """The union confirms the group (确认); it counts from today."""
    rules.CONFIRM_GROUP.require(by, group)
    group.confirmed_by, group.confirmed_on = by, clock.today()
    flow.GROUP.move(group, "confirm", by=by, key=key, tell=[group.leader, group.registered_by])
    return group


@action
def disband(group: InnovationGroup, *, reason: str, by: Person, key: str) -> InnovationGroup:
    """A group ends (解散); it leaves the count from today."""
    rules.DISBAND.require(by, group)
    group.disbanded_on = clock.today()
    flow.GROUP.move(group, "disband", by=by, key=key, tell=[group.leader], reason=reason)
    return group


@action
def join(group: InnovationGroup, *, person: Person, joined_on: date, by: Person, key: str) -> InnovationGroup:
    """A person joins a group (加入)."""
    rules.JOIN_GROUP.require(by, group)
    if group.state == "disbanded" or group.members.filter(person=person, left_on=None).exists():
        raise Refused(Text("小组已解散，或此人已是成员。", "The group has ended, or the person is a member already."), field="person")
    if not group.founded_on <= joined_on <= clock.today():
        raise Refused(Text("加入日期应在成立之后、今天之前。", "The day must lie between the founding and today."), field="joined_on")
    GroupMember(group=group, person=person, joined_on=joined_on).save()
    record(by, "group.join", subject=group, key=key, tell=[person])
    return group


# ---- team measures ---------------------------------------------------------------------------------------------------


@action
def enter(
    *, unit: Unit, ends_on: date, stations_total: int, stations_automated: int, output_fen: int, basis: str, heads_tenths: int,
    evidence: str, by: Person, key: str,
) -> TeamMeasure:  # fmt: skip
    """Enter what a team's line yielded in the twelve months before a day (填团队指标), with its source."""
    rules.ENTER.require(by, unit)
    if unit.kind not in {"team", "workshop"}:
        raise Refused(Text("团队指标按班组或车间填。", "Team measures are of teams or workshops."), field="unit")
    _possible(ends_on, stations_total, stations_automated)
    standing = TeamMeasure.objects.filter(unit=unit, ends_on=ends_on, state="confirmed").first()
    measure = TeamMeasure(
        no=next_number("BZ", ends_on.year), unit=unit, starts_on=team.year_before(ends_on), ends_on=ends_on,
        stations_total=stations_total, stations_automated=stations_automated, output_fen=output_fen, basis=basis,
        heads_tenths=heads_tenths, evidence=evidence, entered_by=by, replaces=standing,
    )  # fmt: skip
    flow.MEASURE.start(measure, by=by, key=key, name="enter")
    return measure


@action
def enter_again(
    measure: TeamMeasure, *, stations_total: int, stations_automated: int, output_fen: int, basis: str, heads_tenths: int,
    evidence: str, by: Person, key: str,
) -> TeamMeasure:  # fmt: skip
    """Put returned numbers right (更正后再报)."""
    rules.ENTER_AGAIN.require(by, measure)
    _possible(measure.ends_on, stations_total, stations_automated)
    measure.stations_total, measure.stations_automated = stations_total, stations_automated
    measure.output_fen, measure.basis, measure.heads_tenths = output_fen, basis, heads_tenths
    measure.evidence = evidence
    flow.MEASURE.move(measure, "enter_again", by=by, key=key)
    return measure


@action
def confirm_measure(measure: TeamMeasure, *, by: Person, key: str) -> TeamMeasure:
    """The officer has compared the numbers with their source (确认); an earlier version is replaced, not edited."""
    rules.CONFIRM_MEASURE.require(by, measure)
    if measure.replaces is not None and measure.replaces.state == "confirmed":
        flow.MEASURE.move(measure.replaces, "replace", by=by, key=f"{key}:replaced")
    measure.confirmed_by, measure.confirmed_on = by, clock.today()
    flow.MEASURE.move(measure, "confirm", by=by, key=key, tell=[measure.entered_by])
    return measure


@action
def send_back_measure(measure: TeamMeasure, *, reason: str, by: Person, key: str) -> TeamMeasure:
    """Return numbers that do not agree with their source (退回)."""
    rules.SEND_BACK_MEASURE.require(by, measure)
    flow.MEASURE.move(measure, "send_back", by=by, key=key, tell=[measure.entered_by], reason=reason)
    return measure


def _possible(ends_on: date, stations_total: int, stations_automated: int) -> None:
    if ends_on > clock.today():
        raise Refused(Text("这十二个月还没有过完。", "These twelve months are not over yet."), field="ends_on")
    if stations_automated > stations_total:
        raise Refused(
            Text("自动化工位多于全部工位。", "More automated stations than stations."),
            field="stations_automated",
            cure=Text("请核对两个数。", "Please compare the two numbers."),
        )
