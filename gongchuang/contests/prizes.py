"""Ranks to prizes and promotions (奖项与晋级规则): pure. A promotion is recommended; the labour authority confirms it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gongchuang.contests.scheme import number
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text

LOWEST, HIGHEST = 1, 8  # 学徒工 … 首席技师


@dataclass(frozen=True)
class Prize:
    """What ranks from … to … bring. `promote_to` is a level; `promote_one` is one level up, no further than `cap`."""

    rank_from: int
    rank_to: int
    name: str
    money_fen: int = 0
    promote_to: int | None = None
    promote_one: bool = False
    cap: int = HIGHEST
    from_least: int = 0
    pass_mark: Fraction = Fraction(0)

    def as_data(self) -> dict[str, Any]:
        return {
            "rank_from": self.rank_from,
            "rank_to": self.rank_to,
            "name": self.name,
            "money_fen": self.money_fen,
            "promote_to": self.promote_to,
            "promote_one": self.promote_one,
            "cap": self.cap,
            "from_least": self.from_least,
            "pass_mark": str(self.pass_mark),
        }


def read_prizes(rows: Sequence[Mapping[str, Any]]) -> tuple[Prize, ...]:
    """The prize table out of JSON; ranges that overlap are refused, so that a rank means one prize."""
    prizes = tuple(_read(row) for row in rows)
    order = sorted(prizes, key=lambda one: one.rank_from)
    for before, after in zip(order, order[1:], strict=False):
        if after.rank_from <= before.rank_to:
            raise Refused(Text(f"名次 {after.rank_from} 有两个奖项", f"Rank {after.rank_from} has two prizes"), field="prizes")
    return tuple(order)


def _read(row: Mapping[str, Any]) -> Prize:
    prize = Prize(
        rank_from=_whole(row, "rank_from", 1, 10_000),
        rank_to=_whole(row, "rank_to", 1, 10_000),
        name=str(row.get("name") or "").strip(),
        money_fen=_whole(row, "money_fen", 0, 10**12, 0),
        promote_to=None if row.get("promote_to") is None else _whole(row, "promote_to", LOWEST, HIGHEST),
        promote_one=bool(row.get("promote_one", False)),
        cap=_whole(row, "cap", LOWEST, HIGHEST, HIGHEST),
        from_least=_whole(row, "from_least", 0, HIGHEST, 0),
        pass_mark=number(row.get("pass_mark", 0), "pass_mark"),
    )
    if not prize.name or prize.rank_to < prize.rank_from:
        raise Refused(Text("奖项要有名称，名次从小到大", "A prize needs a name and ranks in order"), field="prizes")
    return prize


def _whole(row: Mapping[str, Any], key: str, least: int, most: int, default: int | None = None) -> int:
    value = row.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Refused(Text(f"{key} 应在 {least} 到 {most} 之间", f"{key} must be {least} to {most}"), field=key)
    return value


def prize_for(prizes: Sequence[Prize], rank: int) -> Prize | None:
    """The prize of a rank; those who share a rank get the same one."""
    return next((one for one in prizes if one.rank_from <= rank <= one.rank_to), None)


def promotion(prize: Prize | None, level: int, total: Fraction) -> int | None:
    """The level to recommend for somebody who holds `level` (0 none … 8), or None: never down, never beyond the cap."""
    if prize is None or level < prize.from_least or total < prize.pass_mark:
        return None
    target = level + 1 if prize.promote_one else prize.promote_to
    if target is None:
        return None
    target = min(target, prize.cap)
    return target if target > level else None
