"""What is not answered in time goes up (逾期上报): the next role is waited for and told."""

from __future__ import annotations

from typing import Any

from gongchuang.kernel import clock, guards, history, waiting
from gongchuang.kernel.flow import FLOWS
from gongchuang.kernel.history import action
from gongchuang.kernel.models import Waiting, due_on
from gongchuang.kernel.text import Text


@action
def escalate(row: Waiting, *, tell: Any, by: Any = None, key: str = "") -> Any:
    """Let an overdue to-do wait for the next role, with a new day; `tell` finds who holds the role there."""
    model = history.model_of(row.table)
    record: Any = model._base_manager.get(pk=row.pk_of_row) if model else None
    flow = _flow_of(model)
    wait = flow.waits.get(record.state) if flow and record else None
    row.is_escalated = True
    if wait is not None and wait.then:
        row.role, row.due_on = wait.then, due_on(clock.today(), wait.working_days or 3)
    row.save()
    persons = tell(row.role, row.path)
    say = Text(f"逾期未办：{row.title}", f"Overdue: {row.title}")
    history.record(by, "waiting.escalate", subject=record, key=key, tell=persons, say=say, to=row.role)
    return record


def _flow_of(model: Any) -> Any:
    return next((FLOWS[name] for found, name in guards.flow_models() if found is model), None)


def run(tell: Any) -> int:
    """Escalate everything overdue today; returns how many. The task of the worker calls it each morning."""
    rows = list(waiting.overdue(clock.today()))
    for row in rows:
        escalate(row, tell=tell, key=f"escalate:{row.table}:{row.pk_of_row}:{row.since_on}")
    return len(rows)
