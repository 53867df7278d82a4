"""Every change of studios: application to naming, members, activities, results, striking off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import next_number
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person
from gongchuang.results.models import Result
from gongchuang.studios import flow, lineage, rules
from gongchuang.studios.models import CITY_AND_ABOVE, LEVELS, STANDING, Activity, ActivityPart, Studio, StudioMember, StudioResult

# ---- application to naming -------------------------------------------------------------------------------------------


@action
def apply(
    *, leader: Person, name: str, level: str, kind: str, field: str, founded_on: date, by: Person, key: str,
    mother: Studio | None = None, industry: str = "", introduction: str = "",
) -> Studio:  # fmt: skip
    """Apply for a studio (申报工作室); one who grew in another studio names it as mother (1+N)."""
    rules.APPLY.require(by, leader.unit)
    _not_in_future(founded_on, "founded_on")
    _leads_no_other(leader, level)
    if mother is not None:
        _grew_in(leader, mother, founded_on)
    studio = Studio(
        no=next_number("GZ", clock.today().year), name=name, level=level, kind=kind, unit=leader.unit.enterprise,
        leader=leader, field=field, industry=industry, introduction=introduction, founded_on=founded_on, mother=mother,
        applied_by=by,
    )  # fmt: skip
    flow.STUDIO.start(studio, by=by, key=key, name="apply", tell=[leader])
    StudioMember(studio=studio, person=leader, part="leader", joined_on=founded_on).save()
    return studio


@action
def recommend(studio: Studio, *, by: Person, key: str) -> Studio:
    """The enterprise's union stands behind it (推荐)."""
    rules.RECOMMEND.require(by, studio)
    studio.recommended_by = by
    move = "recommend" if studio.level in CITY_AND_ABOVE else "forward"
    flow.STUDIO.move(studio, move, by=by, key=key, tell=[studio.applied_by])
    return studio


@action
def send_back(studio: Studio, *, reason: str, by: Person, key: str) -> Studio:
    """Return an application with what is missing (退回修改)."""
    rules.SEND_BACK.require(by, studio)
    studio.recommended_by = studio.reviewed_by = None
    say = Text(f"工作室申报已退回：{reason}", f"Studio application sent back: {reason}")
    flow.STUDIO.move(studio, "send_back", by=by, key=key, tell=[studio.applied_by], say=say, reason=reason)
    return studio


@action
def reapply(studio: Studio, *, field: str, introduction: str, by: Person, key: str) -> Studio:
    """Hand an application in again, put right (重新申报)."""
    rules.REAPPLY.require(by, studio)
    studio.field, studio.introduction = field, introduction
    flow.STUDIO.move(studio, "reapply", by=by, key=key)
    return studio


@action
def review(studio: Studio, *, by: Person, key: str) -> Studio:
    """The district has seen papers and place (材料与现场审核)."""
    rules.REVIEW.require(by, studio)
    studio.reviewed_by = by
    flow.STUDIO.move(studio, "review", by=by, key=key, tell=[studio.applied_by])
    return studio


@action
def name(studio: Studio, *, document_no: str, named_on: date, by: Person, key: str) -> Studio:
    """Name a studio by a numbered document (命名); it counts from that day."""
    rules.NAME.require(by, studio)
    _not_in_future(named_on, "named_on")
    if named_on < studio.founded_on:
        raise Refused(Text("命名日期早于成立日期。", "It cannot be named before it was founded."), field="named_on")
    _leads_no_other(studio.leader, studio.level, but=studio)
    if Studio.objects.standing().filter(name=studio.name, level=studio.level).exclude(pk=studio.pk).exists():
        raise Refused(
            Text(f"已有同级工作室叫“{studio.name}”。", f"A studio of this level is called “{studio.name}” already."),
            cure=Text("请退回申报人改名。", "Please send it back for another name."),
        )
    studio.document_no, studio.named_on, studio.named_by = document_no, named_on, by
    flow.STUDIO.move(studio, "name", by=by, key=key, tell=[studio.leader, studio.applied_by], document_no=document_no)
    return studio


@action
def rectify(studio: Studio, *, reason: str, by: Person, key: str) -> Studio:
    """Ask a named studio to put things right (限期整改); it still counts."""
    rules.RECTIFY.require(by, studio)
    flow.STUDIO.move(studio, "rectify", by=by, key=key, tell=[studio.leader], reason=reason)
    return studio


