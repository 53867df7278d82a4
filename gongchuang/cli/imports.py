"""import: an enterprise's roster, previewed and brought in (导入)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongchuang.cli import list_imports
from gongchuang.cli.output import note, show
from gongchuang.excel import rosters
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text
from gongchuang.people import roster_staging
from gongchuang.people.imports import ImportRun
from gongchuang.people.lookup import unit_called
from gongchuang.people.models import Unit
from gongchuang.people.roster import BY_KEY
from gongchuang.people.roster_import import bring_in
from gongchuang.people.roster_match import Examination, examine
from gongchuang.people.roster_undo import undo_import
from gongchuang.people.roster_words import title_of
from gongchuang.people.unit import ENTERPRISE

SHOWN = 10  # errors of one group that are listed as text; --json lists them all


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("import", help=str(Text("导入花名册", "bring in a roster")))
    what = command.add_subparsers(dest="what", metavar="WHAT", required=True, parser_class=type(command))
    people = what.add_parser("people", help=str(Text("单位的花名册（xlsx、xls、csv）", "a unit's roster (xlsx, xls, csv)")))
    people.add_argument("file", metavar="FILE", type=Path)
    people.add_argument("--org", metavar="UNIT", required=True, help=str(Text("单位的代码或名称", "the unit's code or name")))
    people.add_argument("--dry-run", action="store_true", help=str(Text("只预览，不写入", "preview only, write nothing")))
    people.add_argument(
        "--mapping",
        metavar="M",
        help=str(Text("列的对应：JSON 文件，或 表头=项,B=work_no", "columns: a JSON file, or HEADING=ITEM,B=work_no")),
    )
    people.add_argument(
        "--make-units",
        action="store_true",
        help=str(Text("没有的部门和班组一并新建", "make departments and teams that do not exist")),
    )
    people.set_defaults(run=run_people)
    list_imports.add_to(what)
    undo = what.add_parser("undo", help=str(Text("撤销一次导入（7 天内）", "take an import back (within 7 days)")))
    undo.add_argument("id", metavar="ID")
    undo.set_defaults(run=run_undo)


def run_people(args: argparse.Namespace) -> int:
    unit = _unit(args.org)
    if not args.file.is_file():
        raise Refused(
            Text(f"找不到文件 {args.file}。", f"There is no file {args.file}."),
            cure=Text("请检查文件名和目录。", "Check the name and the folder."),
        )
    roster = rosters.open_roster(args.file, unit, chosen=_mapping(args.mapping))
    roster.found.require_enough()
    if args.dry_run:
        found = examine(unit, roster.mapped(), today=clock.today())
        if args.make_units and (repairs := _makeable(found)):
            found = examine(unit, roster.mapped(), today=clock.today(), repairs=repairs)
        _show(args, found, roster, "")
        return _exit(found)
    if begun := roster_staging.unfinished(unit, roster.digest):
        return _go_on(args, begun)
    run = rosters.stage(roster, unit, by=None)
    found = roster_staging.preview(run)
    if args.make_units and _makeable(found):
        found = roster_staging.make_all(run)
    roster_staging.remember(run)
    identity = ""
    if found.counts["new"] + found.counts["changed"]:
        if sys.stderr.isatty():
            note(Text(f"正在导入 {run.importable} 人 …", f"Importing {run.importable} persons …"))
        bring_in(run, by=None)
        identity = run.ref
    _show(args, found, roster, identity)
    return _exit(found)


def _go_on(args: argparse.Namespace, run: ImportRun) -> int:
    """The same file again after it was broken off between two batches: the import goes on, nothing begins anew."""
    note(
        Text(
            f"接着上次：已写入 {run.written:,} / {run.importable:,} 人。",
            f"Going on: {run.written:,} of {run.importable:,} persons are in.",
        )
    )
    run = bring_in(run, by=None)
    data = {**run.counts, "errors": roster_staging.errors_of(run), "id": run.ref}
    lines = [
        str(
            Text(
                "新增 {new:,}  更新 {changed:,}  不变 {same:,}  有错 {wrong:,}",
                "new {new:,}  changed {changed:,}  same {same:,}  wrong {wrong:,}",
            ).format(**run.counts)
        )
    ]
    show(args, data, [*lines, str(_undo_words(run.ref))])
    return 0


def run_undo(args: argparse.Namespace) -> int:
    run = roster_staging.run_by_ref(args.id)
    if run is None:
        raise Refused(Text(f"没有编号为 {args.id} 的导入。", f"There is no import {args.id}."))
    undone = undo_import(run, by=None, key=f"roster-undo:{run.uid}")
    kept = undone.kept
    lines = [str(Text("已撤销。", "Undone."))]
    if kept:
        lines.append(str(Text(f"{kept} 人后来有了记录，保留。", f"{kept} persons have records since and stay.")))
    show(args, {"id": undone.ref, "state": undone.state, "kept": kept}, lines)
    return 0


def _unit(said: str) -> Unit:
    unit = unit_called(said)
    if unit is None:
        raise Refused(
            Text(f"没有叫“{said}”的单位。", f"There is no unit “{said}”."),
            cure=Text("请写单位的代码，或与系统里完全相同的名称。", "Give its code, or its exact name."),
        )
    if unit.level < ENTERPRISE:
        raise Refused(
            Text(f"“{unit}”不是企业、机关或院校。", f"“{unit}” is no enterprise, public body or school."),
            cure=Text("花名册要导入到用人单位。", "A roster belongs to an employer."),
        )
    return unit


def _mapping(said: str | None) -> dict[str, str]:
    """{heading or letter: item} from a JSON file or from HEADING=ITEM,…"""
    if not said:
        return {}
    try:
        if Path(said).is_file():
            found = json.loads(Path(said).read_text(encoding="utf-8-sig"))
        elif said.lstrip().startswith("{"):
            found = json.loads(said)
        else:
            found = dict(part.split("=", 1) for part in said.split(",") if part.strip())
        return {str(heading).strip(): str(key or "").strip() for heading, key in found.items()}
    except (ValueError, AttributeError, OSError) as error:
        raise Refused(
            Text("看不懂 --mapping。", "--mapping is not understood."),
            cure=Text(
                f"写成 表头=项,表头=项，或一个 JSON 文件；项有：{', '.join(BY_KEY)}",
                f"Write HEADING=ITEM,HEADING=ITEM or name a JSON file; items: {', '.join(BY_KEY)}",
            ),
        ) from error


def _makeable(found: Examination) -> dict[str, dict[str, str]]:
    return {group.key: {"do": "create"} for group in found.groups if "create" in group.repairs}


def _exit(found: Examination) -> int:
    """1 only if nothing could be imported: not one row is right."""
    counts = found.counts
    return 0 if counts["new"] + counts["changed"] + counts["same"] else 1


def _errors(found: Examination, roster: rosters.RosterFile) -> list[dict[str, Any]]:
    headings = roster.headings()
    return [
        {
            "sheet": roster.found.sheet,
            "row": one.number,
            "column": headings.get(fault.column) or str(BY_KEY[fault.column].label),
            "found": fault.found,
            "expected": str(fault.problem.expected),
            "cure": str(fault.problem.cure),
            "group": fault.problem.group,
        }
        for one in found.rows
        for fault in one.row.faults
    ]


def _show(args: argparse.Namespace, found: Examination, roster: rosters.RosterFile, identity: str) -> None:
    errors = _errors(found, roster)
    data: dict[str, Any] = {**found.counts, "rows": len(found.rows), "errors": errors}
    if identity:
        data |= {"id": identity}
    show(args, data, _lines(found, roster, errors, identity, is_dry=args.dry_run))


def _lines(found: Examination, roster: rosters.RosterFile, errors: list[dict[str, Any]], identity: str, *, is_dry: bool) -> Iterator[str]:
    counts = found.counts
    head = roster.found.head
    yield str(
        Text(
            f"{roster.name} · 工作表“{roster.found.sheet}” · 表头第 {head} 行 · {len(found.rows):,} 行",
            f"{roster.name} · sheet “{roster.found.sheet}” · headings in row {head} · {len(found.rows):,} rows",
        )
    )
    yield str(
        Text(
            "新增 {new:,}  更新 {changed:,}  不变 {same:,}  有错 {wrong:,}  提醒 {reminders:,}",
            "new {new:,}  changed {changed:,}  same {same:,}  wrong {wrong:,}  reminders {reminders:,}",
        ).format(**counts)
    )
    for group in found.groups:
        mine = [error for error in errors if error["group"] == group.key]
        yield ""
        yield f"{title_of(group.key)}  {Text(f'{len(group.rows)} 行', f'{len(group.rows)} rows')}  {group.problem.cure}"
        for error in mine[:SHOWN]:
            yield f"  {Text('第 {row} 行', 'row {row}').format(**error)}  {error['column']}  {error['found']}"
        if len(mine) > SHOWN:
            yield f"  … {Text(f'还有 {len(mine) - SHOWN} 行', f'{len(mine) - SHOWN} more')}"
    yield ""
    if is_dry:
        yield str(Text("只是预览，没有写入任何一行。", "A preview: nothing was written."))
    elif identity:
        yield str(_undo_words(identity))
    else:
        yield str(Text("没有要写入的行。", "There was nothing to write."))


def _undo_words(identity: str) -> Text:
    return Text(
        f"已导入。7 天内可撤销：gongchuang import undo {identity}",
        f"Imported. To take it back within 7 days: gongchuang import undo {identity}",
    )
