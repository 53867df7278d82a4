"""A list of results as it comes: own headings, own words for makers, faults by row, nothing the second time, undone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongchuang.excel.reader import Sheet
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.listed import Listed
from gongchuang.people.models import Person, Unit
from gongchuang.results import certification, intake
from gongchuang.results.models import Benefit, Result

ROWS: list[list[Any]] = [
    ["2026年职工创新成果汇总表", None, None, None, None, None],
    ["序号", "成果名称", "成果类别", "主要完成人", "实施日期", "年经济效益（万元）"],
    [1, "快换定位工装", "技术革新", "张伟明（60%）、刘建军（40%）", "2026.4.16", 60],
    [2, "焊枪清枪时断气", "合理化建议", "A001", date(2026, 3, 2), "1.2"],
    [3, "锥销操作法", "先进操作法", "张伟明、刘建军", None, None],
    [4, "无主之作", "技术革新", "查无此人", None, None],
    [5, "比例不对", "技术革新", "张伟明60%、刘建军30%", None, None],
    [6, "什么类型", "奇思妙想", "张伟明", "去年夏天", "很多"],
    ["合计", "合计", None, None, None, 61.2],
]


@pytest.fixture
def seen(factory: Unit, worker: Person, worker2: Person) -> Listed:
    return examine(factory)


def examine(unit: Unit) -> Listed:
    made = intake.examine(unit, [Sheet("Sheet1", rows=ROWS)])
    assert (made.found.head, set(made.found.columns)) == (2, {"title", "kind", "makers", "used_from_on", "benefit"})
    return made


def bring_in(seen: Listed, unit: Unit, by: Person, name: str = "one") -> None:
    intake.bring_in(unit, identity=name, rows=intake.rows_of(seen), by=by, key=f"import-{name}")


def test_the_preview_names_rows_and_faults(seen: Listed) -> None:
    assert seen.counts == {"new": 3, "changed": 0, "same": 0, "wrong": 3, "reminders": 3, "rows": 6}
    assert {line.number: [fault.group for fault in line.faults] for line in seen.lines if line.outcome == "wrong"} == {
        6: ["maker"],
        7: ["shares"],
        8: ["kind", "day", "benefit"],
    }
    assert {error["column"] for error in seen.errors()} == {"主要完成人", "成果类别", "实施日期", "年经济效益（万元）"}
    assert not Result.objects.exists()


def test_brought_in_once_with_sums_that_finance_still_certifies(
    seen: Listed, officer: Person, certifier: Person, factory: Unit, worker: Person, worker2: Person
) -> None:
    bring_in(seen, factory, officer)
    assert Result.objects.count() == 3
    first = Result.objects.get(title="快换定位工装")
    assert (first.kind, first.used_from_on, first.state) == ("technical_innovation", date(2026, 4, 16), "recognised")
    assert first.shares() == [(worker, 6_000), (worker2, 4_000)]
    assert dict(Benefit.objects.values_list("result__title", "amount_fen")) == {"快换定位工装": 600_000_00, "焊枪清枪时断气": 12_000_00}
    assert set(Benefit.objects.values_list("state", flat=True)) == {"checked"}
    again = examine(factory)
    assert (again.counts["new"], again.counts["same"]) == (0, 3)


def test_undone_whole_but_for_what_is_certified(seen: Listed, officer: Person, certifier: Person, factory: Unit) -> None:
    bring_in(seen, factory, officer)
    certified = Benefit.objects.get(result__title="快换定位工装")
    certification.certify(certified, by=certifier, key="c")
    intake.undo(factory, identity="one", by=officer, key="u")
    assert list(Result.objects.counted().values_list("title", flat=True)) == ["快换定位工装"]
    assert examine(factory).counts["new"] == 2


def test_an_unknown_import_is_not_undone(factory: Unit, officer: Person) -> None:
    with pytest.raises(Refused):
        intake.undo(factory, identity="never", by=officer, key="u")


@pytest.mark.parametrize("who", ["stranger", "leader", "certifier"])
def test_others_bring_nothing_in(who: str, seen: Listed, factory: Unit, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotYours):
        bring_in(seen, factory, request.getfixturevalue(who))
    assert not Result.objects.exists()


def test_a_sheet_without_headings_is_no_list() -> None:
    with pytest.raises(Refused, match="成果名称、完成人"):
        intake.examine(Unit(), [Sheet("x", rows=[["a", "b"], [1, 2]])])
