"""Ranks to prizes and levels; and the templates that come with the product are sound."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from gongchuang.contests.presets import PRIZES, SCHEMES
from gongchuang.contests.prizes import prize_for, promotion, read_prizes
from gongchuang.contests.scheme import read_rules
from gongchuang.kernel.errors import Refused

TABLE = read_prizes(
    [
        {"rank_from": 2, "rank_to": 3, "name": "二等奖", "money_fen": 200_000, "promote_one": True, "cap": 5},
        {"rank_from": 1, "rank_to": 1, "name": "一等奖", "money_fen": 300_000, "promote_to": 6, "from_least": 3, "pass_mark": "60"},
    ]
)  # fmt: skip


@pytest.mark.parametrize(("rank", "name"), [(1, "一等奖"), (2, "二等奖"), (3, "二等奖"), (4, None)])
def test_a_rank_means_one_prize(rank: int, name: str | None) -> None:
    prize = prize_for(TABLE, rank)
    assert (prize.name if prize else None) == name


@pytest.mark.parametrize(
    ("rank", "level", "total", "target"),
    [
        (1, 3, "60", 6),  # from 中级工 up
        (1, 2, "90", None),  # below the least level
        (1, 3, "59.99", None),  # below the pass mark
        (1, 6, "90", None),  # never to the level one holds
        (1, 7, "90", None),  # never down
        (2, 0, "1", 1),  # one level up, from none
        (2, 4, "90", 5),
        (2, 5, "90", None),  # at the cap
        (4, 3, "90", None),  # no prize
    ],
)
def test_a_promotion_goes_up_and_no_further_than_the_cap(rank: int, level: int, total: str, target: int | None) -> None:
    assert promotion(prize_for(TABLE, rank), level, Fraction(total)) == target


@pytest.mark.parametrize(
    "rows",
    [
        [{"rank_from": 1, "rank_to": 3, "name": "一等奖"}, {"rank_from": 3, "rank_to": 5, "name": "二等奖"}],
        [{"rank_from": 1, "rank_to": 1, "name": " "}],
        [{"rank_from": 0, "rank_to": 1, "name": "一等奖"}],
        [{"rank_from": 1, "rank_to": 1, "name": "一等奖", "money_fen": -1}],
        [{"rank_from": 1, "rank_to": 1, "name": "一等奖", "money_fen": 1.5}],
        [{"rank_from": 1, "rank_to": 1, "name": "一等奖", "promote_to": 9}],
    ],
)
def test_a_wrong_prize_table_is_refused(rows: list[dict[str, Any]]) -> None:
    with pytest.raises(Refused):
        read_prizes(rows)


def test_a_prize_table_survives_being_written_down() -> None:
    assert read_prizes([prize.as_data() for prize in TABLE]) == TABLE


@pytest.mark.parametrize("name", SCHEMES)
def test_every_scheme_that_comes_along_makes_a_hundred(name: str) -> None:
    assert read_rules(SCHEMES[name]).criteria


@pytest.mark.parametrize("name", PRIZES)
def test_every_prize_table_that_comes_along_is_sound(name: str) -> None:
    assert len(read_prizes(PRIZES[name])) == len(PRIZES[name])
