"""How a figure is said in a sentence (数字措辞): with the rounding word it may bear, and no other.

The definition names the word an editor would choose and to how many digits; where the value does not allow it, more
digits are kept, and at last the exact number stands there. A long figure is better than a false word.
"""

from __future__ import annotations

from typing import Final

from gongchuang.indicators.definition import Definition
from gongchuang.indicators.figure import Figure
from gongchuang.kernel import quantity
from gongchuang.kernel.text import Text

PLAIN_BELOW: Final = 20  # small numbers are said exactly
_MOST_DIGITS: Final = 4


def said(figure: Figure, lang: str) -> str:
    """The figure in words: '10.4万余件', '超41亿元', '96.77%', '23倍'; 'more than 104,000 proposals' in English."""
    definition, value = figure.definition, figure.value
    assert value is not None
    noun = definition.noun.in_language(lang)
    if definition.measured_in == "percent":
        return f"{figure.exact}%"
    if definition.measured_in == "times":
        return f"{value // 100:,}{Text('倍', ' times').in_language(lang)}"
    if definition.measured_in == "fen_per_person":
        return quantity.short_fen(value, lang) + Text("/人", " a person").in_language(lang)
    if definition.is_money:
        word, at = chosen(definition, value // quantity.FEN_IN_YUAN)
        return quantity.say_fen(value, word, shown=at * quantity.FEN_IN_YUAN, lang=lang)
    word, at = chosen(definition, value)
    return quantity.say_count(value, word, noun, shown=at, lang=lang)


def chosen(definition: Definition, value: int) -> tuple[str, int]:
    """The rounding word and the round number it stands at, for a whole value >= 0."""
    word = definition.wording
    if word == quantity.EXACT or value < PLAIN_BELOW:
        return quantity.EXACT, value
    for digits in range(definition.digits, _MOST_DIGITS + 1):
        at = quantity.round_for(value, word, digits)
        if word in quantity.words_allowed(value, at):
            return word, at
    return quantity.EXACT, value
