"""How the bank's records are shown, in every door."""

from __future__ import annotations

from typing import Any

from gongchuang.bank.models import ACCOUNT_KINDS, CNY, CURRENCIES, DUE_KINDS, PLANS, WHAT
from gongchuang.kernel.quantity import count_text, fen_text, percent_text
from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Text


def _amount(value: int | None, currency: str) -> str:
    if value is None:
        return ""
    return fen_text(value) if currency == CNY else count_text(value)


ACCOUNTS = Table(
    [
        Column("number", Text("户号", "Account"), kind="code", link=True),
        Column("person", Text("职工", "Worker"), kind="person"),
        Column("unit", Text("单位", "Unit"), kind="unit"),
        Column("kind", Text("账户", "Kind"), get=lambda row: ACCOUNT_KINDS.label(row.kind)),
        Column("balance", Text("余额", "Balance"), get=lambda row: _amount(row.balance, row.currency)),
        Column("currency", Text("单位", "In"), get=lambda row: CURRENCIES.label(row.currency)),
    ],
    order=("-pk",),
    joins=("unit", "person__unit"),
)
TRANSFERS = Table(
    [
        Column("on", Text("日期", "Date"), kind="date"),
        Column("what", Text("事项", "What"), get=lambda row: WHAT.label(row.what), link=True),
        Column("about", Text("事由", "For")),
        Column("about_ref", Text("编号", "No."), kind="code"),
        Column("debit", Text("出自", "From"), get=lambda row: _account(row.debit)),
        Column("credit", Text("存入", "To"), get=lambda row: _account(row.credit)),
        Column("amount", Text("数额", "Amount"), get=lambda row: _amount(row.amount, row.currency)),
        Column("currency", Text("单位", "In"), get=lambda row: CURRENCIES.label(row.currency)),
        Column("policy", Text("规则", "Rule"), get=lambda row: row.policy.label_no if row.policy_id else ""),
    ],
    order=("-on", "-pk"),
    joins=("debit__unit", "debit__person", "credit__unit", "credit__person", "policy", "unit"),
)


def _account(account: Any) -> str:
    who = account.person.masked_name if account.person_id else str(account.unit)
    return f"{who} · {ACCOUNT_KINDS.label(account.kind)}"


def terms(policy: Any) -> str:
    """A version's terms in one line, from its prefetched bands and points."""
    bands = sorted((band.from_fen, band.rate_bp) for band in policy.bands.all())
    said = [f"{Text('从', 'from')} {fen_text(start)}: {percent_text(rate)}" for start, rate in bands]
    if policy.lump_fen:
        said.insert(0, f"{fen_text(policy.lump_fen)} {Text('元一次', 'yuan once')}")
    if policy.years > 1:
        said.append(str(Text(f"连续 {policy.years} 年", f"for {policy.years} years")))
    if policy.fen_per_point:
        said.append(str(Text(f"每 {fen_text(policy.fen_per_point)} 元 1 分", f"1 point for {fen_text(policy.fen_per_point)} yuan")))
    if policy.fen_for_point:
        said.append(str(Text(f"1 分兑 {fen_text(policy.fen_for_point)} 元", f"{fen_text(policy.fen_for_point)} yuan for a point")))
    return "；".join(said)


POLICIES = Table(
    [
        Column("no", Text("编号", "No."), kind="code"),
        Column("name", Text("名称", "Name"), link=True, public=True),
        Column("plan", Text("方式", "Plan"), get=lambda row: PLANS.label(row.plan), public=True),
        Column("version", Text("版本", "Version"), get="label_no", public=True),
        Column("terms", Text("条款", "Terms"), get=terms, public=True),
        Column("unit", Text("单位", "Unit"), kind="unit", public=True),
        Column("from_on", Text("生效日期", "In force from"), kind="date", public=True),
        Column("document_no", Text("文号", "Document"), public=True),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    order=("-pk",),
    joins=("unit", "made_by__unit"),
    prefetch=("bands", "points"),
)
DUES = Table(
    [
        Column("no", Text("编号", "No."), kind="code"),
        Column("about", Text("事由", "For"), link=True),
        Column("kind", Text("类别", "Kind"), get=lambda row: DUE_KINDS.label(row.kind)),
        Column("person", Text("领取人", "Payee"), kind="person"),
        Column("payee_unit", Text("领取集体", "Team"), kind="unit"),
        Column("year", Text("年度", "Year"), kind="number"),
        Column("share_bp", Text("份额", "Share"), kind="percent_bp"),
        Column("amount_fen", Text("金额", "Amount"), kind="money", total=True),
        Column("due_on", Text("到期日", "Due on"), kind="date"),
        Column("paid_on", Text("发放日期", "Paid on"), kind="date"),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    order=("-pk",),
    joins=("unit", "person__unit", "payee_unit", "policy", "approved_by__unit"),
)
DUE_FACTS = [
    *DUES.columns[2:10],
    Column("working", Text("怎么算的", "How it was reckoned")),
    Column("base_fen", Text("计算基数", "Basis"), kind="money"),
    Column("policy", Text("规则", "Rule"), get=lambda row: str(row.policy) if row.policy_id else ""),
    Column("approved_by", Text("审批人", "Approved by"), kind="person"),
    Column("voucher_no", Text("凭证号", "Voucher")),
]
SETTLEMENTS = Table(
    [
        Column("no", Text("编号", "No."), kind="code", link=True),
        Column("unit", Text("单位", "Unit"), kind="unit"),
        Column("period", Text("年度", "Year")),
        Column("persons", Text("人数", "Persons"), kind="number", total=True),
        Column("points", Text("积分", "Points"), kind="number", total=True),
        Column("fen_for_point", Text("每分（元）", "A point (yuan)"), kind="money"),
        Column("amount_fen", Text("金额", "Amount"), kind="money", total=True),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    order=("-pk",),
    joins=("unit", "made_by__unit", "approved_by__unit"),
)
SETTLEMENT_FACTS = [
    *SETTLEMENTS.columns[1:7],
    Column("made_by", Text("制单人", "Made by"), kind="person"),
    Column("approved_by", Text("审批人", "Approved by"), kind="person"),
]