@action
def restore(studio: Studio, *, by: Person, key: str) -> Studio:
    """Things have been put right (整改合格)."""
    rules.RESTORE.require(by, studio)
    flow.STUDIO.move(studio, "restore", by=by, key=key, tell=[studio.leader])
    return studio


@action
def strike_off(studio: Studio, *, reason: str, struck_off_on: date, by: Person, key: str) -> Studio:
    """Take the plaque down (摘牌): the studio leaves the count from that day; what it did stays."""
    rules.STRIKE_OFF.require(by, studio)
    _not_in_future(struck_off_on, "struck_off_on")
    if studio.named_on and struck_off_on < studio.named_on:
        raise Refused(Text("摘牌日期早于命名日期。", "It cannot be struck off before it was named."), field="struck_off_on")
    studio.struck_off_on, studio.struck_off_for = struck_off_on, reason
    flow.STUDIO.move(studio, "strike_off", by=by, key=key, tell=[studio.leader], reason=reason)
    return studio


@action
def set_mother(studio: Studio, *, mother: Studio, by: Person, key: str) -> Studio:
    """Enter afterwards which studio it grew out of (补登母工作室); the lineage stays free of circles."""
    rules.SET_MOTHER.require(by, studio)
    _grew_in(studio.leader, mother, studio.founded_on)
    parents = dict(Studio.objects.select_for_update().values_list("pk", "mother"))
    if lineage.would_circle(parents, child=studio.pk, parent=mother.pk):
        raise Refused(
            Text(f"“{mother}”是从“{studio}”里成长出来的，不能反过来。", f"“{mother}” grew out of “{studio}”, not the other way round."),
            field="mother",
        )
    studio.mother = mother
    studio.save()
    record(by, "studio.set_mother", subject=studio, key=key, tell=[studio.leader, mother.leader], mother=mother.no)
    return studio


# ---- members ---------------------------------------------------------------------------------------------------------


@action
def join(studio: Studio, *, person: Person, part: str, joined_on: date, by: Person, key: str) -> Studio:
    """Take a person in (成员加入)."""
    rules.JOIN.require(by, studio)
    _not_struck_off(studio)
    _not_in_future(joined_on, "joined_on")
    if joined_on < studio.founded_on:
        raise Refused(Text("加入日期早于工作室成立日期。", "Nobody joins before the studio was founded."), field="joined_on")
    if studio.members.filter(person=person, left_on=None).exists():
        raise Refused(Text(f"{person}已是成员。", f"{person} is a member already."), field="person")
    if part == "leader":
        raise Refused(Text("领衔人只有一位。", "There is one leader only."), field="part")
    StudioMember(studio=studio, person=person, part=part, joined_on=joined_on).save()
    record(by, "studio.join", subject=studio, key=key, tell=[person], say=Text(f"您已加入{studio}。", f"You are a member of {studio}."))
    return studio


@action
def leave(studio: Studio, *, member: StudioMember, left_on: date, by: Person, key: str) -> Studio:
    """A member leaves (成员退出); what was done in the studio stays with both."""
    rules.LEAVE.require(by, studio)
    _not_in_future(left_on, "left_on")
    if member.studio_id != studio.pk or member.left_on is not None:
        raise Refused(Text("此人现在不是成员。", "This person is no member now."), field="member")
    if member.part == "leader":
        raise Refused(Text("领衔人不能退出自己的工作室。", "The leader cannot leave the studio."), field="member")
    if left_on < member.joined_on:
        raise Refused(Text("退出日期早于加入日期。", "Nobody leaves before joining."), field="left_on")
    member.left_on = left_on
    member.save()
    record(by, "studio.leave", subject=studio, key=key, tell=[member.person])
    return studio


# ---- activities and results ------------------------------------------------------------------------------------------


@action
def log(
    studio: Studio, *, function: str, title: str, held_on: date, persons: Iterable[Person], by: Person, key: str, note: str = ""
) -> Activity:
    """Write down what the studio did one day (登记活动)."""
    rules.LOG.require(by, studio)
    present = _may_be_held(studio, held_on, persons)
    activity = Activity(
        no=next_number("HD", held_on.year), studio=studio, unit=studio.unit, function=function, title=title, note=note,
        held_on=held_on, logged_by=by,
    )  # fmt: skip
    flow.ACTIVITY.start(activity, by=by, key=key, name="log")
    for person in present:
        ActivityPart(activity=activity, person=person, unit=person.unit).save()
    return activity


