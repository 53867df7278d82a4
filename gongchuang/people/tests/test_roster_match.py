"""A roster against what is known: places, persons, and what would change."""

from datetime import date

import pytest

from gongchuang.people import actions
from gongchuang.people.roster_match import examine
from gongchuang.people.roster_values import check_digit

TODAY = date(2026, 6, 5)


def number_of(serial, born="19900307"):
    head = f"370602{born}{serial:03d}"
    return head + check_digit(head)


def one(factory, repairs=None, **cells):
    found = examine(factory, [(2, cells)], today=TODAY, repairs=repairs)
    return found.rows[0]


def groups(row):
    return [fault.problem.group for fault in row.row.faults], [fault.problem.group for fault in row.row.reminders]


class TestPlaces:
    @pytest.mark.parametrize(
        ("cells", "name"),
        [
            ({"team": "叶轮装配班"}, "叶轮装配班"),
            ({"team": " 叶轮 装配班 "}, "叶轮装配班"),
            ({"department": "装配车间/叶轮装配班"}, "叶轮装配班"),
            ({"department": "海岳风机", "workshop": "装配车间", "team": "叶轮装配班"}, "叶轮装配班"),
            ({"department": "生产部", "team": "叶轮装配班"}, "叶轮装配班"),
            ({"workshop": "装配车间"}, "装配车间"),
            ({"department": "海岳风机有限公司"}, "海岳风机有限公司"),
            ({}, "海岳风机有限公司"),
        ],
    )
    def test_a_place_is_understood(self, factory, team, cells, name):
        row = one(factory, name="孙立", work_no="F9", **cells)
        assert (row.outcome, row.unit.name) == ("new", name)

    def test_a_name_twice_needs_its_workshop(self, cast, factory, team):
        other = cast.unit(factory, "workshop", "总装车间")
        cast.unit(other, "team", "叶轮装配班")
        assert groups(one(factory, name="孙立", work_no="F9", team="叶轮装配班"))[0] == ["unit_twice:叶轮装配班"]
        assert one(factory, name="孙立", work_no="F9", workshop="总装车间", team="叶轮装配班").unit.parent == other

    def test_a_place_of_another_enterprise_is_none_of_ours(self, cast, factory, other_factory):
        cast.unit(other_factory, "team", "锻造班")
        assert groups(one(factory, name="孙立", work_no="F9", team="锻造班"))[0] == ["unit_missing:锻造班"]
        repairs = {"unit_missing:锻造班": {"do": "map", "unit": other_factory.code}}
        assert groups(one(factory, repairs, name="孙立", work_no="F9", team="锻造班"))[0] == ["unit_missing:锻造班"]

    def test_repairs_map_or_plan(self, factory, team):
        cells = {"name": "孙立", "work_no": "F9", "team": "叶轮车间"}
        assert one(factory, {"unit_missing:叶轮车间": {"do": "map", "unit": team.code}}, **cells).unit == team
        assert one(factory, {"unit_missing:叶轮车间": {"do": "create"}}, **cells).planned == ("叶轮车间",)
        found = examine(factory, [(2, cells)], today=TODAY)
        assert (found.groups[0].repairs, found.groups[0].nearest) == (["map", "create", "skip"], team.code)


