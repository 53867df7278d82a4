"""What all screens share, in a browser: lists, decisions, one item after the other, what is typed, lost network."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Page, Route, expect

from gongchuang.kernel.models import Event
from gongchuang.people import accounts
from gongchuang.people.models import Person, Unit
from gongchuang.proposals import actions
from gongchuang.proposals.models import Proposal
from gongchuang.web import feedback
from tests.browser.looks import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
_keys = (f"browser-conventions-{number}" for number in count(1))
Opened = Callable[..., Page]


@pytest.fixture
def three(team: Unit, worker: Person, leader: Person, officer: Person) -> list[Proposal]:
    for person, login in ((worker, "worker"), (leader, "leader"), (officer, "officer")):
        accounts.open_account(person, login=login, password=accounts.Password("only-for-tests"), by=None, key=next(_keys))
    return [
        actions.submit(team, problem="每装一件都要重新找正。", idea="定位块改成锥销。", title=title, by=worker, key=next(_keys))
        for title in ("甲号定位块", "乙号转运架", "丙号喷漆架")
    ]


def titles(page: Page) -> list[str]:
    return page.locator("#list tbody .record-title").all_inner_texts()


def test_a_list_is_sorted_filtered_and_kept_in_its_address(
    open_page: Opened, three: list[Proposal], officer: Person, leader: Person
) -> None:
    actions.adopt(three[0], by=leader, key=next(_keys))
    page = open_page("desktop", by=officer)
    page.goto("/org/proposals/")
    page.evaluate("window.stays = true")
    page.locator("#sort-title").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("建议")
    assert "sort=title" in page.url
    assert page.evaluate("document.activeElement.id") == "sort-title"
    page.locator("#f-state").select_option("adopted")
    expect(page.locator("#list tbody tr")).to_have_count(1)
    assert "state=adopted" in page.url
    assert "category=" not in page.url
    expect(page.locator("#live")).to_have_text("共 1 条")
    page.locator("#list a.filter-chip", has_text="已采纳").click()
    expect(page.locator("#list tbody tr")).to_have_count(3)
    page.locator("#f-q").fill("转运架")
    expect(page.locator("#list tbody tr")).to_have_count(1)
    assert page.evaluate("document.activeElement.id") == "f-q"
    assert page.evaluate("window.stays") is True
    page.go_back()
    expect(page.locator("#list tbody tr")).to_have_count(3)


def test_columns_and_views_are_one_press_away(open_page: Opened, three: list[Proposal], officer: Person) -> None:
    page = open_page("desktop", by=officer)
    page.goto("/org/proposals/?sort=title")
    page.get_by_text("选列", exact=True).click()
    page.get_by_label("单位", exact=True).uncheck()
    page.get_by_role("button", name="应用").click()
    expect(page.locator("#sort-unit")).to_have_count(0)
    page.get_by_text("存为视图").click()
    page.get_by_label("视图名称").fill("按标题")
    page.get_by_role("button", name="保存").click()
    page.goto("/org/proposals/")
    expect(page.locator("#sort-unit")).to_have_count(0)
    page.get_by_role("link", name="按标题").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_text("选列", exact=True).click()
    assert not too_wide(page)


def test_a_lost_network_leaves_the_list_and_offers_to_try_again(open_page: Opened, three: list[Proposal], officer: Person) -> None:
    page = open_page("desktop", by=officer)
    page.goto("/org/proposals/")
    page.route("**/org/proposals/?*", lambda route: route.abort())
    page.locator("#sort-title").click()
    expect(page.locator("#list .lost-network")).to_contain_text("网络断了")
    assert len(titles(page)) == 3
    page.unroute("**/org/proposals/?*")
    page.locator("#list .lost-network button").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    expect(page.locator(".lost-network")).to_have_count(0)


def test_a_form_without_network_keeps_its_words_and_goes_later(open_page: Opened, three: list[Proposal], leader: Person) -> None:
    page = open_page("phone", by=leader)
    page.goto(f"/proposals/{three[0].no}/adopt/")
    page.locator("[name=text]").fill("先在二号机试。")
    page.context.set_offline(True)
    page.locator("#act [type=submit]").click()
    expect(page.locator("#act .lost-network")).to_contain_text("您填写的内容还在")
    assert page.locator("[name=text]").input_value() == "先在二号机试。"
    page.context.set_offline(False)
    page.locator("#act .lost-network button").click()
    expect(page.locator(".undo-bar")).to_be_visible()
    assert Event.objects.filter(action="proposal.adopt").count() == 1


def test_todos_are_done_one_after_the_other_by_keys_and_one_is_undone(open_page: Opened, three: list[Proposal], leader: Person) -> None:
    page = open_page("desktop", by=leader)
    page.goto("/me/todo/")
    page.keyboard.press("j")
    expect(page.locator(".triage-at")).to_have_text("1 / 3")
    page.keyboard.press("j")
    expect(page.locator(".triage-at")).to_have_text("2 / 3")
    page.keyboard.press("k")
    expect(page.locator("h1")).to_have_text("甲号定位块")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.locator("[name=reason]")).to_have_count(5)
    page.go_back()
    page.keyboard.press("a")
    page.locator("#act [type=submit]").click()
    expect(page.locator("h1")).to_have_text("乙号转运架")
    page.locator(".undo-bar button").click()
    expect(page.locator(".message-list")).to_contain_text("已撤销")
    assert Proposal.objects.get(pk=three[0].pk).state == "submitted"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('[data-search]')")


def test_the_second_who_opens_an_item_sees_who_has_it(open_page: Opened, three: list[Proposal], leader: Person, officer: Person) -> None:
    first = open_page("desktop", by=leader)
    with first.expect_response("**/here/**"):
        first.goto(f"/proposals/{three[0].no}/adopt/")
    second = open_page("desktop", by=officer)
    second.goto(f"/proposals/{three[0].no}/adopt/")
    expect(second.locator("[data-here]")).to_have_text(f"{leader.name} 正在处理")
    expect(first.locator("[data-here]")).to_be_hidden()
    first.locator("#act [type=submit]").click()
    second.locator("[name=text]").fill("我也同意。")
    second.locator("#act [type=submit]").click()
    expect(second.locator("h1")).to_have_text("别人刚改过")
    expect(second.locator(".two-versions")).to_contain_text("我也同意。")


def test_a_login_that_ended_in_another_tab_loses_nothing(open_page: Opened, three: list[Proposal], leader: Person) -> None:
    page = open_page("desktop", by=leader)
    page.goto(f"/proposals/{three[0].no}/decline/")
    page.locator("[name=reason][value=cost]").check()
    page.locator("[name=text]").fill("投入太大，先记下。")
    other = page.context.new_page()
    other.goto("/home/")
    other.locator(".desk-person summary").click()
    other.get_by_role("button", name="退出").click()
    page.locator("#act [type=submit]").click()
    page.locator("#id_login").fill("leader")
    page.locator("#id_password").fill("only-for-tests")
    page.locator("form[action='/login/'] [type=submit]").click()
    assert page.locator("[name=text]").input_value() == "投入太大，先记下。"
    assert page.locator("[name=reason][value=cost]").is_checked()
    page.locator("#act [type=submit]").click()
    expect(page.locator(".message-list")).to_be_visible()
    assert Event.objects.filter(action="proposal.decline").count() == 1


def test_suggestions_are_walked_with_the_arrow_keys(open_page: Opened, three: list[Proposal], officer: Person) -> None:
    page = open_page("desktop", by=officer)
    page.goto("/proposals/")
    page.keyboard.press("/")
    page.keyboard.type("转运架")
    expect(page.locator("#suggestions li a")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("乙号转运架")


def test_all_of_it_goes_without_javascript(open_page: Opened, three: list[Proposal], leader: Person) -> None:
    page = open_page("phone", by=leader, javascript=False)
    page.goto("/me/todo/")
    page.get_by_role("link", name="逐条办理").click()
    page.get_by_role("link", name="采纳", exact=True).click()
    page.locator("#act [type=submit]").click()
    assert page.locator("h1").inner_text() == "乙号转运架"
    page.locator(".undo-bar button").click()
    assert "已撤销" in page.locator(".message-list").inner_text()
    page.goto("/proposals/?sort=title")
    page.locator("#f-state").select_option("submitted")
    page.get_by_role("button", name="筛选").click()
    assert "state=submitted" in page.url
    assert len(titles(page)) == 3


def test_an_act_opens_beside_its_record_and_leaving_it_half_written_asks_once(
    open_page: Opened, three: list[Proposal], city: Unit, city_officer: Person
) -> None:
    accounts.open_account(city_officer, login="city", password=accounts.Password("only-for-tests"), by=None, key=next(_keys))
    complaint = feedback.hand_in(city, text="字太小，看不清。", contact="", by=None, key=next(_keys))
    page = open_page("desktop", by=city_officer)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(f"/feedback/{complaint.ref}/")
    page.locator("a[data-act=answer]").click()
    expect(page.locator("#act-panel textarea")).to_be_focused()
    assert page.url.endswith(f"/feedback/{complaint.ref}/")
    page.keyboard.type("大字版已可用。")
    page.locator("#act-panel textarea").blur()
    page.evaluate("location.assign('/home/')")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.locator("#act-panel [type=submit]").click()
    expect(page.locator(".message-list")).to_be_visible()
    complaint.refresh_from_db()
    assert complaint.answer == "大字版已可用。"


def test_a_slow_answer_shows_that_the_list_waits(open_page: Opened, three: list[Proposal], officer: Person) -> None:
    page = open_page("desktop", by=officer)
    page.goto("/org/proposals/")
    held: list[Route] = []
    page.route("**/org/proposals/?*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright writes on the handler
    page.locator("#sort-title").click()
    expect(page.locator("#list")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#list")).to_have_class(re.compile("is-slow"))
    held[0].continue_()
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    expect(page.locator("#list")).not_to_have_attribute("aria-busy", "true")


def test_a_person_is_suggested_while_typed_and_what_is_taken_is_handed_in(
    open_page: Opened, three: list[Proposal], officer: Person, worker: Person
) -> None:
    page = open_page("desktop", by=officer)
    page.goto("/dues/award/")
    page.locator("[name=winner]").press_sequentially("张伟")
    option = page.locator("datalist option")
    expect(option).to_have_attribute("value", "A001")
    expect(option).to_have_attribute("label", f"{worker.name} · {worker.unit}")
    page.locator("[name=winner]").fill("A001")
    page.locator("[name=amount_fen]").fill("100")
    page.locator("[name=about]").fill("周冠军")
    page.locator("[name=document_no]").fill("海岳风机工〔2026〕3 号")
    page.locator("form#act [data-primary]").click()
    expect(page.locator("main")).to_contain_text("周冠军")
