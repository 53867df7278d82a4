"""Faces of rewards (奖励的页面): a policy tried on the last years, a result's instalments, the overlap of benefits."""

from __future__ import annotations

from typing import Any

from gongchuang.bank.credits import policy_on
from gongchuang.bank.models import Due
from gongchuang.bank.policy import POINTS, Cliff
from gongchuang.bank.rules import SEE_DUE
from gongchuang.kernel import clock, quantity
from gongchuang.kernel.text import Text
from gongchuang.people.posts import Holds
from gongchuang.results import overlap, rewards, rules, schedule, whatif
from gongchuang.results.models import Benefit
from gongchuang.web import faces

BOOKS = Holds("officer", "certifier", "auditor", "district", "city", over="unit")
SHOWN = 50

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
            "cliffs": [cliff_words(one) for one in found.cliffs if one.level_again_fen],
            "empty": Text("近三年还没有认证的效益。", "No benefit was certified in the last three years."),
        }
    }


def cliff_words(cliff: Cliff) -> Text:
    """Between the cliff and where it is level again, a bigger benefit pays less."""
    first, again = quantity.fen_text(cliff.at_fen), quantity.fen_text(cliff.level_again_fen or 0)
    return Text(
        f"效益在 {first} 元到 {again} 元之间时，得的比 {first} 元以下还少。",
        f"Between {first} and {again} yuan a benefit earns less than just below {first}.",
    )


def instalments(result: Any, person: Any) -> dict[str, Any]:
    """A result's dues by instalment, under every plan, as far as this person may see them."""
    rows = SEE_DUE.among(person, Due._default_manager.all())
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


@faces.of("benefits", "list")
def benefits(request: Any, _context: dict[str, Any]) -> dict[str, Any]:
    """Declared, and after overlap: a yuan counts once."""
    person = request.person
    if person is None:
        return {}
    certified = rules.SEE_BENEFIT.among(person, Benefit._default_manager.all()).certified()
    declared, counted = overlap.sums(certified)
    if not declared:
        return {}
    said = quantity.short_fen(declared, "zh"), quantity.short_fen(counted, "zh")
    english = quantity.short_fen(declared, "en"), quantity.short_fen(counted, "en")
    return {
        "intro": Text(
            f"已认证：申报 {said[0]} → 去重后 {said[1]}", f"Certified: {english[0]} declared → {english[1]} after overlap"
        )
    }
