"""import results: an enterprise's own list of results, previewed, brought in and undone (导入成果)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongchuang.bank.passbook import person_called
from gongchuang.cli.output import show
from gongchuang.excel import reader
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text
from gongchuang.people.lookup import unit_called
from gongchuang.people.models import Unit
from gongchuang.results import intake, summary_sheet


def add_to(what: Any) -> None:
    """`import results`, beside the other imports."""
    command = what.add_parser("results", help=str(Text("单位的成果汇总表（xlsx、xls、csv）", "a unit's list of results (xlsx, xls, csv)")))
    command.add_argument("file", metavar="FILE", type=Path, nargs="?")
    command.add_argument("--org", metavar="UNIT", required=True, help=str(Text("单位的代码或名称", "the unit's code or name")))
    command.add_argument(
        "--by", metavar="PERSON", help=str(Text("经办人：姓名、工号或标识", "who does it: name, work number or identifier"))
    )
    command.add_argument("--dry-run", action="store_true", help=str(Text("只预览，不写入", "preview only, write nothing")))
    command.add_argument("--undo", metavar="ID", help=str(Text("撤销一次导入", "take an import back")))
    command.set_defaults(run=run_results)


def run_results(args: argparse.Namespace) -> int:
    unit = _unit(args.org)
    if args.undo:
        intake.undo(unit, identity=args.undo, by=_by(args), key=f"undo:{args.undo}")
        show(args, {"id": args.undo, "state": "undone"}, [str(Text("已撤销。", "Undone."))])
        return 0
    if args.file is None or not args.file.is_file():
        raise Refused(Text(f"找不到文件 {args.file or ''}。", f"There is no file {args.file or ''}."))
    sheets = reader.read(args.file)
    found = summary_sheet.find(sheets)
    if found is None:
        raise Refused(
            Text("没有找到“成果名称”和“完成人”这样的表头。", "No headings such as 成果名称 and 完成人 were found."),
            cure=Text("第一行写上这些表头，再导入。", "Write these headings in the first row."),
        )
    seen = intake.examine(unit, list(summary_sheet.drafts(sheets, found)))
    identity = ""
    if seen.new and not args.dry_run:
        identity = str(clock.new_uid())
        intake.bring_in(unit, identity=identity, rows=seen.new, by=_by(args), key=f"import:{identity}")
    data = _data(seen, found, identity)
    show(args, data, _lines(data))
    return 0 if seen.new or seen.same else 1


def _unit(said: str) -> Unit:
    unit = unit_called(said)
    if unit is None:
        raise Refused(Text(f"没有叫“{said}”的单位。", f"There is no unit “{said}”."), cure=Text("请用单位代码。", "Use its code."))
    return unit


def _by(args: argparse.Namespace) -> Any:
    if not args.by:
        raise Refused(Text("请用 --by 写明经办人。", "Name who does it with --by."), field="by")
    return person_called(args.by)


def _data(seen: intake.Examined, found: summary_sheet.Found, identity: str) -> dict[str, Any]:
    errors = [
        {
            "sheet": found.sheet,
            "row": draft.number,
            "column": fault.column,
            "found": fault.found,
            "expected": str(fault.expected),
            "cure": str(fault.cure),
            "group": fault.group,
        }
        for draft in seen.wrong
        for fault in draft.faults
    ]
    data: dict[str, Any] = {**seen.counts, "rows": sum(seen.counts[name] for name in ("new", "same", "wrong")), "errors": errors}
    return data | ({"id": identity} if identity else {})


def _lines(data: dict[str, Any]) -> Iterator[str]:
    yield str(
        Text(
            "新增 {new}  不变 {same}  有错 {wrong}  提醒 {reminders}", "new {new}  same {same}  wrong {wrong}  reminders {reminders}"
        ).format(**data)
    )
    for error in data["errors"]:
        place = Text("第 {row} 行", "row {row}").format(**error)
        yield f"{place}  {error['column']}  {error['found']}  {error['expected']}  {error['cure']}"
    if data.get("id"):
        yield str(Text(f"已导入。撤销：--undo {data['id']}", f"Imported. To take it back: --undo {data['id']}"))
