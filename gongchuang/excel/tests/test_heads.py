"""Where the roster is and which column is which: titles above, own headings, no headings, a mapping that was kept."""

import pytest

from gongchuang.excel import heads
from gongchuang.excel.reader import Sheet
from gongchuang.kernel.errors import Refused

PEOPLE = [["张伟明", "F20001", "11010519491231002X", "13853123456", "叶轮装配班"], ["李国栋", "F20002", "", "13853123457", "焊接一班"]]


def keys(found):
    return {column.heading or column.letter: column.key for column in found.columns if column.key}


def found(*rows, **more):
    return heads.find([Sheet("在岗", rows=[list(row) for row in rows])], **more)


@pytest.mark.parametrize(
    "headings",
    [
        ["姓名", "工号", "身份证号", "手机号", "班组"],
        ["姓 名", "员工编号", "身份证号码（18位）", "联系电话", "所在班组"],
        ["职工姓名*", "职工工号", "公民身份号码", "手机", "班组名称"],
        ["Name", "Work No.", "ID number", "Mobile phone", "Team"],
        ["人员姓名", "编号", "证件号码", "移动电话", "班 组"],
    ],
)
def test_headings_of_many_houses_mean_the_same(headings):
    assert list(found(headings, *PEOPLE).mapping.values()) == ["name", "work_no", "id_number", "phone", "team"]


def test_title_rows_above_and_blank_rows_between_do_no_harm():
    one = found(["海岳风机2026年6月花名册"], [], ["填表人：王秀兰", "", "2026.6.5"], ["姓名", "工号", "身份证号", "手机", "班组"], *PEOPLE)
    assert (one.head, one.first) == (4, 4)
    assert one.columns[0].samples == ["张伟明", "李国栋"]


def test_a_heading_merged_downwards_is_taken_from_the_row_above():
    one = found(["姓名", "工号", "联系", "", "班组"], ["", "", "手机号", "身份证号", ""], *[[r[0], r[1], r[3], r[2], r[4]] for r in PEOPLE])
    assert one.mapping == {0: "name", 1: "work_no", 2: "phone", 3: "id_number", 4: "team"}


def test_without_headings_the_cells_tell():
    one = found(*PEOPLE)
    assert one.head == 0
    assert one.mapping == {0: "name", 1: "work_no", 2: "id_number", 3: "phone", 4: "team"}


def test_the_sheet_with_the_roster_is_found_among_others():
    cover = Sheet("封面", rows=[["说明"], ["每月 5 日更新"]])
    lists = Sheet("选项", hidden=True, rows=[["姓名", "性别", "班组"], ["", "男", "叶轮装配班"]])
    roster = Sheet("在岗", rows=[["姓名", "工号", "班组"], ["张伟明", "F1", "检测班"]])
    assert heads.find([cover, lists, roster]).sheet == "在岗"


def test_a_kept_mapping_goes_before_the_headings_and_leaves_out_what_was_left_out():
    rows = (["员工", "代码", "手机号", "姓名"], ["张伟明", "F1", "13853123456", "备注"])
    one = found(*rows, remembered={"员工": "name", "代码": "work_no", "手机号": ""})
    assert {c.heading: (c.key, c.why) for c in one.columns} == {
        "员工": ("name", "remembered"), "代码": ("work_no", "remembered"), "手机号": ("", ""), "姓名": ("", ""),
    }  # fmt: skip


def test_two_columns_of_one_meaning_give_it_to_the_better_one():
    one = found(["姓名", "联系电话", "手机号", "工号"], ["张伟明", "0631-5231234", "13853123456", "F1"])
    assert keys(one)["手机号"] == "phone"
    assert "联系电话" not in keys(one)


def test_a_choice_by_hand_moves_a_meaning_and_refuses_it_twice():
    one = found(["姓名", "工号", "曾用名"], ["张伟明", "F1", "张卫明"])
    heads.choose(one, {2: "name"})
    assert keys(one) == {"工号": "work_no", "曾用名": "name"}
    with pytest.raises(Refused):
        heads.choose(one, {0: "name", 2: "name"})


def test_totals_notes_and_repeated_headings_are_no_persons():
    head = ["姓名", "工号", "班组"]
    rows = [head, ["张伟明", "F1", "检测班"], [], head, ["李国栋", "F2", "检测班"], ["合计", "2", ""], ["制表人：王秀兰"], ["共 2 人"]]
    sheet = Sheet("在岗", rows=rows)
    assert [number for number, _ in heads.data_rows(heads.find([sheet]), sheet)] == [2, 5]


@pytest.mark.parametrize("headings", [["工号", "班组"], ["姓名", "班组"]])
def test_a_roster_that_names_nobody_is_refused(headings):
    with pytest.raises(Refused) as caught:
        found(headings, ["F1", "检测班"]).require_enough()
    assert "姓名" in str(caught.value)


def test_columns_are_lettered_as_a_sheet_does():
    assert [heads.letter_of(number) for number in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
