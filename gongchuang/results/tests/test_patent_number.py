"""Patent numbers: the check digit catches every single wrong digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongchuang.results import patent_number as numbers


@pytest.mark.parametrize(
    "text", ["201610018402.3", "ZL201610018402.3", " zl 2016 1 0018402.3", "２０１６１００１８４０２．３", "2016100184023"]
)
def test_a_number_is_read_however_it_is_written(text: str) -> None:
    assert numbers.parse(text) == ("201610018402.3", numbers.INVENTION)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "shape"), ("20161001840.3", "shape"), ("201640018402.3", "kind"), ("201610018402.4", "check"), ("abc", "shape")],
)
def test_what_is_wrong_is_named(text: str, reason: str) -> None:
    with pytest.raises(numbers.WrongNumber) as wrong:
        numbers.parse(text)
    assert wrong.value.reason == reason


def test_the_right_check_digit_is_offered() -> None:
    with pytest.raises(numbers.WrongNumber) as wrong:
        numbers.parse("201610018402.4")
    assert wrong.value.expected == "3"


@given(st.integers(1985, 2099), st.sampled_from("12389"), st.integers(0, 9_999_999), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(year: int, kind: str, serial: int, place: int, shift: int) -> None:
    digits = f"{year}{kind}{serial:07d}"
    check = numbers.check_digit(digits)
    assert numbers.parse(f"{digits}.{check}")[0] == f"{digits}.{check}"
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    with pytest.raises(numbers.WrongNumber):
        numbers.parse(f"{wrong}.{check}")
