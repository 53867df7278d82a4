"""Each act refuses the stranger, the wrong state and, under the same key, does nothing the second time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from gongchuang.contests import actions, judging
from gongchuang.contests.models import Contest, Entry, Mark, Recusal, ScoreSheet
from gongchuang.contests.tests.conftest import fresh_key, sheet_of
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Conflict, NotYours, Refused
from gongchuang.kernel.models import Event
from gongchuang.people.models import Person, Unit

pytestmark = pytest.mark.django_db


def lock_all(contest: Contest) -> None:
    for sheet in ScoreSheet.objects.open().filter(contest=contest).select_related("judge"):
        judging.lock(sheet, marks={"fit": 50, "theory": 30}, by=sheet.judge, key=fresh_key())


def test_create_is_for_organisers_of_the_unit(make: Callable[..., Contest], stranger: Person, worker: Person) -> None:
    for person in (stranger, worker):
        with pytest.raises(NotYours):
            make(by=person)
    assert not Contest.objects.exists()
    first = make(key="once")
    assert make(key="once") == first
    assert Contest.objects.count() == 1
    with pytest.raises(Conflict):
        make(key="once", title="另一场")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "chess"}, "kind"),
        ({"level": "world"}, "level"),
        ({"tags": ["red"]}, "tags"),
        ({"entrants": "nobody"}, "entrants"),
        ({"title": "  "}, "title"),
        ({"closes_on": date(2026, 4, 30)}, "closes_on"),
        ({"scheme": {"criteria": [{"key": "a", "maximum": 99}]}}, "criteria"),
        ({"prizes": [{"rank_from": 2, "rank_to": 1, "name": "倒"}]}, "prizes"),
    ],
)
def test_a_wrong_contest_is_refused_by_field(make: Callable[..., Contest], wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        make(**wrong)
    assert refused.value.field == field
    assert not Contest.objects.exists()


def test_appoint_and_announce(
    make: Callable[..., Contest], judges: list[Person], stranger: Person, district_officer: Person, worker: Person
) -> None:
    contest = make()
    with pytest.raises(NotYours):
        actions.appoint(contest, person=judges[0], by=stranger, key=fresh_key())
    with pytest.raises(NotYours):
        actions.announce(contest, by=stranger, key=fresh_key())
    with pytest.raises(Refused, match="不能聘任自己"):
        actions.appoint(contest, person=district_officer, by=district_officer, key=fresh_key())
    for _ in range(2):
        actions.appoint(contest, person=judges[0], by=district_officer, key="judge")
    assert contest.panel.count() == 1
    with pytest.raises(Refused, match="筹备中"):
        actions.enter(contest, by=worker, key=fresh_key())
    actions.announce(contest, by=district_officer, key=fresh_key())
    with pytest.raises(Refused):
        actions.announce(contest, by=district_officer, key=fresh_key())


def test_enter_refuses_late_full_double_and_foreign(
    make: Callable[..., Contest],
    worker: Person,
    worker2: Person,
    leader: Person,
    stranger: Person,
    district_officer: Person,
) -> None:
    contest = make(capacity=1)
    actions.announce(contest, by=district_officer, key=fresh_key())
    with pytest.raises(NotYours):
        actions.enter(contest, person=worker, by=stranger, key=fresh_key())
    with clock.frozen("2026-06-02T09:00"), pytest.raises(Refused, match="报名时间"):
        actions.enter(contest, by=worker, key=fresh_key())
    entry = actions.enter(contest, person=worker, by=leader, key="mine")
    assert actions.enter(contest, person=worker, by=leader, key="mine") == entry
    with pytest.raises(Refused, match="名额已满"):
        actions.enter(contest, by=worker2, key=fresh_key())
    with pytest.raises(NotYours):
        actions.withdraw(entry, by=stranger, key=fresh_key())
    actions.withdraw(entry, by=worker, key=fresh_key())
    with pytest.raises(Refused):
        actions.withdraw(entry, by=worker, key=fresh_key())
    assert actions.enter(contest, by=worker2, key=fresh_key()).state == "entered"


def test_a_list_is_entered_whole_or_not_at_all(
    make: Callable[..., Contest], worker: Person, worker2: Person, leader: Person, rival: Person, stranger: Person,
    district_officer: Person,
) -> None:  # fmt: skip
    contest = make()
    actions.announce(contest, by=district_officer, key=fresh_key())
    for person in (worker, stranger):
        with pytest.raises(NotYours):
            actions.enter_list(contest, members=[worker, worker2], by=person, key=fresh_key())
    with pytest.raises(NotYours):
        actions.enter_list(contest, members=[worker, rival], by=leader, key=fresh_key())
    assert not contest.entries.exists()
    for _ in range(2):
        actions.enter_list(contest, members=[worker, worker2], by=leader, key="list")
    assert sorted(contest.entries.values_list("name", flat=True)) == sorted(["张伟明", "刘建军"])
    with pytest.raises(Refused) as refused:
        actions.enter_list(contest, members=[leader, worker], by=leader, key=fresh_key())
    assert (refused.value.field, contest.entries.count()) == ("members", 2)
    judging_contest = make(entrants="team")
    actions.announce(judging_contest, by=district_officer, key=fresh_key())
    with pytest.raises(Refused, match="要报名的职工"):
        actions.enter_list(judging_contest, members=[worker], by=leader, key=fresh_key())


def test_a_judge_is_no_entrant_and_an_entrant_no_judge(
    opened: Contest, judges: list[Person], worker: Person, chief: Person, district_officer: Person
) -> None:
    for person in (judges[4], chief):
        with pytest.raises(Refused, match="评委不能参赛"):
            actions.enter(opened, by=person, key=fresh_key())
    actions.enter(opened, by=worker, key=fresh_key())
    with pytest.raises(Refused, match="参赛者不能当评委"):
        actions.appoint(opened, person=worker, by=district_officer, key=fresh_key())


def test_begin_refuses_early_empty_and_thin_panels(
    make: Callable[..., Contest], opened: Contest, worker: Person, judges: list[Person], chief: Person,
    district_officer: Person, stranger: Person,
) -> None:  # fmt: skip
    with pytest.raises(Refused, match="还没有人报名"):
        judging.begin(opened, by=district_officer, key=fresh_key())
    actions.enter(opened, by=worker, key=fresh_key())
    for person in (stranger, chief, judges[0]):
        with pytest.raises(NotYours):
            judging.begin(opened, by=person, key=fresh_key())
    with clock.frozen("2026-05-20T09:00"), pytest.raises(Refused, match="截止"):
        judging.begin(opened, by=district_officer, key=fresh_key())
    thin = make(title="只有三名评委")
    for judge in judges[2:]:
        actions.appoint(thin, person=judge, by=district_officer, key=fresh_key())
    actions.announce(thin, by=district_officer, key=fresh_key())
    actions.enter(thin, by=worker, key=fresh_key())
    with pytest.raises(Refused, match="还没有裁判长"):
        judging.begin(thin, by=district_officer, key=fresh_key())
    actions.appoint(thin, person=chief, is_chief=True, is_judge=False, by=district_officer, key=fresh_key())
    with pytest.raises(Refused, match="只有 2 名评委可评"):
        judging.begin(thin, by=district_officer, key=fresh_key())
    assert not ScoreSheet.objects.exists()
    for _ in range(2):
        judging.begin(opened, by=district_officer, key="begin")
    assert ScoreSheet.objects.count() == 4
    with pytest.raises(Refused):
        judging.begin(opened, by=district_officer, key=fresh_key())


def test_a_judge_marks_only_own_sheets_within_the_scheme(begun: Contest, judges: list[Person], worker: Person) -> None:
    sheet = sheet_of(begun, worker, judges[0])
    for stranger in (judges[1], worker, begun.chief):
        with pytest.raises(NotYours):
            judging.mark(sheet, marks={"fit": 1}, by=stranger, key=fresh_key())
    for marks, field in [
        ({"fit": 61}, "fit"),
        ({"fit": "0.5"}, "fit"),
        ({"beauty": 1}, "beauty"),
        ({"fit": "好"}, "fit"),
    ]:
        with pytest.raises(Refused) as refused:
            judging.mark(sheet, marks=marks, by=judges[0], key=fresh_key())
        assert refused.value.field == field
    judging.mark(sheet, marks={"fit": 0, "theory": None}, by=judges[0], key="m")
    judging.mark(sheet, marks={"fit": 0, "theory": None}, by=judges[0], key="m")
    assert [(one.aspect, one.value) for one in sheet.marks.all()] == [("fit", 0)]
    with pytest.raises(Refused, match="还有 1 项未评：理论"):
        judging.lock(sheet, by=judges[0], key=fresh_key())
    judging.mark(sheet, marks={"fit": None}, by=judges[0], key=fresh_key())
    assert not sheet.marks.exists()


def test_a_locked_sheet_is_closed_to_actions_and_to_the_database(
    begun: Contest, judges: list[Person], worker: Person, chief: Person
) -> None:
    sheet = sheet_of(begun, worker, judges[0])
    judging.lock(sheet, marks={"fit": 50, "theory": 30}, by=judges[0], key="lock")
    events = Event.objects.count()
    judging.lock(sheet, marks={"fit": 50, "theory": 30}, by=judges[0], key="lock")
    assert Event.objects.count() == events
    with pytest.raises(Refused):
        judging.mark(sheet, marks={"fit": 51}, by=judges[0], key=fresh_key())
    with pytest.raises(NotYours):
        judging.reopen(sheet, reason="改分", by=judges[0], key=fresh_key())
    with pytest.raises(Refused, match="原因"):
        judging.reopen(sheet, reason=" ", by=chief, key=fresh_key())
    insert = (
        "INSERT INTO contests_mark (uid, version, sheet_id, aspect, thousandths) "
        f"SELECT '{clock.new_uid().hex}', 1, id, 'extra', 1 FROM contests_scoresheet WHERE id = %s"
    )
    statements = [
        "UPDATE contests_mark SET thousandths = 60000 WHERE sheet_id = %s",
        "DELETE FROM contests_mark WHERE sheet_id = %s",
        "UPDATE contests_scoresheet SET state = 'open' WHERE id = %s",
        insert,
    ]
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [sheet.pk])


def test_the_database_refuses_a_sheet_of_a_judge_who_stands_back(begun: Contest, judges: list[Person]) -> None:
    recusal = Recusal.objects.filter(judge=judges[4]).first()
    assert recusal is not None
    copied = ScoreSheet(contest=begun, entry=recusal.entry, judge=judges[4], code=recusal.entry.code, edition=7, version=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        ScoreSheet.objects.bulk_create([copied])


def test_signing_and_releasing_take_two_people(
    begun: Contest, chief: Person, judges: list[Person], district_officer: Person, stranger: Person
) -> None:
    with pytest.raises(Refused, match="0/13"):
        judging.sign(begun, by=chief, key=fresh_key())
    lock_all(begun)
    for person in (district_officer, judges[0], stranger):
        with pytest.raises(NotYours):
            judging.sign(begun, by=person, key=fresh_key())
    with pytest.raises(Refused, match="评分中"):
        judging.release(begun, by=district_officer, key=fresh_key())
    for _ in range(2):
        judging.sign(begun, by=chief, key="sign")
    for person in (chief, judges[0], stranger):
        with pytest.raises(NotYours):
            judging.release(begun, by=person, key=fresh_key())
    for _ in range(2):
        judging.release(begun, by=district_officer, key="release")
    assert Entry.objects.placed().count() == 3
    assert Event.objects.filter(action="contest.release").count() == 1
    for refused in (
        lambda: judging.veto(begun, code=1, reason="迟到", by=chief, key=fresh_key()),
        lambda: judging.reopen(ScoreSheet.objects.all()[0], reason="迟到", by=chief, key=fresh_key()),
        lambda: judging.release(begun, by=district_officer, key=fresh_key()),
        lambda: actions.cancel(begun, reason="迟到", by=district_officer, key=fresh_key()),
    ):
        with pytest.raises(Refused):
            refused()


def test_veto_and_standing_back_are_for_their_people(
    begun: Contest, chief: Person, judges: list[Person], stranger: Person, district_officer: Person, worker: Person
) -> None:
    for person in (district_officer, judges[0], stranger):
        with pytest.raises(NotYours):
            judging.veto(begun, code=1, reason="违规", by=person, key=fresh_key())
    with pytest.raises(Refused, match="没有 9 号"):
        judging.veto(begun, code=9, reason="违规", by=chief, key=fresh_key())
    sheet = sheet_of(begun, worker, judges[0])
    with pytest.raises(NotYours):
        judging.stand_back(sheet, reason="亲属", by=judges[1], key=fresh_key())
    with pytest.raises(Refused, match="原因"):
        judging.stand_back(sheet, reason="", by=judges[0], key=fresh_key())
    for _ in range(2):
        judging.stand_back(sheet, reason="亲属", by=judges[0], key="back")
    with pytest.raises(Refused):
        judging.stand_back(sheet, reason="亲属", by=judges[0], key=fresh_key())


def test_cancel(make: Callable[..., Contest], stranger: Person, district_officer: Person, city: Unit) -> None:
    contest = make()
    with pytest.raises(NotYours):
        actions.cancel(contest, reason="台风", by=stranger, key=fresh_key())
    actions.cancel(contest, reason="台风", by=district_officer, key=fresh_key())
    with pytest.raises(Refused):
        actions.announce(contest, by=district_officer, key=fresh_key())


def test_marks_table_is_what_auditors_read(begun: Contest, judges: list[Person], worker: Person) -> None:
    sheet = sheet_of(begun, worker, judges[0])
    judging.mark(sheet, marks={"fit": 50, "theory": 30}, by=judges[0], key=fresh_key())
    query = "SELECT contest, entry, aspect, mark, version FROM v_score_sheet ORDER BY aspect"
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert cursor.fetchall() == []
        judging.lock(sheet, by=judges[0], key=fresh_key())
        cursor.execute(query)
        rows = [(no, entry, aspect, float(mark), version) for no, entry, aspect, mark, version in cursor.fetchall()]
    assert rows == [(begun.no, sheet.code, "fit", 50.0, 1), (begun.no, sheet.code, "theory", 30.0, 1)]
    assert Mark.objects.count() == 2
