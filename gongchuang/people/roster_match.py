"""A roster against what is known (比对): which unit, which person, what would change. Reads the database, writes nothing.

Natural keys: the identity number by its blind index, else work number and name inside the enterprise. An empty cell never
takes a value away, and a skill level is never lowered by a roster.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongchuang.kernel.cells import Cell, plain
from gongchuang.kernel.secret import blind_index
from gongchuang.kernel.text import Text
from gongchuang.people import unit as tree
from gongchuang.people.models import Person, Unit
from gongchuang.people.roster import BY_KEY, CheckedRow, Fault, check_row, shown
from gongchuang.people.roster_values import Problem

Repairs = Mapping[str, Mapping[str, str]]
PERSON_FIELDS = ("name", "work_no", "gender", "id_number", "phone", "occupation", "skill_level", "hired_on")
BLANKABLE = frozenset({"phone", "gender", "born_on", "occupation", "skill_level", "hired_on", "work_no", "id_number"})


@dataclass(slots=True)
class Examined:
    """One row after checks and comparison. `changes` holds new values by Person field; `unit` or `planned` its place."""

    number: int
    row: CheckedRow
    outcome: str = "wrong"
    person: Person | None = None
    unit: Unit | None = None
    planned: tuple[str, ...] = ()
    changes: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Group:
    """Equal causes joined (一组错误): what is wrong in how many rows, and what one decision can do about it."""

    key: str
    column: str
    found: str
    problem: Problem
    rows: list[int] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)  # map | create | blank | skip
    decided: Mapping[str, str] = field(default_factory=dict)
    nearest: str = ""  # code of the unit that the missing one may mean


@dataclass(slots=True)
class Examination:
    """The preview of a roster: new + changed + same + wrong = rows; reminders count rows among the first three."""

    rows: list[Examined] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    planned: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        outcomes = Counter(row.outcome for row in self.rows)
        reminded = sum(bool(row.row.reminders) and row.outcome != "wrong" for row in self.rows)
        return {**{name: outcomes[name] for name in ("new", "changed", "same", "wrong")}, "reminders": reminded}


class Places:
    """The units of an enterprise by name, and how a roster's words for a place are understood."""

    def __init__(self, org: Unit, repairs: Repairs) -> None:
        self.org = org
        self.repairs = repairs
        self.units = list(Unit.objects.inside(org).filter(valid_to=None).order_by("path"))
        self.by_pk = {unit.pk: unit for unit in self.units}
        self.by_name: dict[str, list[Unit]] = {}
        for unit in self.units:
            for name in {bare_name(unit.name), bare_name(unit.short_name)} - {""}:
                self.by_name.setdefault(name, []).append(unit)
        above = Unit.objects.above(org)
        self.outer = {bare_name(name) for unit in above for name in (unit.name, unit.short_name)} - {""}
        self.known: dict[tuple[str, ...], tuple[Unit | None, tuple[str, ...], Fault | None]] = {}

    def find(self, place: tuple[str, ...]) -> tuple[Unit | None, tuple[str, ...], Fault | None]:
        """The unit, or the path of a unit that is to be made, or the fault."""
        if place not in self.known:
            self.known[place] = self._find(tuple(part for part in place if bare_name(part) not in self.outer))
        return self.known[place]

    def _find(self, place: tuple[str, ...]) -> tuple[Unit | None, tuple[str, ...], Fault | None]:
        if not place:
            return self.org, (), None
        wanted = bare_name(place[-1])
        hits = self.by_name.get(wanted, [])
        if len(hits) > 1:
            outer = {bare_name(part) for part in place[:-1]}
            closer = [unit for unit in hits if outer & self._names_above(unit)]
            hits = closer if len(closer) == 1 else hits
        if len(hits) == 1:
            return hits[0], (), None
        said = "/".join(place)
        return self._repaired(place, f"{'unit_twice' if hits else 'unit_missing'}:{said}", said, bool(hits))

    def _names_above(self, unit: Unit) -> set[str]:
        names: set[str] = set()
        above = self.by_pk.get(unit.parent_id or 0)
        while above is not None:
            names |= {bare_name(above.name), bare_name(above.short_name)}
            above = self.by_pk.get(above.parent_id or 0)
        return names

    def _repaired(self, place: tuple[str, ...], group: str, said: str, is_twice: bool) -> tuple[Unit | None, tuple[str, ...], Fault | None]:
        repair = self.repairs.get(group, {})
        if repair.get("do") == "map":
            for unit in self.units:
                if unit.code == repair.get("unit"):
                    return unit, (), None
        if repair.get("do") == "create" and not is_twice:
            return None, place, None
        problem = unit_twice(said) if is_twice else unit_missing(said)
        return None, (), Fault("team", said, problem)

    def nearest(self, place: str) -> str:
        """The code of the unit whose name comes closest, by what stands before 车间, 班 and the like; "" when none is."""
        stems = {stem(name): units[0] for name, units in self.by_name.items() if units[0].pk != self.org.pk}
        close = difflib.get_close_matches(stem(bare_name(place.split("/")[-1])), list(stems), n=1, cutoff=0.4)
        return stems[close[0]].code if close else ""


