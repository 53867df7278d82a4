"""A contest from its announcement to the certificate, with totals worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongchuang.contests import actions, judging
from gongchuang.contests.models import Contest, Entrant, Entry, Recusal, ScoreSheet
from gongchuang.contests.tests.conftest import fresh_key, give, sheet_of
from gongchuang.kernel import clock, waiting
from gongchuang.kernel.models import Hands
from gongchuang.people import actions as people
from gongchuang.people.models import Person, SkillRecord, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(begun: Contest, judges: list[Person], worker: Person, worker2: Person, rival: Person) -> Contest:
    """Judges A–D mark all; E (赵铁山) is of 海岳风机 and marks only 韩冰."""
    a, b, c, d, e = judges
    # four judges: nothing is dropped. (90 + 88 + 86 + 84) ÷ 4 = 87
    give(begun, worker, {a: (55, 35), b: (53, 35), c: (51, 35), d: (49, 35)})
    # (87 + 87 + 87 + 87) ÷ 4 = 87, with practice 50 against 52: second by the tie rule
    give(begun, worker2, {a: (50, 37), b: (50, 37), c: (50, 37), d: (50, 37)})
    # five judges: 100 and 40 are dropped. (80 + 81 + 83) ÷ 3 = 81 1/3
    give(begun, rival, {a: (60, 40), b: (45, 35), c: (46, 35), d: (48, 35), e: (20, 20)})
    return begun


def test_the_story(
    judged: Contest,
    chief: Person,
    district_officer: Person,
    officer: Person,
    worker: Person,
    worker2: Person,
    rival: Person,
) -> None:
    assert judged.sheets.count() == 13
    assert Recusal.objects.filter(ground="own_unit", judge__name="赵铁山").count() == 2
    assert [row.act for row in waiting.of(chief)] == ["sign"]
    judging.sign(judged, by=chief, key=fresh_key())
    judging.release(judged, by=district_officer, key=fresh_key())

    rows = {entry.name: entry for entry in Entry.objects.filter(contest=judged)}
    assert [(name, rows[name].rank, rows[name].score) for name in ("张伟明", "刘建军", "韩冰")] == [
        ("张伟明", 1, "87.00"),
        ("刘建军", 2, "87.00"),
        ("韩冰", 3, "81.33"),
    ]
    assert rows["韩冰"].score_exact == "244/3"
    assert [(rows[name].prize, rows[name].prize_fen) for name in ("张伟明", "刘建军", "韩冰")] == [
        ("一等奖", 300_000),
        ("二等奖", 200_000),
        ("", 0),
    ]
    assert judged.marks_version
    assert judged.released_on == date(2026, 6, 1)
    parts = Hands.objects.filter(table="contests_contest", pk_of_row=judged.pk).values_list("part", flat=True)
    assert sorted(parts) == ["checker", "maker"]

    # 张伟明 (中级工) is recommended for 技师; 刘建军 is 高级工 already, the cap of the second prize
    levels = SkillRecord.objects.filter(source__startswith="contests_entrant:")
    assert [(one.person.name, one.from_level, one.level, one.state) for one in levels] == [("张伟明", 3, 5, "recommended")]
    assert sorted(Entrant.objects.high_skilled_selected().values_list("person__name", "selected_level")) == [
        ("刘建军", 4),
        ("张伟明", 5),
    ]
    people.confirm_level(
        levels[0], certificate_no="T-2026-0001", issuer="海岳市人社局", obtained_on=date(2026, 6, 1),
        by=officer, key=fresh_key(),
    )  # fmt: skip
    worker.refresh_from_db()
    assert worker.skill_level == 5


def test_a_winner_goes_one_level_up_without_typing(
    make: Callable[..., Contest],
    judged: Contest,
    chief: Person,
    district_officer: Person,
    city: Unit,
    city_officer: Person,
    worker: Person,
) -> None:
    higher = make(unit=city, title="海岳市装配钳工决赛", level="chain", by=city_officer)
    actions.announce(higher, by=city_officer, key=fresh_key())
    judged.higher, judged.places_up = higher, 1
    _keep(judged, district_officer)
    judging.sign(judged, by=chief, key=fresh_key())
    judging.release(judged, by=district_officer, key=fresh_key())
    first, second = Entry.objects.filter(contest=judged, rank__lte=2).order_by("rank")
    up = actions.advance(first, by=district_officer, key=fresh_key())
    assert (up.contest, up.name, up.unit, up.state, up.source) == (higher, "张伟明", worker.unit, "entered", first)
    assert [one.person for one in up.entrants.all()] == [worker]
    for entry, said in ((first, "已经推荐过"), (second, "前 1 名")):
        with pytest.raises(Exception, match=said):
            actions.advance(entry, by=district_officer, key=fresh_key())


def _keep(contest: Contest, by: Person) -> None:
    """Save what the test changed by hand, the way an action does."""
    from gongchuang.kernel.history import action, record

    @action
    def keep(contest: Contest, *, by: Person, key: str) -> Contest:
        contest.save()
        record(by, "contest.keep", subject=contest, key=key)
        return contest

    keep(contest, by=by, key=fresh_key())


def test_a_town_enters_with_its_product(cast: Any, make: Callable[..., Contest], district: Unit, district_officer: Person) -> None:
    town = cast.unit(district, "town", "石岛街道")
    contest = make(title="一镇一品擂台", kind="rural", entrants="unit", tags=["green"], prizes=[])
    actions.announce(contest, by=district_officer, key=fresh_key())
    entry = actions.enter(contest, unit=town, product="西洋参礼盒", by=district_officer, key=fresh_key())
    assert str(entry) == "石岛街道 西洋参礼盒"
    assert not entry.entrants.exists()
    with pytest.raises(Exception, match="这个产品已报名"):
        actions.enter(contest, unit=town, product="西洋参礼盒", by=district_officer, key=fresh_key())
    assert actions.enter(contest, unit=town, product="海带饼", by=district_officer, key=fresh_key()).pk


def test_a_team_enters_by_its_members(
    make: Callable[..., Contest], leader: Person, worker: Person, worker2: Person, district_officer: Person
) -> None:
    contest = make(entrants="team")
    actions.announce(contest, by=district_officer, key=fresh_key())
    entry = actions.enter(contest, members=[worker, worker2], name="叶轮先锋", by=leader, key=fresh_key())
    assert [one.person for one in entry.entrants.order_by("pk")] == [worker, worker2]
    with pytest.raises(Exception, match="已报名"):
        actions.enter(contest, members=[leader, worker], by=leader, key=fresh_key())


def test_a_reopened_sheet_takes_the_signature_back_and_leaves_the_old_edition(
    judged: Contest, chief: Person, judges: list[Person], district_officer: Person, worker: Person
) -> None:
    judging.sign(judged, by=chief, key=fresh_key())
    signed = judged.marks_version
    old = sheet_of(judged, worker, judges[0])
    again = judging.reopen(old, reason="漏看一处配合面", by=chief, key=fresh_key())
    judged.refresh_from_db()
    old.refresh_from_db()
    assert (judged.state, judged.marks_version, old.state, again.edition) == ("judging", "", "superseded", 2)
    assert list(again.marks.values_list("aspect", "thousandths")) == list(old.marks.values_list("aspect", "thousandths"))
    with pytest.raises(Exception, match="林晓峰 1 份"):
        judging.sign(judged, by=chief, key=fresh_key())
    judging.lock(again, marks={"fit": 51}, by=judges[0], key=fresh_key())
    judging.sign(judged, by=chief, key=fresh_key())
    assert judged.marks_version != signed
    judging.release(judged, by=district_officer, key=fresh_key())
    # 张伟明 falls to (86 + 88 + 86 + 84) ÷ 4 = 86 and behind 刘建军's 87
    assert Entry.objects.get(contest=judged, name="张伟明").rank == 2
    assert ScoreSheet.objects.filter(entry__name="张伟明", judge=judges[0]).count() == 2


def test_one_who_was_vetoed_or_left_with_too_few_judges_is_not_ranked(
    judged: Contest, begun: Contest, chief: Person, judges: list[Person], district_officer: Person, worker2: Person
) -> None:
    code = Entry.objects.get(contest=judged, entrants__person=worker2).code
    judging.veto(judged, code=code, reason="未断电操作", by=chief, key=fresh_key())
    judging.sign(judged, by=chief, key=fresh_key())
    judging.release(judged, by=district_officer, key=fresh_key())
    rows = dict(Entry.objects.filter(contest=judged).values_list("name", "rank"))
    assert rows == {"张伟明": 1, "韩冰": 2, "刘建军": None}


def test_standing_back_leaves_the_rest_of_the_panel(begun: Contest, judges: list[Person], rival: Person) -> None:
    sheet = sheet_of(begun, rival, judges[0])
    judging.stand_back(sheet, reason="师徒关系", by=judges[0], key=fresh_key())
    assert not ScoreSheet.objects.current().filter(entry=sheet.entry, judge=judges[0]).exists()
    assert Recusal.objects.get(entry=sheet.entry).reason == "师徒关系"


def test_verify_holds(judged: Contest, chief: Person, district_officer: Person) -> None:
    from gongchuang.contests.invariants import INVARIANTS
    from gongchuang.kernel import verify

    judging.sign(judged, by=chief, key=fresh_key())
    judging.release(judged, by=district_officer, key=fresh_key())
    with clock.frozen("2026-06-02T09:00"):
        broken = [check for check in verify.run(INVARIANTS) if not check.holds]
    assert broken == []
