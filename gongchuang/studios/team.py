"""A team's rates (团队指标), from counts: pure integer arithmetic, always cut and never rounded up."""

from datetime import date

WHOLE_BP = 10_000


def automation_bp(automated: int, total: int) -> int:
    """Share of automated stations in basis points, cut: 30 of 31 is 9677 (96.77 %). 0 ≤ automated ≤ total, total ≥ 1."""
    if not 0 <= automated <= total or total < 1:
        raise ValueError("automated stations are a part of all stations")
    return automated * WHOLE_BP // total


def per_head_fen(output_fen: int, heads_tenths: int) -> int:
    """Output per head in fen, cut. heads_tenths: average heads of the same twelve months, in tenths, ≥ 1."""
    if heads_tenths < 1:
        raise ValueError("an output without heads has no value per head")
    return output_fen * 10 // heads_tenths


def multiple_tenths(per_head_fen: int, national_fen: int) -> int:
    """How many times the national output per head, in tenths, cut: 3,800,000 over 161,615 yuan is 235 (23.5 times).

    The national figure is value added per head; where the team's basis is gross output the page says so beside it.
    """
    return per_head_fen * 10 // national_fen


def year_before(ends_on: date) -> date:
    """The first day of the twelve months that end before `ends_on`; 29 February becomes 28."""
    try:
        return ends_on.replace(year=ends_on.year - 1)
    except ValueError:
        return ends_on.replace(year=ends_on.year - 1, day=28)