def stem(name: str) -> str:
    """叶轮车间 → 叶轮, 叶轮装配班 → 叶轮装配: what a department is about."""
    return re.sub(r"(?:车间|班组|分厂|工段|[班组部科室队])$", "", name) or name


def bare_name(name: str) -> str:
    return re.sub(r"\s", "", plain(name))


def unit_missing(said: str) -> Problem:
    return Problem(
        f"unit_missing:{said}",
        Text("系统里已有的部门或班组", "a department or team that exists"),
        Text(
            f"部门“{said}”没有：请新建、对应到已有的部门，或跳过。",
            f"There is no “{said}”: make it, map it to one that exists, or leave the rows out.",
        ),
    )


def unit_twice(said: str) -> Problem:
    return Problem(
        f"unit_twice:{said}",
        Text("只有一个同名的部门", "one department of that name"),
        Text(f"“{said}”有好几个：请对应到其中一个。", f"There are several “{said}”: map it to one of them."),
    )


class Known:
    """The persons a roster may mean: everybody of the enterprise, and whoever bears one of its identity numbers."""

    def __init__(self, org: Unit, numbers: Iterable[str]) -> None:
        self.org = org
        inside = Person.objects.inside(org).select_related("unit").order_by("pk")
        self.by_index: dict[str, Person] = {}
        self.by_work_no: dict[tuple[str, str], Person] = {}
        for person in inside.iterator(chunk_size=2000):
            if person.id_index:
                self.by_index[person.id_index] = person
            if person.work_no and person.is_active:
                self.by_work_no[(person.work_no, bare_name(person.name))] = person
        self.index_of = {number: blind_index(number) for number in set(numbers)}
        unknown = sorted(set(self.index_of.values()) - set(self.by_index))
        for start in range(0, len(unknown), 500):
            elsewhere = Person.objects.filter(id_index__in=unknown[start : start + 500]).select_related("unit")
            self.by_index.update({person.id_index: person for person in elsewhere})

    def find(self, row: CheckedRow) -> tuple[Person | None, Problem | None, Problem | None]:
        """The person a row means, with the problem or the reminder that comes with it."""
        number = row.values.get("id_number", "")
        namesake = self.by_work_no.get((row.values.get("work_no", ""), bare_name(row.values.get("name", ""))))
        if number and (person := self.by_index.get(self.index_of[number])):
            if person.unit.is_inside(self.org):
                return person, None, _renamed(person, row)
            if not person.is_active:
                return person, None, RETURNED
            return None, ELSEWHERE, None
        if namesake is None:
            return None, None, None
        if number and namesake.id_number:
            return None, OTHER_NUMBER, None
        return namesake, None, BY_WORK_NO


ELSEWHERE = Problem(
    "elsewhere",
    Text("不在别的单位名册上的人", "a person who is on no other unit's roster"),
    Text(
        "此人还在别的单位名册上，请原单位先办离职。", "The person is still on another unit's roster; that unit must let them leave first."
    ),
)
OTHER_NUMBER = Problem(
    "id_other",
    Text("与名册上相同的身份证号", "the identity number that is on the roster"),
    Text(
        "同工号同姓名的人在册，身份证号却不同，请核对。",
        "A person of this work number and name has another identity number; please compare.",
    ),
)
BY_WORK_NO = Problem(
    "by_work_no",
    Text("有身份证号的行", "a row with an identity number"),
    Text(
        "按工号和姓名认作同一人；不是同一人时请先改工号。", "Taken for the same person by work number and name; change the number if not."
    ),
)
RETURNED = Problem(
    "returned",
    Text("在册的人", "a person on the roster"),
    Text("此人曾在别处离职，导入后记为本单位职工。", "The person had left another unit and will be entered here."),
)
LOWER = Problem(
    "level_lower",
    Text("不低于已有的技能等级", "a skill level not below the recorded one"),
    Text("花名册写的等级低于已登记的，保留已登记的。", "The roster's level is below the recorded one, which is kept."),
)
TWICE = Problem(
    "twice",
    Text("每人一行", "one row for a person"),
    Text("同一个人在这份文件里出现了两次，请只留一行。", "The same person stands twice in this file; keep one row."),
)


def _renamed(person: Person, row: CheckedRow) -> Problem | None:
    if bare_name(person.name) == bare_name(row.values.get("name", "")):
        return None
    cure = Text("身份证号相同，姓名改了；导入后按新姓名。", "The identity number is the same, the name is new; the new one is taken.")
    return Problem("renamed", Text("与名册相同的姓名", "the name on the roster"), cure)


