"""Contests: whom they selected and whose level they raised."""

from __future__ import annotations

from datetime import date

from gongchuang.contests import judging
from gongchuang.contests.tests.conftest import (  # noqa: F401
    _day,
    begun,
    chief,
    judges,
    make,
    opened,
    rival,
)
from gongchuang.contests.tests.test_story import judged  # noqa: F401
from gongchuang.indicators import listing, reading
from gongchuang.indicators.rules import OPERATOR
from gongchuang.indicators.tests.counted import Y2026, counted
from gongchuang.people import actions as people
from gongchuang.people.models import SkillRecord


def test_winners_count_with_the_release_and_promotions_with_their_confirmation(
    judged,
    chief,
    district_officer,
    officer,
    city,
    district,
    factory,
    worker,
    worker2,
    town,
):
    keys = ("contest_high_skilled_selected", "contest_level_promotions", "contests.held")
    judging.sign(judged, by=chief, key=town.key())
    assert counted(city, *keys) == [0, 0, 0]
    judging.release(judged, by=district_officer, key=town.key())
    # 张伟明 first (recommended for 技师), 刘建军 second (高级工); 韩冰 third without a prize
    for unit in (city, district, factory):
        assert counted(unit, *keys[:2]) == [2, 0]
    selected = reading.figure(keys[0], city, Y2026, OPERATOR)
    assert {row.record for row in listing.everything(selected, OPERATOR)} == {worker, worker2}
    people.confirm_level(
        SkillRecord.objects.get(source__startswith="contests_entrant:"), certificate_no="T-2026-0001", issuer="海岳市人社局",
        obtained_on=date(2026, 6, 1), by=officer, key=town.key(),
    )  # fmt: skip
    assert counted(city, *keys) == [2, 1, 1]
    assert counted(city, "innovation_participants") == [3]  # all who stood, the rival too
    assert counted(factory, "innovation_participants") == [2]
