"""Hands, eyes and old phones: keyboard alone, few taps, no script, twice the type. The same work gets done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from gongchuang.indicators import tally
from gongchuang.people import accounts
from gongchuang.people.models import Person, Unit
from gongchuang.proposals import actions as proposals
from gongchuang.proposals.models import Proposal
from gongchuang.results import actions as results
from gongchuang.results import certification
from gongchuang.results.models import Benefit
from tests.browser.looks import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
_keys = (f"browser-hands-{number}" for number in count(1))
MOST_STOPS = 80
# Whether the element that has the focus shows it: an outline or a ring of at least two pixels.
SHOWS_FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const holder = one.closest('label, .photo-add, summary') || one;
  return [style, getComputedStyle(holder)].some((each) =>
    (each.outlineStyle !== 'none' && parseFloat(each.outlineWidth) >= 2) || each.boxShadow !== 'none');
}"""


@pytest.fixture
def known(worker: Person, leader: Person, officer: Person, certifier: Person) -> None:
    for person, login in ((worker, "worker"), (leader, "leader"), (officer, "officer"), (certifier, "finance")):
        accounts.open_account(person, login=login, password=accounts.Password("only-for-tests"), by=None, key=next(_keys))


@pytest.fixture
def checked(known: None, team: Unit, worker: Person, officer: Person) -> Benefit:
    """A sheet of 600,000 yuan that waits for finance."""
    result = results.register(
        team, kind="technical_innovation", title="叶轮装配快换定位工装", problem="逐个找正费时", solution="锥销快换",
        makers=[(worker, 10_000)], used_from_on=date(2026, 4, 16), by=officer, key=next(_keys),
    )  # fmt: skip
    line = {
        "kind": "saving", "label": "单件工时", "measure": "小时", "before": Decimal("3.50"), "after": Decimal("2.25"),
        "quantity": Decimal(6000), "price_fen": 8000, "price_source": "成本标准", "proof_text": "工时记录",
    }  # fmt: skip
    return certification.claim(result, from_on=date(2026, 4, 16), to_on=date(2027, 4, 15), lines=[line], by=officer, key=next(_keys))


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus stands on what is wanted; every stop on the way shows where it is."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWS_FOCUS), page.evaluate("document.activeElement.outerHTML.slice(0, 160)")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached by the keyboard on {page.url}")


def test_a_proposal_by_keyboard_alone(known: None, open_page: Callable[..., Page], worker: Person) -> None:
    page = open_page("desktop", by=worker)
    page.goto("/proposals/new/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    assert skip.evaluate("(one) => one === document.activeElement")
    assert skip.bounding_box()["y"] >= 0  # out of sight until it has the focus
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    tab_to(page, "[name=problem]")
    page.keyboard.type("过道口一颠就磕边，上周返工了 6 片。")
    tab_to(page, "[name=idea]")
    page.keyboard.type("横杆套上聚氨酯护套。")
    tab_to(page, "[data-primary]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Proposal.objects.get().idea == "横杆套上聚氨酯护套。"


def test_a_certificate_by_keyboard_alone(open_page: Callable[..., Page], checked: Benefit, certifier: Person) -> None:
    page = open_page("desktop", by=certifier)
    page.goto(f"/benefits/{checked.ref}/")
    tab_to(page, "[data-act=certify]")
    button = page.locator("[data-act=certify]").bounding_box()
    assert button["y"] + button["height"] <= 768  # the decision stays in sight beside its sum
    assert page.locator(".decision-sum").inner_text() == "600,000.00 元"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    checked.refresh_from_db()
    assert checked.state == "certified"


def test_a_proposal_with_a_photo_takes_six_taps(known: None, open_page: Callable[..., Page], worker: Person, tmp_path: Path) -> None:
    picture = tmp_path / "rack.jpg"
    Image.new("RGB", (64, 48), "grey").save(picture)
    page, taps = open_page("phone", by=worker), 0
    page.goto("/me/")
    page.locator(".btn-propose").tap()
    taps += 1
    page.locator("[data-photos]").set_input_files(picture)
    taps += 2  # the button, and the phone's own sheet
    for name, words in (("problem", "过道口一颠就磕边。"), ("idea", "横杆套上护套。")):
        page.locator(f"[name={name}]").fill(words)
        taps += 1
    page.locator("[type=submit][data-primary]").tap()
    page.wait_for_url("**/proposals/JY-**")
    taps += 1
    assert taps <= 6
    page.locator("figure.photo img").wait_for(state="attached")
    assert Proposal.objects.count() == 1


def test_without_scripts_a_proposal_is_handed_in_and_a_figure_read(known: None, open_page: Callable[..., Page], worker: Person) -> None:
    page = open_page("phone", by=worker, javascript=False)
    page.goto("/me/")
    page.locator(".btn-propose").click()
    page.locator("[name=problem]").fill("过道口一颠就磕边。")
    page.locator("[name=idea]").fill("横杆套上护套。")
    page.locator("[type=submit][data-primary]").click()
    no = Proposal.objects.get().no
    assert no in page.locator("main").inner_text()
    tally.catch_up()
    for tab in ("records", "district", "trend", "definition"):
        page.goto(f"/figures/proposals.made/?tab={tab}")
        assert page.locator(".figure-hero").get_attribute("data-value") == "1"
        assert page.locator("#panel").inner_text().strip()


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_twice_the_type_and_the_large_face_break_nothing(
    size: str, open_page: Callable[..., Page], checked: Benefit, team: Unit, worker: Person, leader: Person, certifier: Person
) -> None:
    proposals.submit(team, problem="过道口一颠就磕边", idea="横杆套上护套", by=worker, key=next(_keys))
    walks = (
        (worker, ("/me/", "/proposals/new/", "/me/bank/", "/me/todo/")), (leader, ("/team/inbox/",)),
        (certifier, ("/org/", f"/benefits/{checked.ref}/")), (None, ("/", "/figures/results.benefit/", "/report/")),
    )  # fmt: skip
    for person, addresses in walks:
        page = open_page(size, by=person)
        for address in addresses:
            page.goto(address)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert not too_wide(page), f"{address} at 200 %"
        for step in (1, 2, 3):
            page.context.add_cookies(
                [{"name": "size", "value": str(step), "url": page.url.split("/", 3)[0] + "//" + page.url.split("/")[2]}]
            )
            for address in addresses:
                page.goto(address)
                assert page.locator("html").get_attribute("data-size") == str(step)
                assert not too_wide(page), f"{address} in the large face, step {step}"
