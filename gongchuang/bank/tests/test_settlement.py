"""The year's redemption: previewed, approved by a second, paid by a third; points leave once, totals stay equal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongchuang.bank import actions, invariants, settlement
from gongchuang.bank.models import Account, Settlement, Transfer
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.period import Period
from gongchuang.people.models import Person, Unit

Credit = Callable[..., Account]


@pytest.fixture
def second(cast: object, factory: Unit) -> Person:
    return cast.person(factory, "孙玉梅", "officer")  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def made(credit: Credit, worker: Person, worker2: Person, factory: Unit, officer: Person) -> Settlement:
    with clock.frozen("2025-11-01"):
        credit(worker, 72)
        credit(worker2, 48)
    credit(worker, 5)
    return settlement.settle(factory, period="2025", by=officer, key="s")


def broken() -> list[object]:
    return [found for _, check in invariants.INVARIANTS for found in check() if not isinstance(found, int)]


def balances() -> list[int | None]:
    return list(Account.objects.filter(kind="worker").order_by("pk").values_list("balance", flat=True))


def test_the_whole_way(made: Settlement, second: Person, certifier: Person, fund: Account) -> None:
    assert (made.persons, made.points, made.amount_fen) == (2, 120, 600_00)
    settlement.approve_settlement(made, by=second, key="a")
    assert balances() == [5, 0]
    settlement.pay_settlement(made, voucher_no="记-1", by=certifier, key="p")
    fund.refresh_from_db()
    assert fund.balance == 100_000_00 - 600_00
    received = Account.objects.filter(kind="received")
    assert received.count() == 2
    assert broken() == []


def test_what_came_later_stays_for_the_next_year(made: Settlement, second: Person, factory: Unit, officer: Person) -> None:
    settlement.approve_settlement(made, by=second, key="a")
    later = settlement.settle(factory, period="2026", by=officer, key="s2")
    assert (later.persons, later.points) == (1, 5)


def test_the_same_year_gives_the_same_list(made: Settlement, factory: Unit, officer: Person) -> None:
    assert settlement.settle(factory, period="2025", by=officer, key="other") == made
    assert settlement.settle(factory, period="2025", by=None, key="command") == made
    with pytest.raises(Refused):
        settlement.settle(factory, period="2025", fen_for_point=900, by=officer, key="dearer")
    assert Settlement.objects.count() == 1


def test_presses_beyond_the_first_move_nothing(made: Settlement, second: Person, certifier: Person, fund: Account) -> None:
    for _ in range(3):
        settlement.approve_settlement(Settlement.objects.get(), by=second, key="a")
    with pytest.raises(Refused):
        settlement.approve_settlement(Settlement.objects.get(), by=second, key="a2")
    for _ in range(3):
        settlement.pay_settlement(Settlement.objects.get(), voucher_no="1", by=certifier, key="p")
    assert Transfer.objects.filter(what="redeem").count() == 4
    assert broken() == []


def test_three_different_persons(made: Settlement, officer: Person, certifier: Person, fund: Account) -> None:
    with pytest.raises(NotYours):
        settlement.approve_settlement(made, by=officer, key="a")
    settlement.approve_settlement(made, by=certifier, key="a2")
    with pytest.raises(NotYours):
        settlement.pay_settlement(made, voucher_no="1", by=certifier, key="p")


@pytest.mark.parametrize("who", ["stranger", "worker", "leader", "district_officer"])
def test_others_do_nothing(who: str, made: Settlement, factory: Unit, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    for run in (
        lambda: settlement.settle(factory, period="2024", by=person, key="1"),
        lambda: settlement.approve_settlement(made, by=person, key="2"),
        lambda: settlement.pay_settlement(made, voucher_no="1", by=person, key="3"),
        lambda: settlement.drop_settlement(made, reason="不对", by=person, key="4"),
    ):
        with pytest.raises(NotYours):
            run()


def test_an_officer_on_the_list_does_not_approve_it(credit: Credit, second: Person, factory: Unit, officer: Person) -> None:
    credit(second, 10)
    made = settlement.settle(factory, period="2026", by=officer, key="s")
    with pytest.raises(NotYours):
        settlement.approve_settlement(made, by=second, key="a")


def test_points_spent_in_between_stop_it_whole(made: Settlement, second: Person, worker: Person) -> None:
    actions.redeem(Account.objects.get(person=worker), points=70, by=worker, key="r")
    with pytest.raises(Refused, match="积分不足"):
        settlement.approve_settlement(made, by=second, key="a")
    assert Settlement.objects.get().state == "preview"
    assert balances() == [7, 48]


def test_a_dropped_list_makes_way(made: Settlement, officer: Person, factory: Unit) -> None:
    settlement.drop_settlement(made, reason="单价有误", by=officer, key="d")
    assert settlement.settle(factory, period="2025", fen_for_point=600, by=officer, key="s2").amount_fen == 720_00


def test_a_list_of_a_thousand_takes_as_many_queries_as_one_of_two(
    made: Settlement, factory: Unit, django_assert_max_num_queries: Callable[..., object]
) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        assert settlement.preview(factory, Period.parse("2026")).points == 125


def test_without_a_rule_there_is_nothing_to_reckon_by(factory: Unit, officer: Person) -> None:
    with pytest.raises(Refused, match="没有生效的积分规则"):
        settlement.settle(factory, period="2026", by=officer, key="s")
