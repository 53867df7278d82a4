"""Faces of rewards (奖励的页面): a policy tried on the last years, a result's instalments, the overlap of benefits."""

from __future__ import annotations

from typing import Any

from gongchuang.bank import ledger
from gongchuang.bank.credits import policy_on
from gongchuang.bank.models import POINT, Due
from gongchuang.bank.policy import POINTS
from gongchuang.bank.rules import SEE_DUE
from gongchuang.kernel import clock, quantity
from gongchuang.kernel.period import Period
from gongchuang.kernel.text import Text
from gongchuang.people.posts import Holds
from gongchuang.results import overlap, rewards, rules, schedule, whatif
from gongchuang.results.models import Benefit
from gongchuang.web import batch, faces, passbook

BOOKS = Holds("officer", "certifier", "auditor", "district", "city", over="unit")
SHOWN = 20
LINES = 200

COLUMNS = {
    "result": Text("成果", "Result"),
    "benefits": Text("近三年认证效益（元）", "Certified, last three years (CNY)"),
    "now": Text("按现行规则（元）", "By the rule in force (CNY)"),
    "tried": Text("按这一版（元）", "By this version (CNY)"),
    "points": Text("积分", "Points"),
    "total": Text("合计", "Total"),
}


@faces.of("policies", "record")
def policy(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """What-if: this version on the unit's own last three years, beside the one in force; and where it would cliff."""
    record, person = context["record"], request.person
    if person is None or not BOOKS.holds(person, record):
        return {}
    same = rewards.money_policy_on(record.unit, clock.today())
    now = policy_on(record.unit, POINTS, clock.today()) if record.plan == POINTS else same
    found = whatif.trial(record.unit, record.terms(), now.terms() if now is not None and now != record else None)
    rows = [
        {
            "no": row.no,
            "title": row.title,
            "address": f"/results/{row.no}/",
            "benefits": " · ".join(quantity.fen_text(fen) for fen in row.benefits_fen),
            "now": row.now_fen,
            "tried": row.tried_fen,
            "points": row.tried_points,
        }
        for row in sorted(found.rows, key=lambda row: (-row.tried_fen, -row.tried_points, row.no))
    ]
    return {
        "trial": {
            "title": Text("试算：用在近三年的成果上", "What if: on the last three years' results"),
            "columns": COLUMNS,
            "rows": rows[:SHOWN],
            "more": len(rows) - SHOWN if len(rows) > SHOWN else 0,
            "tried_fen": found.tried_fen,
            "now_fen": found.now_fen,
            "points": sum(row.tried_points for row in found.rows),
            "is_points": record.plan == POINTS,
            "warnings": [Text(one.zh, one.en) for one in found.warnings],
            "is_new": now is not None and now != record,
            "empty": Text("近三年还没有认证的效益。", "No benefit was certified in the last three years."),
        }
    }


def instalments(request: Any, result: Any) -> dict[str, Any]:
    """A result's dues by instalment, under every plan, as far as this person may see them."""
    rows = SEE_DUE.among(request.person, Due._default_manager.all())
    found = schedule.schedule(result, rows)
    if not found.instalments:
        return {}
    return {
        "schedule": {
            "title": Text("奖励计划", "Rewards by instalment"),
            "rows": found.instalments,
            "owed_fen": found.owed_fen,
            "paid_fen": found.paid_fen,
            "columns": {
                "year": Text("年度", "Year"),
                "kind": Text("类别", "Kind"),
                "policy": Text("规则", "Rule"),
                "due_on": Text("到期日", "Due on"),
                "amount": Text("金额（元）", "Amount (CNY)"),
                "state": Text("状态", "State"),
                "total": Text("应付合计", "Owed in all"),
                "paid": Text("已发放", "Paid"),
                "open": Text("待当年利润", "waits for the profit"),
            },
        }
    }


@faces.of("settlements", "record")
def settlement(_request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """Who is on the year's list, with what: the totals are its lines'."""
    lines = context["record"].lines.select_related("person", "account").order_by("-points", "pk")
    return {
        "lines": lines[:LINES],
        "more": max(0, context["record"].persons - LINES),
        "columns": {
            "title": Text("兑现名单", "The list"),
            "person": Text("职工", "Worker"),
            "account": Text("户号", "Account"),
            "points": Text("积分", "Points"),
            "amount": Text("金额（元）", "Amount (CNY)"),
            "total": Text("合计", "Total"),
        },
    }


@faces.of("accounts", "record")
def account(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """This year's statement of one account, newest first, with what will expire and the paper."""
    record = context["record"]
    said = ledger.statement(record, Period.year(clock.today().year))
    return {
        "entries": [passbook.entry(one, request.person) for one in reversed(said.entries[-LINES:])],
        "opening": said.opening,
        "is_points": record.currency == POINT,
        "expiring": batch.of(request)(ledger.coming_expiries(record)) if record.kind == "worker" else [],
        "paper": f"/paper/statement.pdf?account={record.ref}",
        "columns": {
            "title": Text(f"{clock.today().year} 年明细", f"Entries of {clock.today().year}"),
            "paper": Text("打印对账单", "Print the statement"),
            "opening": Text("上年结转", "Carried over"),
            "expiring": Text("将到期", "To expire"),
            "empty": Text("今年还没有账目。", "No entries this year."),
            "on": Text("日期", "Date"),
            "what": Text("事项", "What"),
            "about": Text("事由", "For"),
            "amount": Text("数额", "Amount"),
            "balance": Text("余额", "Balance"),
        },
    }


@faces.of("benefits", "list")
def benefits(request: Any, _context: dict[str, Any]) -> dict[str, Any]:
    """Declared, and after overlap: a yuan counts once."""
    person = request.person
    if person is None:
        return {}
    certified: Any = rules.SEE_BENEFIT.among(person, Benefit._default_manager.certified())
    declared, counted = overlap.sums(certified)
    if not declared:
        return {}
    said = quantity.short_fen(declared, "zh"), quantity.short_fen(counted, "zh")
    english = quantity.short_fen(declared, "en"), quantity.short_fen(counted, "en")
    return {"intro": Text(f"已认证：申报 {said[0]} → 去重后 {said[1]}", f"Certified: {english[0]} declared → {english[1]} after overlap")}
