"""The life of a number from outside (填报值): entered by one person, confirmed by another."""

from gongchuang.kernel.flow import Flow, Wait
from gongchuang.kernel.text import Text

OBSERVATION = Flow(
    "observation",
    initial="entered",
    states={
        "entered": Text("待确认", "To be confirmed"),
        "confirmed": Text("已确认", "Confirmed"),
        "declined": Text("未确认", "Not confirmed"),
        "withdrawn": Text("已撤销", "Withdrawn"),
    },
    moves={
        "confirm": ({"entered"}, "confirmed"),
        "decline": ({"entered"}, "declined"),
        "withdraw": ({"entered", "confirmed"}, "withdrawn"),
    },
    waits={"entered": Wait("confirm", role="officer", over="unit", working_days=5, then="district")},
)
