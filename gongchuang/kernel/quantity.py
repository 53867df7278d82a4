"""Quantities (数量): fen, basis points and counts, split exactly and said in words. Pure.

Money is whole fen, a share is whole basis points (1/10,000), a count is a whole number. A value is only ever
shortened by **cutting**, never by rounding up: a public number must not promise more than the records hold.
The one exception is 近 ("nearly"), which names a round number above the value on purpose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import get_language

WHOLE_BP: Final = 10_000
FEN_IN_YUAN: Final = 100


def _is_english(lang: str | None) -> bool:
    return (lang or get_language() or "zh").startswith("en")


def fen_text(fen: int) -> str:
    """Exact yuan with two decimals: 60_000_000 -> '600,000.00'. The same in both languages."""
    yuan, rest = divmod(abs(fen), FEN_IN_YUAN)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def count_text(count: int) -> str:
    """An exact count with grouping: 104321 -> '104,321'."""
    return f"{count:,}"


def percent_text(rate_bp: int) -> str:
    """Basis points as percent, without idle zeros: 400 -> '4%', 9677 -> '96.77%'."""
    whole, rest = divmod(abs(rate_bp), 100)
    tail = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{'-' if rate_bp < 0 else ''}{whole:,}{tail}%"


@dataclass(frozen=True, slots=True)
class _Scale:
    """From `size` on, a number is said in this word with at most `decimals` decimals."""

    size: int
    word: str
    decimals: int


_CHINESE: Final = (_Scale(10**8, "亿", 1), _Scale(10**4, "万", 1))
_ENGLISH: Final = (_Scale(10**9, " billion", 2), _Scale(10**6, " million", 2))


def _scaled(number: int, english: bool) -> tuple[str, int]:
    """`number` >= 0 cut to its scale, and the value those words stand for."""
    for scale in _ENGLISH if english else _CHINESE:
        if number >= scale.size:
            step = scale.size // 10**scale.decimals
            units = number // step
            whole, rest = divmod(units, 10**scale.decimals)
            tail = f".{rest:0{scale.decimals}d}".rstrip("0") if rest else ""
            return f"{whole:,}{tail}{scale.word}", units * step
    return f"{number:,}", number


def short_count(count: int, lang: str | None = None) -> str:
    """A count in words, cut: 9583 -> '9,583', 104321 -> '10.4万' ('104,321' in English)."""
    sign = "-" if count < 0 else ""
    return sign + _scaled(abs(count), _is_english(lang))[0]


def short_fen(fen: int, lang: str | None = None) -> str:
    """Money in words, cut to whole yuan and then to its scale.

    402_345_678_900 fen -> '40.2亿元' / 'CNY 4.02 billion'; 60_000_000 fen -> '60万元' / 'CNY 600,000'.
    """
    english = _is_english(lang)
    sign = "-" if fen < 0 else ""
    words = _scaled(abs(fen) // FEN_IN_YUAN, english)[0]
    return f"CNY {sign}{words}" if english else f"{sign}{words}元"


# ---------------------------------------------------------------------------------------------- rounding words

EXACT, ODD, MANY, NEARLY, OVER, AT_LEAST, FLOOR = "exact", "余", "多", "近", "超", "以上", "floor"
ROUNDING_WORDS: Final = (EXACT, ODD, MANY, NEARLY, OVER, AT_LEAST, FLOOR)
_ABOVE: Final = {ODD: "more than", MANY: "more than", OVER: "over", AT_LEAST: "at least"}


def words_allowed(value: int, shown: int) -> frozenset[str]:
    """Which rounding words may stand at `shown` when the records hold `value` (both in the same unit).

    余 and 多 say "a little above" (by less than a tenth), 近 "a little below" (by at most a tenth), 超 "above",
    以上 "at least"; floor is cut and says nothing.
    """
    if value == shown:
        return frozenset({EXACT, AT_LEAST, FLOOR})
    if value > shown:
        a_little = (value - shown) * 10 < shown
        return frozenset({OVER, AT_LEAST, FLOOR} | ({ODD, MANY} if a_little else set()))
    return frozenset({NEARLY} if (shown - value) * 10 <= shown else set())


def round_for(value: int, word: str, digits: int = 2) -> int:
    """The round number of at most `digits` significant digits that `word` may stand at; >= 0 in, >= 0 out.

    Up for 近, down for 余 多 超 以上 floor, unchanged for exact. 余, 多, 超 and 近 must differ from the value,
    so a value that is already round keeps fewer digits only through the caller's choice of another word.
    """
    if value < 0:
        raise ValueError("a rounding word needs a value of zero or more")
    if word == EXACT:
        return value
    step = int(10 ** max(0, len(str(value)) - digits))
    return -(-value // step) * step if word == NEARLY else value // step * step


def say_count(value: int, word: str, noun: str = "", *, shown: int | None = None, lang: str | None = None) -> str:
    """A count with its rounding word and noun: (104321, '余', '件') -> '10.4万余件' / 'more than 104,000 件'.

    `shown` is the round number to say (default: cut to three digits, for 近 raised to two). A word the value does
    not allow is replaced by the exact number: better a long figure than a false word.
    """
    english = _is_english(lang)
    at = round_for(value, word, 2 if word == NEARLY else 3) if shown is None else shown
    if word not in words_allowed(value, at):
        word, at = EXACT, value
    number, said = _scaled(at, english)
    if said != at:  # the scale would cut what the word promises: say it in full
        number = f"{at:,}"
    return _worded(number, word, noun, english)


def say_fen(fen: int, word: str, *, shown: int | None = None, lang: str | None = None) -> str:
    """Money with its rounding word: (402_345_678_900, '超') -> '超40.2亿元' / 'over CNY 4.02 billion'. `shown` in fen."""
    english = _is_english(lang)
    yuan, rest = divmod(fen, FEN_IN_YUAN)
    at = round_for(yuan, word, 2 if word == NEARLY else 3) if shown is None else shown // FEN_IN_YUAN
    if word not in words_allowed(fen, at * FEN_IN_YUAN):
        word, at = EXACT, yuan
    number, said = _scaled(at, english)
    if said != at:
        number = f"{at:,}"
    if word == EXACT and rest:
        number = fen_text(fen)
    return _worded(f"CNY {number}", word, "", True) if english else _worded(number, word, "元", False)


def _worded(number: str, word: str, noun: str, english: bool) -> str:
    if english:
        before = "nearly" if word == NEARLY else _ABOVE.get(word, "")
        return " ".join(part for part in (before, number, noun) if part)
    before = word if word in (NEARLY, OVER) else ""
    middle = word if word in (ODD, MANY) else ""
    after = word if word == AT_LEAST else ""
    return f"{before}{number}{middle}{noun}{after}"


# ------------------------------------------------------------------------------------------------ exact splitting


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Split a whole number by weights so that the parts add up to it: the largest remainder (最大余额法).

    weights: whole numbers >= 0 with a sum > 0, shape (n,). Returns shape (n,). Equal remainders go to the earlier
    part. A negative total is the mirror of its positive: what is reversed is exactly what was paid.
    """
    whole = sum(weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be zero or more and add up to more than zero")
    if total < 0:
        return [-part for part in split(-total, weights)]
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-remainders[index], index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


def split_fen(total_fen: int, weights_bp: Sequence[int]) -> list[int]:
    """Split fen (or points) by basis points, which must add up to exactly 10,000. See `split`."""
    if sum(weights_bp) != WHOLE_BP:
        raise ValueError(f"shares must add up to {WHOLE_BP} basis points, not {sum(weights_bp)}")
    return split(total_fen, weights_bp)


# -------------------------------------------------------------------------------------------------- yuan in and out


def yuan_to_fen(text: str) -> int:
    """What a person types as yuan, in fen: '1,234.5' -> 123450, '60万' -> 60_000_000. ValueError says what is wrong."""
    plain = text.strip().replace(",", "").replace("，", "").removesuffix("元").strip()
    factor = 1
    for word, size in (("亿", 10**8), ("万", 10**4)):
        if plain.endswith(word):
            plain, factor = plain.removesuffix(word), size
            break
    try:
        fen = Decimal(plain) * factor * FEN_IN_YUAN
    except InvalidOperation:
        raise ValueError(f"not an amount of money: {text!r}") from None
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise ValueError(f"more than two decimals of a yuan: {text!r}")
    return int(fen)


_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"


def fen_in_capitals(fen: int) -> str:
    """Money in capitals for payment lists (人民币大写): 123_450 -> '壹仟贰佰叁拾肆元伍角整'."""
    yuan, rest = divmod(abs(fen), FEN_IN_YUAN)
    jiao, cents = divmod(rest, 10)
    words = _yuan_in_capitals(yuan) + "元" if yuan else ""
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif cents and yuan:
        words += "零"
    words += _DIGITS[cents] + "分" if cents else "整"
    if not yuan and not rest:
        words = "零元整"
    return ("负" if fen < 0 else "") + words


def _yuan_in_capitals(yuan: int) -> str:
    """Groups of four digits, each with its word; a gap between groups is read 零 once."""
    words, is_gap = "", False
    groups = [(yuan // 10**12, "兆"), (yuan // 10**8 % 10**4, "亿"), (yuan // 10**4 % 10**4, "万"), (yuan % 10**4, "")]
    for group, word in groups:
        if not group:
            is_gap = bool(words)
            continue
        if words and (is_gap or group < 1000):
            words += "零"
        words += _four_in_capitals(group) + word
        is_gap = False
    return words


def _four_in_capitals(group: int) -> str:
    words, is_gap = "", False
    for size, word in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = group // size % 10
        if digit:
            words += ("零" if is_gap and words else "") + _DIGITS[digit] + word
            is_gap = False
        else:
            is_gap = True
    return words
