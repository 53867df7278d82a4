"""The bank statement on paper (对账单): a worker's points of a period, and the money owed and paid beside them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from gongchuang.bank import ledger
from gongchuang.bank.models import CNY, DUE_KINDS, POINT, WHAT, Account, Due
from gongchuang.bank.rules import SEE_ACCOUNT, SEE_DUE
from gongchuang.kernel import clock
from gongchuang.kernel.period import Period
from gongchuang.kernel.quantity import count_text, fen_text
from gongchuang.kernel.text import Text
from gongchuang.paper.typesetter import pdf
from gongchuang.people.models import Person


def own_accounts(person: Person) -> Any:
    """A person's own accounts of points, the newest first."""
    rows = SEE_ACCOUNT.among(person, Account._default_manager.all())
    return rows.filter(person=person, kind="worker", currency=POINT).select_related("unit", "person").order_by("-pk")


def account_for(person: Person, ref: str) -> Account | None:
    """The account at an address if this person may see it; without one, the person's own latest."""
    if not ref:
        return own_accounts(person).first()
    try:
        rows: Any = SEE_ACCOUNT.among(person, Account._default_manager.select_related("unit", "person"))
        return rows.filter(uid=UUID(ref)).first()
    except ValueError:  # no identifier at all: the same as a foreign one
        return None


def statement_pdf(account: Account, period: Period, *, reader: Person) -> bytes:
    """The statement as PDF, in the reader's language."""
    return pdf("statement.typ", statement_data(account, period, reader=reader))


def statement_data(account: Account, period: Period, *, reader: Person) -> dict[str, Any]:
    """Everything the paper says, as plain texts; opening + rows = closing."""
    said = ledger.statement(account, period)
    amount = fen_text if account.currency == CNY else count_text
    unit_word = str(Text("元", "CNY") if account.currency == CNY else Text("积分", "points"))
    owner = str(account.person or account.unit)
    return {
        "lang": "en" if (get_language() or "zh").startswith("en") else "zh",
        "city": str(Text("职工创新银行", "Workers' innovation bank")),
        "title": str(Text(f"{owner} 对账单", f"Statement of {owner}")),
        "facts": [
            [str(Text("户号", "Account")), account.number],
            [str(Text("单位", "Unit")), account.unit.name],
            [str(Text("期间", "Period")), period.label],
            [str(Text("计量", "In")), unit_word],
        ],
        "sums": [
            [str(Text("期初", "Opening")), amount(said.opening)],
            [str(Text("存入", "In")), amount(said.came_in)],
            [str(Text("支出", "Out")), amount(said.went_out)],
            [str(Text("期末", "Closing")), amount(said.closing)],
        ],
        "heads": [str(head) for head in HEADS],
        "rows": [_row(entry, amount) for entry in said.entries],
        "empty": str(Text("本期没有账目。", "No entries in this period.")),
        "dues_title": str(Text("奖励", "Rewards")),
        "due_heads": [str(head) for head in DUE_HEADS],
        "dues": [_due(due) for due in _dues(account, period, reader)],
        "note": str(
            Text(
                "存取先用最早的积分。任何一笔都不改、不删，错了另记一笔冲正。",
                "Debits use the oldest points first. No entry is changed or deleted; a mistake is put right by a reversal.",
            )
        ),
        "printed": str(Text(f"{_moment()} 打印", f"Printed {_moment()}")),
    }


HEADS = (
    Text("日期", "Date"), Text("事项", "What"), Text("事由", "For"), Text("规则", "Rule"), Text("数额", "Amount"),
    Text("余额", "Balance"),
)  # fmt: skip
DUE_HEADS = (
    Text("类别", "Kind"), Text("事由", "For"), Text("金额（元）", "Amount (CNY)"), Text("到期或发放", "Due or paid"),
    Text("状态", "State"),
)  # fmt: skip


def _row(entry: ledger.Entry, amount: Any) -> list[str]:
    transfer = entry.transfer
    about = " ".join(part for part in (transfer.about, transfer.about_ref) if part)
    sign = "+" if entry.amount > 0 else "−"
    rule = transfer.policy.label_no if transfer.policy else ""
    signed = f"{sign}{amount(abs(entry.amount))}"
    return [transfer.on.isoformat(), WHAT.label(transfer.what), about, rule, signed, amount(entry.balance)]


def _dues(account: Account, period: Period, reader: Person) -> Any:
    if account.person_id is None:
        return []
    rows = SEE_DUE.among(reader, Due._default_manager.all()).filter(person=account.person_id, unit=account.unit_id)
    return rows.filter(**period.lookups("due_on")).exclude(state="cancelled").order_by("due_on", "pk")


def _due(due: Due) -> list[str]:
    amount = fen_text(due.amount_fen) if due.amount_fen is not None else str(Text("待定", "open"))
    states = dict(due._meta.get_field("state").choices or ())
    day = due.paid_on or due.due_on
    return [DUE_KINDS.label(due.kind), due.about, amount, day.isoformat(), str(states[due.state])]


def _moment() -> str:
    return clock.now().astimezone(clock.ZONE).strftime("%Y-%m-%d %H:%M")
