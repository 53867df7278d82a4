"""Marks from a sheet: previewed by row, once only, a judge's own alone, the chief's where the judge has marked nothing."""

import pytest

from gongchuang.contests import judging, score_intake
from gongchuang.contests.models import Mark
from gongchuang.contests.tests.conftest import fresh_key, sheet_of
from gongchuang.excel.reader import Sheet
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Event

HEAD = ["选手号", "评委", "评分项", "得分"]


def code_of(contest, person):
    return contest.entries.get(entrants__person=person).code


def looked_at(contest, by, *rows, head=HEAD):
    return score_intake.examine(contest, [Sheet("评分", rows=[["装配钳工技能赛评分汇总"], head, *rows])], by)


def bring_in(contest, made, by):
    score_intake.bring_in(contest, marks=score_intake.marks_of(made), identity="one", by=by, key=fresh_key())


def marks_there():
    rows = Mark.objects.values_list("sheet__judge__name", "sheet__code", "aspect", "thousandths")
    return sorted((judge, code, aspect, value / 1000) for judge, code, aspect, value in rows)


def test_the_chief_brings_in_what_judges_wrote_on_paper_once(begun, chief, judges, worker):
    code = code_of(begun, worker)
    rows = [
        [code, "林晓峰", "装配间隙", 52],
        [f"{code}号", "林晓峰", "理论", "33"],
        [code, "何玉兰", "fit", 48.0],
        ["合计", None, None, 133],
    ]
    made = looked_at(begun, chief, *rows)
    assert made.counts == {"new": 3, "changed": 0, "same": 0, "wrong": 0, "reminders": 0, "rows": 3}
    assert marks_there() == []
    bring_in(begun, made, chief)
    assert marks_there() == [("何玉兰", code, "fit", 48), ("林晓峰", code, "fit", 52), ("林晓峰", code, "theory", 33)]
    assert Event.objects.get(action="scores.import").facts == {"identity": "one", "sheets": 2, "marks": 3}
    events = Event.objects.count()
    again = looked_at(begun, chief, *rows)
    assert (again.counts["same"], again.writable) == (3, [])
    assert Event.objects.count() == events
    judging.lock(sheet_of(begun, worker, judges[0]), by=judges[0], key=fresh_key())  # the judge confirms what was entered


def test_a_wide_sheet_has_a_column_for_each_aspect(begun, chief, judges, worker, rival):
    mine, other = code_of(begun, worker), code_of(begun, rival)
    rows = [[mine, "林晓峰", 52, 33], [other, "林晓峰", 40, "未评"], [other, "赵铁山", 41, 20]]
    made = looked_at(begun, chief, *rows, head=["参赛号", "裁判", "装配间隙", "理论"])
    assert (made.counts["new"], made.errors()) == (3, [])
    bring_in(begun, made, chief)
    assert len(marks_there()) == 5
    assert sum(value for *_, value in marks_there()) == 52 + 33 + 40 + 41 + 20


@pytest.mark.parametrize(
    ("row", "group"),
    [
        ([99, "林晓峰", "装配间隙", 50], "code"),
        (["三", "林晓峰", "装配间隙", 50], "code"),
        ([None, "查无此人", "装配间隙", 50], "judge"),
        ([None, "赵铁山", "装配间隙", 50], "no_sheet"),  # of the entrant's own enterprise: stands back
        ([None, "林晓峰", "外观", 50], "aspect"),
        ([None, "林晓峰", "装配间隙", 61], "mark"),
        ([None, "林晓峰", "装配间隙", -1], "mark"),
        ([None, "林晓峰", "装配间隙", "优秀"], "mark"),
        ([None, "林晓峰", "装配间隙", "未评"], "mark"),
    ],
)
def test_a_wrong_row_is_named_and_stays_out(begun, chief, worker, row, group):
    code = code_of(begun, worker)
    made = looked_at(begun, chief, [code, "何玉兰", "理论", 30], [row[0] or code, *row[1:]])
    assert made.counts | {"new": 1, "wrong": 1} == made.counts
    assert [(error["row"], error["group"]) for error in made.errors()] == [(4, group)]


def test_one_mark_twice_is_told_and_another_contests_row_too(begun, chief, worker):
    code = code_of(begun, worker)
    made = looked_at(begun, chief, [code, "林晓峰", "理论", 30], [code, "林晓峰", "理论", 31])
    assert [error["group"] for error in made.errors()] == ["twice"]
    made = looked_at(begun, chief, ["别的赛", code, "林晓峰", "理论", 30], head=["竞赛", *HEAD])
    assert [error["group"] for error in made.errors()] == ["contest"]
    made = looked_at(begun, chief, [begun.no, code, "林晓峰", "理论", 30], head=["竞赛", *HEAD])
    assert made.counts["new"] == 1


def test_a_judge_brings_in_and_corrects_only_their_own(begun, judges, worker):
    code = code_of(begun, worker)
    rows = [[code, "", "装配间隙", 50], [code, "何玉兰", "装配间隙", 10]]
    made = looked_at(begun, judges[0], *rows)
    assert [error["group"] for error in made.errors()] == ["judge"]
    bring_in(begun, made, judges[0])
    made = looked_at(begun, judges[0], [code, "林晓峰", "装配间隙", 51])
    assert made.counts["changed"] == 1
    bring_in(begun, made, judges[0])
    assert marks_there() == [("林晓峰", code, "fit", 51)]


def test_what_a_judge_has_marked_or_locked_is_not_changed_by_the_chief(begun, chief, judges, worker):
    code, sheet = code_of(begun, worker), sheet_of(begun, worker, judges[0])
    judging.mark(sheet, marks={"fit": 50}, by=judges[0], key=fresh_key())
    made = looked_at(begun, chief, [code, "林晓峰", "装配间隙", 60])
    assert [error["group"] for error in made.errors()] == ["judges_own"]
    with pytest.raises(Refused):
        score_intake.enter(sheet, marks={"fit": "60"}, by=chief, key=fresh_key())
    judging.lock(sheet, marks={"fit": 50, "theory": 30}, by=judges[0], key=fresh_key())
    for by in (chief, judges[0]):
        made = looked_at(begun, by, [code, "林晓峰", "装配间隙", 60], [code, "林晓峰", "理论", 30])
        assert (made.counts["same"], [error["group"] for error in made.errors()]) == (1, ["locked"])
    assert marks_there() == [("林晓峰", code, "fit", 50), ("林晓峰", code, "theory", 30)]


def test_nobody_else_and_no_contest_that_is_not_being_marked(begun, opened, make, chief, stranger, worker, district_officer, judges):
    for person in (stranger, worker, district_officer):
        with pytest.raises(NotYours):
            looked_at(begun, person, [1, "林晓峰", "理论", 30])
        with pytest.raises(NotYours):
            score_intake.enter(sheet_of(begun, worker, judges[0]), marks={"fit": "1"}, by=person, key=fresh_key())
    with pytest.raises(NotYours):
        score_intake.enter(sheet_of(begun, worker, judges[0]), marks={"fit": "1"}, by=judges[1], key=fresh_key())
    assert marks_there() == []


def test_a_contest_that_takes_entries_takes_no_marks(opened, chief):
    with pytest.raises(Refused, match="报名"):
        looked_at(opened, chief, [1, "林晓峰", "理论", 30])
