"""The desks of selections and honours (评选、荣誉)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongchuang.honours import actions, forms, rules, tables
from gongchuang.honours.models import Nomination, Objection, SelectionRound
from gongchuang.kernel.desk import Act, Desk, ReasonForm
from gongchuang.kernel.table import Column
from gongchuang.kernel.text import Text
from gongchuang.people import rules as people_rules
from gongchuang.people.models import Grant


def _round_links(selection: SelectionRound, person: Any) -> Iterable[tuple[Text, Any]]:
    rows = selection.nominations.select_related("person", "collective", "result")
    yield Text("对象", "Nominee"), rules.SEE_NOMINATION.among(person, rows).order_by("pk")[:200]


def _nomination_links(row: Nomination, _person: Any) -> Iterable[tuple[Text, Any]]:
    yield Text("评选", "Selection"), row.round
    if row.result is not None:
        yield Text("成果", "Result"), row.result
    if row.grant is not None:
        yield Text("荣誉", "Honour"), row.grant


def _objection_links(objection: Objection, _person: Any) -> Iterable[tuple[Text, Any]]:
    yield Text("对象", "About"), objection.nomination


def _notice(selection: Any, _person: Any) -> str:
    days = selection.publicity_days
    return str(
        Text(
            f"发布后公示 {days} 个工作日，期满且无未结异议才能命名。",
            f"Public for {days} working days; named after it.",
        )
    )


ROUNDS = Desk(
    key="rounds",
    label=Text("评选", "Selections"),
    one=Text("评选", "Selection"),
    model=SelectionRound,
    table=tables.ROUNDS,
    see=rules.SEE_ROUND,
    filters=("state", "year"),
    search=("no", "name"),
    facts=(
        Column("issuers", Text("授予单位", "Issuers"), public=True),
        Column("publicity_days", Text("公示天数", "Days of notice"), kind="number", public=True),
        Column("named_on", Text("命名日期", "Named on"), kind="date", public=True),
        Column(
            "objections", Text("公示期异议（条）", "Objections lodged"), kind="number", public=True,
            get=lambda one: Objection.objects.filter(nomination__round=one).count(),
        ),
    ),
    related=_round_links,
    spaces=frozenset({"org", "fed", "public"}),
    acts=[
        Act("open", Text("发起评选", "Open a selection"), actions.open_round, rules.OPEN, forms.RoundForm, creates=True, tone="primary"),
        Act("recommend", Text("推荐", "Recommend"), actions.recommend, rules.RECOMMEND_IN, forms.RecommendForm,
            tone="primary", from_states=frozenset({"open"})),
        Act("publish", Text("公示", "Give notice"), actions.publish, rules.PUBLISH, forms.PublishForm, effect=_notice,
            from_states=frozenset({"open"})),
        Act("name", Text("命名", "Name"), actions.name, rules.NAME, forms.DocumentForm, tone="primary",
            from_states=frozenset({"public"}), done=Text("已命名，奖金进入应付奖励。", "Named; the prizes are owed.")),
        Act("settle", Text("办结", "Settle"), actions.settle, rules.SETTLE, from_states=frozenset({"named"})),
        Act("cancel", Text("取消评选", "Cancel"), actions.cancel, rules.CANCEL, ReasonForm, tone="danger",
            from_states=frozenset({"open", "public"})),
    ],
)  # fmt: skip
NOMINATIONS = Desk(
    key="nominations",
    label=Text("推荐对象", "Nominees"),
    one=Text("推荐对象", "Nominee"),
    model=Nomination,
    table=tables.NOMINATIONS,
    see=rules.SEE_NOMINATION,
    search=("no",),
    facts=(
        Column("deeds", Text("事迹", "Deeds"), public=True),
        Column("recommended_by", Text("推荐人", "Recommended by"), kind="person"),
    ),
    related=_nomination_links,
    spaces=frozenset({"org", "fed", "public"}),
    acts=[
        Act("lodge", Text("提异议", "Object"), actions.lodge, rules.OBJECT, forms.ObjectForm, from_states=frozenset({"listed"}),
            done=Text("已收到，核查结论会通知您。", "Received; you will be told the finding.")),
        Act("withdraw", Text("撤回推荐", "Withdraw"), actions.withdraw, rules.WITHDRAW, from_states=frozenset({"recommended"})),
        Act("revoke", Text("撤销", "Revoke"), actions.revoke, rules.REVOKE, ReasonForm, tone="danger",
            from_states=frozenset({"named"})),
    ],
)  # fmt: skip
OBJECTIONS = Desk(
    key="objections",
    label=Text("异议", "Objections"),
    one=Text("异议", "Objection"),
    model=Objection,
    table=tables.OBJECTIONS,
    see=rules.SEE_OBJECTION,
    facts=(
        Column("reply", Text("核查结论", "Finding")),
        Column("decided_on", Text("答复日期", "Decided on"), kind="date"),
    ),
    related=_objection_links,
    spaces=frozenset({"org", "fed"}),
    acts=[
        Act(
            "uphold",
            Text("异议成立", "Uphold"),
            actions.uphold,
            rules.DECIDE,
            forms.ReplyForm,
            from_states=frozenset({"lodged"}),
        ),
        Act(
            "dismiss",
            Text("异议不成立", "Dismiss"),
            actions.dismiss,
            rules.DECIDE,
            forms.ReplyForm,
            from_states=frozenset({"lodged"}),
        ),
    ],
)
HONOURS = Desk(
    key="honours",
    label=Text("荣誉", "Honours"),
    one=Text("荣誉", "Honour"),
    model=Grant,
    table=tables.GRANTS,
    see=people_rules.SEE_GRANT,
    filters=("title",),
    spaces=frozenset({"me", "org", "fed", "public"}),
    acts=[
        Act(
            "enter",
            Text("登记荣誉", "Enter an honour"),
            actions.enter_grant,
            rules.GRANT_IN,
            forms.GrantForm,
            creates=True,
        ),
        Act(
            "revoke",
            Text("撤销荣誉", "Revoke"),
            actions.revoke_grant,
            rules.REVOKE_GRANT,
            ReasonForm,
            tone="danger",
        ),
    ],
)
DESKS = [ROUNDS, NOMINATIONS, OBJECTIONS, HONOURS]
