"""score FILE --rules R.json: ranks from a score sheet with the arithmetic, without a database (算名次)."""

import argparse
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongchuang.cli.output import note, show
from gongchuang.contests import marksheet
from gongchuang.contests.mirror import mirror
from gongchuang.contests.scheme import Rules, read_rules, shown
from gongchuang.contests.scoring import Ranking, rank
from gongchuang.excel import reader
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text

LARGEST_JSON = 20 * 2**20


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "score",
        help=str(Text("由评分表算名次，不动数据库", "ranks from a score sheet and its rules, without touching the database")),
    )
    parser.add_argument("file", metavar="FILE", type=Path, help=str(Text("评分表：xlsx、csv 或 json", "marks: xlsx, csv or json")))
    parser.add_argument(
        "--rules",
        required=True,
        metavar="R.json",
        type=Path,
        help=str(Text("评分规则", "criteria, dropped marks, ties")),
    )
    parser.set_defaults(run=run, needs_city=False)


def run(options: argparse.Namespace) -> int:
    rules = read_rules(_object(options.rules))
    marks = read_marks(rules, options.file)
    ranking = rank(rules, marks.entrants, marks.sheets, marks.judges)
    show(options, as_data(rules, ranking), as_lines(rules, ranking))
    apart = sum(one.status == "partial" for one in ranking.standings)
    if apart:
        note(Text(f"{apart} 名选手评分不全，未排名次。", f"{apart} entrants are partial and not ranked."))
    return 0


def read_marks(rules: Rules, file: Path) -> marksheet.Marks:
    """The marks in a JSON file or a workbook; anything else is refused in plain words."""
    if file.suffix.lower() == ".json":
        return marksheet.read_json(rules, _json(file))
    if not file.is_file():
        raise Refused(Text(f"没有文件 {file.name}", f"There is no file {file.name}"), field=file.name)
    sheets = [sheet for sheet in reader.read(file) if not sheet.hidden and any(any(row) for row in sheet.rows)]
    if not sheets:
        raise Refused(Text("评分表是空的", "The sheet is empty"), field=file.name)
    return marksheet.read_rows(rules, sheets[0].rows)


def _json(file: Path) -> Any:
    try:
        if file.stat().st_size > LARGEST_JSON:
            raise Refused(Text(f"{file.name} 超过 20 MB", f"{file.name} is larger than 20 MB"), field=file.name)
        # decimals are read as they are written: a binary float would not be exact
        return json.loads(file.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as wrong:
        raise Refused(Text(f"打不开 {file.name}", f"{file.name} cannot be opened"), field=file.name) from wrong
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as wrong:
        raise Refused(Text(f"{file.name} 不是 JSON：{wrong}", f"{file.name} is not JSON: {wrong}"), field=file.name) from wrong


def _object(file: Path) -> dict[str, Any]:
    data = _json(file)
    if not isinstance(data, dict):
        raise Refused(Text(f"{file.name} 应是一个对象", f"{file.name} must be an object"), field=file.name)
    return data


def as_data(rules: Rules, ranking: Ranking) -> dict[str, Any]:
    """The ranking as JSON: shown numbers as text, exact totals as fractions, and the severity mirror beside them."""
    totals = {
        one.code: {judge: value for judge, value in one.by_judge.items() if value is not None}
        for one in ranking.standings
        if one.status == "ranked"
    }
    seen = mirror(totals)
    podium = {one.code for one in ranking.standings if one.rank and one.rank <= 3}
    return {
        "rules_version": ranking.rules_version,
        "marks_version": ranking.marks_version,
        "standings": [
            {
                "entrant": one.code,
                "status": one.status,
                "rank": one.rank,
                "total": None if one.total is None else shown(one.total, rules.places),
                "exact": None if one.total is None else str(one.total),
                "by_judge": {judge: None if value is None else shown(value, rules.places) for judge, value in one.by_judge.items()},
                "dropped": list(one.dropped),
                "arithmetic": one.arithmetic,
                "decided_by": one.decided_by,
                "why": [str(reason) for reason in one.why],
            }
            for one in ranking.standings
        ],
        "mirror": {
            "linked": seen.linked,
            "severities": [
                {"judge": one.judge, "points": shown(one.points, 2), "error": round(one.error, 2), "sheets": one.sheets}
                for one in seen.severities
            ],
            "medals_change": seen.linked and set(seen.top(len(podium))) != podium,
        },
    }


def as_lines(rules: Rules, ranking: Ranking) -> list[str]:
    """The ranking as lines of text: rank, entrant, total, arithmetic or reason."""
    lines = []
    for one in ranking.standings:
        place = str(one.rank) if one.rank else "—"
        total = "—" if one.total is None else shown(one.total, rules.places)
        lines.append(f"{place}\t{one.code}\t{total}\t{one.arithmetic or '；'.join(str(reason) for reason in one.why)}")
    return lines
