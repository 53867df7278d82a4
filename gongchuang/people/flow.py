"""The life of a skill record."""

from gongchuang.kernel.flow import Flow, Wait
from gongchuang.kernel.text import Text

SKILL = Flow(
    "skill",
    initial="recommended",
    states={
        "recommended": Text("已推荐", "Recommended"),
        "confirmed": Text("已确认", "Confirmed"),
        "refused": Text("未通过", "Not confirmed"),
    },
    moves={
        "confirm": ({"recommended"}, "confirmed"),
        "refuse": ({"recommended"}, "refused"),
    },
    waits={"recommended": Wait("confirm", role="officer", over="unit", working_days=30)},
)
