"""The severity mirror finds what was planted, exactly where the marks are additive."""

from fractions import Fraction

from gongchuang.contests.mirror import mirror

QUALITY = {"7": 91, "12": 89, "3": 88, "15": 86}
SEVERITY = {"A": 1, "B": 0, "C": 2, "D": -4, "E": 1}


def planted(gaps: set[tuple[str, str]] = frozenset()) -> dict[str, dict[str, Fraction]]:  # type: ignore[assignment]
    return {
        code: {judge: Fraction(level + soft) for judge, soft in SEVERITY.items() if (code, judge) not in gaps}
        for code, level in QUALITY.items()
    }


def test_additive_marks_give_back_exactly_what_was_planted():
    seen = mirror(planted())
    assert {one.judge: one.points for one in seen.severities} == SEVERITY
    assert seen.adjusted == QUALITY
    assert all(one.error == 0 for one in seen.severities)
    assert seen.top() == ("7", "12", "3")


def test_who_met_the_strict_judge_is_put_right():
    """Plain means put 15 (87) before 3 (86), because 3 met the strict judge and not the mild ones."""
    marks = planted({("15", "D"), ("3", "A"), ("3", "C"), ("3", "E")})
    raw = {code: sum(row.values()) / len(row) for code, row in marks.items()}
    assert sorted(raw, key=lambda code: -raw[code])[:3] == ["7", "12", "15"]
    seen = mirror(marks)
    assert {one.judge: one.points for one in seen.severities} == SEVERITY
    assert seen.top() == ("7", "12", "3")


def test_the_error_is_the_spread_over_the_judges_sheets():
    """Two judges, two entrants, rests of ±1/2: one degree of freedom, spread 4 × 1/4 = 1, error √(1 ÷ 2)."""
    seen = mirror({"1": {"A": Fraction(2), "B": Fraction(0)}, "2": {"A": Fraction(0), "B": Fraction(0)}})
    assert [one.points for one in seen.severities] == [Fraction(1, 2), Fraction(-1, 2)]
    assert round(seen.severities[0].error ** 2, 12) == 0.5


def test_a_panel_in_two_halves_that_share_nobody_cannot_be_compared():
    assert not mirror({"1": {"A": Fraction(1)}, "2": {"B": Fraction(2)}}).linked
    assert not mirror({}).linked
