"""Skill levels, craftsmen and honours: persons, each once, from and until the right day."""

from __future__ import annotations

from datetime import date

from gongchuang.indicators.tests.counted import counted
from gongchuang.kernel import clock
from gongchuang.kernel.period import Period
from gongchuang.people import actions as people

Y2025 = Period.year(2025)


def test_a_level_counts_once_a_person_from_its_confirmation_until_they_leave(cast, city, factory, team, worker, officer, town, district):
    assert counted(city, "skilled_talents") == counted(team, "skilled_talents") == [1]  # 张伟明, by his roster's level
    apprentice = cast.person(team, "康兵")
    assert counted(team, "skilled_talents") == [1]
    skill = people.recommend_level(apprentice, level=3, source="contest", by=officer, key=town.key())
    assert counted(team, "skilled_talents") == [1]  # recommended is not confirmed
    certifying = cast.person(district, "郑敏", "district")
    people.confirm_level(skill, certificate_no="S001", issuer="人社局", obtained_on=date(2026, 5, 20), by=certifying, key=town.key())
    assert counted(team, "skilled_talents") == counted(factory, "skilled_talents") == [2]
    higher = people.recommend_level(worker, level=4, source="contest", by=officer, key=town.key())
    people.confirm_level(higher, certificate_no="S002", issuer="人社局", obtained_on=date(2026, 5, 21), by=certifying, key=town.key())
    assert counted(city, "skilled_talents") == [2]  # a second level is not a second person
    people.leave(apprentice, by=officer, key=town.key())
    assert counted(city, "skilled_talents") == [1]
    with clock.frozen("2026-05-25T09:00"):
        assert counted(city, "skilled_talents", period=Period.parse("2026-05")) == [2]  # the end of May is before they left


def test_a_craftsman_counts_while_a_title_stands(city, city_officer, worker, worker2, town):
    title = town.title(city, city_officer, "craftsman", is_craftsman=True, term_years=3)
    town.grant(title, city, city_officer, worker, "2022-05-01")  # ended on 2025-05-01
    standing = town.grant(title, city, city_officer, worker2, "2024-05-01")
    town.grant(town.title(city, city_officer, "model", name_zh="劳动模范"), city, city_officer, worker, "2024-06-01")
    assert counted(city, "craftsmen") == [1]
    assert counted(city, "craftsmen", period=Period.year(2024)) == [2]
    people.revoke(standing, granting=city, reason="材料不实", by=city_officer, key=town.key())
    assert counted(city, "craftsmen") == [0]


def test_honours_count_persons_of_city_level_and_above(city, city_officer, factory, worker, worker2, town):
    craftsman = town.title(city, city_officer, "craftsman", is_craftsman=True)
    lower = town.title(city, city_officer, "district", level="district", name_zh="区能手")
    town.grant(craftsman, city, city_officer, worker, "2025-05-01")
    town.grant(craftsman, city, city_officer, worker2, "2026-05-01")
    town.grant(town.title(city, city_officer, "model", name_zh="劳动模范"), city, city_officer, worker, "2026-04-30")
    town.grant(lower, city, city_officer, worker2, "2024-05-01")
    assert counted(city, "city_level_honours") == counted(factory, "city_level_honours") == [2]
    assert counted(city, "city_level_honours", period=Y2025) == [1]
