"""The first pages a visitor meets, in a real browser, on both sizes and in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from gongchuang.people.models import Unit
from tests.browser.looks import shut_out, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESSES = ["/", "/figures/", "/report/", "/login/", "/help/"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_public_pages_speak_their_language_and_never_scroll_sideways(city: Unit, open_page: Callable[..., Page], size: str, language: str):
    page = open_page(size)
    if size == "phone":
        page.set_viewport_size({"width": 320, "height": 640})
    for address in ADDRESSES:
        answer = page.goto(f"{address}?lang={language}")
        assert answer is not None
        assert answer.status == 200, address
        assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[language]
        assert not too_wide(page), f"{address} scrolls sideways"


@pytest.mark.parametrize("address", ADDRESSES)
def test_public_pages_have_no_serious_accessibility_finding(city: Unit, desktop: Page, address: str):
    desktop.goto(address)
    assert not shut_out(desktop)


def test_a_public_page_reads_without_javascript(city: Unit, open_page: Callable[..., Page]):
    page = open_page("phone", javascript=False)
    page.goto("/")
    assert city.name in page.locator("body").inner_text()
