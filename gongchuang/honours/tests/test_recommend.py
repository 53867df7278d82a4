"""Opened and recommended."""

from datetime import date

import pytest

from gongchuang.honours import actions
from gongchuang.honours.models import SelectionRound
from gongchuang.honours.tests.conftest import make_title
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.people.models import Grant


def test_a_round_takes_prize_and_issuer_from_its_title_and_unit(selection, city):
    assert (selection.no, selection.prize_fen, selection.year) == ("PX-2026-00001", 10_000_00, 2026)
    assert selection.issuers == "海岳市人民政府"


def test_a_stranger_opens_no_round_of_the_city(city, craftsman, stranger, key):
    with pytest.raises(NotYours):
        actions.open_round(city, "假评选", craftsman, 2, date(2026, 6, 9), by=stranger, key=key)


def test_a_factory_does_not_select_city_craftsmen(factory, craftsman, officer, key):
    with pytest.raises(Refused) as refused:
        actions.open_round(factory, "自封的海岳工匠", craftsman, 2, date(2026, 6, 9), by=officer, key=key)
    assert refused.value.field == "title"


def test_a_round_is_opened_once_and_not_with_a_day_gone_by(selection, city, craftsman, city_officer, key):
    given = (city, selection.name, craftsman, 2)
    again = actions.open_round(*given, date(2026, 6, 9), issuers="海岳市人民政府", by=city_officer, key="round")
    assert again == selection
    with pytest.raises(Refused) as refused:
        actions.open_round(*given, date(2026, 6, 9), by=city_officer, key=key)
    assert refused.value.field == "name"
    with pytest.raises(Refused) as refused:
        actions.open_round(city, "另一评选", craftsman, 2, date(2026, 6, 1), by=city_officer, key=f"{key}2")
    assert refused.value.field == "recommend_until"
    assert SelectionRound.objects.count() == 1


def test_the_unit_recommends_and_the_nominee_is_told(nominated, worker, officer):
    assert (nominated.state, nominated.unit, nominated.nominee) == ("recommended", worker.unit, worker)


def test_nobody_recommends_themselves_or_people_of_another_enterprise(selection, worker, leader, stranger, key):
    for by, person in ((stranger, worker), (leader, leader), (worker, worker)):
        with pytest.raises(NotYours):
            actions.recommend(selection, "事迹", person=person, by=by, key=key)


def test_a_second_press_is_one_nomination_and_another_recommender_is_refused(selection, nominated, worker, officer, leader, key):
    again = actions.recommend(selection, "带徒十二人，攻关八项", person=worker, by=officer, key="recommend")
    assert again == nominated
    with pytest.raises(Refused) as refused:
        actions.recommend(selection, "事迹", person=worker, by=leader, key=key)
    assert refused.value.field == "person"


def test_a_round_for_persons_takes_no_team(selection, team, officer, key):
    with pytest.raises(Refused) as refused:
        actions.recommend(selection, "事迹", collective=team, by=officer, key=key)
    assert refused.value.field == "person"


def test_nothing_is_taken_after_the_last_day(selection, worker, worker2, officer, key):
    with clock.frozen("2026-06-09T23:00"):
        actions.recommend(selection, "事迹", person=worker, by=officer, key=key)
    with clock.frozen("2026-06-10T00:30"), pytest.raises(Refused, match="截止"):
        actions.recommend(selection, "事迹", person=worker2, by=officer, key=f"{key}2")


def test_who_holds_the_title_is_not_recommended_for_it_again(named, city, craftsman, worker, officer, city_officer, key):
    with clock.frozen("2026-07-01T09:00"):
        second = actions.open_round(city, "第十届海岳工匠", craftsman, 2, date(2026, 7, 9), by=city_officer, key=key)
        with pytest.raises(Refused, match="已获得过"):
            actions.recommend(second, "事迹", person=worker, by=officer, key=f"{key}r")
    assert Grant.objects.count() == 1


def test_a_result_must_be_recognised_and_open(city, city_officer, result, officer, key):
    title = make_title(city, city_officer, "best-results", "result", prize_fen=5_000_00)
    selection = actions.open_round(city, "优秀成果", title, 100, date(2026, 6, 9), by=city_officer, key=key)
    result.is_confidential = True
    with pytest.raises(Refused, match="保密"):
        actions.recommend(selection, "效益好", result=result, by=officer, key=f"{key}c")
    result.refresh_from_db()
    assert actions.recommend(selection, "效益好", result=result, by=officer, key=f"{key}d").unit == result.unit


def test_a_recommendation_is_taken_back_by_who_made_it_before_the_notice(nominated, officer, stranger, key):
    with pytest.raises(NotYours):
        actions.withdraw(nominated, by=stranger, key=f"{key}x")
    actions.withdraw(nominated, by=officer, key=key)
    with pytest.raises(Refused):
        actions.withdraw(nominated, by=officer, key=f"{key}2")
