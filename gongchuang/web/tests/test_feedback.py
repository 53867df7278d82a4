"""Complaints and suggestions: anybody hands one in, the city answers, nobody else reads it."""

from __future__ import annotations

import re

import pytest

from gongchuang.web.models import Feedback

WORDS = {"text": "大字版的按钮再大一点就好了。", "contact": "13800000000", "key": "f-1"}


def test_a_visitor_gets_a_number_at_once_and_pressing_twice_is_one(city, city_officer, client):
    first = client.post("/feedback/", WORDS, follow=True).content.decode()
    client.post("/feedback/", WORDS)
    made = Feedback.objects.get()
    assert made.no in first
    assert made.no.startswith("TS-2026-")


def test_too_short_is_said_at_its_field(city, client):
    answer = client.post("/feedback/", {"text": "差", "key": "f-2"})
    assert answer.status_code == 422
    assert 'href="#id_text"' in answer.content.decode()
    assert not Feedback.objects.exists()


@pytest.fixture
def received(city, client):
    client.post("/feedback/", WORDS)
    return Feedback.objects.get()


def test_the_city_answers_and_the_digest_shows_only_the_answer(received, client, as_, city_officer):
    officer = as_(city_officer)
    address = f"/feedback/{received.no}/"
    assert "大字版的按钮" in officer.get(address).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', officer.get(f"{address}answer/").content.decode())[1]
    assert officer.post(f"{address}answer/", {"answer": "下个月改好。", "key": key}).status_code == 302
    page = client.get("/feedback/").content.decode()
    assert "下个月改好。" in page
    assert "13800000000" not in page
    assert "大字版的按钮再大" not in page


def test_nobody_else_reads_it(received, as_, stranger, officer):
    for person in (stranger, officer):
        assert as_(person).get(f"/feedback/{received.no}/").status_code == 404
