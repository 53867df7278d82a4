"""What the worker does by the clock."""

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from gongchuang.cli import tasks
from gongchuang.kernel import clock, waiting
from gongchuang.kernel.models import Waiting
from gongchuang.proposals import actions as proposals


@pytest.fixture
def due(worker, leader, officer) -> Waiting:
    proposals.submit(worker.unit, problem="叶轮动平衡返工多", idea="加一道预检", by=worker, key="proposal")
    return Waiting.objects.get()


def test_every_schedule_names_a_task():
    schedules = settings.TASKS["default"]["OPTIONS"]["SCHEDULES"]
    assert {import_string(one["task"]).name for one in schedules.values()} == {"escalate_overdue", "clear_away"}


def test_an_overdue_proposal_goes_up_once(due, officer):
    with clock.frozen(due.due_on.replace(year=due.due_on.year + 1)):
        tasks.escalate_overdue.call()
        tasks.escalate_overdue.call()
        assert waiting.of(officer).count() == 1


def test_clearing_away_keeps_what_still_waits(due):
    tasks.clear_away.call()
    assert Waiting.objects.get() == due
