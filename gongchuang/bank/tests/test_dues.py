"""Money: owed, approved by one, paid by another, from a fund that cannot fall below zero."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongchuang.bank import actions, ledger, rules
from gongchuang.bank.models import Account, Due, Transfer
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.people.models import Person, Unit


@pytest.fixture
def prize(factory: Unit, worker: Person, officer: Person) -> Due:
    return actions.award(
        factory, payee=worker, amount_fen=10_000_00, about="五小竞赛一等奖", document_no="工会〔2026〕8号", by=officer, key="w"
    )


def test_a_prize_goes_through_three_hands(
    prize: Due, fund: Account, cast: object, factory: Unit, officer: Person, certifier: Person
) -> None:
    actions.approve_due(prize, by=officer, key="a")
    actions.pay_due(prize, voucher_no="记-0615", by=certifier, key="p")
    fund.refresh_from_db()
    assert (prize.state, fund.balance) == ("paid", 90_000_00)
    assert ledger.spent_fen(Transfer.objects.paid_out()) == 10_000_00
    with pytest.raises(Refused):
        actions.pay_due(Due.objects.get(), voucher_no="记-0616", by=certifier, key="p2")
    assert Transfer.objects.paid_out().count() == 1


def test_five_presses_pay_once(prize: Due, fund: Account, officer: Person, certifier: Person) -> None:
    actions.approve_due(prize, by=officer, key="a")
    for _ in range(5):
        actions.pay_due(Due.objects.get(), voucher_no="记-0615", by=certifier, key="p")
    assert Transfer.objects.paid_out().count() == 1


def test_the_same_document_owes_once_and_a_second_entry_is_told_of_the_first(
    prize: Due, factory: Unit, worker: Person, officer: Person
) -> None:
    for amount in (10_000_00, 20_000_00):
        with pytest.raises(Refused, match=prize.no) as refused:
            actions.award(
                factory,
                payee=worker,
                amount_fen=amount,
                about="五小竞赛一等奖",
                document_no="工会〔2026〕8号",
                by=officer,
                key=f"w{amount}",
            )
        assert refused.value.field == "document_no"
    assert Due.objects.count() == 1


def test_nobody_approves_or_pays_their_own(cast: object, factory: Unit, officer: Person, certifier: Person, fund: Account) -> None:
    own = actions.award(factory, payee=officer, amount_fen=1_00, about="奖", document_no="1", by=officer, key="w")
    with pytest.raises(NotYours):
        actions.approve_due(own, by=officer, key="a")
    second = cast.person(factory, "孙玉梅", "officer", "certifier")  # type: ignore[attr-defined]
    actions.approve_due(own, by=second, key="a2")
    with pytest.raises(NotYours):
        actions.pay_due(own, voucher_no="1", by=second, key="p")
    assert actions.pay_due(Due.objects.get(), voucher_no="1", by=certifier, key="p2").state == "paid"


@pytest.mark.parametrize("who", ["stranger", "worker", "leader"])
def test_strangers_do_nothing(who: str, prize: Due, factory: Unit, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    for run in (
        lambda: actions.approve_due(prize, by=person, key="1"),
        lambda: actions.pay_due(prize, voucher_no="1", by=person, key="2"),
        lambda: actions.cancel_due(prize, reason="不给", by=person, key="3"),
        lambda: actions.recover_due(prize, voucher_no="1", by=person, key="4"),
        lambda: actions.award(factory, payee=person, amount_fen=1, about="x", document_no="x", by=person, key="5"),
        lambda: actions.fill_fund(factory, amount_fen=1, document_no="x", by=person, key="6"),
        lambda: actions.expire(factory, by=person, key="7"),
    ):
        with pytest.raises(NotYours):
            run()
    assert not Transfer.objects.exists()


def test_it_is_not_paid_before_it_is_approved(prize: Due, fund: Account, certifier: Person) -> None:
    with pytest.raises(Refused):
        actions.pay_due(prize, voucher_no="1", by=certifier, key="p")
    assert not Transfer.objects.paid_out().exists()


def test_an_empty_fund_pays_nothing(prize: Due, officer: Person, certifier: Person) -> None:
    actions.approve_due(prize, by=officer, key="a")
    with pytest.raises(Refused, match="资金不足"):
        actions.pay_due(prize, voucher_no="1", by=certifier, key="p")
    assert Due.objects.get().state == "approved"


def test_one_document_fills_once(fund: Account, factory: Unit, certifier: Person) -> None:
    actions.fill_fund(factory, amount_fen=100_000_00, document_no="财〔2026〕1号", by=certifier, key="again")
    fund.refresh_from_db()
    assert fund.balance == 100_000_00


def test_a_worker_redeems_and_a_cancelled_redemption_gives_the_points_back(
    worker: Person, worker2: Person, officer: Person, credit: Callable[..., Account]
) -> None:
    account = credit(worker, 72)
    with pytest.raises(NotYours):
        actions.redeem(account, points=10, by=worker2, key="r0")
    with pytest.raises(Refused, match="余 72 分"):
        actions.redeem(account, points=73, by=worker, key="r1")
    for _ in range(3):
        due = actions.redeem(Account.objects.get(pk=account.pk), points=60, by=worker, key="r")
    assert (due.amount_fen, due.state, Due.objects.count()) == (300_00, "due", 1)
    account.refresh_from_db()
    assert account.balance == 12
    actions.cancel_due(due, reason="改为年底兑", by=officer, key="c")
    account.refresh_from_db()
    assert account.balance == 72
    with pytest.raises(Refused):
        actions.cancel_due(Due.objects.get(), reason="再取消", by=officer, key="c2")


def test_expiry_takes_the_remainder_and_no_more(worker: Person, factory: Unit, officer: Person, credit: Callable[..., Account]) -> None:
    with clock.frozen("2026-03-01"):
        account = credit(worker, 40)
        actions.redeem(account, points=30, by=worker, key="r")
    with clock.frozen("2027-03-01"):
        account = credit(worker, 25)
    with clock.frozen("2028-12-31"):
        actions.expire(factory, by=officer, key="e0")
    account.refresh_from_db()
    assert account.balance == 35
    with clock.frozen("2029-01-01"):
        for key in ("e1", "e2"):
            actions.expire(factory, by=officer, key=key)
    account.refresh_from_db()
    assert account.balance == 25
    assert [lot.left for lot in ledger.coming_expiries(account)] == [25]


def test_the_federations_see_the_fund_but_no_workers_points(
    fund: Account, worker: Person, stranger: Person, district_officer: Person, city_officer: Person, certifier: Person
) -> None:
    points = Account(kind="worker", currency="POINT", unit=fund.unit, person=worker)
    for person, sees_fund, sees_points in (
        (district_officer, True, False), (city_officer, True, False), (certifier, True, True), (worker, False, True), (stranger, False, False),
    ):  # fmt: skip
        assert (rules.SEE_ACCOUNT.allows(person, fund), rules.SEE_ACCOUNT.allows(person, points)) == (sees_fund, sees_points)
        assert rules.SEE_ACCOUNT.among(person, Account.objects.filter(pk=fund.pk)).exists() == sees_fund
