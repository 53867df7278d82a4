"""Overturning: exactly its own postings, once; what was redeemed is owed back, what was paid is to be recovered."""

from __future__ import annotations

import pytest

from gongchuang.bank import actions as bank
from gongchuang.bank import invariants, ledger
from gongchuang.bank.models import Account, Due, Transfer
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.people.models import Person, Unit
from gongchuang.results import certification
from gongchuang.results.models import Benefit

REASON = "抽查发现产量依据不实"


def balances() -> dict[str, int | None]:
    return dict(Account.objects.filter(kind="worker").values_list("person__name", "balance"))


def broken() -> list[object]:
    return [found for _, check in invariants.INVARIANTS for found in check() if not isinstance(found, int)]


def test_points_go_back_and_unpaid_dues_are_cancelled(certified: Benefit, district_officer: Person) -> None:
    certification.overturn(certified, reason=REASON, by=district_officer, key="o1")
    assert balances() == {"张伟明": 0, "刘建军": 0}
    assert set(Due.objects.values_list("state", flat=True)) == {"cancelled"}
    assert Benefit.objects.counted().total_fen() == 0
    reversals = Transfer.objects.exclude(reverses=None)
    assert sorted(reversals.values_list("amount", flat=True)) == [48, 72]
    assert broken() == []


def test_twice_is_refused_and_five_presses_are_one(certified: Benefit, district_officer: Person) -> None:
    for _ in range(5):
        certification.overturn(Benefit.objects.get(pk=certified.pk), reason=REASON, by=district_officer, key="o1")
    with pytest.raises(Refused):
        certification.overturn(Benefit.objects.get(pk=certified.pk), reason=REASON, by=district_officer, key="o2")
    assert Transfer.objects.exclude(reverses=None).count() == 2


def test_only_its_own_postings_are_reversed(
    certified: Benefit, result: object, officer: Person, certifier: Person, district_officer: Person
) -> None:
    from gongchuang.kernel import clock
    from gongchuang.results.tests.conftest import SHEET

    next_year = certification.claim(
        result, from_on=clock.today().replace(year=2027), to_on=clock.today().replace(year=2028), lines=SHEET,
        by=officer, key="y2",
    )  # type: ignore[arg-type]  # fmt: skip
    certification.certify(next_year, by=certifier, key="c2")
    assert balances() == {"张伟明": 144, "刘建军": 96}
    certification.overturn(certified, reason=REASON, by=district_officer, key="o1")
    assert balances() == {"张伟明": 72, "刘建军": 48}
    assert Due.objects.filter(state="due").count() == 2


def test_redeemed_points_are_owed_and_paid_money_is_to_be_recovered(
    certified: Benefit, worker: Person, factory: Unit, officer: Person, certifier: Person, district_officer: Person
) -> None:
    mine = Account.objects.get(kind="worker", person=worker)
    bank.redeem(mine, points=50, by=worker, key="r")
    due = Due.objects.get(person=worker, kind="share")
    bank.fill_fund(factory, amount_fen=50_000_00, document_no="财1号", by=certifier, key="f")
    bank.approve_due(due, by=officer, key="a")
    bank.pay_due(due, voucher_no="V1", by=certifier, key="p")
    certification.overturn(certified, reason=REASON, by=district_officer, key="o1")
    assert balances()["张伟明"] == 0
    assert ledger.owed_back(factory, worker) == 50
    due.refresh_from_db()
    assert due.state == "to_recover"
    bank.recover_due(due, voucher_no="V2", by=certifier, key="back")
    assert ledger.spent_fen(Transfer.objects.paid_out()) == 0
    assert Account.objects.get(kind="fund").balance == 50_000_00
    assert broken() == []


@pytest.mark.parametrize("who", ["stranger", "officer", "certifier", "worker", "leader"])
def test_neither_a_stranger_nor_anybody_who_had_a_hand_in_it(who: str, certified: Benefit, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotYours):
        certification.overturn(certified, reason=REASON, by=request.getfixturevalue(who), key="o1")
    assert balances() == {"张伟明": 72, "刘建军": 48}


def test_a_claim_cannot_be_overturned(checked: Benefit, district_officer: Person) -> None:
    with pytest.raises(Refused):
        certification.overturn(checked, reason=REASON, by=district_officer, key="o1")


def test_an_audit_confirms_and_may_still_end_in_overturning(certified: Benefit, district_officer: Person, city_officer: Person) -> None:
    certification.audit(certified, finding="凭据齐全", by=district_officer, key="a1")
    assert certified.state == "audited"
    assert Benefit.objects.counted().total_fen() == 600_000_00
    certification.overturn(certified, reason=REASON, by=city_officer, key="o1")
    assert certified.state == "overturned"
