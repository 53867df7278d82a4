"""What the contest's page and the judge's tablet show, and to whom."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

import pytest
from django.test import Client

from gongchuang.contests import actions, judging
from gongchuang.contests.models import Contest, ScoreSheet
from gongchuang.kernel import clock
from gongchuang.people import accounts
from gongchuang.people.models import Account, Person, Unit

pytestmark = pytest.mark.django_db
_keys = (f"web-contest-{number}" for number in count(1))


def signed_in(person: Person) -> Client:
    accounts.open_account(person, login=f"p{person.pk}", password=accounts.Password("only-for-tests"), by=None, key=next(_keys))
    client = Client()
    client.force_login(Account.objects.get(person=person))
    return client


@pytest.fixture
def panel(cast: Any, city: Unit, judge: Person) -> list[Person]:
    outside = cast.unit(cast.unit(city, "external", "外部单位"), "school", "海岳职业学院")
    return [judge, *(cast.person(outside, name, "judge") for name in ("林晓峰", "何玉兰"))]


@pytest.fixture
def begun(panel: list[Person], district: Unit, district_officer: Person, worker: Person, worker2: Person) -> Contest:
    """Two contestants of 海岳风机; 林晓峰 and 何玉兰 have locked theirs, 周志刚, who leads and marks, has not."""
    today = clock.today()
    contest = actions.create(
        unit=district, title="装配钳工技能赛", kind="labour", level="industry", template="practice", opens_on=today,
        closes_on=today, held_on=today, by=district_officer, key=next(_keys),
    )  # fmt: skip
    for person in panel:
        actions.appoint(contest, person=person, is_chief=person == panel[0], by=district_officer, key=next(_keys))
    actions.announce(contest, by=district_officer, key=next(_keys))
    for person in (worker, worker2):
        actions.enter(contest, by=person, key=next(_keys))
    judging.begin(contest, by=district_officer, key=next(_keys))
    for sheet in ScoreSheet.objects.open().filter(contest=contest).exclude(judge=panel[0]).select_related("judge"):
        # the second number is the better one, so that the ranking's order differs from the numbers'
        given = {"theory": 70 + sheet.code, "practice": 80 + sheet.code}
        judging.lock(sheet, marks=given, by=sheet.judge, key=next(_keys))
    return contest


def rows_of(page: str) -> list[str]:
    return re.findall(r'<th scope="row" class="record-title">(\d+号|No\. \d+)', page)


def test_neither_marks_nor_their_order_show_before_they_may(begun: Contest, panel: list[Person], district_officer: Person) -> None:
    for person in (district_officer, panel[0]):
        page = signed_in(person).get(f"/contests/{begun.no}/").content.decode()
        assert rows_of(page) == ["1号", "2号"]
        assert "80.0" not in page
        assert "79.0" not in page
        assert "周志刚 2 份未锁" in page


def test_the_chief_judge_sees_the_marks_once_all_own_sheets_are_locked(begun: Contest, panel: list[Person]) -> None:
    for sheet in ScoreSheet.objects.open().filter(contest=begun, judge=panel[0]):
        judging.lock(sheet, marks={"theory": 71, "practice": 81}, by=panel[0], key=next(_keys))
    page = signed_in(panel[0]).get(f"/contests/{begun.no}/").content.decode()
    assert rows_of(page) == ["2号", "1号"]
    # of number 2: 0.2 × 72 + 0.8 × 82 = 80 twice and 0.2 × 71 + 0.8 × 81 = 79: 239 ÷ 3
    assert "79.67" in page


def test_the_board_is_not_for_other_judges_and_strangers(begun: Contest, panel: list[Person], worker: Person, stranger: Person) -> None:
    for person in (panel[1], worker, stranger):
        assert "score-matrix" not in signed_in(person).get(f"/contests/{begun.no}/").content.decode()
    assert "score-matrix" not in Client().get(f"/contests/{begun.no}/").content.decode()


def test_a_judge_opens_only_own_sheets_and_finds_no_name(begun: Contest, panel: list[Person], worker: Person, stranger: Person) -> None:
    mine = signed_in(panel[0])
    page = mine.get(f"/judge/{begun.no}/1/").content.decode()
    for name in ("张伟明", "张*明", "刘建军", "海岳风机", "叶轮装配班"):
        assert name not in page
    for person in (worker, stranger):
        other = signed_in(person)
        assert other.get(f"/judge/{begun.no}/1/").status_code == 404
        assert other.post(f"/judge/{begun.no}/1/", {"mark_theory": "1"}).status_code == 404
    assert Client().get("/judge/").status_code == 302


def test_saving_answers_what_is_left_and_the_total_only_after_all(begun: Contest, panel: list[Person]) -> None:
    client = signed_in(panel[0])
    address = f"/judge/{begun.no}/1/"
    json = {"Accept": "application/json"}
    half = client.post(address, {"key": "a", "mark_theory": "0"}, headers=json).json()
    assert (half["left"], half["unscored"], half["total"]) == (1, ["practice"], None)
    wrong = client.post(address, {"key": "b", "mark_theory": "101"}, headers=json)
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["mark_theory"])
    whole = client.post(address, {"key": "c", "mark_theory": "0", "mark_practice": "100"}, headers=json).json()
    assert (whole["left"], whole["total"]) == (0, "80.0")
    refused = client.post(f"/judge/{begun.no}/2/", {"key": "d", "do": "lock", "mark_theory": "5"})
    assert refused.status_code == 422
    assert "实操" in refused.content.decode()
    assert client.post(address, {"key": "e", "do": "lock", "mark_theory": "0", "mark_practice": "100"}).headers["Location"].endswith("/2/")
    assert ScoreSheet.objects.get(contest=begun, judge=panel[0], code=1).state == "locked"
