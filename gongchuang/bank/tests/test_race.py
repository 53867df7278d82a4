"""Eight presses at once: an account is never overdrawn, a due is paid once, a fund is not spent twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from gongchuang.bank import actions, invariants
from gongchuang.bank.models import Account, Due, Transfer
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.people.models import Person, Unit

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(run: Callable[[int], Any], times: int = 8) -> list[str]:
    """What became of each: done, or the name of the refusal."""

    def one(number: int) -> str:
        try:
            with clock.frozen("2026-06-12T09:00"):
                run(number)
        except Refused as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def broken() -> list[object]:
    return [found for _, check in invariants.INVARIANTS for found in check() if not isinstance(found, int)]


def test_nobody_redeems_more_than_there_is(worker: Person, credit: Callable[..., Account]) -> None:
    account = credit(worker, 100)
    found = at_once(lambda number: actions.redeem(Account.objects.get(pk=account.pk), points=30, by=worker, key=f"r{number}"))
    assert sorted(found) == ["Refused"] * 5 + ["done"] * 3
    account.refresh_from_db()
    assert (account.balance, Due.objects.count()) == (10, 3)
    assert broken() == []


def test_one_press_eight_times_is_one(worker: Person, credit: Callable[..., Account]) -> None:
    account = credit(worker, 100)
    found = at_once(lambda number: actions.redeem(Account.objects.get(pk=account.pk), points=30, by=worker, key="same"))
    assert found == ["done"] * 8
    account.refresh_from_db()
    assert (account.balance, Due.objects.count()) == (70, 1)


def test_a_due_is_paid_once(worker: Person, factory: Unit, fund: Account, officer: Person, certifier: Person) -> None:
    due = actions.award(factory, payee=worker, amount_fen=500_00, about="奖", document_no="1", by=officer, key="w")
    actions.approve_due(due, by=officer, key="a")
    found = at_once(lambda number: actions.pay_due(Due.objects.get(pk=due.pk), voucher_no="1", by=certifier, key=f"p{number}"))
    assert found.count("done") == 1
    fund.refresh_from_db()
    assert fund.balance == 99_500_00
    assert Transfer.objects.paid_out().count() == 1
    assert broken() == []


def test_a_fund_is_not_spent_twice(cast: Any, team: Unit, factory: Unit, fund: Account, officer: Person, certifier: Person) -> None:
    dues = []
    for number in range(8):
        person = cast.person(team, f"职工{number}")
        due = actions.award(factory, payee=person, amount_fen=30_000_00, about="奖", document_no=str(number), by=officer, key=f"w{number}")
        dues.append(actions.approve_due(due, by=officer, key=f"a{number}"))
    found = at_once(lambda number: actions.pay_due(Due.objects.get(pk=dues[number].pk), voucher_no="1", by=certifier, key=f"p{number}"))
    assert sorted(found) == ["Refused"] * 5 + ["done"] * 3
    fund.refresh_from_db()
    assert fund.balance == 10_000_00
    assert broken() == []
