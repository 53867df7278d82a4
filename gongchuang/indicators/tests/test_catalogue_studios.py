"""Studios, teams and groups, team measures, and who takes part: totals worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from gongchuang.indicators import actions as observations
from gongchuang.indicators import listing, reading, tally
from gongchuang.indicators.rules import OPERATOR
from gongchuang.indicators.tests.counted import counted
from gongchuang.kernel import clock
from gongchuang.kernel.period import Period
from gongchuang.people import actions as people
from gongchuang.report import writing
from gongchuang.studios import actions, groups
from gongchuang.studios.tests.conftest import (  # noqa: F401
    _june,
    applied,
    applying,
    group,
    master,
    measure,
    naming,
    second_officer,
    studio,
    with_member,
)


def test_a_studio_counts_from_its_naming_until_it_is_struck_off(studio, city, district_officer, town):
    assert counted(city, "city_studios", period=Period.year(2017)) == [0]
    assert counted(city, "city_studios") == [1]
    actions.strike_off(studio, reason="多年没有活动", struck_off_on=date(2026, 6, 12), by=district_officer, key=town.key())
    assert counted(city, "city_studios") == [0]
    assert counted(city, "city_studios", period=Period.year(2025)) == [1]


def test_a_studio_of_an_enterprise_is_no_city_studio(master, city, officer, district_officer, town):
    shop = applied(master, "车间工作室", level="enterprise")
    actions.recommend(shop, by=officer, key=town.key())
    actions.name(shop, document_no="风机工〔2018〕3号", named_on=date(2018, 3, 1), by=district_officer, key=town.key())
    assert counted(city, "city_studios", "studios.all_studios") == [0, 1]


def test_members_and_leaders_carry_and_take_part(with_member, city):
    # the leader and one member
    assert counted(city, "innovation_backbone", "innovation_participants") == [2, 2]


def test_who_leaves_a_studio_no_longer_carries(with_member, city, worker, master, town):
    actions.leave(with_member, member=with_member.members.get(person=worker), left_on=date(2026, 6, 1), by=master, key=town.key())
    assert counted(city, "innovation_backbone") == [1]


def test_who_came_to_an_accepted_activity_takes_part(with_member, city, officer, second_officer, worker, worker2, master, town):
    held = actions.log(
        with_member, function="study", title="现场观摩", held_on=date(2026, 6, 1), persons=[worker2, master], by=worker, key=town.key()
    )
    assert counted(city, "innovation_participants", "innovation_backbone") == [2, 2]
    actions.accept_activity(held, by=officer, key=town.key())
    assert counted(city, "innovation_participants", "innovation_backbone") == [3, 2]
    with clock.frozen("2027-06-02T09:00"):  # twelve months later the guest no longer does
        assert counted(city, "innovation_participants", period=Period.year(2027)) == [2]


def test_a_confirmed_group_counts_with_its_leader_as_backbone_and_its_members_as_participants(group, city, officer, worker, town):
    assert counted(city, "innovation_teams", "innovation_backbone", "innovation_participants") == [0, 0, 0]
    groups.confirm(group, by=officer, key=town.key())
    assert counted(city, "innovation_teams", "innovation_backbone", "innovation_participants") == [1, 1, 2]
    groups.disband(group, reason="任务完成", by=worker, key=town.key())
    assert counted(city, "innovation_teams", "innovation_backbone", "innovation_participants") == [0, 0, 0]


@pytest.fixture
def benchmark(city, town):
    return observations.refer(
        city, reference="national.output_per_head", year=2023, value=16_161_500, source="国家统计局",
        published_on=date(2024, 2, 29), by=None, key=town.key(),
    )  # fmt: skip


TEAM = ("team_automation_rate", "team_output_per_head", "team_output_multiple")


def test_the_article_s_team(measure, benchmark, team, city, officer, town):
    # 30 of 31 stations; 38,000,000 yuan by 10 heads; 3,800,000 ÷ 161,615 = 23.51
    assert counted(team, *TEAM) == [None, None, None]
    groups.confirm_measure(measure, by=officer, key=town.key())
    assert counted(team, *TEAM) == [9677, 380_000_000, 2351]
    assert counted(city, *TEAM) == [9677, 380_000_000, 2351]
    assert counted(team, *TEAM, period=Period.year(2023)) == [None, None, None]
    rows = list(listing.everything(reading.figure("team_automation_rate", team, Period.year(2026)), OPERATOR))
    assert [(row.role, row.value) for row in rows] == [("numerator", 30), ("denominator", 31)]
    heads = list(listing.everything(reading.figure("team_output_per_head", team, Period.year(2026)), OPERATOR))
    assert [(row.role, row.words) for row in heads] == [("numerator", "38,000,000.00"), ("denominator", "10.0")]
    told = reading.figure("team_output_multiple", team, Period.year(2026))
    assert "2023" in str(told.note)
    assert "国家统计局" in str(told.note)


def test_a_later_measure_takes_the_place_of_the_earlier(measure, team, leader, officer, town):
    groups.confirm_measure(measure, by=officer, key=town.key())
    later = groups.enter(
        unit=team, ends_on=date(2025, 4, 1), stations_total=40, stations_automated=40, output_fen=42_000_000_00, basis="output",
        heads_tenths=105, evidence="生产报表 2025-03", by=leader, key=town.key(),
    )  # fmt: skip
    groups.confirm_measure(later, by=officer, key=town.key())
    assert counted(team, *TEAM[:2], period=Period.year(2024)) == [9677, 380_000_000]
    assert counted(team, *TEAM[:2]) == [10_000, 400_000_000]


def test_the_report_opens_with_the_team_and_its_honour(measure, benchmark, city, team, officer, city_officer, town):
    groups.confirm_measure(measure, by=officer, key=town.key())
    title = town.title(
        city, city_officer, "pioneer", name_zh="全国工人先锋号", name_en="National Worker Pioneer", level="national", holder="unit"
    )
    people.grant(
        title, granting=city, issuer="全国总工会", document_no="总工发〔2024〕3号", unit=team, granted_on=date(2024, 4, 28),
        by=city_officer, key=town.key(),
    )  # fmt: skip
    tally.catch_up()
    opening = writing.write(city, Period.year(2026), lang="zh-hans").paragraphs[0]
    assert opening.key == "opening"
    assert opening.text == (
        "海岳风机叶轮装配班全线智能化率达到96.77%，全员劳动生产率达到380万元/人，相当于2023年全国全员劳动生产率的23倍。"
        "2024年4月28日，这个班组获得“全国工人先锋号”称号。"
    )
    english = writing.write(city, Period.year(2026), lang="en").paragraphs[0]
    assert "96.77%" in english.text
    assert "23 times" in english.text
    assert "opening" not in [one.key for one in writing.write(city, Period.year(2022)).paragraphs]
