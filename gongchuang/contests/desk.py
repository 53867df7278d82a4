"""The desks of contests (竞赛、报名、评分表)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, Q

from gongchuang.contests import actions, following, forms, judging, rules, tables
from gongchuang.contests.models import Contest, Entrant, Entry, ScoreSheet
from gongchuang.kernel.desk import Act, Desk, ReasonForm
from gongchuang.kernel.text import Text

DRAFT, OPEN, JUDGING = frozenset({"draft"}), frozenset({"open"}), frozenset({"judging"})


def of_contest(contest: Contest, person: Any) -> Iterator[tuple[Text, Any]]:
    """What belongs to a contest: the one above, those below, and the entries this person may see."""
    if person is not None:
        yield Text("跟进班次", "Class it follows"), following.classes_of(contest)
    if contest.higher is not None:
        yield Text("上级竞赛", "Higher contest"), contest.higher
    yield Text("下级竞赛", "Lower contest"), contest.lower.public().order_by("pk")
    if contest.state != "released":  # a released contest shows its result in full
        rows = rules.SEE_ENTRY.among(person, contest.entries.standing()).prefetch_related(
            Prefetch("entrants", Entrant.objects.select_related("person"))
        )
        yield Text("报名", "Entry"), rows.order_by("pk")[:30]


def of_entry(entry: Entry, person: Any) -> Iterator[tuple[Text, Any]]:
    """The contest, and the entries it came from or went on to."""
    if rules.SEE.allows(person, entry.contest):
        yield Text("竞赛", "Contest"), entry.contest
    for other in rules.SEE_ENTRY.among(person, Entry.objects.filter(Q(advanced=entry) | Q(source=entry))).order_by("pk"):
        yield Text("已推荐到", "Recommended to") if other.source_id == entry.pk else Text("由此推荐而来", "Recommended from"), other


CONTESTS = Desk(
    key="contests",
    label=Text("竞赛", "Contests"),
    one=Text("竞赛", "Contest"),
    model=Contest,
    table=tables.CONTESTS,
    facts=tables.CONTEST_FACTS,
    see=rules.SEE,
    filters=("state", "kind", "level"),
    search=("no", "title", "trade"),
    related=of_contest,
    spaces=frozenset({"me", "team", "org", "fed", "public"}),
    empty=Text("现在没有竞赛。", "There are no contests now."),
    acts=[
        Act("new", Text("办竞赛", "Prepare a contest"), actions.create, rules.CREATE, forms.CreateForm, creates=True),
        Act("enter", Text("报名", "Enter"), actions.enter, rules.ENTER, forms.EnterForm, tone="primary", from_states=OPEN,
            done=Text("已报名。", "Entered.")),
        Act("enter_list", Text("集体报名", "Enter a list"), actions.enter_list, rules.ENTER_LIST, forms.EnterListForm,
            from_states=OPEN, done=Text("已全部报名。", "All entered.")),
        Act("appoint", Text("聘评委", "Appoint a judge"), actions.appoint, rules.APPOINT, forms.AppointForm,
            from_states=DRAFT | OPEN),
        Act("announce", Text("发布竞赛", "Announce"), actions.announce, rules.ANNOUNCE, tone="primary", from_states=DRAFT,
            effect=lambda contest, person: str(Text("发布后规则封存，开始报名。", "The rules are sealed and entries taken."))),
        Act("follow", Text("跟进班次", "Follow a class"), following.follow, rules.FOLLOW, following.FollowForm,
            from_states=following.BEFORE_MARKING),
        Act("begin", Text("抽签开评", "Draw and begin"), judging.begin, rules.BEGIN, from_states=OPEN,
            effect=lambda contest, person: str(
                Text("抽签编号，发评分表，本单位评委自动回避。", "Numbers are drawn, sheets handed out, own-unit judges stand back."))),
        Act("cancel", Text("取消竞赛", "Call off"), actions.cancel, rules.CANCEL, ReasonForm, tone="danger",
            from_states=DRAFT | OPEN),
        Act("veto", Text("不计名次", "Take out of the ranking"), judging.veto, rules.VETO, forms.VetoForm, tone="danger",
            from_states=JUDGING),
        Act("sign", Text("裁判长签字", "Sign as chief judge"), judging.sign, rules.SIGN, tone="primary", from_states=JUDGING),
        Act("release", Text("发布成绩", "Release the result"), judging.release, rules.RELEASE, tone="primary",
            from_states=frozenset({"signed"}),
            effect=lambda contest, person: str(
                Text("公布后名次不再改变，晋级人员报人社部门。", "Ranks are final; levels go to the labour authority."))),
    ],
)  # fmt: skip

ENTRIES = Desk(
    key="entries",
    label=Text("参赛与名次", "Entries and ranks"),
    one=Text("报名", "Entry"),
    model=Entry,
    table=tables.ENTRIES,
    facts=tables.ENTRY_FACTS,
    see=rules.SEE_ENTRY,
    search=("name", "product"),
    related=of_entry,
    spaces=frozenset({"me", "team", "org", "fed", "public"}),
    acts=[
        Act("withdraw", Text("退出", "Withdraw"), actions.withdraw, rules.WITHDRAW, tone="danger",
            from_states=frozenset({"entered"})),
        Act("advance", Text("推荐到上级竞赛", "Recommend one level up"), actions.advance, rules.ADVANCE, tone="primary",
            from_states=frozenset({"placed"})),
    ],
)  # fmt: skip

SHEETS = Desk(
    key="sheets",
    label=Text("评分表", "Score sheets"),
    one=Text("评分表", "Score sheet"),
    model=ScoreSheet,
    table=tables.SHEETS,
    facts=tables.SHEET_FACTS,
    see=rules.SEE_SHEET,
    spaces=frozenset({"me", "org"}),
    acts=[
        Act("mark", Text("评分", "Mark"), judging.mark, rules.MARK, forms.MarkForm, from_states=OPEN),
        Act("lock", Text("锁定提交", "Lock and hand in"), judging.lock, rules.LOCK, forms.MarkForm, tone="primary",
            from_states=OPEN, effect=lambda sheet, person: str(Text("锁定后只有裁判长能重开。", "Only the chief judge can reopen it."))),
        Act("stand_back", Text("申请回避", "Stand back"), judging.stand_back, rules.STAND_BACK, ReasonForm,
            tone="danger", from_states=OPEN),
        Act("reopen", Text("重评", "Have it marked again"), judging.reopen, rules.REOPEN, ReasonForm,
            from_states=frozenset({"locked"})),
    ],
)  # fmt: skip

DESKS = (CONTESTS, ENTRIES, SHEETS)
