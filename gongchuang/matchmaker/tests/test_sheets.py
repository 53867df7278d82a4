"""Lists of needs and experts: previewed, brought in once, each wrong cell named, taken back."""

from dataclasses import dataclass
from datetime import date

import pytest

from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.matchmaker import sheets
from gongchuang.matchmaker.models import Expert, Need

HEAD = ["序号", "企业名称", "需求名称", "拟解决难题", "技术指标", "需求类型", "行业", "投入预算（元）", "联系人", "联系电话", "有效期至"]
GOOD = [
    1,
    "海岳风机",
    "法兰焊接变形",
    "平面度超差",
    "平面度：3.2 毫米 → 1.5 毫米",
    "工艺改进",
    "风电",
    "200000",
    "王秀兰",
    13800000001,
    "2027.6.1",
]


@dataclass
class Sheet:
    name: str
    rows: list


def needs(*rows):
    return [Sheet("说明", [["填表说明"]]), Sheet("需求", [["附件1"], HEAD, *rows, ["合计", None, "合计"]])]


def looked_at(matchmaker, city, *rows):
    return sheets.examine("needs", needs(*rows), matchmaker, city).lines


def test_a_row_becomes_a_need_and_comes_in_once(matchmaker, city, factory):
    made = sheets.examine("needs", needs(GOOD), matchmaker, city)
    found, listed = made.found, made.lines
    assert (found.sheet, found.head, len(listed), listed[0].faults) == ("需求", 2, 1, [])
    sheets.bring_in("needs", rows=[listed[0].cleaned], identity="one", by=matchmaker, key="i1")
    need = Need.objects.get()
    assert (need.unit, need.tier, need.budget_fen, need.valid_until) == (factory, "directed", 20_000_000, date(2027, 6, 1))
    assert (need.full.text, need.contact.phone, need.kind) == ("平面度超差", "13800000001", "process")
    assert str(need.indicators.get()) == "平面度 3.2 毫米 → 1.5 毫米"
    assert [row.outcome for row in looked_at(matchmaker, city, GOOD)] == ["same"]


@pytest.mark.parametrize(
    ("at", "value", "column"),
    [
        (1, "没有的厂", "企业名称"),
        (2, "长" * 81, "需求名称"),
        (3, "", "拟解决难题"),
        (4, "越高越好", "技术指标"),
        (5, "魔法", "需求类型"),
        (7, "面议", "投入预算（元）"),
        (9, "12", "联系电话"),
        (10, "明年", "有效期至"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_heading(matchmaker, city, factory, at, value, column):
    wrong = [value if place == at else cell for place, cell in enumerate(GOOD)]
    row = looked_at(matchmaker, city, GOOD, wrong)[1]
    assert row.number == 4
    assert [fault.column for fault in row.faults] == [column]


def test_the_same_row_twice_in_one_list_counts_once(matchmaker, city, factory):
    assert [row.outcome for row in looked_at(matchmaker, city, GOOD, GOOD)] == ["new", "same"]


def test_a_list_without_its_headings_is_refused_with_what_is_missing(matchmaker, city):
    with pytest.raises(Refused, match="拟解决难题|需求详情"):
        sheets.examine("needs", [Sheet("表", [["企业名称", "需求名称"], ["海岳风机", "甲"]])], matchmaker, city)


def test_an_import_is_taken_back_once(matchmaker, city, factory, stranger):
    listed = looked_at(matchmaker, city, GOOD)
    sheets.bring_in("needs", rows=[listed[0].cleaned], identity="one", by=matchmaker, key="i1")
    with pytest.raises(NotYours):
        sheets.take_back("needs", identity="one", by=stranger, key="t0")
    sheets.take_back("needs", identity="one", by=matchmaker, key="t1")
    assert Need.objects.get().state == "withdrawn"
    with pytest.raises(Refused, match="已经撤销"):
        sheets.take_back("needs", identity="one", by=matchmaker, key="t2")
    with pytest.raises(Refused, match="没有编号"):
        sheets.take_back("needs", identity="two", by=matchmaker, key="t3")


def test_a_stranger_imports_nothing(stranger, matchmaker, city, factory):
    listed = looked_at(matchmaker, city, GOOD)
    with pytest.raises(NotYours):
        sheets.bring_in("needs", rows=[listed[0].cleaned], identity="one", by=stranger, key="i1")
    assert not Need.objects.exists()


def test_experts_come_in_with_their_institution_and_leave_again(matchmaker, city, outside, institution):
    listed = [
        ["姓名", "所在单位", "职称", "研究方向", "入库日期"],
        ["吴启明", "海岳理工大学", "教授", "曲轴热处理", "2024-03-01"],
        ["田工", "", "高级技师", "焊接", ""],
    ]
    rows = sheets.examine("experts", [Sheet("专家", listed)], matchmaker, city).lines
    assert [row.faults for row in rows] == [[], []]
    sheets.bring_in("experts", rows=[row.cleaned for row in rows], identity="e", by=matchmaker, key="i1")
    assert {(one.person.name, one.kind, one.institution) for one in Expert.objects.all()} == {
        ("吴启明", "professor", institution), ("田工", "skilled", None),
    }  # fmt: skip
    assert [row.outcome for row in sheets.examine("experts", [Sheet("专家", listed)], matchmaker, city).lines] == ["same", "same"]
    sheets.take_back("experts", identity="e", by=matchmaker, key="t1")
    assert not Expert.objects.on_board(date(2026, 6, 12)).exists()
