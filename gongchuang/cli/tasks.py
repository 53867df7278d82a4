"""What the worker does by the clock (定时任务); settings.TASKS says when. Each may be run twice."""

from __future__ import annotations

from django.core.management import call_command
from django.tasks import task

from gongchuang.kernel import escalation
from gongchuang.people import exports, roster_staging
from gongchuang.people.lookup import holders_at
from gongchuang.people.sessions import SessionStore


@task()
def escalate_overdue() -> None:
    """What was not answered in time goes up to the next role, every morning."""
    escalation.run(holders_at)


@task()
def clear_away() -> None:
    """Forget what nobody will ask for again: finished tasks, ended sessions, rosters whose week is over."""
    call_command("ox_prune", verbosity=0)
    SessionStore.clear_expired()
    roster_staging.forget_old()
    exports.forget_old()
