"""Ranks worked out by hand, and properties that hold for any marks."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongchuang.contests.scheme import Rules, number, read_rules, shown
from gongchuang.contests.scoring import Entrant, Sheet, rank
from gongchuang.kernel.errors import Refused

PRACTICE = {"key": "fit", "label": "装配间隙", "maximum": 60, "part": "practice"}
THEORY = {"key": "theory", "label": "理论", "maximum": 100, "weight": "0.4", "part": "theory"}
LEVELS = ["不合格", "达到", "部分超出", "优秀"]


def rules(**more: Any) -> Rules:
    return read_rules({"criteria": [PRACTICE, THEORY], **more})


def sheet(entrant: str, judge: str, fit: object, theory: object) -> Sheet:
    return Sheet(entrant, judge, {"fit": number(fit), "theory": number(theory)})


def flat(code: str, *totals: int) -> list[Sheet]:
    """Sheets of judges A, B, C… whose totals are the numbers given (40 points of theory, the rest practice)."""
    return [sheet(code, "ABCDEFG"[place], total - 40, 100) for place, total in enumerate(totals)]


def test_a_panel_of_five_drops_the_highest_and_the_lowest():
    five = rules(drop_high=1, drop_low=1, trim_from=5)
    result = rank(five, [Entrant("7"), Entrant("12")], flat("7", 92, 90, 91, 88, 93) + flat("12", 90, 91, 88, 86, 92))
    first, second = result.standings
    assert (first.code, first.rank, first.total) == ("7", 1, Fraction(91))
    assert (second.code, second.rank, shown(second.total, 2)) == ("12", 2, "89.67")
    assert set(first.dropped) == {"D", "E"}
    assert second.arithmetic == "(88.00 + 90.00 + 91.00) ÷ 3 = 89.67"


def test_a_panel_smaller_than_the_trim_is_averaged_whole_and_a_smaller_one_still_is_partial():
    five = rules(drop_high=1, drop_low=1, trim_from=5, least_judges=3)
    people = [Entrant("1"), Entrant("2", recused=frozenset("ABC"))]
    marks = flat("1", 90, 80, 70, 60) + [sheet("2", "D", 50, 100)]
    one, two = rank(five, people, marks).standings
    assert one.total == 75
    assert (two.code, two.status, two.rank) == ("2", "partial", None)
    assert "有效评委 1 名" in str(two.why[0])


def test_weights_of_parts_make_the_total():
    result = rank(rules(), [Entrant("1")], [sheet("1", "A", "45.0", "80")])
    assert result.of("1").total == 45 + 80 * Fraction(4, 10)


def test_unscored_is_not_zero_and_never_ranked():
    marks = [*flat("1", 50), Sheet("2", "A", {"fit": Fraction(60)}), sheet("3", "A", 0, 0)]
    result = rank(rules(), [Entrant("1"), Entrant("2"), Entrant("3"), Entrant("4")], marks)
    assert [(one.code, one.status, one.rank) for one in result.standings] == [
        ("1", "ranked", 1),
        ("3", "ranked", 2),
        ("2", "partial", None),
        ("4", "partial", None),
    ]
    assert "理论" in str(result.of("2").why[0])


def test_a_whole_panel_named_beforehand_owes_sheets():
    result = rank(rules(), [Entrant("1")], flat("1", 50), judges=["A", "B"])
    assert result.of("1").status == "partial"
    assert str(result.of("1").why[0]) == "B 未评"


def test_ties_go_by_the_declared_order_then_share_a_rank_and_skip_the_next():
    tied = rules(ties=["practice", {"by": "minutes", "best": "low"}])
    marks = [
        sheet("1", "A", 50, 50),  # 70, practice 50, 40 minutes
        sheet("2", "A", 50, 50),  # 70, practice 50, 35 minutes
        sheet("3", "A", 40, 75),  # 70, practice 40
        sheet("4", "A", 30, 50),  # 50, shared
        sheet("5", "A", 30, 50),  # 50, shared
        sheet("6", "A", 10, 50),
    ]
    people = [Entrant("1", {"minutes": Fraction(40)}), Entrant("2", {"minutes": Fraction(35)})]
    people += [Entrant(code, {"minutes": Fraction(30)}) for code in "3456"]
    result = rank(tied, people, marks)
    assert [(one.code, one.rank) for one in result.standings] == [
        ("2", 1), ("1", 2), ("3", 3), ("4", 4), ("5", 4), ("6", 6),
    ]  # fmt: skip
    assert result.of("2").decided_by == "minutes"
    assert result.of("3").decided_by == "practice"
    assert result.of("4").decided_by == ""


def test_a_tie_step_unknown_of_one_decides_nothing():
    tied = rules(ties=[{"by": "minutes", "best": "low"}])
    people = [Entrant("1", {"minutes": Fraction(40)}), Entrant("2")]
    result = rank(tied, people, flat("1", 70) + flat("2", 70))
    assert [one.rank for one in result.standings] == [1, 1]


def test_a_safety_veto_stands_apart_with_its_reason():
    result = rank(rules(), [Entrant("1", out="未戴护目镜，安全否决"), Entrant("2")], flat("1", 90) + flat("2", 50))
    assert [(one.code, one.status, one.rank) for one in result.standings] == [("2", "ranked", 1), ("1", "out", None)]


def test_judged_aspects_count_sum_of_nine_and_a_gap_above_one_is_marked_again():
    judged = read_rules({"criteria": [{"key": "look", "kind": "J", "maximum": 100, "levels": LEVELS}], "judged_gap": 1})
    close = [Sheet("1", judge, {"look": Fraction(mark)}) for judge, mark in zip("ABC", (3, 2, 2), strict=True)]
    apart = [Sheet("2", judge, {"look": Fraction(mark)}) for judge, mark in zip("ABC", (3, 1, 2), strict=True)]
    result = rank(judged, [Entrant("1"), Entrant("2")], close + apart)
    assert result.of("1").total == Fraction(7, 9) * 100
    assert result.of("2").status == "partial"


def test_dropping_can_be_done_criterion_by_criterion():
    each = rules(over="criterion", drop_high=1, drop_low=1, trim_from=3)
    marks = [sheet("1", "A", 60, 0), sheet("1", "B", 30, 50), sheet("1", "C", 0, 100)]
    assert rank(each, [Entrant("1")], marks).of("1").total == 30 + 20


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"criteria": [PRACTICE]}, "criteria"),
        ({"criteria": [PRACTICE, PRACTICE]}, "criteria"),
        ({"criteria": [{"key": "look", "kind": "J", "maximum": 100, "levels": LEVELS[:3]}]}, "look"),
        ({"criteria": [{"key": "a", "maximum": 0}, {"key": "b", "maximum": 100}]}, "a"),
        ({"criteria": [{"key": "a", "maximum": "many"}]}, "a.maximum"),
        ({"criteria": [{"key": "a", "maximum": 100}], "drop_high": 1}, "drop_high"),
        ({"criteria": [{"key": "a", "maximum": 100}], "over": "both"}, "over"),
        ({}, "criteria"),
    ],
)
def test_a_wrong_scheme_is_refused_by_the_name_of_its_field(wrong: dict[str, Any], field: str):
    with pytest.raises(Refused) as refused:
        read_rules(wrong)
    assert refused.value.field == field


@pytest.mark.parametrize("mark", ["61", "-1", "0.5", "NaN", "Infinity", "1e999999", "1/0", "十", 0.1, True])
def test_a_wrong_mark_is_refused(mark: object):
    with pytest.raises(Refused):
        rank(rules(), [Entrant("1")], [sheet("1", "A", mark, 0)])


def test_a_second_sheet_a_stranger_and_a_recused_judge_are_refused():
    for people, marks in [
        ([Entrant("1")], flat("1", 50) + flat("1", 60)),
        ([Entrant("1")], flat("2", 50)),
        ([Entrant("1", recused=frozenset("A"))], flat("1", 50)),
        ([Entrant("1"), Entrant("1")], flat("1", 50)),
    ]:
        with pytest.raises(Refused):
            rank(rules(), people, marks)


def test_rules_survive_being_written_down():
    full = rules(drop_high=1, drop_low=1, trim_from=5, ties=[{"by": "minutes", "best": "low"}], outlier="4.5")
    assert read_rules(full.as_data()) == full
    assert read_rules(full.as_data()).digest == full.digest != rules().digest


def test_rounding_is_half_up_and_only_shown():
    assert [shown(Fraction(text), 2) for text in ("0.005", "1/3", "-0.005", "89.665", "100", "0")] == [
        "0.01", "0.33", "-0.01", "89.67", "100.00", "0.00",
    ]  # fmt: skip
    close = rules(places=0)
    result = rank(close, [Entrant("1"), Entrant("2")], [sheet("1", "A", 50, 1), sheet("2", "A", 50, 0)])
    assert [one.rank for one in result.standings] == [1, 2]  # 50.4 and 50.0 both show as 50


@st.composite
def contests(draw: st.DrawFn) -> tuple[Rules, list[Entrant], list[Sheet]]:
    judges = "ABCDEF"[: draw(st.integers(2, 6))]
    codes = [str(one) for one in range(draw(st.integers(1, 7)))]
    mark = st.integers(0, 3)  # few values, so that ties are common
    people, marks = [], []
    for code in codes:
        recused = frozenset(draw(st.sets(st.sampled_from(judges), max_size=1)))
        facts = draw(st.dictionaries(st.just("minutes"), mark.map(Fraction)))
        people.append(Entrant(code, facts, recused))
        for judge in judges:
            if judge not in recused and draw(st.integers(0, 9)):
                marks.append(sheet(code, judge, draw(mark) * 20, draw(mark) * 10))
    trim = draw(st.booleans())
    chosen = rules(
        drop_high=int(trim),
        drop_low=int(trim),
        trim_from=3,
        over=draw(st.sampled_from(["sheet", "criterion"])),
        ties=["practice", {"by": "minutes", "best": "low"}],
    )
    return chosen, people, marks


@settings(max_examples=300, deadline=None)
@given(contests(), st.randoms())
def test_the_order_of_input_never_changes_a_result(contest: tuple[Rules, list[Entrant], list[Sheet]], random: Any):
    chosen, people, marks = contest
    before = rank(chosen, people, marks)
    random.shuffle(people)
    random.shuffle(marks)
    assert rank(chosen, people, marks) == before


@settings(max_examples=200, deadline=None)
@given(contests())
def test_ranks_are_exactly_one_more_than_how_many_are_better(contest: tuple[Rules, list[Entrant], list[Sheet]]):
    result = rank(*contest)
    placed = [one for one in result.standings if one.status == "ranked"]
    for one in placed:
        better = [other for other in placed if (other.rank or 0) < (one.rank or 0)]
        assert one.rank == len(better) + 1
        assert all((other.total or 0) >= (one.total or 0) for other in better)
    assert all(one.rank is None and one.total is None for one in result.standings if one.status != "ranked")


@settings(max_examples=100, deadline=None)
@given(contests(), st.integers(0, 10**6))
def test_one_changed_mark_is_another_version(contest: tuple[Rules, list[Entrant], list[Sheet]], pick: int):
    chosen, people, marks = contest
    if not marks:
        return
    old = marks[pick % len(marks)]
    new = Sheet(old.entrant, old.judge, {**old.marks, "theory": (old.marks["theory"] + 1) % 31})
    after = [new if one is old else one for one in marks]
    assert rank(chosen, people, after).marks_version != rank(chosen, people, marks).marks_version
