"""Benefit lines (效益单) to a sum in fen: pure, exact decimals in, whole fen out, cut and never rounded up.

A yearly benefit = savings (节支) + gains (增收) - costs (投入):

- saving: (before - after) x quantity x price    e.g. hours a piece, pieces a year, fen an hour
- gain:   (after - before) x quantity x price    e.g. pieces a shift, shifts a year, fen of margin a piece
- cost:   quantity x price                       e.g. 1 lot of purchases at its invoices' sum
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Final

SAVING, GAIN, COST = "saving", "gain", "cost"
LINE_KINDS: Final = (SAVING, GAIN, COST)
PLACES: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `before` and `after` per piece, `quantity` pieces in the period, `price_fen` a unit (may have decimals)."""

    kind: str
    before: Decimal
    after: Decimal
    quantity: Decimal
    price_fen: Decimal


def plain(number: Decimal) -> Decimal:
    """To the four decimals that are stored: what is computed with is what is kept."""
    return number.quantize(PLACES)


def amount_fen(line: Line) -> int:
    """What a line adds (saving, gain) or takes away (cost, as a negative), in whole fen."""
    if line.kind == COST:
        return -int((line.quantity * line.price_fen).to_integral_value(rounding="ROUND_CEILING"))
    change = line.before - line.after if line.kind == SAVING else line.after - line.before
    return int((change * line.quantity * line.price_fen).to_integral_value(rounding=ROUND_FLOOR))


def total_fen(lines: Iterable[Line]) -> int:
    """The benefit of a sheet in fen; negative when it cost more than it brought."""
    return sum(amount_fen(line) for line in lines)


def counted_fen(declared: Sequence[tuple[int, str, bool]]) -> int:
    """Declared sums after overlap: rows (fen, overlap group or '', is owner). A group's yuan count at its owner only."""
    return sum(fen for fen, group, is_owner in declared if not group or is_owner)


def decimal_text(number: Decimal) -> str:
    """A quantity as a person writes it: 3.5000 -> '3.50', 6000.0000 -> '6,000'; never in powers of ten."""
    if number == number.to_integral_value():
        return f"{int(number):,}"
    text = f"{number.quantize(PLACES):,.4f}".rstrip("0")
    return text + "0" if len(text.split(".")[1]) == 1 else text


def working(line: Line) -> str:
    """The formula with its numbers, in yuan: '(3.50 − 2.25) × 6,000 × 86.00 = 645,000.00'."""
    price = f"{plain(line.price_fen) / 100:,.4f}".rstrip("0")
    price += "0" * max(0, 2 - len(price.split(".")[1]))
    fen = amount_fen(line)
    amount = f"{'−' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
    if line.kind == COST:
        return f"{decimal_text(line.quantity)} × {price} = {amount.removeprefix('−')}"
    first, second = (line.before, line.after) if line.kind == SAVING else (line.after, line.before)
    return f"({decimal_text(first)} − {decimal_text(second)}) × {decimal_text(line.quantity)} × {price} = {amount}"
