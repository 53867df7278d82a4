"""The lives of a contest, an entry and a score sheet (流程)."""

from gongchuang.kernel.flow import Flow, Wait
from gongchuang.kernel.text import Text

CONTEST = Flow(
    "contest",
    initial="draft",
    states={
        "draft": Text("筹备中", "Being prepared"),
        "open": Text("报名中", "Open for entries"),
        "judging": Text("评分中", "Being judged"),
        "signed": Text("裁判长已签字", "Signed by the chief judge"),
        "released": Text("成绩已公布", "Results released"),
        "cancelled": Text("已取消", "Cancelled"),
    },
    moves={
        "announce": ({"draft"}, "open"),
        "begin": ({"open"}, "judging"),
        "sign": ({"judging"}, "signed"),
        "unsign": ({"signed"}, "judging"),
        "release": ({"signed"}, "released"),
        "cancel": ({"draft", "open"}, "cancelled"),
    },
    waits={
        "draft": Wait("announce", person="created_by"),
        "judging": Wait("sign", person="chief"),
        "signed": Wait("release", role="officer", over="unit", working_days=3, then="city"),
    },
)

ENTRY = Flow(
    "entry",
    initial="entered",
    states={
        "entered": Text("已报名", "Entered"),
        "withdrawn": Text("已退出", "Withdrawn"),
        "competing": Text("参赛中", "Competing"),
        "vetoed": Text("不计名次", "Not ranked"),
        "placed": Text("已定名次", "Placed"),
        "unplaced": Text("评分不全", "Partly marked"),
    },
    moves={
        "withdraw": ({"entered"}, "withdrawn"),
        "compete": ({"entered"}, "competing"),
        "veto": ({"competing"}, "vetoed"),
        "place": ({"competing"}, "placed"),
        "leave_unplaced": ({"competing"}, "unplaced"),
    },
)

SHEET = Flow(
    "sheet",
    initial="open",
    states={
        "open": Text("评分中", "Open"),
        "locked": Text("已锁定", "Locked"),
        "superseded": Text("已被重评代替", "Superseded"),
        "stood_back": Text("已回避", "Stood back"),
    },
    moves={
        "lock": ({"open"}, "locked"),
        "reopen": ({"locked"}, "superseded"),
        "stand_back": ({"open"}, "stood_back"),
    },
    waits={"open": Wait("lock", person="judge")},
)
