"""The matchmaker's page, the two sides' answers and the lineage, in a browser, on the devices of their people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page

from gongchuang.kernel import clock
from gongchuang.matchmaker import intake
from gongchuang.matchmaker.models import Expert, Match, Need, Visit
from gongchuang.matchmaker.tests.conftest import (  # noqa: F401
    expert,
    institution,
    matchmaker,
    need,
    offer,
    outside,
    published,
    visit,
)  # fmt: skip
from gongchuang.people import accounts
from gongchuang.people.models import Person, Unit
from gongchuang.studios.models import Studio
from gongchuang.studios.tests.conftest import applied, applying, master, naming, studio, with_member  # noqa: F401
from tests.browser.looks import shut_out, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(factory: Unit, matchmaker: Person) -> Visit:  # noqa: F811
    return intake.visit(unit=factory, visited_on=clock.today(), note="滚压后见微裂纹", by=matchmaker, key="browser-visit")


def signed_in(person: Person, login: str) -> Person:
    accounts.open_account(person, login=login, password=accounts.Password("only-for-tests"), by=None, key=f"account-{login}")
    return person


def test_from_one_press_to_both_sides_telephone(
    open_page: Callable[..., Page],
    published: Need,
    offer: Any,
    expert: Expert,
    matchmaker: Person,
    officer: Person,  # noqa: F811
) -> None:
    page = open_page("desktop", by=signed_in(matchmaker, "red"))
    page.goto(f"/needs/{published.no}/")
    assert page.locator(".candidate").count() == 2
    assert not shut_out(page)
    page.get_by_role("button", name="推荐面谈：吴启明").click()
    page.wait_for_url(f"**/needs/{published.no}/")
    match = Match.objects.get()
    assert page.locator(".candidate .status-tag").inner_text() == "推荐给企业"

    office = open_page("desktop", by=signed_in(officer, "officer"))
    office.goto(f"/matches/{match.no}/")
    assert "双方同意后可见" in office.locator("main").inner_text()
    office.locator("[data-act=want]").click()
    office.locator("form [data-primary]").last.click()
    office.wait_for_load_state()

    phone = open_page("phone", by=signed_in(expert.person, "expert"))
    phone.goto(f"/matches/{match.no}/")
    assert not too_wide(phone)
    assert "13812345678" not in phone.content()
    phone.locator("[data-act=accept]").click()
    phone.locator("form [data-primary]").last.click()
    phone.wait_for_load_state()
    phone.goto(f"/matches/{match.no}/")
    assert "13812345678" in phone.content()
    assert Match.objects.get().state == "agreed"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_lineage_is_a_tree_and_on_phones_a_list(
    open_page: Callable[..., Page],
    with_member: Studio,
    worker: Person,
    naming: Any,
    size: str,
    language: str,  # noqa: F811
) -> None:
    child = naming(applied(worker, "张伟明创新工作室", mother=with_member, founded_on=date(2021, 1, 1)), date(2021, 6, 1))
    page = open_page(size)
    page.goto(f"/studios/tree/?lang={language}")
    mother, grown = page.locator(".studio-node").first.bounding_box(), page.locator(".studio-node").last.bounding_box()
    assert mother is not None
    assert grown is not None
    assert (grown["x"] > mother["x"] + mother["width"]) is (size == "desktop")
    assert not too_wide(page)
    assert not shut_out(page)
    page.get_by_role("link", name=child.name).click()
    page.wait_for_url(f"**at={child.no}**")
    assert child.name in page.locator(".studio-card").inner_text()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_overview_fits_the_narrowest_phone(open_page: Callable[..., Page], published: Need, offer: Any, language: str) -> None:  # noqa: F811
    page = open_page("phone")
    page.set_viewport_size({"width": 320, "height": 640})
    for address in ("/match/", f"/needs/{published.no}/", "/studios/tree/?view=table"):
        answer = page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        assert answer is not None
        assert answer.status == 200
        assert not too_wide(page), address
        assert not shut_out(page), address
