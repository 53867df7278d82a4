"""The other light acts that can be taken back at once: a tick, a seat in a class, an entry in a contest."""

from __future__ import annotations

import html
import re
from datetime import timedelta

from gongchuang.academy.models import Attendance
from gongchuang.academy.tests.conftest import (  # noqa: F401
    academy,
    applied,
    held,
    in_june,
    institute,
    lecturer,
    meeting,
    office,
    seated,
    training,
)  # fmt: skip
from gongchuang.contests import actions as contests
from gongchuang.contests.models import Entry
from gongchuang.kernel import clock
from gongchuang.kernel.models import Event


def undone(client, answer):
    """Press the bar on the page that followed, as a browser would."""
    page = html.unescape(answer.content.decode())
    bar = re.search(r"data-undo>.*?</form>", page, re.S).group(0)
    given = dict(re.findall(r'name="(\w+)" value="([^"]*)"', bar))
    return client.post(re.search(r'action="([^"]+)"', bar).group(1), given, follow=True)


def test_a_tick_is_taken_back_with_its_reason(seated, held, lecturer, as_):  # noqa: F811
    client = as_(lecturer.person)
    address = f"/sessions/{held.ref}/"
    ticked = client.post(f"{address}tick/", {"enrolment": seated.pk, "key": "t", "next": address}, follow=True)
    assert Attendance.objects.count() == 1
    after = undone(client, ticked)
    assert Attendance.objects.count() == 0
    assert after.redirect_chain[-1][0] == address
    assert Event.objects.filter(action__startswith="attendance").count() == 2


def test_a_seat_is_given_back(training, worker, as_):  # noqa: F811
    client = as_(worker)
    undone(client, client.post(f"/classes/{training.ref}/sign_up/", {"key": "s"}, follow=True))
    training.refresh_from_db()
    assert training.taken == 0
    assert training.enrolments.get().state == "withdrawn"


def test_an_entry_steps_back(district, district_officer, worker, as_):
    today = clock.today()
    contest = contests.create(
        unit=district, title="装配钳工技能赛", kind="labour", level="industry", template="practice", opens_on=today,
        closes_on=today + timedelta(days=5), held_on=today + timedelta(days=9), by=district_officer, key="c",
    )  # fmt: skip
    contests.announce(contest, by=district_officer, key="a")
    client = as_(worker)
    answer = client.post(f"/contests/{contest.ref}/enter/", {"key": "e"}, follow=True)
    assert Entry.objects.get().state == "entered"
    undone(client, answer)
    assert Entry.objects.get().state == "withdrawn"