class TestPersons:
    def test_the_identity_number_finds_a_person_whatever_else_changed(self, cast, factory, team):
        known = cast.person(team, "张伟明", work_no="A1", id_number=number_of(11), phone="13853123456")
        row = one(factory, name="张伟民", work_no="B2", id_number=number_of(11).lower(), phone="")
        assert (row.person, row.outcome, row.changes) == (
            known,
            "changed",
            {"name": "张伟民", "work_no": "B2"} | ({"gender": "M"} if row.changes.get("gender") else {}),
        )
        assert groups(row) == ([], ["renamed"])

    def test_an_empty_cell_takes_nothing_away(self, cast, factory, team):
        cast.person(team, "张伟明", work_no="A1", id_number=number_of(11), phone="13853123456", occupation="钳工", skill_level=4)
        row = one(factory, name="张伟明", work_no="", id_number=number_of(11), phone="", occupation="", skill_level="", hired_on="")
        assert (row.outcome, row.changes) == ("same", {})

    def test_without_an_identity_number_work_number_and_name_do(self, factory, worker):
        row = one(factory, name="张 伟明", work_no="a001")
        assert (row.person, row.outcome) == (worker, "same")
        assert groups(row) == ([], ["by_work_no"])
        assert one(factory, name="张卫明", work_no="A001").outcome == "new"

    def test_an_identity_number_is_added_to_whoever_has_none_but_never_replaced(self, cast, factory, team, worker):
        assert one(factory, name="张伟明", work_no="A001", id_number=number_of(11)).changes["id_number"] == number_of(11)
        cast.person(team, "孙立", work_no="A9", id_number=number_of(13))
        assert groups(one(factory, name="孙立", work_no="A9", id_number=number_of(15)))[0] == ["id_other"]

    def test_somebody_of_another_enterprise_stays_there_until_they_leave(self, cast, factory, other_factory, team):
        known = cast.person(other_factory, "石远", work_no="B1", id_number=number_of(21))
        cells = {"name": "石远", "work_no": "A8", "id_number": number_of(21), "team": "叶轮装配班"}
        assert groups(one(factory, **cells))[0] == ["elsewhere"]
        assert "北湾" not in str(one(factory, **cells).row.faults[0].problem.cure)
        actions.leave(known, by=cast.admin, key="leaves")
        row = one(factory, **cells)
        assert (row.person, row.outcome, row.unit) == (known, "changed", team)
        assert groups(row) == ([], ["returned"])

    def test_one_person_twice_in_a_file_is_named_with_the_first_row(self, factory):
        rows = [(2, {"name": "孙立", "id_number": number_of(11)}), (5, {"name": "孙立", "id_number": number_of(11)})]
        found = examine(factory, rows, today=TODAY)
        assert [row.outcome for row in found.rows] == ["new", "wrong"]
        assert "第 2 行" in found.rows[1].row.faults[0].problem.expected.zh
        rows = [(2, {"name": "孙立", "work_no": "F1"}), (5, {"name": "孙立", "work_no": "F1"})]
        assert [row.outcome for row in examine(factory, rows, today=TODAY).rows] == ["new", "wrong"]

    def test_a_skill_level_goes_up_but_not_down(self, factory, worker):
        assert one(factory, name="张伟明", work_no="A001", skill_level="高级工").changes == {"skill_level": 4}
        row = one(factory, name="张伟明", work_no="A001", skill_level="初级工")
        assert (row.outcome, row.changes) == ("same", {})
        assert groups(row)[1] == ["by_work_no", "level_lower"]

    def test_nobody_can_be_recognised_without_any_number(self, factory):
        assert groups(one(factory, name="孙立", work_no=""))[0] == ["nobody"]

    def test_gender_and_birth_come_from_the_identity_number(self, factory):
        row = one(factory, name="孙立", id_number=number_of(12), gender="男", born_on="1990-03-08")
        assert groups(row) == ([], ["gender_differs", "born_on_differs"])
        assert row.changes["gender"] == "F"


def test_counts_add_up_and_groups_are_the_largest_first(factory, team):
    rows = [(n, {"name": "孙立", "work_no": f"F{n}", "phone": "1", "team": "叶轮装配班"}) for n in range(2, 5)]
    rows += [(n, {"name": "孙立", "work_no": f"F{n}", "team": "无此班", "phone": "13853123456"}) for n in range(5, 7)]
    rows += [(7, {"name": "孙立", "work_no": "F7", "team": "", "phone": ""})]
    found = examine(factory, rows, today=TODAY)
    assert found.counts == {"new": 1, "changed": 0, "same": 0, "wrong": 5, "reminders": 0}
    assert [(group.key, len(group.rows)) for group in found.groups] == [("phone_length", 3), ("unit_missing:无此班", 2)]
    blanked = examine(factory, rows, today=TODAY, repairs={"phone_length": {"do": "blank"}})
    assert blanked.counts["new"] == 4
