"""A worker's passbook as plain data (创新存折): accounts, entries, expiries and dues, for commands and other systems."""

from __future__ import annotations

from typing import Any

from gongchuang.bank import ledger
from gongchuang.bank.models import POINT, Account, Due
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.period import Period
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person


def person_called(said: str) -> Person:
    """The one person with this identifier, identity number, work number or name; refused if none or several."""
    found = list(Person.objects.by_ref(said)[:2]) if len(said) == 36 else []
    for rows in (
        Person.objects.by_id_number(said),
        Person.objects.filter(work_no=said),
        Person.objects.filter(name=said),
    ):
        found = found or list(rows.select_related("unit").order_by("pk")[:6])
    if not found:
        raise Refused(Text(f"没有叫“{said}”的职工。", f"There is nobody called “{said}”."))
    if len(found) > 1:
        who = "、".join(f"{person.name} {person.unit} {person.uid}" for person in found[:5])
        raise Refused(
            Text(f"有多人叫“{said}”：{who}", f"Several are called “{said}”: {who}"),
            cure=Text("请用后面的标识。", "Use the identifier."),
        )
    return found[0]


def accounts_of(person: Person) -> list[Account]:
    """The person's accounts of points, one in each enterprise's bank."""
    rows = Account.objects.filter(person=person, kind="worker", currency=POINT)
    return list(rows.select_related("unit", "person").order_by("pk"))


def passbook(person: Person, period: Period) -> dict[str, Any]:
    """What a passbook says: points as counts, money in fen."""
    return {
        "person": str(person.uid),
        "name": person.name,
        "period": str(period),
        "accounts": [_account(account, period) for account in accounts_of(person)],
        "dues": [_due(due) for due in Due.objects.filter(person=person).select_related("unit").order_by("due_on", "pk")],
    }


def _account(account: Account, period: Period) -> dict[str, Any]:
    said = ledger.statement(account, period)
    return {
        "account": account.number,
        "unit": account.unit.name,
        "unit_code": account.unit.code,
        "opening": said.opening,
        "entries": [
            {
                "on": entry.transfer.on.isoformat(),
                "what": entry.transfer.what,
                "about": entry.transfer.about,
                "ref": entry.transfer.about_ref,
                "rule": entry.transfer.policy.label_no if entry.transfer.policy else "",
                "amount": entry.amount,
                "balance": entry.balance,
                "key": entry.transfer.key,
            }
            for entry in said.entries
        ],
        "closing": said.closing,
        "balance": ledger.balance(account),
        "owed_back": ledger.owed_back(account.unit, account.person) if account.person else 0,
        "expiring": [
            {"on": lot.expires_on.isoformat() if lot.expires_on else "", "points": lot.left} for lot in ledger.coming_expiries(account)
        ],
    }


def _due(due: Due) -> dict[str, Any]:
    return {
        "no": due.no,
        "kind": due.kind,
        "unit_code": due.unit.code,
        "about": due.about,
        "ref": due.about_ref,
        "year": due.year,
        "amount_fen": due.amount_fen,
        "due_on": due.due_on.isoformat(),
        "paid_on": due.paid_on.isoformat() if due.paid_on else None,
        "state": due.state,
    }
