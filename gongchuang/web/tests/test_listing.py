"""Lists: filters from the address, pages by key, totals over all that is filtered."""

from __future__ import annotations

import re

import pytest

from gongchuang.proposals import actions
from gongchuang.proposals.desk import PROPOSALS
from gongchuang.proposals.models import Proposal
from gongchuang.web import listing


@pytest.fixture
def five(propose, leader):
    made = [propose(f"第{number}条") for number in range(5)]
    actions.adopt(made[1], by=leader, key="a1")
    actions.adopt(made[3], by=leader, key="a3")
    return made


@pytest.mark.parametrize("sort", ["", "title", "-title", "replied_on", "-replied_on", "unit", "-author"])
def test_pages_by_key_show_each_row_once_in_order_and_back(five, sort):
    order = listing.order_for(PROPOSALS, PROPOSALS.table, sort)
    rows = Proposal.objects.select_related("unit", "author")
    whole = [one.pk for one in listing.page_of(rows, order, {}).rows]
    seen, pages, asked = [], [], {}
    for _ in range(5):
        page = listing.page_of(rows, order, asked, size=2)
        pages.append([one.pk for one in page.rows])
        seen += pages[-1]
        if not page.after:
            break
        asked = {"after": page.after}
    assert seen == whole
    assert len(whole) == 5
    back = listing.page_of(rows, order, {"before": page.before}, size=2)
    assert [one.pk for one in back.rows] == pages[-2]


@pytest.mark.parametrize("key", ["x", "W10", "bnVsbA", "WyJhIiwgImIiXQ", "W251bGxd"])
def test_a_key_that_is_none_gives_the_first_page(five, as_, leader, key):
    page = as_(leader).get(f"/proposals/?after={key}")
    assert page.status_code == 200
    assert "第4条" in page.content.decode()


def test_a_filter_narrows_the_list_and_its_total(five, as_, leader):
    page = as_(leader).get("/proposals/?state=adopted").content.decode()
    assert re.search(r'data-count="2"', page)
    assert "第1条" in page
    assert "第0条" not in page
    assert "已采纳 ×" in page


def test_a_value_that_cannot_be_is_no_row_never_all_rows(five, as_, leader):
    page = as_(leader).get("/proposals/?state=nonsense").content.decode()
    assert "没有符合条件的记录" in page


def test_the_exports_carry_the_filters(five, as_, leader):
    page = as_(leader).get("/proposals/?state=adopted&sort=title&after=x").content.decode()
    assert 'href="/proposals.xlsx?state=adopted&amp;sort=title"' in page


def test_names_of_another_enterprise_are_masked(propose, as_, city_officer, stranger, worker):
    propose()
    assert "张伟明" in as_(city_officer).get("/proposals/").content.decode()
    assert "张伟明" not in as_(stranger).get("/proposals/").content.decode()


def test_my_list_holds_only_mine(propose, as_, leader, worker2):
    propose()
    propose("别人的一条", by=worker2)
    page = as_(worker2).get("/me/proposals/").content.decode()
    assert "别人的一条" in page
    assert "定位块改快换" not in page
