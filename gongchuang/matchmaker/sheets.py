"""Lists of needs and experts as offices keep them (需求表、专家表): headings found, each row through the form of its act."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from gongchuang.kernel import clock, listed
from gongchuang.kernel.cells import plain
from gongchuang.kernel.desk import ActForm
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.listed import Fault, Found, Heading, Line, Listed, SheetRows
from gongchuang.kernel.models import Event
from gongchuang.kernel.text import Choices, Text
from gongchuang.matchmaker import forms, intake, models
from gongchuang.matchmaker.models import Expert, Institution, Need
from gongchuang.people.models import Person, Unit
from gongchuang.people.roster_values import read_day

NEED_HEADINGS: Final = (
    Heading("unit", Text("企业", "Enterprise"), ("企业名称", "需求单位", "单位"), is_needed=True),
    Heading("title", Text("需求名称", "Title"), ("技术需求", "难题名称", "名称"), is_needed=True),
    Heading("abstract", Text("公开摘要", "Public abstract"), ("摘要",)),
    Heading("text", Text("需求详情", "Details"), ("拟解决难题", "需求描述", "现状与问题", "内容"), is_needed=True),
    Heading("aims", Text("技术指标", "Aims"), ("指标",)),
    Heading("kind", Text("需求类型", "Kind"), ("类型",)),
    Heading("industry", Text("行业", "Industry"), ("所属行业", "产业链")),
    Heading("field", Text("技术领域", "Field"), ("领域",)),
    Heading("way", Text("合作方式", "Way"), ("期望合作方式",)),
    Heading("tier", Text("保密级别", "Tier"), ("密级",)),
    Heading("budget_fen", Text("预算", "Budget"), ("投入预算",)),
    Heading("wanted_on", Text("希望解决日期", "Wanted by"), ("期限",)),
    Heading("valid_until", Text("有效期", "Valid until"), ("有效期至",)),
    Heading("contact_name", Text("联系人", "Contact"), ()),
    Heading("contact_phone", Text("联系电话", "Telephone"), ("电话", "手机")),
)
EXPERT_HEADINGS: Final = (
    Heading("name", Text("姓名", "Name"), ("专家姓名", "专家"), is_needed=True),
    Heading("kind", Text("类别", "Kind"), ("专家类别",)),
    Heading("institution", Text("机构", "Institution"), ("所在单位", "工作单位", "单位")),
    Heading("title", Text("职称", "Title"), ("职务",)),
    Heading("direction", Text("研究方向", "Direction"), ("专长", "研究方向或专长"), is_needed=True),
    Heading("keywords", Text("关键词", "Keywords"), ()),
    Heading("industry", Text("行业", "Industry"), ()),
    Heading("capacity", Text("可接项数", "Capacity"), ("同时可接",)),
    Heading("joined_on", Text("入库日期", "Joined on"), ("加入日期",)),
)
_CODES: Final[dict[str, dict[str, Choices]]] = {
    "needs": {"kind": models.NEED_KINDS, "way": models.WAYS, "tier": models.TIERS},
    "experts": {"kind": models.EXPERT_KINDS},
}
_DAYS: Final = ("wanted_on", "valid_until", "joined_on")
NOT_SAID: Final = Text("未注明", "not said")


def examine(kind: str, sheets: Sequence[SheetRows], by: Person, unit: Unit) -> Listed:
    """Read a list of `needs` or `experts` (for the federation `unit`) and judge each row by the act's own form."""
    headings, first = (NEED_HEADINGS, "title") if kind == "needs" else (EXPERT_HEADINGS, "name")
    found = listed.find(sheets, headings)
    made = Listed(found, listed.lines(sheets, found, first))
    identity: dict[int, Any] = {}
    for line in made.lines:
        _judge(kind, line, by, unit, found)
        identity[line.number] = _identity(kind, line)
    listed.settle(made.lines, _known(kind, made.lines), identity)
    return made


def _identity(kind: str, line: Line) -> tuple[Any, ...]:
    if line.faults:
        return ()
    names = ("unit", "title") if kind == "needs" else ("name", "institution")
    return tuple(getattr(value, "pk", value) for value in (line.cleaned.get(name) for name in names))


def _known(kind: str, made: Sequence[Line]) -> set[Any]:
    """What is there already of what the list names: one query."""
    cleaned = [line.cleaned for line in made if not line.faults]
    if kind == "needs":
        there = Need.objects.filter(title__in=[one["title"] for one in cleaned]).exclude(state="withdrawn")
        return set(there.values_list("unit_id", "title"))
    people = Expert.objects.filter(person__name__in=[one["name"] for one in cleaned])
    return set(people.values_list("person__name", "institution_id"))


def _judge(kind: str, line: Line, by: Person, unit: Unit, found: Found) -> None:
    # A cell's own line breaks part the aims; plain() would join them.
    given = {key: str(cell).strip() if key == "aims" and cell is not None else plain(cell) for key, cell in line.cells.items()}
    data = _as_input(kind, given, unit)
    form: ActForm = (forms.CollectForm if kind == "needs" else forms.EnlistForm)(data, person=by)
    if form.is_valid():
        line.cleaned = form.cleaned_data
        return
    for name, errors in form.errors.items():
        column = found.headings.get(name) or str(form.fields[name].label if name in form.fields else name)
        said = " ".join(str(one) for one in errors)
        line.faults.append(Fault(column, given.get(name, ""), Text(said, said), group=name))


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
