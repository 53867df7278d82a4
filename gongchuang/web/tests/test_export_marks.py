"""Lists of persons taken away: an Event, whose file it is, long ones behind the page, nobody else's file."""

import csv
import io
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from gongchuang.excel import reader
from gongchuang.kernel import clock
from gongchuang.kernel.models import Event
from gongchuang.people import exports as people_exports
from gongchuang.web import exports


@pytest.fixture
def page(as_, officer):
    return as_(officer)


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    kept = tmp_path / "exports"
    kept.mkdir()
    monkeypatch.setattr(people_exports, "folder", lambda: kept)


@pytest.fixture
def crowd(cast, factory):
    return [cast.person(factory, f"职工{number}", work_no=f"Z{number:03d}", skill_level=number % 3) for number in range(30)]


def exported():
    return list(Event.objects.filter(action="people.export").order_by("pk"))


def saved(response, tmp_path):
    file = tmp_path / "got.xlsx"
    file.write_bytes(b"".join(response.streaming_content))
    return reader.read(file)


def test_a_list_of_persons_says_who_took_it_and_is_written_down(page, officer, crowd, tmp_path):
    people, about = saved(page.get("/people.xlsx", {"skill_level": "2", "q": "职工"}), tmp_path)
    assert people.rows[-1][0] == "合计 10 条"
    assert dict(row[:2] for row in about.rows)["制表"].startswith(officer.name)
    (event,) = exported()
    assert (event.actor_uid, event.facts["desk"], event.facts["count"], event.facts["form"]) == (officer.uid, "people", 10, "xlsx")
    assert event.facts["filters"] == {"skill_level": "2", "q": "…"}  # what was searched for may be a name
    assert Client().get("/people.xlsx").status_code == 302
    assert len(exported()) == 1


def test_no_file_leaves_without_its_event(page, crowd):
    """What decision 14 rests on: the Event is committed before the first byte."""

    def full(execute, sql, params, many, context):
        if sql.startswith("INSERT INTO") and "kernel_event" in sql:
            raise OperationalError("the disk is full")
        return execute(sql, params, many, context)

    page.raise_request_exception = False
    with connection.execute_wrapper(full):
        answer = page.get("/people.csv")
    assert answer.status_code == 500
    assert "职工1" not in answer.content.decode()


def test_every_copy_has_an_event_of_its_own_and_asking_for_the_head_has_none(page, crowd):
    assert page.head("/people.csv").status_code == 405
    assert exported() == []
    assert [page.get("/people.csv").status_code for _ in range(2)] == [200, 200]
    assert len(exported()) == 2


def test_a_page_of_another_house_cannot_take_a_list_for_its_reader(page):
    """A picture or a frame elsewhere sends no session; a link opened there hands the file to its reader alone."""
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert "Access-Control-Allow-Origin" not in page.get("/people.csv").headers


def test_what_names_nobody_leaves_no_trace(page, officer, factory):
    before = Event.objects.count()
    rows = list(csv.reader(io.StringIO(page.get("/units.csv").content.decode("utf-8-sig"), newline="")))
    assert rows[-1][0].startswith("合计")
    assert Event.objects.count() == before


def test_a_long_list_is_made_behind_the_page_and_fetched_by_its_owner_alone(page, officer, crowd, worker, as_, tmp_path, monkeypatch):
    monkeypatch.setattr(exports, "BEHIND", 20)
    queued = []
    monkeypatch.setattr(type(exports.make_file), "enqueue", lambda task, *words: queued.append(words))
    text = page.get("/people.xlsx?skill_level=").content.decode()
    assert "在后台准备" in text
    assert not queued
    assert "正在准备" in page.post("/people.xlsx", {"key": "aaaa-1"}).content.decode()
    assert page.post("/people.xlsx", {"key": "../x"}).status_code == 404
    (words,) = queued
    assert exported() == []
    exports.make_file.func(*words)
    exports.make_file.func(*words)
    (event,) = exported()
    address = f"/exports/{event.uid}/"
    told = page.get("/me/messages/").content.decode()
    assert told.count(f'href="{address}"') == 1
    response = page.get(address)
    assert "%E4%BA%BA%E5%91%98" in response["Content-Disposition"]
    people, about = saved(response, tmp_path)
    assert len(people.rows) == event.facts["count"] + 2
    assert about.rows[0][1].startswith(officer.name)
    assert as_(worker).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    with clock.frozen((clock.now() + timedelta(days=8)).strftime("%Y-%m-%dT%H:%M")):
        assert page.get(address).status_code in (302, 404)
        assert people_exports.forget_old() == 1


def test_a_long_list_of_a_visitor_is_streamed(crowd, city, monkeypatch):
    monkeypatch.setattr(exports, "BEHIND", 0)
    response = Client().get("/units.csv")
    assert response.streaming
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[-1].startswith("合计")
