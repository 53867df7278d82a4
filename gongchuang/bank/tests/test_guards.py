"""Behind the application: what the database refuses by itself, and what verify names when it is forced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from gongchuang.bank import actions, invariants
from gongchuang.bank.models import Account, Due, Transfer
from gongchuang.bank.tests.conftest import take_back
from gongchuang.kernel.verify import Break
from gongchuang.people.models import Person, Unit

COLUMNS = (
    'uid, version, debit_id, credit_id, amount, currency, unit_id, "on", what, key, batch, cause_id, reverses_id, '
    "policy_id, about, about_desk, about_ref, working, mac"
)


@pytest.fixture
def saved(credit: Callable[..., Account], worker: Person) -> Account:
    return credit(worker, 72, "b1")


def run(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def add(like: Transfer, **other: Any) -> None:
    """Write a transfer by SQL, like one there is but for some columns."""
    row = {
        "uid": "0" * 31 + "1", "version": 1, "debit_id": like.debit_id, "credit_id": like.credit_id, "amount": like.amount,
        "currency": like.currency, "unit_id": like.unit_id, "on": like.on, "what": like.what, "key": "forged", "batch": "",
        "cause_id": like.cause_id, "reverses_id": None, "policy_id": None, "about": "", "about_desk": "", "about_ref": "",
        "working": "{}", "mac": "0" * 64, **other,
    }  # fmt: skip
    marks = ", ".join(["%s"] * len(row))
    run(f"INSERT INTO bank_transfer ({COLUMNS}) VALUES ({marks})", *row.values())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bank_transfer SET amount = amount + 1",
        "UPDATE bank_transfer SET cause_id = cause_id + 0",
        "DELETE FROM bank_transfer",
        "UPDATE bank_account SET balance = balance - 73 WHERE kind = 'worker'",
        "UPDATE bank_account SET balance = NULL WHERE kind = 'worker'",
        'UPDATE bank_lot SET "left" = amount + 1',
        'UPDATE bank_lot SET "left" = -1',
        "UPDATE bank_account SET currency = 'GOLD'",
    ],
)
def test_the_database_refuses_to_rewrite_the_past(statement: str, saved: Account) -> None:
    with pytest.raises(DatabaseError):
        run(statement)
    assert Transfer.objects.get().amount == 72


def test_points_and_money_do_not_mix(saved: Account, fund: Account) -> None:
    like = Transfer.objects.get(what="certified")
    for other in ({"credit_id": fund.pk}, {"currency": "CNY"}, {"debit_id": fund.pk, "currency": "CNY"}):
        with pytest.raises(DatabaseError, match="never mix"):
            add(like, **other)


def test_a_transfer_has_two_accounts_an_amount_and_one_key(saved: Account) -> None:
    like = Transfer.objects.get()
    for other in ({"amount": 0}, {"amount": -5}, {"credit_id": like.debit_id}, {"key": like.key}):
        with pytest.raises(DatabaseError):
            add(like, **other)
    with pytest.raises(DatabaseError):
        add(like, cause_id=None)


def test_a_reversal_is_a_mirror_and_there_is_one(saved: Account, factory: Unit) -> None:
    like = Transfer.objects.get()
    mirrored = {"debit_id": like.credit_id, "credit_id": like.debit_id, "reverses_id": like.pk}
    for other in ({**mirrored, "amount": 71}, {"reverses_id": like.pk}):
        with pytest.raises(DatabaseError, match="mirrors"):
            add(like, **other)
    take_back(factory, "b1", by=None, key="r")
    with pytest.raises(DatabaseError):
        add(like, **mirrored)
    reversal = Transfer.objects.get(reverses=like)
    with pytest.raises(DatabaseError, match="mirrors"):
        add(like, reverses_id=reversal.pk)


def broken(name: str) -> list[Break]:
    check = dict(invariants.INVARIANTS)[name]
    return [found for found in check() if isinstance(found, Break)]


def test_verify_names_a_forged_transfer(saved: Account) -> None:
    assert broken("ledger.macs") == []
    add(Transfer.objects.get())
    assert [found.table for found in broken("ledger.macs")] == ["bank_transfer"]
    assert broken("ledger.balances")[0].record == str(saved.pk)


def test_verify_names_a_balance_and_a_lot_that_were_moved(saved: Account) -> None:
    run("UPDATE bank_account SET balance = balance + 1 WHERE id = %s", saved.pk)
    assert "says 73, its transfers sum to 72" in broken("ledger.balances")[0].what
    assert broken("ledger.lots")
    run("UPDATE bank_account SET balance = balance - 1 WHERE id = %s", saved.pk)
    run('UPDATE bank_lot SET "left" = "left" - 1')
    assert broken("ledger.lots")[0].table == "bank_lot"


def test_verify_names_a_due_that_was_paid_otherwise(
    worker: Person, factory: Unit, fund: Account, officer: Person, certifier: Person
) -> None:
    due = actions.award(factory, payee=worker, amount_fen=500_00, about="奖", document_no="1", by=officer, key="w")
    actions.approve_due(due, by=officer, key="a")
    actions.pay_due(due, voucher_no="1", by=certifier, key="p")
    assert broken("ledger.dues") == []
    run("UPDATE bank_due SET amount_fen = 600")
    assert [found.record for found in broken("ledger.dues")] == [Due.objects.get().no]