def examine(
    org: Unit,
    rows: Iterable[tuple[int, Mapping[str, Cell]]],
    *,
    today: date,
    repairs: Repairs | None = None,
) -> Examination:
    """Check every row, find its unit and person, and say what would change; rows are (number, cells by column key)."""
    decided = repairs or {}
    found = Examination()
    places = Places(org, decided)
    for number, cells in rows:
        row = check_row(_blanked(cells, decided, today), today)
        found.rows.append(Examined(number, row))
    known = Known(org, (one.row.values["id_number"] for one in found.rows if one.row.values.get("id_number")))
    seen: dict[tuple[str, ...], int] = {}
    for one in found.rows:
        _place(one, places)
        _compare(one, known, seen)
    found.planned = sorted({one.planned for one in found.rows if one.planned and one.outcome != "wrong"})
    found.groups = _groups(found.rows, places, decided)
    return found


def _blanked(cells: Mapping[str, Cell], decided: Repairs, today: date) -> Mapping[str, Cell]:
    """The cells of a row without those an officer has decided to leave empty (先空着)."""
    wanted = {group for group, repair in decided.items() if repair.get("do") == "blank"}
    if not wanted:
        return cells
    kept = dict(cells)
    for key, cell in cells.items():
        problem = BY_KEY[key].check(cell, today).problem if key in BLANKABLE else None
        if problem and problem.group in wanted:
            kept[key] = None
    return kept


def _place(one: Examined, places: Places) -> None:
    if not one.row.place:
        return
    one.unit, one.planned, fault = places.find(one.row.place)
    if fault:
        column = next((key for key in ("team", "workshop", "department") if one.row.values.get(key)), "team")
        one.row.faults.append(Fault(column, fault.found, fault.problem))


def _compare(one: Examined, known: Known, seen: dict[tuple[str, ...], int]) -> None:
    row = one.row
    if row.faults:
        return
    person, problem, reminder = known.find(row)
    column = "id_number" if row.values.get("id_number") else "work_no"
    quoted = shown(row.values.get(column, ""))
    keys = _keys_of(row, person)
    first = next((seen[key] for key in keys if key in seen), None)
    if first is not None:
        problem = Problem(TWICE.group, Text(f"每人一行（已见第 {first} 行）", f"one row for a person (see row {first})"), TWICE.cure)
    if problem:
        row.faults.append(Fault(column, quoted, problem))
        return
    seen.update(dict.fromkeys(keys, one.number))
    if reminder:
        row.reminders.append(Fault(column, quoted, reminder))
    one.person = person
    if person is None:
        one.outcome = "new"
        one.unit = one.unit if one.unit or one.planned else known.org
        one.changes = {name: _typed(name, row.values.get(name, "")) for name in PERSON_FIELDS}
        return
    one.changes = _changes(person, row)
    is_moved = bool(one.planned) or (one.unit is not None and one.unit.pk != person.unit_id)
    one.outcome = "changed" if one.changes or is_moved or not person.is_active else "same"


def _keys_of(row: CheckedRow, person: Person | None) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = [("person", str(person.pk))] if person else []
    if number := row.values.get("id_number"):
        keys.append(("id", number))
    elif work_no := row.values.get("work_no"):
        keys.append(("no", work_no, bare_name(row.values.get("name", ""))))
    return keys


def _typed(name: str, text: str) -> Any:
    if name == "skill_level":
        return int(text or 0)
    if name == "hired_on":
        return date.fromisoformat(text) if text else None
    return text


def _changes(person: Person, row: CheckedRow) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name in PERSON_FIELDS:
        value = _typed(name, row.values.get(name, ""))
        if not value or value == getattr(person, name):
            continue
        if name == "skill_level" and value < person.skill_level:
            row.reminders.append(Fault(name, str(BY_KEY[name].label), LOWER))
            continue
        changes[name] = value
    return changes


def _groups(rows: Sequence[Examined], places: Places, decided: Repairs) -> list[Group]:
    """Equal causes joined, the largest first; a group that was repaired away is not among them."""
    groups: dict[str, Group] = {}
    for one in rows:
        for fault in one.row.faults:
            key = fault.problem.group
            if key not in groups:
                groups[key] = Group(key, fault.column, fault.found, fault.problem, decided=dict(decided.get(key, {})))
                _offer(groups[key], places)
            group = groups[key]
            if not group.rows or group.rows[-1] != one.number:
                group.rows.append(one.number)
            if group.found != fault.found:
                group.found = ""
    return sorted(groups.values(), key=lambda group: (-len(group.rows), group.key))


def _offer(group: Group, places: Places) -> None:
    kind = group.key.partition(":")[0]
    if kind == "unit_missing":
        can_make = places.org.level <= tree.WORKSHOP
        group.repairs = ["map", "create", "skip"] if can_make else ["map", "skip"]
        group.nearest = places.nearest(group.found)
    elif kind == "unit_twice":
        group.repairs = ["map", "skip"]
    elif group.column in BLANKABLE and kind not in ("nobody", "twice", "elsewhere", "id_other"):
        group.repairs = ["blank", "skip"]
    else:
        group.repairs = ["skip"]
