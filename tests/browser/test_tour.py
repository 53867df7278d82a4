"""跟着一条建议走 5 分钟: the demo's walk as a visitor presses it, from a worker's phone to the city's figure and the report."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page

from gongchuang import desks
from gongchuang.cli.demo import city as demo
from gongchuang.indicators import tally
from gongchuang.kernel import history, verify
from gongchuang.web import tour
from tests.browser.looks import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SMALLEST = 0.0005
BENEFIT = Decimal("600000.00")
SHEET = (
    {"label": "单件工时", "before": "3.50", "after": "2.25", "measure": "小时", "quantity": "6000", "price": "86.00", "proof_text": "台账"},
    {"label": "改进投入", "quantity": "1", "price": "45000", "proof_text": "发票 6 张"},
)


@pytest.fixture
def demo_city(transactional_db: None, settings: Any) -> demo.City:
    settings.IS_DEMO = True
    made = demo.build(scale=SMALLEST)
    # The city's worker folds what was built before anybody looks; here nobody else would.
    history.seal(limit=10**9)
    tally.fold_everything()
    return made


def stands_at(page: Page, place: int) -> None:
    """The page is that step's own, its card says so, and nothing hangs over the edge of the screen."""
    step = tour.STEPS[place]
    assert page.url.endswith(step.address)
    card = page.locator(".tour-card")
    assert f"{place + 1}/{len(tour.STEPS)}" in card.locator("h2").inner_text()
    assert card.locator("[aria-current=step]").inner_text() == step.label.zh
    assert not too_wide(page), page.url


def go_on(page: Page) -> None:
    page.locator(".tour-card button[value]:not([value=leave])").click()
    page.wait_for_load_state()


def press(page: Page, *, within: str = "main") -> None:
    """The one main button of the form, and the page it leads to."""
    assert not too_wide(page), page.url
    with page.expect_navigation():
        page.locator(f"{within} form#act [type=submit][data-primary]").click()


def number_in(page: Page, address: str, figure: str) -> Decimal:
    page.goto(address)
    return Decimal(page.locator(f"[data-figure='{figure}']").first.get_attribute("data-value") or "")


def propose(page: Page) -> str:
    page.locator("[name=problem]").fill("装夹定位要逐个找正，一件要三个半小时。")
    page.locator("[name=idea]").fill("定位块改成锥销快换，装夹后不再找正。")
    press(page)
    no = page.url.split("/proposals/")[1].split("/")[0]
    assert f"已提交 {no}。班组长 李国栋 会在" in page.locator(".message-list").inner_text()
    return no


def answer(page: Page, no: str) -> None:
    card = page.locator("article.inbox-card").filter(has=page.locator(f"a[href='/proposals/{no}/']"))
    card.locator("[data-act=adopt]").click()
    press(page)
    assert "已采纳" in page.locator(".message-list").inner_text()
    for act in ("begin", "implement"):
        page.locator("a.filter-chip[href='?view=doing']").click()
        card.locator(f"[data-act={act}]").click()
        press(page)
    assert f"已确认 {no} 实施完成" in page.locator(".message-list").inner_text()


def make_result(page: Page, no: str) -> str:
    page.locator(f"main a[href='/proposals/{no}/']:visible").first.click()
    page.locator("[data-act=make]").click()
    press(page)
    page.locator("[data-act=claim]").first.click()
    page.locator("[name=lines-1-kind]").select_option("cost")
    for number, row in enumerate(SHEET):
        for name, value in row.items():
            page.locator(f"[name=lines-{number}-{name}]").fill(value)
    press(page)
    assert "600,000.00" in page.locator("main").inner_text()
    return page.url.split("/benefits/")[1].split("/")[0]


def certify(page: Page, benefit: str) -> tuple[str, Decimal]:
    """Press the certificate; the title of the result and the points promised above the button."""
    page.locator(f"main .task-list a[href='/benefits/{benefit}/']").first.click()
    promised = re.search(r"存入 ([\d,]+) 积分", page.locator("main").inner_text())
    assert promised, page.url
    title = page.locator("main h1").inner_text()
    assert "645,000.00 − 45,000.00 = 600,000.00" in page.locator("main").inner_text()
    assert not too_wide(page), page.url
    page.get_by_role("button", name="认证通过").click()
    page.wait_for_load_state()
    return title, Decimal(promised[1].replace(",", ""))


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_tour_from_a_proposal_to_the_citys_figure(size: str, demo_city: demo.City, open_page: Callable[..., Page]) -> None:
    visitor = open_page(size)
    benefit_before = number_in(visitor, "/figures/results.benefit/", "results.benefit")
    reported_before = number_in(visitor, "/report/", "economic_benefit")
    points_before = number_in(open_page(size, by=demo_city.cast["worker"]), "/me/bank/", "points_balance")

    page = open_page(size)
    page.goto("/tour/")
    assert page.locator("main ol.task-list li").count() == len(tour.STEPS)
    page.locator("main button[name=go]").click()
    stands_at(page, 0)
    no = propose(page)
    go_on(page)
    stands_at(page, 1)
    answer(page, no)
    go_on(page)
    stands_at(page, 2)
    benefit = make_result(page, no)
    go_on(page)
    stands_at(page, 3)
    title, promised = certify(page, benefit)
    go_on(page)
    stands_at(page, 4)
    balance = page.locator("[data-figure=points_balance]").get_attribute("data-value")
    assert Decimal(balance or "") == points_before + promised > points_before
    assert title in page.locator(".passbook li.is-plus").first.inner_text()
    go_on(page)
    stands_at(page, 5)
    assert page.locator(".tour-card button[value]:not([value=leave])").count() == 0
    shown = page.locator("[data-figure='results.benefit']").get_attribute("data-value")
    assert Decimal(shown or "") == benefit_before + BENEFIT
    assert number_in(page, "/report/", "economic_benefit") == reported_before + BENEFIT
    assert not too_wide(page), page.url

    page.locator(".tour-card button[value=leave]").click()
    page.wait_for_load_state()
    assert page.locator(".tour-card").count() == 0
    # Everybody sees the same number, and every record of it still verifies.
    assert number_in(visitor, "/figures/results.benefit/", "results.benefit") == benefit_before + BENEFIT
    assert [(one.name, one.breaks[:3]) for one in verify.run(desks.invariants()) if not one.holds] == []
