"""The judge's tablet and the chief judge's matrix, in a browser, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from gongchuang.contests import actions, judging
from gongchuang.contests.models import Contest, ScoreSheet
from gongchuang.kernel import clock
from gongchuang.people import accounts
from gongchuang.people.models import Person, Unit
from tests.browser.looks import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
_keys = (f"browser-judge-{number}" for number in count(1))


@pytest.fixture
def begun(cast: Any, city: Unit, district: Unit, district_officer: Person, worker: Person, worker2: Person, judge: Person) -> Contest:
    """Two contestants, three judges of whom 周志刚 marks and leads."""
    outside = cast.unit(cast.unit(city, "external", "外部单位"), "school", "海岳职业学院")
    panel = [judge, *(cast.person(outside, name, "judge") for name in ("林晓峰", "何玉兰"))]
    accounts.open_account(judge, login="judge", password=accounts.Password("only-for-tests"), by=None, key=next(_keys))
    today = clock.today()
    contest = actions.create(
        unit=district, title="装配钳工技能赛", kind="labour", level="industry", template="fitter", opens_on=today,
        closes_on=today, held_on=today, by=district_officer, key=next(_keys),
    )  # fmt: skip
    for person in panel:
        actions.appoint(contest, person=person, is_chief=person == judge, by=district_officer, key=next(_keys))
    actions.announce(contest, by=district_officer, key=next(_keys))
    for person in (worker, worker2):
        actions.enter(contest, by=person, key=next(_keys))
    judging.begin(contest, by=district_officer, key=next(_keys))
    for other in panel[1:]:
        for sheet in ScoreSheet.objects.open().filter(contest=contest, judge=other):
            judging.lock(sheet, marks=marks(contest, sheet.code), by=other, key=next(_keys))
    return contest


def marks(contest: Contest, code: int) -> dict[str, int]:
    return {one.key: int(one.maximum) - code for one in contest.scheme().criteria}


def test_a_judge_marks_locks_in_two_taps_and_signs(open_page: Callable[..., Any], begun: Contest, judge: Person) -> None:
    page = open_page("desktop", by=judge)
    page.goto("/judge/")
    page.get_by_role("link", name="继续评分").click()
    assert page.locator("h1").inner_text() == "1号选手"
    assert "张" not in page.locator("main").inner_text()
    assert page.locator("[data-sum]").inner_text() == "—"
    for criterion in begun.scheme().criteria:
        row = page.locator(f"[data-criterion='{criterion.key}']")
        row.locator("> .score-scale label").last.click()
        page.wait_for_selector(f"[data-criterion='{criterion.key}']:not(.is-unscored)")
    assert page.locator("[data-sum]").inner_text() == "100.0"
    page.get_by_role("button", name="锁定提交").click()
    page.get_by_role("button", name="确认锁定").click()
    page.wait_for_url("**/2/")
    first = ScoreSheet.objects.get(contest=begun, judge=judge, code=1)
    assert (first.state, first.marks.count()) == ("locked", 7)

    page.get_by_role("button", name="锁定提交").click()
    assert "尺寸精度" in page.locator("[data-missing-names]").inner_text()
    page.goto(f"/contests/{begun.no}/")
    assert "周志刚 1 份未锁" in page.locator("#why").inner_text()
    assert "已锁" in page.locator(".score-matrix").inner_text()
    second = ScoreSheet.objects.get(contest=begun, judge=judge, code=2)
    judging.lock(second, marks=marks(begun, 3), by=judge, key=next(_keys))
    page.reload()
    assert page.locator(".final-score").all_inner_texts()[0] == "95.33"  # (93 + 93 + 100) ÷ 3
    assert not too_wide(page)
    page.locator(".contest-columns").get_by_role("link", name="签字").click()
    page.locator("#act").get_by_role("button", name="裁判长签字").click()
    page.wait_for_url(f"**/contests/{begun.no}/")
    begun.refresh_from_db()
    assert begun.state == "signed"


def test_without_javascript_marks_are_saved_by_next_and_previous(open_page: Callable[..., Any], begun: Contest, judge: Person) -> None:
    page = open_page("phone", by=judge, javascript=False)
    page.goto(f"/judge/{begun.no}/")
    page.locator("[data-criterion='time'] label").first.click()
    page.get_by_role("button", name="下一个").click()
    assert page.locator("h1").inner_text() == "2号选手"
    sheet = ScoreSheet.objects.get(contest=begun, judge=judge, code=1)
    assert [(one.aspect, one.value) for one in sheet.marks.all()] == [("time", 0)]


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_pages_fit_in_both_languages(
    open_page: Callable[..., Any], begun: Contest, judge: Person, size: str, language: str, tmp_path: Any
) -> None:
    page = open_page(size, by=judge, language=language)
    for address in ("/judge/", f"/judge/{begun.no}/", f"/contests/{begun.no}/"):
        assert page.goto(address).status == 200
        assert not too_wide(page), address
