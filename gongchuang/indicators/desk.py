"""Observations as the doors see them (填报值)."""

from gongchuang.indicators import actions, forms, rules, tables
from gongchuang.indicators.models import Observation
from gongchuang.kernel.desk import Act, Desk, ReasonForm
from gongchuang.kernel.text import Text

OBSERVATIONS = Desk(
    "observations",
    label=Text("历史数据", "Numbers from before"),
    one=Text("填报值", "Observation"),
    model=Observation,
    table=tables.OBSERVATIONS,
    see=rules.SEE,
    acts=(
        Act("enter", Text("填报", "Enter"), actions.enter, rules.ENTER, forms.EnterForm, creates=True, tone="primary"),
        Act(
            "confirm",
            Text("确认", "Confirm"),
            actions.confirm,
            rules.CONFIRM,
            tone="primary",
            done=Text("已确认，计入数字。", "Confirmed; it counts from now on."),
            from_states=frozenset({"entered"}),
        ),
        Act(
            "decline",
            Text("不确认", "Do not confirm"),
            actions.decline,
            rules.DECLINE,
            ReasonForm,
            from_states=frozenset({"entered"}),
        ),
        Act(
            "withdraw",
            Text("撤销", "Withdraw"),
            actions.withdraw,
            rules.WITHDRAW,
            ReasonForm,
            tone="danger",
            from_states=frozenset({"entered", "confirmed"}),
        ),
    ),
    filters=("state", "key"),
    search=("source", "source_no"),
    facts=tables.FACTS,
    spaces=frozenset({"org", "fed"}),
    empty=Text("还没有填报的历史数据。", "No numbers from before the platform yet."),
)
DESKS = [OBSERVATIONS]
