"""How contests, entries and score sheets are shown, in every door."""

from django.db.models import Prefetch

from gongchuang.contests.models import Entrant, Entry
from gongchuang.contests.presets import ENTRANTS, KINDS, LEVELS
from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person
from gongchuang.people.sight import Named

CONTESTS = Table(
    [
        Column("no", Text("编号", "No."), kind="code", public=True),
        Column("title", Text("竞赛", "Contest"), link=True, public=True),
        Column("kind", Text("类型", "Kind"), get=lambda one: KINDS.label(one.kind), public=True),
        Column("level", Text("层级", "Level"), get=lambda one: LEVELS.label(one.level), public=True),
        Column("trade", Text("工种", "Trade"), public=True),
        Column("unit", Text("主办单位", "Organiser"), kind="unit", public=True),
        Column("closes_on", Text("报名截止", "Entries until"), kind="date", public=True),
        Column("held_on", Text("比赛日期", "Contest day"), kind="date", public=True),
        Column("state", Text("状态", "State"), kind="state", public=True),
    ],
    joins=("unit", "chief", "higher", "released_by"),
)
CONTEST_FACTS = [
    Column("unit", Text("主办单位", "Organiser"), kind="unit", public=True),
    Column("kind", Text("类型", "Kind"), get=lambda one: KINDS.label(one.kind), public=True),
    Column("level", Text("层级", "Level"), get=lambda one: LEVELS.label(one.level), public=True),
    Column("tags", Text("专题", "Topics"), get=lambda one: one.tag_labels(), public=True),
    Column("trade", Text("工种", "Trade"), public=True),
    Column("occupation_code", Text("职业编码", "Occupation code"), kind="code", public=True),
    Column("entrants", Text("谁来参赛", "Who enters"), get=lambda one: ENTRANTS.label(one.entrants), public=True),
    Column("opens_on", Text("报名开始", "Entries from"), kind="date", public=True),
    Column("closes_on", Text("报名截止", "Entries until"), kind="date", public=True),
    Column("held_on", Text("比赛日期", "Contest day"), kind="date", public=True),
    Column("capacity", Text("名额", "Places"), kind="number", public=True),
    Column("higher", Text("上级竞赛", "Higher contest"), get=lambda one: str(one.higher or ""), public=True),
    Column("rules_version", Text("规则版本", "Version of the rules"), kind="code", public=True),
    Column("marks_version", Text("评分版本", "Version of the marks"), kind="code", public=True),
    Column("released_on", Text("成绩公布", "Released"), kind="date", public=True),
]


def code_when_released(entry: Entry) -> int | None:
    """Which number somebody drew is nobody's business before the release."""
    return entry.code if entry.contest.state == "released" else None


def alone(entry: Entry) -> Person | None:
    """The person of a single's entry."""
    return next((one.person for one in entry.entrants.all()), None) if entry.contest.entrants == "person" else None


def entrant(entry: Entry) -> Person | str:
    """Who enters: a single person, as far as the reader may know the name, or what the entry is called."""
    return alone(entry) or entry.name


def members(entry: Entry) -> list[Named]:
    """The persons of a team."""
    return [Named(one.person) for one in entry.entrants.all()]


ENTRIES = Table(
    [
        Column("name", Text("参赛者", "Entrant"), kind="person", link=True, get=entrant, public=True),
        Column("contest", Text("竞赛", "Contest"), get=lambda one: one.contest.title, public=True),
        Column("unit", Text("单位", "Unit"), kind="unit", public=True),
        Column("product", Text("产品", "Product"), public=True),
        Column("code", Text("选手号", "Number"), kind="number", get=code_when_released, public=True),
        Column("rank", Text("名次", "Rank"), kind="number", public=True),
        Column("score", Text("成绩", "Score"), public=True),
        Column("prize", Text("奖项", "Prize"), public=True),
        Column("prize_fen", Text("奖金", "Prize money"), kind="money", total=True, public=True),
        Column("state", Text("状态", "State"), kind="state", public=True),
    ],
    joins=("contest__unit", "unit"),
    prefetch=(Prefetch("entrants", Entrant.objects.select_related("person__unit").order_by("pk")),),
)
ENTRY_FACTS = [
    Column("contest", Text("竞赛", "Contest"), get=lambda one: one.contest.title, public=True),
    Column("unit", Text("单位", "Unit"), kind="unit", public=True),
    Column("product", Text("产品", "Product"), public=True),
    Column("members", Text("参赛人", "Persons"), kind="persons", get=members),
    Column("entered_on", Text("报名日期", "Entered"), kind="date"),
    Column("code", Text("选手号", "Number"), kind="number", get=code_when_released, public=True),
    Column("rank", Text("名次", "Rank"), kind="number", public=True),
    Column("score", Text("成绩", "Score"), public=True),
    Column("score_exact", Text("精确成绩", "Exact score"), kind="code", public=True),
    Column("prize", Text("奖项", "Prize"), public=True),
    Column("prize_fen", Text("奖金", "Prize money"), kind="money", public=True),
    Column("veto_reason", Text("不计名次原因", "Why not ranked")),
]
SHEETS = Table(
    [
        Column("sheet", Text("评分表", "Score sheet"), get=str, link=True),
        Column("code", Text("选手号", "Contestant number"), kind="number"),
        Column("edition", Text("第几版", "Edition"), kind="number"),
        Column("saved_at", Text("保存时间", "Saved"), kind="moment"),
        Column("locked_at", Text("锁定时间", "Locked"), kind="moment"),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    order=("contest", "code", "edition"),
    joins=("contest",),
)
SHEET_FACTS = [
    Column("contest", Text("竞赛", "Contest"), get=lambda one: one.contest.title),
    Column("code", Text("选手号", "Contestant number"), kind="number"),
    Column("edition", Text("第几版", "Edition"), kind="number"),
    Column("note", Text("备注", "Note")),
    Column("locked_at", Text("锁定时间", "Locked"), kind="moment"),
    Column("reopened_reason", Text("重评原因", "Why marked again")),
]
