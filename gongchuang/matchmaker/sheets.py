"""Lists of needs and experts as offices keep them (需求表、专家表): headings found, each row through the form of its act."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from gongchuang.kernel import clock
from gongchuang.kernel.desk import ActForm
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import Event
from gongchuang.kernel.text import Choices, Text
from gongchuang.matchmaker import forms, intake, models
from gongchuang.matchmaker.models import Expert, Institution, Need
from gongchuang.people.models import Person, Unit
from gongchuang.people.roster_values import filled, plain, read_day

LOOK_AT: Final = 40
MOST: Final = 2_000

NEED_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "unit": ("企业", "企业名称", "需求单位", "单位", "enterprise"),
    "title": ("需求名称", "技术需求", "难题名称", "名称", "title"),
    "abstract": ("公开摘要", "摘要", "abstract"),
    "text": ("需求详情", "拟解决难题", "需求描述", "现状与问题", "内容", "text"),
    "aims": ("技术指标", "指标", "aims"),
    "kind": ("需求类型", "类型", "kind"),
    "industry": ("行业", "所属行业", "产业链", "industry"),
    "field": ("技术领域", "领域", "field"),
    "way": ("合作方式", "期望合作方式", "way"),
    "tier": ("保密级别", "密级", "tier"),
    "budget_fen": ("预算", "投入预算", "budget"),
    "wanted_on": ("希望解决日期", "期限", "wanted by"),
    "valid_until": ("有效期", "有效期至", "valid until"),
    "contact_name": ("联系人", "contact"),
    "contact_phone": ("联系电话", "电话", "手机", "telephone"),
}
EXPERT_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("姓名", "专家姓名", "专家", "name"),
    "kind": ("类别", "专家类别", "kind"),
    "institution": ("机构", "所在单位", "工作单位", "单位", "institution"),
    "title": ("职称", "职务", "title"),
    "direction": ("研究方向", "专长", "研究方向或专长", "direction"),
    "keywords": ("关键词", "keywords"),
    "industry": ("行业", "industry"),
    "capacity": ("可接项数", "同时可接", "capacity"),
    "joined_on": ("入库日期", "加入日期", "joined on"),
}
_CODES: Final[dict[str, dict[str, Choices]]] = {
    "needs": {"kind": models.NEED_KINDS, "way": models.WAYS, "tier": models.TIERS},
    "experts": {"kind": models.EXPERT_KINDS},
}
_DAYS: Final = ("wanted_on", "valid_until", "joined_on")
NOT_SAID: Final = Text("未注明", "not said")
TOTALS: Final = ("合计", "总计", "小计")


@dataclass(frozen=True)
class Fault:
    """What keeps a row out, as people read it."""

    column: str
    found: str
    expected: str
    cure: Text = Text("改好这一格，再导入。", "Put this cell right and import again.")


@dataclass
class Row:
    """A row of the list: its number as people count, its values, what keeps it out."""

    number: int
    given: dict[str, str]
    cleaned: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    is_same: bool = False


@dataclass(frozen=True)
class Found:
    """Where the list is: sheet, heading row, which column is which, its heading as written."""

    sheet: str
    head: int
    columns: dict[str, int]
    headings: dict[str, str]


def bare(heading: str) -> str:
    return re.sub(r"[\s*：:]|[(（].*?[)）]", "", heading).lower()


def find(sheets: Sequence[Any], headings: Mapping[str, tuple[str, ...]], needed: Iterable[str]) -> Found:
    """The first row that has all needed headings; refused with the ones that are missing."""
    best: set[str] = set()
    for sheet in sheets:
        for index, cells in enumerate(sheet.rows[:LOOK_AT]):
            columns: dict[str, int] = {}
            for at, cell in enumerate(cells):
                key = next((key for key, names in headings.items() if bare(plain(cell)) in names and key not in columns), None)
                if key:
                    columns[key] = at
            if set(needed) <= set(columns):
                return Found(sheet.name, index + 1, columns, {key: str(cells[at]).strip() for key, at in columns.items()})
            best = max(best, set(columns), key=len)
    missing = "、".join(headings[key][0] for key in needed if key not in best)
    raise Refused(
        Text(f"表里没有这些列：{missing}。", f"The sheet lacks these columns: {missing}."),
        field="file",
        cure=Text("请在第一行写上这些表头。", "Please write these headings in the first row."),
    )


def rows(sheets: Sequence[Any], found: Found, first: str) -> Iterator[Row]:
    """Every filled row below the headings, totals left out."""
    lines = next(sheet.rows for sheet in sheets if sheet.name == found.sheet)
    for index in range(found.head, len(lines)):
        cells = {key: lines[index][at] if at < len(lines[index]) else None for key, at in found.columns.items()}
        if any(filled(cell) for cell in cells.values()) and bare(plain(cells.get(first))) not in TOTALS:
            # A cell's own line breaks part the aims; plain() would join them.
            said = {key: str(cell).strip() if key == "aims" and cell is not None else plain(cell) for key, cell in cells.items()}
            yield Row(index + 1, said)


def examine(kind: str, sheets: Sequence[Any], by: Person, unit: Unit) -> tuple[Found, list[Row]]:
    """Read a list of `needs` or `experts` (for the federation `unit`) and judge each row by the act's own form."""
    headings, needed, first = (
        (NEED_HEADINGS, ("unit", "title", "text"), "title") if kind == "needs" else (EXPERT_HEADINGS, ("name", "direction"), "name")
    )
    found = find(sheets, headings, needed)
    listed = list(rows(sheets, found, first))
    if len(listed) > MOST:
        raise Refused(Text(f"一次最多 {MOST} 行，这里有 {len(listed)} 行。", f"At most {MOST} rows at a time; these are {len(listed)}."))
    seen: set[tuple[str, ...]] = set()
    for row in listed:
        _judge(kind, row, by, unit, found)
        identity = _identity(kind, row)
        row.is_same = not row.faults and (identity in seen or _is_known(kind, row))
        seen.add(identity)
    return found, listed


