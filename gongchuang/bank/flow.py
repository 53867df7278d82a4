"""The lives of a policy version, a due and a year's redemption."""

from gongchuang.kernel.flow import Flow, Wait
from gongchuang.kernel.text import Text

POLICY = Flow(
    "policy",
    initial="proposed",
    states={
        "proposed": Text("待审批", "awaiting approval"),
        "in_force": Text("已生效", "in force"),
        "dropped": Text("已作废", "dropped"),
    },
    moves={
        "approve": ({"proposed"}, "in_force"),
        "drop": ({"proposed"}, "dropped"),
    },
    waits={"proposed": Wait("approve", role="certifier", over="unit", working_days=5)},
)

DUE = Flow(
    "due",
    initial="expected",
    states={
        "expected": Text("未到期", "not due yet"),
        "due": Text("待审批", "awaiting approval"),
        "approved": Text("待发放", "to be paid"),
        "paid": Text("已发放", "paid"),
        "cancelled": Text("已取消", "cancelled"),
        "to_recover": Text("待追回", "to be recovered"),
        "recovered": Text("已追回", "recovered"),
    },
    moves={
        "fall_due": ({"expected"}, "due"),
        "approve": ({"due"}, "approved"),
        "pay": ({"approved"}, "paid"),
        "cancel": ({"expected", "due", "approved"}, "cancelled"),
        "recall": ({"paid"}, "to_recover"),
        "recover": ({"to_recover"}, "recovered"),
    },
    waits={
        "due": Wait("approve", role="officer", over="unit", working_days=5),
        "approved": Wait("pay", role="certifier", over="unit", working_days=10),
        "to_recover": Wait("recover", role="certifier", over="unit", working_days=30),
    },
)

SETTLEMENT = Flow(
    "settlement",
    initial="preview",
    states={
        "preview": Text("已试算", "previewed"),
        "approved": Text("已审批", "approved"),
        "paid": Text("已兑付", "paid out"),
        "dropped": Text("已撤销", "withdrawn"),
    },
    moves={
        "approve": ({"preview"}, "approved"),
        "pay": ({"approved"}, "paid"),
        "drop": ({"preview"}, "dropped"),
    },
    waits={
        "preview": Wait("approve", role="officer", over="unit", working_days=5),
        "approved": Wait("pay", role="certifier", over="unit", working_days=10),
    },
)
