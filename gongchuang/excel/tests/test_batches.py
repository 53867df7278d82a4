"""A roster too long for one transaction: batches with an Event each, resumed behind the last whole one, taken back whole."""

import pytest

from gongchuang.kernel import verify
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.models import Event
from gongchuang.people import imports, roster_import, roster_staging
from gongchuang.people.imports import ImportRun
from gongchuang.people.models import Person, Post
from gongchuang.people.roster_import import bring_in
from gongchuang.people.roster_undo import take_back_batch, undo_import

ROWS = 23  # of them two wrong: 21 persons in batches of 5, 5, 5, 5 and 1


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE", 10)
    monkeypatch.setattr(imports, "BATCH_ROWS", 5)


@pytest.fixture
def run(factory, officer):
    columns = [
        {"number": at, "letter": "ABC"[at], "heading": key, "key": key, "why": "heading", "samples": []}
        for at, key in enumerate(("name", "work_no", "phone"))
    ]
    rows = [(number, [f"职工{chr(0x5200 + number)}", f"L{number}", "13800000000"]) for number in range(2, 2 + ROWS)]
    rows[3][1][2] = "138"  # a phone too short
    rows[20] = (22, rows[0][1])  # the person of row 2 again, four batches later
    run = roster_staging.stage(factory, file_name="长名册.csv", file_digest="d", sheet="", head=1, columns=columns, rows=rows, by=officer)
    roster_staging.preview(run)
    return run


def made():
    return Person.objects.filter(work_no__startswith="L").count()


def stopped_after(run, officer, batches):
    """The import as it stands when the machine stops behind some of its batches."""
    for batch in range(1, batches + 1):
        roster_import.import_batch(run, batch=batch, by=officer, key=f"roster:{run.uid}:{batch}")
    return ImportRun.objects.get(pk=run.pk)


def test_every_batch_has_its_event_and_the_counts_are_the_previews(run, officer):
    expected = {"new": 21, "changed": 0, "same": 0, "wrong": 2, "reminders": 0, "rows": 23}
    assert run.counts == expected
    done = bring_in(run, by=officer)
    assert (done.state, done.batch, done.written, done.counts) == ("applied", 5, 21, expected)
    events = Event.objects.filter(action="roster.import").order_by("pk")
    assert [(event.facts["batch"], event.facts["new"]) for event in events] == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 1)]
    assert made() == 21
    assert sorted(row["number"] for row in roster_staging.wrong_rows(done)) == [5, 22]
    assert all(finding.holds for finding in verify.run())


def test_broken_off_it_shows_n_of_m_and_goes_on_where_it_was(run, officer):
    half = stopped_after(run, officer, 2)
    assert (half.state, roster_import.progress_of(half)) == ("queued", (10, 21))
    assert roster_staging.unfinished(half.unit, "d") == half
    bring_in(run, by=officer)  # even by whoever still holds the run as it was at first
    assert made() == 21
    assert Event.objects.filter(action="roster.import").count() == 5
    assert roster_staging.unfinished(half.unit, "d") is None


def test_a_refusal_half_way_leaves_what_is_in_and_can_be_taken_back(run, officer, key):
    half = stopped_after(run, officer, 2)
    roster_staging.reopen(half, Refused("没空"))
    half.refresh_from_db()
    assert (half.state, half.message, half.can_undo) == ("stopped", "没空", True)
    with pytest.raises(Refused):
        roster_staging.require_open(half)  # its columns may no longer be chosen anew
    undone = undo_import(half, by=officer, key=key)
    assert (undone.state, made(), Post.objects.filter(person__work_no__startswith="L").count()) == ("undone", 0, 0)
    assert all(finding.holds for finding in verify.run())


def test_taking_back_goes_batch_by_batch_and_may_be_broken_off_too(run, officer, key):
    bring_in(run, by=officer)
    half = take_back_batch(run, batch=5, by=officer, key=f"{key}:5")
    assert (half.state, half.batch, made()) == ("undoing", 4, 16)
    undo_import(run, by=officer, key=key)
    assert (ImportRun.objects.get(pk=run.pk).state, made()) == ("undone", 0)
    assert [event.facts["persons"] for event in Event.objects.filter(action="roster.undo").order_by("pk")] == [5, 5, 5, 5, 1]
