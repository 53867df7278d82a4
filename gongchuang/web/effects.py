"""What a press will do, said before it (办理后果): the act's own words, else what the flow says comes next."""

from __future__ import annotations

from typing import Any

from gongchuang.kernel.desk import Act
from gongchuang.kernel.flow import FLOWS, Wait
from gongchuang.kernel.table import along
from gongchuang.kernel.text import Text
from gongchuang.people.posts import ROLES


def of(act: Act, record: Any, person: Any) -> str:
    """“通过后存入 120 积分” where the act knows; else the state that follows and whom it then waits for."""
    if act.effect is not None:
        return act.effect(record, person)
    name, _, move = act.rule.name.partition(".")
    flow = FLOWS.get(name)
    move = act.name if flow is not None and act.name in flow.moves else move
    if flow is None or move not in flow.moves or record is None:
        return ""
    state = flow.moves[move][1]
    label, wait = flow.states.texts[state], flow.waits.get(state)
    zh, en = f"办理后为“{label.zh}”", f"It will be “{label.en}”"
    if wait is not None and (following := _who(wait, record)) is not None:
        zh, en = f"{zh}，接着由{following.zh}办理", f"{en}; next is {following.en}"
        if wait.working_days:
            zh, en = f"{zh}，{wait.working_days} 个工作日内", f"{en}, within {wait.working_days} working days"
    return str(Text(f"{zh}。", f"{en}."))


def _who(wait: Wait, record: Any) -> Text | None:
    if wait.role in ROLES:
        role = ROLES.texts[wait.role]
        return Text(role.zh, f"the {role.en.lower()}")
    named = along(record, wait.person) if wait.person else None
    return Text(str(named.name), str(named.name)) if named is not None else None
