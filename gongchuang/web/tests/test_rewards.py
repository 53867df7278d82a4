"""Pages of rewards: what-if, instalments, overlap, the year's list, an account; each only for whom it is meant."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from django.test import Client

from gongchuang.bank import settlement
from gongchuang.bank.models import Account, Policy, Settlement
from gongchuang.people import accounts
from gongchuang.people.models import Account as Login
from gongchuang.people.models import Person, Unit
from gongchuang.results.models import Benefit, Result
from gongchuang.results.tests.conftest import (  # noqa: F401
    _in_june_2026,
    certified,
    checked,
    result,
    rules_in_force,
)

_logins = (f"login{number}" for number in count(1))


def page(person: Person | None, address: str) -> Any:
    client = Client()
    if person is not None:
        login = Login.objects.filter(person=person).values_list("username", flat=True).first()
        if login is None:
            login = next(_logins)
            accounts.open_account(person, login=login, password=accounts.Password("a-long-password"), by=None, key=login)
        assert client.login(username=login, password="a-long-password")
    return client.get(address)


@pytest.fixture
def share(certified: Benefit) -> Policy:  # noqa: F811
    return Policy.objects.get(plan="share")


def test_an_officer_sees_the_policy_tried_and_its_cliff(share: Policy, officer: Person) -> None:
    said = page(officer, f"/policies/{share.ref}/").content.decode()
    assert "试算" in said
    assert "24,000.00" in said
    assert "降到 20,000.00 元" in said


@pytest.mark.parametrize("who", ["stranger", "worker", "leader"])
def test_others_read_the_policy_without_the_unit_s_results(who: str, share: Policy, request: pytest.FixtureRequest) -> None:
    answer = page(request.getfixturevalue(who), f"/policies/{share.ref}/")
    assert answer.status_code == 200
    assert "试算" not in answer.content.decode()
    assert "24,000.00" not in answer.content.decode()


def test_instalments_are_for_makers_and_the_books(
    certified: Benefit, result: Result, worker: Person, officer: Person, leader: Person
) -> None:  # noqa: F811
    address = f"/results/{result.ref}/"
    assert "24,000.00" in page(officer, address).content.decode()
    own = page(worker, address).content.decode()
    assert "14,400.00" in own
    assert "24,000.00" not in own
    assert "14,400.00" not in page(leader, address).content.decode()


def test_the_list_says_declared_and_after_overlap(certified: Benefit, officer: Person) -> None:  # noqa: F811
    assert "申报 60万元 → 去重后 60万元" in page(officer, "/benefits/").content.decode()


def test_the_year_s_list_and_an_account(certified: Benefit, factory: Unit, officer: Person, worker: Person, stranger: Person) -> None:  # noqa: F811
    made = settlement.settle(factory, period="2026", by=officer, key="s")
    said = page(officer, f"/settlements/{made.ref}/").content.decode()
    assert "张伟明" in said
    assert "600.00" in said
    account = Account.objects.get(kind="worker", person=worker)
    assert "+72" in page(worker, f"/accounts/{account.ref}/").content.decode()
    for address in (f"/settlements/{made.ref}/", f"/accounts/{account.ref}/"):
        assert page(stranger, address).status_code == 404
        assert page(None, address).status_code in (302, 404)
    assert Settlement.objects.get().state == "preview"


def test_an_empty_sheet_is_refused_and_keeps_what_was_typed(certified: Benefit, result: Result, officer: Person) -> None:  # noqa: F811
    client = Client()
    accounts.open_account(officer, login="o", password=accounts.Password("a-long-password"), by=None, key="o")
    client.login(username="o", password="a-long-password")
    typed = {"from_on": "2027-01-01", "to_on": "2027-12-31", "lines-0-label": "电耗<b>", "lines-0-quantity": "many", "key": "k"}
    answer = client.post(f"/results/{result.ref}/claim/", typed)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "第 1 行 数量" in said
    assert 'value="电耗&lt;b&gt;"' in said
    assert Benefit.objects.count() == 1