@action
def correct_activity(
    activity: Activity, *, function: str, title: str, held_on: date, persons: Iterable[Person], by: Person, key: str, note: str = ""
) -> Activity:
    """Put a returned activity right and hand it in again (更正活动)."""
    rules.CORRECT.require(by, activity)
    present = _may_be_held(activity.studio, held_on, persons)
    activity.function, activity.title, activity.held_on, activity.note = function, title, held_on, note
    flow.ACTIVITY.move(activity, "correct", by=by, key=key)
    known = {part.person_id: part for part in activity.parts.all()}
    for person_id, part in known.items():
        if person_id not in {person.pk for person in present}:
            part.delete()
    for person in present:
        if person.pk not in known:
            ActivityPart(activity=activity, person=person, unit=person.unit).save()
    return activity


@action
def accept_activity(activity: Activity, *, by: Person, key: str) -> Activity:
    """The union confirms that it happened (确认活动): from now on it counts."""
    rules.ACCEPT.require(by, activity)
    activity.accepted_by = by
    flow.ACTIVITY.move(activity, "accept", by=by, key=key, tell=[activity.logged_by])
    return activity


@action
def send_back_activity(activity: Activity, *, reason: str, by: Person, key: str) -> Activity:
    """Return an activity with the reason (退回活动)."""
    rules.SEND_BACK_ACTIVITY.require(by, activity)
    flow.ACTIVITY.move(activity, "send_back", by=by, key=key, tell=[activity.logged_by], reason=reason)
    return activity


@action
def note_result(studio: Studio, *, result: Result, by: Person, key: str) -> Studio:
    """Enter a result as this studio's work (登记成果): one of its makers is a member."""
    rules.NOTE_RESULT.require(by, studio)
    _not_struck_off(studio)
    if StudioResult.objects.filter(result=result).exists():
        raise Refused(Text("这项成果已记在一个工作室名下。", "This result stands to a studio's name already."), field="result")
    if not studio.members.filter(person__in=result.makers.values("person")).exists():
        raise Refused(Text("成果的完成人里没有本工作室成员。", "None of the result's makers is a member."), field="result")
    StudioResult(studio=studio, result=result, noted_by=by, noted_on=clock.today()).save()
    record(by, "studio.note_result", subject=studio, key=key, tell=[studio.leader], result=result.no)
    return studio


# ---- what must be so -------------------------------------------------------------------------------------------------


def _leads_no_other(leader: Person, level: str, but: Studio | None = None) -> None:
    other = Studio.objects.standing().filter(leader=leader, level=level).first()
    if other is not None and other != but:
        raise Refused(
            Text(
                f"{leader}已领衔{LEVELS.texts[level].zh}工作室“{other}”。",
                f"{leader} leads the studio “{other}” of this level already.",
            ),
            field="leader",
            cure=Text("每人每级只领衔一个工作室。", "A person leads one studio a level."),
        )


def _grew_in(leader: Person, mother: Studio, day: date) -> None:
    if mother.state not in STANDING:
        raise Refused(Text("母工作室应是已命名的工作室。", "The mother studio must be a named one."), field="mother")
    if not StudioMember.objects.filter(studio=mother, person=leader, joined_on__lte=day).exclude(part="leader").exists():
        raise Refused(
            Text(f"{leader}没有在“{mother}”当过成员。", f"{leader} was no member of “{mother}”."),
            field="mother",
            cure=Text("请先由母工作室登记成员。", "Let the mother studio enter the membership first."),
        )


def _may_be_held(studio: Studio, held_on: date, persons: Iterable[Person]) -> list[Person]:
    if studio.state not in STANDING:
        raise Refused(Text("只有已命名的工作室可以登记活动。", "Only named studios log activities."))
    _not_in_future(held_on, "held_on")
    if held_on < studio.founded_on:
        raise Refused(Text("活动日期早于工作室成立日期。", "The day lies before the studio was founded."), field="held_on")
    present = list(dict.fromkeys(persons))
    if not present:
        raise Refused(Text("至少有一人参加。", "At least one person takes part."), field="persons")
    return present


def _not_struck_off(studio: Studio) -> None:
    if studio.state == "struck_off":
        raise Refused(Text("工作室已摘牌。", "The studio has been struck off."))


def _not_in_future(day: date, field: str) -> None:
    if day > clock.today():
        raise Refused(Text("日期不能在今天之后。", "The day cannot lie in the future."), field=field)
