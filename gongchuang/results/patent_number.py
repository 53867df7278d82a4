"""Chinese patent application numbers (专利申请号): year, kind digit, serial, check digit. Pure."""

import re
from typing import Final

_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_SHAPE: Final = re.compile(r"^(?:ZL|CN)?(\d{12})\.?([\dX])$")
INVENTION, UTILITY_MODEL, DESIGN = "invention", "utility_model", "design"
_KINDS: Final = {"1": INVENTION, "8": INVENTION, "2": UTILITY_MODEL, "9": UTILITY_MODEL, "3": DESIGN}


class WrongNumber(ValueError):
    """Not a patent number; `reason` is 'shape', 'kind' or 'check', `expected` the right check digit where known."""

    def __init__(self, reason: str, expected: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.expected = expected


def check_digit(digits: str) -> str:
    """The check digit of the twelve digits before the dot: weighted sum modulo 11, 10 is written X."""
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def parse(text: str) -> tuple[str, str]:
    """'ZL 2016 1 0018402.3' -> ('201610018402.3', 'invention'); WrongNumber says what is wrong."""
    plain = re.sub(r"[\s　]", "", text.translate(str.maketrans("．。０１２３４５６７８９", "..0123456789"))).upper()
    found = _SHAPE.match(plain)
    if not found:
        raise WrongNumber("shape")
    digits, check = found.groups()
    if digits[4] not in _KINDS:
        raise WrongNumber("kind")
    if check_digit(digits) != check:
        raise WrongNumber("check", check_digit(digits))
    return f"{digits}.{check}", _KINDS[digits[4]]
