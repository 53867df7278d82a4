"""Score sheets from JSON or table rows to entrants and sheets (评分表读入): pure, and says where something is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gongchuang.contests.scheme import Rules, number
from gongchuang.contests.scoring import Entrant, Sheet
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text

ENTRANT = {"entrant", "code", "选手", "选手号", "参赛号", "加密号", "编号"}
JUDGE = {"judge", "评委", "裁判", "裁判员"}
OUT = {"out", "不计名次原因", "否决"}
RECUSED = {"recused", "回避评委"}
UNSCORED = {"", "未评", "-", "—", "/"}
STOOD_BACK = "回避"


@dataclass(frozen=True)
class Marks:
    """Everything the ranking needs besides the rules."""

    entrants: tuple[Entrant, ...]
    sheets: tuple[Sheet, ...]
    judges: tuple[str, ...]


def read_json(rules: Rules, data: Any) -> Marks:
    """Marks out of JSON: {"entrants", "judges", "sheets"}, or simply a list of rows as in a table."""
    if isinstance(data, list):
        return read_rows(rules, _table(data))
    if not isinstance(data, dict) or not isinstance(data.get("sheets"), list):
        raise Refused(Text("文件里没有 sheets", "The file has no `sheets`"), field="sheets")
    people = [_entrant(row) for row in data.get("entrants") or []]
    sheets = [_sheet(row, f"sheets[{place}]") for place, row in enumerate(data["sheets"])]
    return _marks(people, sheets, [_name(judge) for judge in data.get("judges") or []])


def _entrant(row: Any) -> Entrant:
    if not isinstance(row, Mapping):
        return Entrant(_name(row))
    facts = {str(key): number(value, str(key)) for key, value in (row.get("facts") or {}).items() if value is not None}
    code = _name(row.get("code", row.get("entrant", "")))
    return Entrant(code, facts, frozenset(_name(one) for one in row.get("recused") or []), str(row.get("out") or ""))


def _sheet(row: Any, where: str) -> Sheet:
    if not isinstance(row, Mapping) or not isinstance(row.get("marks"), Mapping):
        raise Refused(Text(f"{where} 缺少 marks", f"{where} lacks `marks`"), field=where)
    marks = {str(key): number(value, f"{where}.{key}") for key, value in row["marks"].items() if value is not None}
    return Sheet(_name(row.get("entrant", row.get("code", ""))), _name(row.get("judge", "")), marks)


def _table(rows: Sequence[Any]) -> list[list[Any]]:
    heads: list[str] = []
    for row in rows:
        if not isinstance(row, Mapping):
            raise Refused(Text("每一行都应是一个对象", "Every row must be an object"), field="rows")
        heads += [key for key in row if key not in heads]
    return [heads, *([row.get(key) for key in heads] for row in rows)]


def read_rows(rules: Rules, rows: Sequence[Sequence[Any]]) -> Marks:
    """Marks out of a table with a heading row: 选手, 评委, then a column a criterion (by key or label).

    An empty cell or 未评 is unscored; 回避 in any cell of a row says that this judge stands back from this entrant.
    Further columns with numbers in every row of an entrant are its facts (such as minutes); 否决 takes it out.
    """
    if not rows:
        raise Refused(Text("评分表是空的", "The sheet is empty"), field="rows")
    columns = _columns(rules, rows[0])
    sheets: list[Sheet] = []
    facts: dict[str, dict[str, Fraction]] = {}
    recused: dict[str, set[str]] = {}
    out: dict[str, str] = {}
    for place, row in enumerate(rows[1:], start=2):
        cells = {kind: _cell(row, index) for index, kind in columns.items()}
        if all(value in UNSCORED for value in cells.values() if isinstance(value, str)):
            continue
        code, judge = _need(cells, "@entrant", place), _need(cells, "@judge", place)
        facts.setdefault(code, {})
        out[code] = out.get(code) or str(cells.get("@out") or "")
        recused.setdefault(code, set()).update(_names(str(cells.get("@recused") or "")))
        if STOOD_BACK in cells.values():
            recused[code].add(judge)
            continue
        marks = {
            kind: number(value, f"{kind}@{place}") for kind, value in cells.items() if not kind.startswith("@") and value not in UNSCORED
        }
        facts[code] |= {key[1:]: mark for key, mark in marks.items() if key.startswith("=")}
        sheets.append(Sheet(code, judge, {key: mark for key, mark in marks.items() if not key.startswith("=")}))
    people = [Entrant(code, facts[code], frozenset(recused[code]), out[code]) for code in facts]
    return _marks(people, sheets, [])


def _columns(rules: Rules, heads: Sequence[Any]) -> dict[int, str]:
    named = {one.key: one.key for one in rules.criteria} | {one.label: one.key for one in rules.criteria}
    columns: dict[int, str] = {}
    for index, head in enumerate(_name(one) for one in heads):
        if head in ENTRANT and "@entrant" not in columns.values():
            columns[index] = "@entrant"
        elif head in JUDGE:
            columns[index] = "@judge"
        elif head in OUT:
            columns[index] = "@out"
        elif head in RECUSED:
            columns[index] = "@recused"
        elif head in named:
            columns[index] = named[head]
        elif any(tie.by == head for tie in rules.ties):
            columns[index] = f"={head}"
    for kind, zh, en in (("@entrant", "选手", "entrant"), ("@judge", "评委", "judge")):
        if kind not in columns.values():
            raise Refused(Text(f"表头里没有“{zh}”列", f"The heading row has no column {en!r}"), field=en)
    missing = [one.label for one in rules.criteria if one.key not in columns.values()]
    if missing:
        raise Refused(
            Text(f"表头里没有这些评分项：{'、'.join(missing)}", f"The heading row lacks: {', '.join(missing)}"),
            field="rows",
        )
    return columns


def _cell(row: Sequence[Any], index: int) -> Any:
    value = row[index] if index < len(row) else None
    if value is None:
        return ""
    if isinstance(value, float):
        # a spreadsheet holds binary numbers; the shortest decimal that gives this one is what was typed
        return int(value) if value.is_integer() else Decimal(repr(value))
    return value.strip() if isinstance(value, str) else value


def _need(cells: Mapping[str, Any], kind: str, place: int) -> str:
    name = _name(cells[kind])
    if not name:
        zh, en = ("选手", "entrant") if kind == "@entrant" else ("评委", "judge")
        raise Refused(Text(f"第 {place} 行缺少{zh}", f"Row {place} lacks its {en}"), field=f"{en}@{place}")
    return name


def _name(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _names(text: str) -> list[str]:
    for mark in "，,；;":
        text = text.replace(mark, "、")
    return [one.strip() for one in text.split("、") if one.strip()]


def _marks(people: Iterable[Entrant], sheets: Sequence[Sheet], judges: Sequence[str]) -> Marks:
    known = tuple(people) or tuple(Entrant(code) for code in dict.fromkeys(sheet.entrant for sheet in sheets))
    if not known:
        raise Refused(Text("没有选手", "There are no entrants"), field="entrant")
    return Marks(known, tuple(sheets), tuple(dict.fromkeys([*judges, *(sheet.judge for sheet in sheets)])))
