"""import needs | experts: the matchmaker's lists, previewed, brought in and taken back (导入需求、专家)."""

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
from gongchuang.matchmaker import sheets
from gongchuang.people.lookup import the_city, unit_called

KINDS = {"needs": Text("企业需求表（xlsx、xls、csv）", "a list of needs"), "experts": Text("专家表（xlsx、xls、csv）", "a list of experts")}


def add_to(what: Any) -> None:
    """`import needs` and `import experts`, beside the other imports."""
    for kind, help_ in KINDS.items():
        command = what.add_parser(kind, help=str(help_))
        command.add_argument("file", metavar="FILE", type=Path, nargs="?")
        command.add_argument("--org", metavar="UNIT", help=str(Text("入库的工会，默认全市", "the federation, the city if not said")))
        command.add_argument(
            "--by", metavar="PERSON", required=True, help=str(Text("经办人：姓名或工号", "who does it: name or work number"))
        )
        command.add_argument("--dry-run", action="store_true", help=str(Text("只预览，不写入", "preview only, write nothing")))
        command.add_argument("--undo", metavar="ID", help=str(Text("撤销一次导入", "take an import back")))
        command.set_defaults(run=run, kind=kind)


def run(args: argparse.Namespace) -> int:
    by = person_called(args.by)
    if args.undo:
        sheets.take_back(args.kind, identity=args.undo, by=by, key=f"undo:{args.undo}")
        show(args, {"id": args.undo, "state": "undone"}, [Text("已撤销。", "Undone.")])
        return 0
    if args.file is None or not args.file.is_file():
        raise Refused(
            Text(f"找不到文件 {args.file or ''}。", f"There is no file {args.file or ''}."),
            cure=Text("请检查文件名和目录。", "Check the name and the folder."),
        )
    unit = unit_called(args.org) if args.org else the_city()
    if unit is None:
        raise Refused(Text(f"没有叫“{args.org}”的单位。", f"There is no unit “{args.org}”."), cure=Text("请用单位代码。", "Use its code."))
    found, rows = sheets.examine(args.kind, reader.read(args.file), by, unit)
    new = [row.cleaned for row in rows if not row.faults and not row.is_same]
    identity = ""
    if new and not args.dry_run:
        identity = str(clock.new_uid())
        sheets.bring_in(args.kind, rows=new, identity=identity, by=by, key=f"import:{identity}")
    data = as_data(found, rows, identity)
    show(args, data, as_lines(data))
    return 0 if data["new"] + data["same"] else 1


def as_data(found: sheets.Found, rows: list[sheets.Row], identity: str) -> dict[str, Any]:
    errors = [
        {
            "sheet": found.sheet, "row": row.number, "column": fault.column, "found": fault.found, "expected": fault.expected,
            "cure": str(fault.cure), "group": fault.column,
        }
        for row in rows
        for fault in row.faults
    ]  # fmt: skip
    wrong, same = sum(bool(row.faults) for row in rows), sum(row.is_same for row in rows)
    data: dict[str, Any] = {
        "new": len(rows) - wrong - same, "changed": 0, "same": same, "wrong": wrong, "reminders": 0, "rows": len(rows), "errors": errors,
    }  # fmt: skip
    return data | ({"id": identity} if identity else {})


def as_lines(data: dict[str, Any]) -> Iterator[str]:
    yield str(Text("新增 {new}  不变 {same}  有错 {wrong}", "new {new}  same {same}  wrong {wrong}").format(**data))
    for error in data["errors"]:
        yield f"{Text('第 {row} 行', 'row {row}').format(**error)}  {error['column']}  {error['found']}  {error['expected']}"
    if data.get("id"):
        yield str(Text(f"已导入。撤销：--undo {data['id']}", f"Imported. To take it back: --undo {data['id']}"))
