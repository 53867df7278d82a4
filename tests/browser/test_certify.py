"""A proposal becomes money in a browser: result, sheet, certificate, points in the passbook; phone and desktop, two languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest

from gongchuang.bank import actions as bank
from gongchuang.bank.models import Account, Due
from gongchuang.people import accounts
from gongchuang.people.models import Person, Unit
from gongchuang.proposals import actions as proposals
from gongchuang.proposals.models import Proposal
from gongchuang.results.models import Benefit, Result
from tests.browser.looks import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
_keys = (f"browser-certify-{number}" for number in count(1))


@pytest.fixture
def implemented(factory: Unit, team: Unit, worker: Person, leader: Person, officer: Person, certifier: Person) -> Proposal:
    for person, login in ((worker, "worker"), (officer, "officer"), (certifier, "finance")):
        accounts.open_account(person, login=login, password=accounts.Password("only-for-tests"), by=None, key=next(_keys))
    for plan, terms in (
        ("points", {"fen_per_point": 5_000_00, "fen_for_point": 500}),
        ("share", {"bands": [(20_000_00, 500), (500_000_00, 400)]}),
    ):
        made = bank.propose_policy(factory, plan=plan, name=f"规则{plan}", from_on=date(2026, 1, 1), by=officer, key=next(_keys), **terms)
        bank.approve_policy(made, by=certifier, key=next(_keys))
    proposal = proposals.submit(team, problem="装夹定位要逐个找正", idea="定位块改成锥销快换", title="锥销快换", by=worker, key=next(_keys))
    proposals.adopt(proposal, by=leader, key=next(_keys))
    return proposals.implement(proposal, by=leader, key=next(_keys))


def fill_sheet(page: Any) -> None:
    rows = {
        0: {
            "label": "单件工时",
            "before": "3.50",
            "after": "2.25",
            "measure": "小时",
            "quantity": "6000",
            "price": "86",
            "proof_text": "台账",
        },
        1: {"label": "改进投入", "quantity": "1", "price": "45000", "proof_text": "发票 6 张"},
    }
    page.locator("[name=lines-1-kind]").select_option("cost")
    for number, row in rows.items():
        for name, value in row.items():
            page.locator(f"[name=lines-{number}-{name}]").fill(value)


@pytest.mark.parametrize(("size", "javascript"), [("desktop", True), ("phone", True), ("desktop", False)])
def test_from_result_to_passbook(
    size: str, javascript: bool, open_page: Callable[..., Any], implemented: Proposal, officer: Person, certifier: Person,
    worker: Person,
) -> None:  # fmt: skip
    page = open_page(size, by=officer, javascript=javascript)
    page.goto(f"/results/make/?proposal={implemented.no}")
    assert "定位块改成锥销快换" in page.locator("main").inner_text()
    page.locator("main form [type=submit]").last.click()
    result = Result.objects.get()
    assert (result.title, result.state) == ("锥销快换", "recognised")

    page.goto(f"/results/{result.ref}/claim/")
    assert page.locator("[name=from_on]").input_value() == result.used_from_on.isoformat()
    fill_sheet(page)
    page.locator("main form [type=submit]").last.click()
    benefit = Benefit.objects.get()
    assert (benefit.amount_fen, benefit.state) == (600_000_00, "checked")

    page = open_page(size, by=certifier, javascript=javascript)
    page.goto(f"/benefits/{benefit.ref}/")
    said = page.locator("main").inner_text()
    assert "600,000.00" in said
    assert "存入 120 积分" in said
    assert "24,000.00" in said
    assert not too_wide(page)
    page.get_by_role("button", name="认证通过").click()
    page.wait_for_load_state()
    benefit.refresh_from_db()
    assert benefit.state == "certified"
    assert Account.objects.get(kind="worker").balance == 120
    assert Due.objects.get().amount_fen == 24_000_00

    page = open_page("phone", by=worker, javascript=javascript)
    page.goto("/me/bank/")
    assert page.locator("[data-figure=points_balance]").get_attribute("data-value") == "120"
    assert "锥销快换" in page.locator("main").inner_text()


def test_in_english_and_at_320_pixels(open_page: Callable[..., Any], implemented: Proposal, officer: Person, certifier: Person) -> None:
    page = open_page("phone", by=officer)
    page.goto(f"/results/make/?proposal={implemented.no}&lang=en")
    page.locator("main form [type=submit]").last.click()
    result = Result.objects.get()
    page.set_viewport_size({"width": 320, "height": 640})
    for address in (f"/results/{result.ref}/claim/", f"/results/{result.ref}/", "/policies/", "/policies/propose/", "/accounts/", "/dues/"):
        page.goto(address)
        assert not too_wide(page), address
    page.goto(f"/results/{result.ref}/claim/")
    assert "Benefit sheet" in page.locator("main").inner_text()
