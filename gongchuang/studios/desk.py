"""The desks of studios, activities, groups, apprenticeships and team measures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongchuang.kernel.desk import Act, Desk, ReasonForm
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person
from gongchuang.results.models import Result
from gongchuang.studios import actions, forms, groups, rules, tables
from gongchuang.studios.models import Activity, InnovationGroup, Mentorship, Studio, TeamMeasure


def _states(*states: str) -> frozenset[str]:
    return frozenset(states)


def _relatives(studio: Studio, person: Person | None) -> Iterable[tuple[Text, Any]]:
    if studio.mother is not None:
        yield Text("母工作室", "Grown out of"), studio.mother
    yield Text("带出的工作室", "Grew out of it"), studio.children.exclude(named_on=None).order_by("named_on")[:50]
    open_results = Result.objects.filter(studio_link__studio=studio, state="recognised", is_confidential=False)
    yield Text("成果", "Result"), open_results.order_by("-studio_link__pk")[:20]
    yield Text("活动", "Activity"), rules.SEE_ACTIVITY.among(person, Activity.objects.filter(studio=studio)).order_by("-held_on")[:10]


STANDING = _states("named", "rectifying")
STUDIOS = Desk(
    key="studios",
    label=Text("工作室", "Studios"),
    one=Text("工作室", "Studio"),
    model=Studio,
    table=tables.STUDIOS,
    facts=tables.STUDIO_FACTS,
    see=rules.SEE,
    filters=("state", "level", "kind"),
    related=_relatives,
    spaces=frozenset({"me", "org", "fed", "public"}),
    empty=Text("还没有工作室。有经验的师傅可以申报一个。", "No studios yet. An experienced worker may apply for one."),
    acts=[
        Act("new", Text("申报工作室", "Apply for a studio"), actions.apply, rules.APPLY, forms.ApplyForm, creates=True, tone="primary"),
        Act("log", Text("登记活动", "Log an activity"), actions.log, rules.LOG, forms.LogForm, tone="primary", from_states=STANDING),
        Act("recommend", Text("推荐", "Recommend"), actions.recommend, rules.RECOMMEND, tone="primary", from_states=_states("applied")),
        Act("review", Text("审核通过", "Pass the review"), actions.review, rules.REVIEW, tone="primary", from_states=_states("recommended")),
        Act("name", Text("命名", "Name"), actions.name, rules.NAME, forms.NameForm, tone="primary",
            from_states=_states("forwarded", "reviewed"), done=Text("已命名，当日起计数。", "Named; it counts from that day.")),
        Act("send_back", Text("退回修改", "Send back"), actions.send_back, rules.SEND_BACK, ReasonForm,
            from_states=_states("applied", "recommended", "reviewed", "forwarded")),
        Act("reapply", Text("重新申报", "Apply again"), actions.reapply, rules.REAPPLY, forms.ReapplyForm, tone="primary",
            from_states=_states("sent_back")),
        Act("join", Text("成员加入", "Take in a member"), actions.join, rules.JOIN, forms.JoinForm),
        Act("leave", Text("成员退出", "A member leaves"), actions.leave, rules.LEAVE, forms.LeaveForm),
        Act("note_result", Text("登记成果", "Enter a result"), actions.note_result, rules.NOTE_RESULT, forms.ResultForm, from_states=STANDING),
        Act("set_mother", Text("补登母工作室", "Enter its mother studio"), actions.set_mother, rules.SET_MOTHER, forms.MotherForm,
            from_states=STANDING),
        Act("rectify", Text("限期整改", "Ask to put right"), actions.rectify, rules.RECTIFY, ReasonForm, from_states=_states("named")),
        Act("restore", Text("整改合格", "Put right"), actions.restore, rules.RESTORE, from_states=_states("rectifying")),
        Act("strike_off", Text("摘牌", "Strike off"), actions.strike_off, rules.STRIKE_OFF, forms.StrikeOffForm, tone="danger",
            from_states=STANDING),
    ],
)  # fmt: skip
ACTIVITIES = Desk(
    key="activities",
    label=Text("工作室活动", "Studio activities"),
    one=Text("活动", "Activity"),
    model=Activity,
    table=tables.ACTIVITIES,
    facts=tables.ACTIVITY_FACTS,
    see=rules.SEE_ACTIVITY,
    filters=("state", "function"),
    spaces=frozenset({"me", "org", "fed", "public"}),
    acts=[
        Act("accept", Text("确认活动", "Confirm"), actions.accept_activity, rules.ACCEPT, tone="primary", from_states=_states("logged")),
        Act("send_back", Text("退回", "Send back"), actions.send_back_activity, rules.SEND_BACK_ACTIVITY, ReasonForm,
            from_states=_states("logged")),
        Act("correct", Text("更正", "Correct"), actions.correct_activity, rules.CORRECT, forms.CorrectActivityForm, tone="primary",
            from_states=_states("sent_back")),
    ],
)  # fmt: skip
GROUPS = Desk(
    key="groups",
    label=Text("创新班组与小组", "Innovation teams and groups"),
    one=Text("创新小组", "Innovation group"),
    model=InnovationGroup,
    table=tables.GROUPS,
    facts=tables.GROUP_FACTS,
    see=rules.SEE_GROUP,
    filters=("state", "kind"),
    spaces=frozenset({"team", "org", "fed", "public"}),
    acts=[
        Act("new", Text("登记小组", "Register a group"), groups.register, rules.REGISTER, forms.RegisterForm, creates=True, tone="primary"),
        Act("confirm", Text("确认小组", "Confirm"), groups.confirm, rules.CONFIRM_GROUP, tone="primary", from_states=_states("registered")),
        Act("join", Text("成员加入", "Take in a member"), groups.join, rules.JOIN_GROUP, forms.JoinGroupForm),
        Act("disband", Text("解散", "Disband"), groups.disband, rules.DISBAND, ReasonForm, tone="danger",
            from_states=_states("registered", "confirmed")),
    ],
)  # fmt: skip
MENTORSHIPS = Desk(
    key="mentorships",
    label=Text("师带徒", "Masters and apprentices"),
    one=Text("师徒协议", "Apprenticeship"),
    model=Mentorship,
    table=tables.MENTORSHIPS,
    facts=tables.MENTORSHIP_FACTS,
    see=rules.SEE_MENTORSHIP,
    spaces=frozenset({"me", "org"}),
    acts=[
        Act("new", Text("收徒", "Take an apprentice"), groups.propose, rules.PROPOSE, forms.ProposeForm, creates=True, tone="primary"),
        Act("agree", Text("同意拜师", "Agree"), groups.agree, rules.AGREE, tone="primary", from_states=_states("proposed")),
        Act("complete", Text("确认出师", "Confirm completion"), groups.complete, rules.COMPLETE, forms.OutcomeForm, tone="primary",
            from_states=_states("agreed")),
        Act("end", Text("终止", "End"), groups.end, rules.END, ReasonForm, from_states=_states("proposed", "agreed")),
    ],
)  # fmt: skip
MEASURES = Desk(
    key="measures",
    label=Text("团队指标", "Team measures"),
    one=Text("团队指标", "Team measure"),
    model=TeamMeasure,
    table=tables.MEASURES,
    facts=tables.MEASURE_FACTS,
    see=rules.SEE_MEASURE,
    filters=("state", "basis"),
    spaces=frozenset({"team", "org", "fed"}),
    acts=[
        Act("new", Text("填团队指标", "Enter a measure"), groups.enter, rules.ENTER, forms.MeasureForm, creates=True, tone="primary"),
        Act("confirm", Text("确认指标", "Confirm"), groups.confirm_measure, rules.CONFIRM_MEASURE, tone="primary",
            from_states=_states("entered")),
        Act("send_back", Text("退回", "Send back"), groups.send_back_measure, rules.SEND_BACK_MEASURE, ReasonForm,
            from_states=_states("entered")),
        Act("enter_again", Text("更正再报", "Enter again"), groups.enter_again, rules.ENTER_AGAIN, forms.NumbersAgainForm, tone="primary",
            from_states=_states("sent_back")),
    ],
)  # fmt: skip
DESKS = [STUDIOS, ACTIVITIES, GROUPS, MENTORSHIPS, MEASURES]
