"""import results | needs | experts | scores: lists previewed, brought in and taken back (导入名单)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongchuang.bank.passbook import person_called
from gongchuang.cli.output import show
from gongchuang.contests.lookup import contest_called
from gongchuang.excel import lists, reader
from gongchuang.excel.lists import KINDS, ListKind, Scope
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.text import Text
from gongchuang.people.lookup import the_city, unit_called

HELP = {
    "results": Text("单位的成果汇总表（xlsx、xls、csv）", "a unit's list of results (xlsx, xls, csv)"),
    "needs": Text("企业需求表（xlsx、xls、csv）", "a list of needs"),
    "experts": Text("专家表（xlsx、xls、csv）", "a list of experts"),
    "scores": Text("评分表，导入到正在评分的竞赛", "marks, into the open sheets of a contest"),
}


def add_to(what: Any) -> None:
    """One command for each kind of list, beside the roster's."""
    for key, help_ in HELP.items():
        command = what.add_parser(key, help=str(help_))
        command.add_argument("file", metavar="FILE", type=Path, nargs="?")
        if key == "scores":
            command.add_argument("--contest", metavar="NO", required=True, help=str(Text("竞赛编号", "the contest's number")))
        else:
            words = Text("单位的代码或名称", "the unit's code or name")
            command.add_argument("--org", metavar="UNIT", required=key == "results", help=str(words))
        command.add_argument(
            "--by",
            metavar="PERSON",
            required=True,
            help=str(Text("经办人：姓名、工号或标识", "who does it: name, work number or identifier")),
        )
        command.add_argument("--dry-run", action="store_true", help=str(Text("只预览，不写入", "preview only, write nothing")))
        if KINDS[key].take_back is not None:
            command.add_argument("--undo", metavar="ID", help=str(Text("撤销一次导入", "take an import back")))
        command.set_defaults(run=run, kind=key, undo=None)


def run(args: argparse.Namespace) -> int:
    kind, by = KINDS[args.kind], person_called(args.by)
    scope = _scope(args)
    if args.undo and kind.take_back is not None:
        kind.take_back(scope, args.undo, by, f"undo:{args.undo}")
        show(args, {"id": args.undo, "state": "undone"}, [Text("已撤销。", "Undone.")])
        return 0
    if args.file is None or not args.file.is_file():
        raise Refused(
            Text(f"找不到文件 {args.file or ''}。", f"There is no file {args.file or ''}."),
            cure=Text("请检查文件名和目录。", "Check the name and the folder."),
        )
    if not kind.may(by, scope):
        raise NotYours(kind.who)
    made = kind.examine(scope, reader.read(args.file), by)
    identity = ""
    if made.writable and not args.dry_run:
        identity = str(clock.new_uid())
        kind.bring_in(scope, made, identity, by, f"import:{identity}")
    data: dict[str, Any] = {**made.counts, "errors": made.errors()}
    show(args, data | ({"id": identity} if identity else {}), _lines(kind, data, identity))
    return 0 if made.writable or made.counts["same"] else 1


def _scope(args: argparse.Namespace) -> Scope:
    if args.kind == "scores":
        contest = contest_called(args.contest)
        if contest is None:
            raise Refused(Text(f"没有编号为 {args.contest} 的竞赛。", f"There is no contest {args.contest}."))
        return lists.Scope(contest.unit, contest)
    unit = unit_called(args.org) if args.org else the_city()
    if unit is None:
        raise Refused(Text(f"没有叫“{args.org}”的单位。", f"There is no unit “{args.org}”."), cure=Text("请用单位代码。", "Use its code."))
    return Scope(unit)


def _lines(kind: ListKind, data: dict[str, Any], identity: str) -> Iterator[str]:
    counts = Text(
        "新增 {new}  更新 {changed}  不变 {same}  有错 {wrong}  提醒 {reminders}",
        "new {new}  changed {changed}  same {same}  wrong {wrong}  reminders {reminders}",
    )
    yield str(counts.format(**data))
    for error in data["errors"]:
        place = Text("第 {row} 行", "row {row}").format(**error)
        yield f"{place}  {error['column']}  {error['found']}  {error['expected']}  {error['cure']}"
    if identity and kind.take_back is not None:
        yield str(Text(f"已导入。撤销：--undo {identity}", f"Imported. To take it back: --undo {identity}"))
    elif identity:
        yield str(Text(f"已导入。{kind.undo_words.zh}。", f"Imported. {kind.undo_words.en}."))
