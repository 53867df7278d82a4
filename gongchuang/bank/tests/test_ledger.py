"""The ledger: what comes in, what goes out, what is reversed, and what a statement says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count

import pytest

from gongchuang.bank import invariants, ledger
from gongchuang.bank.models import POINT, Account, Consumption, Lot, Policy, Transfer
from gongchuang.bank.tests.conftest import give, post, take_back, transfers
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.period import Period
from gongchuang.people.models import Person, Unit

_keys = (f"ledger-{number}" for number in count(1))
Credit = Callable[..., Account]


def redeemed(unit: Unit) -> Account:
    return ledger.account("redeemed", POINT, unit)


def spend(unit: Unit, account: Account, points: int, name: str) -> None:
    debit = [ledger.Posting(account, _redeemed(unit), points, f"spend:{name}", "redeem")]
    post(unit, debit, by=None, key=next(_keys))


def _redeemed(unit: Unit) -> Account:
    found = Account.objects.filter(kind="redeemed", unit=unit).first()
    if found is None:
        post_open(unit)
        found = Account.objects.get(kind="redeemed", unit=unit)
    return found


def post_open(unit: Unit) -> None:
    from gongchuang.kernel.history import action, record

    @action
    def run(unit: Unit, *, by: None, key: str) -> Unit:
        record(by, "test.open", subject=unit, key=key)
        ledger.account("redeemed", POINT, unit)
        return unit

    run(unit, by=None, key=next(_keys))


def all_hold() -> list[str]:
    return [f"{name}: {found}" for name, check in invariants.INVARIANTS for found in check() if not isinstance(found, int)]


def test_points_come_from_the_issuer_and_are_shared_exactly(factory: Unit, worker: Person, worker2: Person, points_policy: Policy) -> None:
    give(factory, [(worker, 6_000), (worker2, 4_000)], 120, points_policy, batch="b1", by=None, key="1")
    assert transfers() == [("issuer", "worker", 72), ("issuer", "worker", 48)]
    mine = Account.objects.get(kind="worker", person=worker)
    assert (mine.balance, ledger.balance(mine)) == (72, 72)
    assert Lot.objects.get(account=mine).expires_on == date(2028, 12, 31)
    issuer = Account.objects.get(kind="issuer")
    assert (issuer.balance, ledger.balance(issuer)) == (None, -120)
    assert all_hold() == []


def test_the_same_fact_under_another_key_credits_nothing_more(factory: Unit, worker: Person, points_policy: Policy) -> None:
    for key in ("1", "1", "2"):
        give(factory, [(worker, 10_000)], 72, points_policy, batch="b1", by=None, key=key)
    assert transfers() == [("issuer", "worker", 72)]


def test_the_same_fact_with_another_amount_is_refused(factory: Unit, worker: Person, points_policy: Policy) -> None:
    give(factory, [(worker, 10_000)], 72, points_policy, batch="b1", by=None, key="1")
    with pytest.raises(Refused):
        give(factory, [(worker, 10_000)], 73, points_policy, batch="b1", by=None, key="2")
    assert transfers() == [("issuer", "worker", 72)]


def test_a_debit_uses_the_oldest_lots_first(factory: Unit, worker: Person, credit: Credit) -> None:
    credit(worker, 40)
    account = credit(worker, 30)
    spend(factory, account, 50, "a")
    assert list(Lot.objects.order_by("pk").values_list("left", flat=True)) == [0, 20]
    assert list(Consumption.objects.order_by("pk").values_list("amount", flat=True)) == [40, 10]
    assert all_hold() == []


def test_nobody_spends_what_is_not_there(factory: Unit, worker: Person, credit: Credit) -> None:
    account = credit(worker, 40)
    with pytest.raises(Refused, match="余 40 分，需 41 分"):
        spend(factory, account, 41, "a")
    account.refresh_from_db()
    assert account.balance == 40
    assert not Transfer.objects.filter(what="redeem").exists()


def test_an_overturned_credit_is_taken_back_once(factory: Unit, worker: Person, credit: Credit) -> None:
    credit(worker, 30, "kept")
    account = credit(worker, 72, "gone")
    take_back(factory, "gone", by=None, key="r1")
    account.refresh_from_db()
    assert account.balance == 30
    assert dict(Lot.objects.values_list("transfer__batch", "left")) == {"kept": 30, "gone": 0}
    with pytest.raises(Refused, match="已经冲正过"):
        take_back(factory, "gone", by=None, key="r2")
    assert all_hold() == []


def test_points_redeemed_before_the_reversal_are_owed_back(factory: Unit, worker: Person, credit: Credit) -> None:
    account = credit(worker, 72, "gone")
    spend(factory, account, 60, "a")
    take_back(factory, "gone", by=None, key="r1")
    account.refresh_from_db()
    assert account.balance == 0
    assert ledger.owed_back(factory, worker) == 60
    assert all_hold() == []


def test_a_reversed_debit_comes_back_with_its_day(factory: Unit, worker: Person, credit: Credit) -> None:
    account = credit(worker, 72)
    spend(factory, account, 60, "a")
    reversal = Transfer.objects.get(key="spend:a")

    from gongchuang.kernel.history import action, record

    @action
    def run(unit: Unit, *, by: None, key: str) -> Unit:
        ledger.reverse([reversal], cause=record(by, "test.back", subject=unit, key=key))
        return unit

    run(factory, by=None, key="back")
    account.refresh_from_db()
    assert account.balance == 72
    assert Lot.objects.order_by("pk").last().expires_on == date(2028, 12, 31)
    assert all_hold() == []


def test_a_statement_adds_up_and_the_past_does_not_move(factory: Unit, worker: Person, credit: Credit) -> None:
    with clock.frozen("2026-02-03T09:00"):
        account = credit(worker, 100)
    with clock.frozen("2026-05-31T09:00"):
        spend(factory, account, 30, "a")
    credit(worker, 5)
    said = ledger.statement(account, Period.parse("2026Q2"))
    assert (said.opening, said.came_in, said.went_out, said.closing) == (100, 5, 30, 75)
    assert [entry.balance for entry in said.entries] == [70, 75]
    assert ledger.balance_on(account, date(2026, 5, 30)) == 100
    assert ledger.statement(account, Period.parse("2025")).closing == 0


def test_a_statement_takes_two_queries(worker: Person, credit: Credit, django_assert_num_queries: Callable[..., object]) -> None:
    for _ in range(3):
        account = credit(worker, 10)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        entries = ledger.statement(account, Period.parse("2026")).entries
        assert [entry.transfer.policy.label_no for entry in entries if entry.transfer.policy] == ["2.1"] * 3
