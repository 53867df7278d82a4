"""The two readings of each rule agree, and judges never meet an entry before the release."""

from __future__ import annotations

import pytest

from gongchuang.contests import desk, judging, rules
from gongchuang.contests.models import Contest, Entry, ScoreSheet
from gongchuang.contests.tests.conftest import fresh_key
from gongchuang.contests.tests.test_refusals import lock_all
from gongchuang.kernel.access import Rule
from gongchuang.people.models import Person

pytestmark = pytest.mark.django_db
OF_RECORDS = {
    Contest: [
        rules.SEE,
        rules.APPOINT,
        rules.ANNOUNCE,
        rules.BEGIN,
        rules.VETO,
        rules.SIGN,
        rules.RELEASE,
        rules.BOARD,
    ],
    Entry: [rules.SEE_ENTRY, rules.WITHDRAW, rules.ADVANCE],
    ScoreSheet: [rules.SEE_SHEET, rules.MARK, rules.LOCK, rules.STAND_BACK, rules.REOPEN],
}


@pytest.mark.parametrize("stage", ["judging", "released"])
def test_filter_and_predicate_agree(
    stage: str, begun: Contest, judges: list[Person], chief: Person, worker: Person, rival: Person, officer: Person,
    stranger: Person, district_officer: Person, city_officer: Person,
) -> None:  # fmt: skip
    lock_all(begun)
    if stage == "released":
        judging.sign(begun, by=chief, key=fresh_key())
        judging.release(begun, by=district_officer, key=fresh_key())
    people = [None, *judges, chief, worker, rival, officer, stranger, district_officer, city_officer]
    sizes = set()
    for model, of_model in OF_RECORDS.items():
        for rule in of_model:
            for person in people:
                found = set(rule.among(person, model.objects.all()))
                assert found == {one for one in model.objects.all() if rule.allows(person, one)}, (rule, person)
                sizes.add(len(found))
    assert {0, 1, 3} <= sizes


def test_nobody_who_judges_sees_an_entry_before_the_release(begun: Contest, judges: list[Person], chief: Person) -> None:
    for person in [*judges, chief, None]:
        assert not rules.SEE_ENTRY.among(person, Entry.objects.all()).exists()


def test_a_judge_sees_no_sheet_of_others_and_the_chief_only_locked_ones(begun: Contest, judges: list[Person], chief: Person) -> None:
    assert set(rules.SEE_SHEET.among(judges[0], ScoreSheet.objects.all())) == set(judges[0].score_sheets.all())
    assert not rules.SEE_SHEET.among(chief, ScoreSheet.objects.all()).exists()
    sheet = judges[0].score_sheets.order_by("code")[0]
    judging.lock(sheet, marks={"fit": 1, "theory": 1}, by=judges[0], key=fresh_key())
    assert list(rules.SEE_SHEET.among(chief, ScoreSheet.objects.all())) == [sheet]


def test_no_name_of_an_entrant_stands_on_what_a_judge_may_open(begun: Contest, judges: list[Person]) -> None:
    rows = desk.SHEETS.table.rows(desk.SHEETS.rows_for(judges[0]))
    said = " ".join(str(column.value(row)) for row in rows for column in (*desk.SHEETS.table.columns, *desk.SHEETS.facts))
    assert "装配钳工技能赛" in said
    for name in ("张伟明", "刘建军", "韩冰", "海岳风机", "北湾曲轴"):
        assert name not in said


def test_a_released_entry_shows_a_masked_name_unless_agreed(
    begun: Contest, chief: Person, district_officer: Person, worker: Person
) -> None:
    entry = Entry.objects.get(contest=begun, entrants__person=worker)
    assert str(entry) == worker.masked_name != worker.name
    allowed: Rule = rules.SEE_ENTRY
    assert not allowed.allows(None, entry)
