"""Quantities: what is said is never more than what is held, and parts add up to the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongchuang.kernel import quantity as q

WEIGHTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(sum)


@pytest.mark.parametrize(
    ("fen", "text"),
    [(60_000_000, "600,000.00"), (0, "0.00"), (5, "0.05"), (-123_450, "-1,234.50")],
)
def test_fen_is_written_exactly(fen: int, text: str) -> None:
    assert q.fen_text(fen) == text


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (9_583, "9,583", "9,583"),
        (9_999, "9,999", "9,999"),
        (104_000, "10.4万", "104,000"),
        (104_999, "10.4万", "104,999"),
        (200_000, "20万", "200,000"),
        (99_999_999, "9,999.9万", "99.99 million"),
        (-104_321, "-10.4万", "-104,321"),
    ],
)
def test_a_count_in_words_is_cut(count: int, zh: str, en: str) -> None:
    assert (q.short_count(count, "zh-hans"), q.short_count(count, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (402_999_999_999, "40.2亿元", "CNY 4.02 billion"),
        (60_000_000, "60万元", "CNY 600,000"),
        (100, "1元", "CNY 1"),
        (99, "0元", "CNY 0"),
    ],
)
def test_money_in_words_is_cut(fen: int, zh: str, en: str) -> None:
    assert (q.short_fen(fen, "zh"), q.short_fen(fen, "en")) == (zh, en)


@pytest.mark.parametrize(("bp", "text"), [(400, "4%"), (9_677, "96.77%"), (150, "1.5%"), (5, "0.05%"), (-100, "-1%")])
def test_basis_points_are_percent(bp: int, text: str) -> None:
    assert q.percent_text(bp) == text


# The article's own wordings, from the values its figures.csv gives or would need.
@pytest.mark.parametrize(
    ("value", "word", "noun", "zh"),
    [
        (104_321, q.ODD, "件", "10.4万余件"),
        (9_583, q.EXACT, "项", "9,583项"),
        (396, q.NEARLY, "项", "近400项"),
        (104, q.AT_LEAST, "项", "104项以上"),
        (365_000, q.EXACT, "人", "36.5万人"),
        (200_400, q.ODD, "人次", "20万余人次"),
    ],
)
def test_a_count_bears_its_word(value: int, word: str, noun: str, zh: str) -> None:
    assert q.say_count(value, word, noun, lang="zh") == zh


def test_english_words() -> None:
    assert q.say_count(104_321, q.ODD, "proposals", lang="en") == "more than 104,000 proposals"
    assert q.say_fen(402_345_678_900, q.OVER, lang="en") == "over CNY 4.02 billion"


def test_money_bears_its_word() -> None:
    assert q.say_fen(402_345_678_900, q.OVER, lang="zh") == "超40.2亿元"
    assert q.say_fen(402_345_678_900, q.OVER, shown=400_000_000_000, lang="zh") == "超40亿元"
    assert q.say_fen(1_499_000_000, q.NEARLY, lang="zh") == "近1,500万元"
    assert q.say_fen(123_456, q.EXACT, lang="zh") == "1,234.56元"


def test_a_word_the_value_does_not_allow_gives_way_to_the_exact_number() -> None:
    assert q.say_count(400, q.NEARLY, "项", lang="zh") == "400项"
    assert q.say_count(390, q.OVER, "项", shown=400, lang="zh") == "390项"
    assert q.say_count(500, q.ODD, "项", shown=400, lang="zh") == "500项"


@given(st.integers(0, 10**13), st.sampled_from(q.ROUNDING_WORDS), st.integers(1, 4))
def test_rounding_goes_the_way_its_word_says(value: int, word: str, digits: int) -> None:
    shown = q.round_for(value, word, digits)
    assert shown >= value if word == q.NEARLY else shown <= value
    assert abs(shown - value) * 10 ** (digits - 1) <= max(value, 1)


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_above_words_need_more_and_nearly_needs_less(value: int, shown: int) -> None:
    allowed = q.words_allowed(value, shown)
    assert (q.EXACT in allowed) == (value == shown)
    assert (q.OVER in allowed) == (value > shown)
    assert (q.AT_LEAST in allowed) == (value >= shown)
    assert not (q.NEARLY in allowed and value >= shown)
    assert not (q.ODD in allowed and value * 10 >= shown * 11)


@given(st.integers(0, 10**16))
def test_words_never_say_more_than_there_is(count: int) -> None:
    text = q.short_count(count, "zh")
    sizes = {"亿": 10**8, "万": 10**4}
    number, size = (text[:-1], sizes[text[-1]]) if text[-1] in sizes else (text, 1)
    said = q.yuan_to_fen(number) * size // 100
    assert said <= count < said + max(size // 10, 1)


@given(st.integers(-(10**15), 10**15), WEIGHTS)
def test_parts_add_up_and_differ_from_their_due_by_less_than_one(total: int, weights: list[int]) -> None:
    parts = q.split(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)
        assert weight or not part


@given(st.integers(0, 10**12), WEIGHTS)
def test_what_is_reversed_is_what_was_paid(total: int, weights: list[int]) -> None:
    assert q.split(-total, weights) == [-part for part in q.split(total, weights)]


def test_the_larger_remainder_gets_the_fen_and_the_earlier_of_equals() -> None:
    assert q.split_fen(100, [3333, 3333, 3334]) == [33, 33, 34]
    assert q.split_fen(1, [5000, 5000]) == [1, 0]


@pytest.mark.parametrize("weights", [[6000, 3000], [10_001, -1], []])
def test_shares_that_are_not_a_whole_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError):
        q.split_fen(100, weights)


@pytest.mark.parametrize(
    ("text", "fen"),
    [("600000", 60_000_000), ("1,234.5", 123_450), ("60万", 60_000_000), ("4.02亿元", 40_200_000_000), (" -3 元", -300)],
)
def test_typed_yuan_becomes_fen(text: str, fen: int) -> None:
    assert q.yuan_to_fen(text) == fen


@pytest.mark.parametrize("text", ["", "ten", "1.234", "NaN", "inf", "1e", "万"])
def test_what_is_no_money_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        q.yuan_to_fen(text)


@given(st.integers(-(10**14), 10**14))
def test_written_fen_reads_back(fen: int) -> None:
    assert q.yuan_to_fen(q.fen_text(fen)) == fen


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (123_450, "壹仟贰佰叁拾肆元伍角整"),
        (100_005, "壹仟元零伍分"),
        (10_000_000, "壹拾万元整"),
        (1_000_100_00, "壹佰万零壹佰元整"),
        (100_050_000_00, "壹亿零伍万元整"),
        (-2_000_00, "负贰仟元整"),
        (1_010_00, "壹仟零壹拾元整"),
    ],
)
def test_capitals(fen: int, words: str) -> None:
    assert q.fen_in_capitals(fen) == words
