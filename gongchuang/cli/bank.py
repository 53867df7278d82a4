"""bank settle, bank statement: the year's redemption, and a passbook (创新银行)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongchuang.bank import passbook, settlement
from gongchuang.bank.models import Settlement
from gongchuang.cli.output import note, show
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.period import Period
from gongchuang.kernel.quantity import count_text, fen_text
from gongchuang.kernel.text import Text
from gongchuang.paper.statement import statement_pdf
from gongchuang.people.lookup import unit_called
from gongchuang.people.models import Unit


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("bank", help=str(Text("创新银行：年终兑现、对账单", "the bank: redemption, statements")))
    what = command.add_subparsers(dest="what", metavar="WHAT", required=True, parser_class=type(command))
    settle = what.add_parser("settle", help=str(Text("年终兑现建单，重复办理不变", "list a year's redemption; idempotent")))
    settle.add_argument("--org", metavar="CODE", required=True, help=str(Text("单位的代码或名称", "the unit's code or name")))
    settle.add_argument("--period", metavar="P", required=True, help=str(Text("年度，如 2025", "the year, such as 2025")))
    settle.add_argument("--dry-run", action="store_true", help=str(Text("只试算，不写入", "preview only, write nothing")))
    settle.set_defaults(run=run_settle)
    statement = what.add_parser("statement", help=str(Text("一名职工的存折", "a worker's passbook")))
    statement.add_argument("person", metavar="PERSON", help=str(Text("姓名、工号或标识", "name, work number or identifier")))
    statement.add_argument("--period", metavar="P", help=str(Text("期间，默认今年", "the period; this year by default")))
    statement.add_argument("--pdf", metavar="FILE", type=Path, help=str(Text("写成 PDF", "write it as PDF")))
    statement.set_defaults(run=run_statement)


def run_settle(args: argparse.Namespace) -> int:
    unit, period = _unit(args.org), _period(args.period)
    made = settlement.settlement_of(unit, period)
    if made is None and args.dry_run:
        seen = settlement.preview(unit, period)
        rows = [_line(str(line.account.person), line.account.number, line.points, line.amount_fen) for line in seen.lines]
        data = _settlement(unit, period, "", "preview", seen.fen_for_point, rows)
    else:
        # A command makes the list; approving and paying it are acts of two persons.
        made = made or settlement.settle(unit, period=str(period), by=None, key=f"settle:{unit.uid}:{period}")
        data = _settlement(unit, period, made.no, made.state, made.fen_for_point, _lines(made))
    show(args, data, _said(data))
    if not args.dry_run and data["state"] == "preview":
        note(Text("下一步：由另外两人审批、发放。", "Next: two other persons approve and pay it."))
    return 0


def _lines(made: Settlement) -> list[dict[str, Any]]:
    rows = made.lines.select_related("person", "account").order_by("pk")
    return [_line(line.person.name, line.account.number, line.points, line.amount_fen) for line in rows]


def _line(name: str, account: str, points: int, amount_fen: int) -> dict[str, Any]:
    return {"name": name, "account": account, "points": points, "amount_fen": amount_fen}


def _settlement(unit: Unit, period: Period, number: str, state: str, price: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "no": number,
        "unit": unit.name,
        "unit_code": unit.code,
        "period": str(period),
        "state": state,
        "fen_for_point": price,
        "persons": len(rows),
        "points": sum(row["points"] for row in rows),
        "amount_fen": sum(row["amount_fen"] for row in rows),
        "lines": rows,
    }


def _said(data: dict[str, Any]) -> Iterator[str]:
    for row in data["lines"]:
        yield f"{row['account']}\t{row['name']}\t{count_text(row['points'])}\t{fen_text(row['amount_fen'])}"
    total = f"{count_text(data['points'])}\t{fen_text(data['amount_fen'])}"
    yield f"{Text('合计', 'Total')}\t{data['persons']}\t{total}\t{data['no']} {data['state']}".rstrip()


def run_statement(args: argparse.Namespace) -> int:
    person = passbook.person_called(args.person)
    period = _period(args.period) if args.period else Period.year(clock.today().year)
    if args.pdf:
        _write_pdf(args.pdf, person, period)
    data = passbook.passbook(person, period)
    if not data["accounts"]:
        note(Text(f"{person} 还没有账户。", f"{person} has no account yet."))
    show(args, data, _book(data))
    return 0


def _write_pdf(file: Path, person: Any, period: Period) -> None:
    accounts = passbook.accounts_of(person)
    if not accounts:
        raise Refused(Text(f"{person} 还没有账户。", f"{person} has no account yet."))
    try:
        file.write_bytes(statement_pdf(accounts[-1], period, reader=person))
    except OSError as wrong:
        raise Refused(Text(f"写不了文件 {file}。", f"The file {file} cannot be written.")) from wrong
    note(Text(f"已写 {file}。", f"Written: {file}."))


def _book(data: dict[str, Any]) -> Iterator[str]:
    for account in data["accounts"]:
        yield f"{data['name']}  {account['unit']}  {account['account']}"
        yield f"{Text('期初', 'Opening')}\t\t\t{count_text(account['opening'])}"
        for entry in account["entries"]:
            yield f"{entry['on']}\t{entry['about']} {entry['ref']}\t{entry['amount']:+,}\t{count_text(entry['balance'])}"
        yield f"{Text('期末', 'Closing')}\t\t\t{count_text(account['closing'])}"
    for due in data["dues"]:
        amount = "" if due["amount_fen"] is None else fen_text(due["amount_fen"])
        yield f"{due['no']}\t{due['about']}\t{amount}\t{due['paid_on'] or due['due_on']}\t{due['state']}"


def _unit(said: str) -> Unit:
    unit = unit_called(said)
    if unit is None:
        raise Refused(Text(f"没有叫“{said}”的单位。", f"There is no unit “{said}”."), cure=Text("请用单位代码。", "Use its code."))
    return unit


def _period(said: str) -> Period:
    try:
        return Period.parse(said)
    except ValueError as wrong:
        raise Refused(Text(f"“{said}”不是期间，写成 2025 这样。", str(wrong))) from None