def _identity(kind: str, row: Row) -> tuple[str, ...]:
    return tuple(row.given.get(name, "") for name in (("unit", "title") if kind == "needs" else ("name", "institution")))


def _is_known(kind: str, row: Row) -> bool:
    if kind == "needs":
        return Need.objects.filter(unit=row.cleaned["unit"], title=row.cleaned["title"]).exclude(state="withdrawn").exists()
    return Expert.objects.filter(person__name=row.cleaned["name"], institution=row.cleaned["institution"]).exists()


def _judge(kind: str, row: Row, by: Person, unit: Unit, found: Found) -> None:
    data = _as_input(kind, row.given, unit)
    form: ActForm = (forms.CollectForm if kind == "needs" else forms.EnlistForm)(data, person=by)
    if form.is_valid():
        row.cleaned = form.cleaned_data
        return
    for name, errors in form.errors.items():
        column = found.headings.get(name) or str(form.fields[name].label if name in form.fields else name)
        row.faults.append(Fault(column, row.given.get(name, ""), " ".join(str(one) for one in errors)))


def _as_input(kind: str, given: Mapping[str, str], unit: Unit) -> dict[str, str]:
    """The row as the form takes it: names to codes, days as ISO, what a list leaves out filled in cautiously."""
    data = {name: value for name, value in given.items() if value}
    for name, codes in _CODES[kind].items():
        if name in data:
            data[name] = next((code for code, text in codes.texts.items() if data[name] in (code, text.zh, text.en)), data[name])
    for name in _DAYS:
        if name in data and (day := read_day(data[name])[0]) is not None:
            data[name] = day.isoformat()
    today = clock.today()
    if kind == "needs":
        employer = Unit.objects.by_name_or_code(data.get("unit", ""))
        usual = {
            "kind": "problem",
            "way": "develop",
            "tier": "directed",
            "industry": (employer.industry if employer else "") or str(NOT_SAID),
        }
        usual |= {"abstract": data.get("title", ""), "valid_until": _in_a_year(today).isoformat()}
        return usual | data | ({"unit": employer.code} if employer else {})
    place = Institution.objects.filter(name=data.get("institution", ""), left_on=None).first()
    kind_of = "professor" if place else "skilled"
    usual = {"kind": kind_of, "joined_on": today.isoformat(), "unit": unit.code}
    return usual | data | ({"institution": place.no} if place else {})


def _in_a_year(day: date) -> date:
    return day + timedelta(days=365)


@action
def bring_in(kind: str, *, rows: Sequence[Mapping[str, Any]], identity: str, by: Person, key: str) -> Need | Expert:
    """Enter the rows of a list (导入), each by its own act; one Event names them all, so that it can be taken back."""
    run: Callable[..., Any] = intake.collect if kind == "needs" else intake.enlist
    made = [run(by=by, key=f"{key}:{number}", **row) for number, row in enumerate(rows, start=1)]
    if not made:
        raise Refused(Text("没有可以导入的行。", "There is no row to import."))
    record(by, f"{kind}.import", subject=made[0], key=key, identity=identity, numbers=[one.no for one in made])
    first: Need | Expert = made[0]
    return first


@action
def take_back(kind: str, *, identity: str, by: Person, key: str) -> Need | Expert:
    """Take an import back (撤销导入): its needs are withdrawn, its experts leave on the day they came."""
    event = Event.objects.filter(action=f"{kind}.import", facts__identity=identity).first()
    if event is None:
        raise Refused(Text(f"没有编号为 {identity} 的导入。", f"There is no import {identity}."))
    if Event.objects.filter(action=f"{kind}.take_back", facts__identity=identity).exists():
        raise Refused(Text("这次导入已经撤销。", "This import has been taken back already."))
    numbers = event.facts["numbers"]
    if kind == "needs":
        gone: list[Any] = list(Need.objects.filter(no__in=numbers, state__in=["collected", "sent_back"]))
        for need in gone:
            intake.withdraw(need, by=by, key=f"{key}:{need.no}")
    else:
        gone = list(Expert.objects.filter(no__in=numbers, left_on=None))
        for expert in gone:
            intake.retire(expert, left_on=expert.joined_on, reason="撤销导入", by=by, key=f"{key}:{expert.no}")
    if not gone:
        raise Refused(Text("这次导入的记录都已经办下去了，不能撤销。", "All of its records have been worked on; it cannot be taken back."))
    record(by, f"{kind}.take_back", subject=gone[0], key=key, identity=identity, numbers=[one.no for one in gone])
    first: Need | Expert = gone[0]
    return first
