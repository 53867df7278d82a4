"""Units are founded, moved and found again; what happened before a move stays where it was."""

from datetime import date

import pytest

from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.people import actions
from gongchuang.people import unit as tree
from gongchuang.people.models import Unit, UnitPath, holders_of


def test_a_team_stands_inside_its_enterprise_and_city(team, factory, city, other_factory):
    assert team.is_inside(factory) and team.is_inside(city)
    assert not team.is_inside(other_factory)
    assert team.enterprise == factory
    assert set(Unit.objects.above(team)) >= {team, factory, city}


def test_two_children_of_one_name_are_refused(cast, factory):
    cast.unit(factory, "workshop", "喷涂车间")
    with pytest.raises(Refused) as refused:
        cast.unit(factory, "workshop", "喷涂车间")
    assert refused.value.field == "name"


def test_a_unit_cannot_stand_above_its_parent(cast, team):
    with pytest.raises(Refused) as refused:
        cast.unit(team, "enterprise", "倒挂有限公司")
    assert refused.value.field == "parent"


def test_a_moved_enterprise_keeps_its_old_path_and_its_code(cast, factory, team, city, admin, key):
    zone = cast.unit(city, "zone", "高新区")
    old = team.path
    with clock.frozen("2026-07-01T09:00"):
        actions.move_unit(factory, to=zone, by=admin, key=key)
    team.refresh_from_db()
    factory.refresh_from_db()
    assert factory.parent == zone and factory.code == "HYFJ"
    assert team.is_inside(zone) and team.is_inside(factory)
    paths = UnitPath.objects.filter(unit=team).order_by("start_on")
    assert [(one.path, one.end_on) for one in paths] == [(old, date(2026, 7, 1)), (team.path, None)]


def test_rights_follow_the_unit_to_its_new_district(cast, factory, city, admin, district_officer, officer, team, key):
    zone = cast.unit(city, "zone", "高新区")
    assert district_officer in holders_of(("district",), team)
    actions.move_unit(factory, to=zone, by=admin, key=key)
    team.refresh_from_db()
    assert district_officer not in holders_of(("district",), team)
    assert officer in holders_of(("officer",), team)


@pytest.mark.parametrize("who", ["officer", "stranger", "worker"])
def test_only_the_federation_moves_units(request, factory, city, who, key):
    with pytest.raises(NotYours):
        actions.move_unit(factory, to=city, by=request.getfixturevalue(who), key=key)


def test_a_path_number_is_never_given_twice(cast, factory, district, city, admin, key):
    old = factory.path
    zone = cast.unit(city, "zone", "高新区")
    actions.move_unit(factory, to=zone, by=admin, key=key)
    new = cast.unit(district, "enterprise", "新来的有限公司")
    assert new.path != old
    assert tree.at_level(new.path, tree.DISTRICT) == district.path
