"""figures, figure, report, recount: every public number at the command line, with the records behind it (数字)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongchuang.cli.output import Encoder, note, show
from gongchuang.excel import writer
from gongchuang.indicators import export, handbook, reading, tally
from gongchuang.indicators.figure import Figure
from gongchuang.indicators.rules import OPERATOR
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.period import Period
from gongchuang.kernel.text import Text
from gongchuang.paper.report import report_pdf
from gongchuang.people.lookup import the_city, unit_called
from gongchuang.people.models import Unit
from gongchuang.report import documents, writing

COLUMNS = ["part", "table", "no", "unit_code", "on", "value"]


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    every = commands.add_parser("figures", help=str(Text("全部数字", "every figure")))
    _scope(every)
    every.add_argument("--handbook", action="store_true", help=str(Text("输出全部口径（docs/indicators.md）", "print all definitions")))
    every.set_defaults(run=run_figures)
    one = commands.add_parser("figure", help=str(Text("一个数字和它的明细", "one figure, and the records behind it")))
    one.add_argument("key", metavar="KEY")
    _scope(one)
    one.add_argument(
        "--list",
        metavar="OUT",
        type=Path,
        dest="out",
        help=str(Text("明细写到 .xlsx、.csv 或 .jsonl", "write the records to .xlsx, .csv or .jsonl")),
    )
    one.set_defaults(run=run_figure)
    told = commands.add_parser("report", help=str(Text("公开报告", "the public report")))
    told.add_argument("period", metavar="P", type=_period)
    told.add_argument("--unit", metavar="CODE", default="")
    told.add_argument("--format", choices=["docx", "pdf", "html", "json"], default="json")
    told.add_argument("-o", "--out", metavar="FILE", type=Path)
    told.set_defaults(run=run_report)
    again = commands.add_parser("recount", help=str(Text("由记录重新计数", "count again from the records")))
    again.set_defaults(run=run_recount)


def _scope(command: argparse.ArgumentParser) -> None:
    command.add_argument("--period", metavar="P", type=_period, default=None)
    command.add_argument("--unit", metavar="CODE", default="", help=str(Text("单位的代码或名称", "a unit's code or name")))


def _period(said: str) -> Period:
    try:
        return Period.parse(said)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def _unit(said: str) -> Unit:
    found = unit_called(said) if said else the_city()
    if found is None:
        raise Refused(
            Text(f"没有“{said}”这个单位。", f"There is no unit “{said}”."),
            cure=Text("请用单位的代码或全称。", "Use the unit's code or its exact name."),
        )
    return found


def run_figures(args: argparse.Namespace) -> int:
    if args.handbook:
        sys.stdout.write(handbook.page())
        return 0
    unit, period = _unit(args.unit), args.period or reading.default_period()
    tally.catch_up()
    found = reading.figures(unit, period, person=OPERATOR)
    show(args, export.figures_json(unit, period, found), (_line(one) for one in found))
    return 0


def run_figure(args: argparse.Namespace) -> int:
    unit, period = _unit(args.unit), args.period or reading.default_period()
    tally.catch_up()
    figure = reading.figure(args.key, unit, period, OPERATOR)
    if args.out is not None:
        count = _write_list(figure, args.out)
        note(Text(f"{args.out}：{count:,} 行", f"{args.out}: {count:,} lines"))
    show(args, figure.as_json(), _told(figure))
    return 0


def _line(figure: Figure) -> str:
    said = figure.exact if figure.has_value else f"— {figure.why}"
    return f"{figure.key}\t{figure.label}\t{said}\t{figure.definition.noun}\t{figure.span}\t{figure.badge}"


def _told(figure: Figure) -> Iterator[str]:
    yield _line(figure)
    for part in figure.parts:
        yield f"    {part.badge}\t{part.value:,}\t{part.record_count:,}"
    yield f"    {figure.definition.definition}"


def _write_list(figure: Figure, out: Path) -> int:
    rows = export.lines(figure, OPERATOR)
    kind = out.suffix.lower()
    if kind == ".jsonl":
        return _write_jsonl(out, rows)
    headings = [*COLUMNS, *(["role"] if figure.definition.kind == "ratio" else [])]
    cells = ([row.get(name, "") for name in headings] for row in rows)
    if kind == ".csv":
        lines = list(cells)
        out.write_bytes(writer.csv_of(headings, lines))
        return len(lines)
    if kind == ".xlsx":
        lines = list(cells)
        writer.xlsx_of(out, headings, lines, [], title=str(figure.label))
        return len(lines)
    raise Refused(
        Text(f"不认识 {out.suffix or out.name}。", f"{out.suffix or out.name} is no format of a list."),
        cure=Text("请用 .xlsx、.csv 或 .jsonl。", "Use .xlsx, .csv or .jsonl."),
    )


def _write_jsonl(out: Path, rows: Iterator[dict[str, Any]]) -> int:
    lines = 0
    with out.open("w", encoding="utf-8") as target:
        for row in rows:
            target.write(json.dumps(row, ensure_ascii=False) + "\n")
            lines += 1
    return lines


def run_report(args: argparse.Namespace) -> int:
    unit = _unit(args.unit)
    tally.catch_up()
    report = writing.write(unit, args.period, OPERATOR, args.lang)
    made = {"docx": documents.docx, "pdf": report_pdf, "html": documents.html, "json": _report_json}[args.format](report)
    if args.out is None:
        if args.format in {"docx", "pdf"}:
            raise Refused(Text("请用 -o 写明文件。", "Name a file with -o."))
        sys.stdout.write(made.decode() + "\n")
        return 0
    args.out.write_bytes(made)
    note(Text(f"已写入 {args.out}，{len(report.figures)} 个数字。", f"Wrote {args.out} with {len(report.figures)} figures."))
    return 0


def _report_json(report: writing.Report) -> bytes:
    return json.dumps(report.as_json(), ensure_ascii=False, indent=1, cls=Encoder).encode()


def run_recount(args: argparse.Namespace) -> int:
    facts = tally.recount()
    show(args, {"facts": facts}, [str(Text(f"已重新计数：{facts:,} 条。", f"Counted again: {facts:,} facts."))])
    return 0
