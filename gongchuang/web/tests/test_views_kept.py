"""Columns and named views: kept per account and desk, shared by the address, never another's."""

from __future__ import annotations

import re

import pytest

from gongchuang.desks import DESKS
from gongchuang.web import listing, memory
from gongchuang.web.models import SavedView


def heads(page: str) -> list[str]:
    return re.findall(r'id="sort-(\w+)"', page)


def test_chosen_columns_are_kept_and_stand_in_the_address(propose, as_, leader):
    propose()
    client = as_(leader)
    assert {"unit", "author"} <= set(heads(client.get("/proposals/").content.decode()))
    answer = client.post("/lists/proposals/", {"do": "columns", "column": ["author"], "standing": "state=submitted&after=x&evil=1"})
    assert answer["Location"] == "/proposals/?state=submitted&cols=author"
    for address in ("/proposals/", answer["Location"]):
        drawn = heads(client.get(address).content.decode())
        assert "author" in drawn
        assert "unit" not in drawn
    assert "unit" in heads(client.get("/proposals/?cols=all").content.decode())


def test_what_opens_the_record_cannot_be_left_out(propose, as_, leader):
    made = propose()
    assert f"/proposals/{made.no}/" in as_(leader).get("/proposals/?cols=author").content.decode()


def test_the_total_is_of_all_columns_whatever_is_drawn(propose, as_, leader):
    propose()
    page = as_(leader).get("/proposals/?cols=nonsense").content.decode()
    assert 'data-count="1"' in page
    assert "unit" in heads(page)


def test_a_view_has_a_name_and_the_filters_and_is_nobody_elses(propose, as_, leader, officer):
    propose()
    client = as_(leader)
    client.post("/lists/proposals/", {"do": "keep", "name": "等我回复", "standing": "sort=title&state=submitted&before=k", "space": "org"})
    page = client.get("/proposals/").content.decode()
    assert 'href="?state=submitted&amp;sort=title"' in page
    assert "等我回复" in page
    assert "等我回复" not in as_(officer).get("/proposals/").content.decode()
    client.post("/lists/proposals/", {"do": "forget", "name": "等我回复", "standing": ""})
    assert "等我回复" not in client.get("/proposals/").content.decode()


def test_the_same_name_again_is_the_same_view_and_there_are_not_endlessly_many(propose, as_, leader):
    propose()
    client = as_(leader)
    for number in range(memory.MOST + 1):
        client.post("/lists/proposals/", {"do": "keep", "name": f"视图{number % memory.MOST}", "standing": f"q={number}"})
    assert SavedView.objects.count() == memory.MOST
    assert SavedView.objects.get(name="视图0").address == f"q={memory.MOST}"
    client.post("/lists/proposals/", {"do": "columns", "column": ["author"], "standing": ""})
    refused = client.post("/lists/proposals/", {"do": "keep", "name": "再一个", "standing": "q=x"})
    assert refused.status_code == 422
    assert SavedView.objects.filter(name="再一个").count() == 0


@pytest.mark.parametrize(
    ("space", "back"), [("org", "/org/proposals/"), ("me", "/me/proposals/"), ("//evil.cn", "/proposals/"), ("", "/proposals/")]
)
def test_it_goes_back_to_the_list_it_came_from(as_, leader, space, back):
    answer = as_(leader).post("/lists/proposals/", {"do": "keep", "name": "甲", "standing": "q=1", "space": space})
    assert answer["Location"] == f"{back}?q=1"


def test_visitors_keep_nothing_and_a_list_that_is_none_is_not_there(client, as_, leader):
    assert client.post("/lists/results/", {"do": "columns", "column": ["no"]}).status_code == 404
    assert as_(leader).post("/lists/nothing/", {"do": "columns"}).status_code == 404
    assert SavedView.objects.count() == 0


def test_a_part_of_a_page_is_the_list_without_its_frame(propose, as_, leader):
    propose()
    client = as_(leader)
    part, page = client.get("/proposals/?sort=title", headers={"HX-Request": "true"}), client.get("/proposals/?sort=title")
    assert 'id="list"' in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "<html" in page.content.decode()
    assert "HX-Request" in part["Vary"]


def test_a_part_asked_for_after_the_login_ended_takes_the_whole_page_to_the_login(client):
    answer = client.get("/proposals/?sort=title", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/org/proposals/?q=1"})
    assert answer["HX-Redirect"] == "/login/?next=%2Forg%2Fproposals%2F%3Fq%3D1"


@pytest.mark.parametrize("desk", [one for one in DESKS if any(column.total for column in one.table.columns)], ids=lambda one: one.key)
def test_every_total_is_taken_over_all_pages(desk, db):
    """A computed value that is summed names the database's expression, or its total would be missing on long lists."""
    _, sums = listing.totals(desk, desk.table, desk.every_row(), listing.Page([], after="there is more"))
    assert set(sums) == {column.key for column in desk.table.columns if column.total}
