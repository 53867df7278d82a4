"""The lives of a result, of its yearly benefit, of its patent and of its spreading."""

from gongchuang.kernel.flow import Flow, Wait
from gongchuang.kernel.text import Text

RESULT = Flow(
    "result",
    initial="registered",
    states={
        "registered": Text("待认定", "awaiting recognition"),
        "sent_back": Text("已退回", "sent back"),
        "recognised": Text("已认定", "recognised"),
        "revoked": Text("已撤销", "revoked"),
    },
    moves={
        "recognise": ({"registered"}, "recognised"),
        "send_back": ({"registered"}, "sent_back"),
        "resubmit": ({"sent_back"}, "registered"),
        "revoke": ({"registered", "sent_back", "recognised"}, "revoked"),
    },
    waits={
        "registered": Wait("recognise", role="officer", over="unit", working_days=5),
        "sent_back": Wait("resubmit", person="registered_by"),
    },
)

BENEFIT = Flow(
    "benefit",
    initial="claimed",
    states={
        "claimed": Text("待审核", "claimed"),
        "checked": Text("待认证", "awaiting certification"),
        "returned": Text("退回修改", "returned"),
        "certified": Text("已认证", "certified"),
        "audited": Text("已抽查", "audited"),
        "overturned": Text("已撤销认证", "overturned"),
        "withdrawn": Text("已撤回", "withdrawn"),
    },
    moves={
        "check": ({"claimed"}, "checked"),
        "return": ({"claimed", "checked"}, "returned"),
        "reclaim": ({"returned"}, "claimed"),
        "withdraw": ({"claimed", "returned"}, "withdrawn"),
        "certify": ({"checked"}, "certified"),
        "audit": ({"certified"}, "audited"),
        "overturn": ({"certified", "audited"}, "overturned"),
    },
    waits={
        "claimed": Wait("check", role="officer", over="unit", working_days=3),
        "checked": Wait("certify", role="certifier", over="unit", working_days=5),
        "returned": Wait("reclaim", person="claimed_by"),
    },
)

PATENT = Flow(
    "patent",
    initial="filed",
    states={
        "filed": Text("已申请", "filed"),
        "published": Text("已公开", "published"),
        "granted": Text("已授权", "granted"),
        "refused": Text("已驳回", "refused"),
        "lapsed": Text("已失效", "lapsed"),
    },
    moves={
        "publish": ({"filed"}, "published"),
        "grant": ({"filed", "published"}, "granted"),
        "refuse": ({"filed", "published"}, "refused"),
        "lapse": ({"granted"}, "lapsed"),
    },
)

SPREAD = Flow(
    "spread",
    initial="offered",
    states={
        "offered": Text("待接收", "offered"),
        "taken_up": Text("已推广", "taken up"),
        "turned_down": Text("未接收", "turned down"),
    },
    moves={
        "take_up": ({"offered"}, "taken_up"),
        "turn_down": ({"offered"}, "turned_down"),
    },
    waits={"offered": Wait("take_up", role="leader", over="to_unit", working_days=10, then="officer")},
)
