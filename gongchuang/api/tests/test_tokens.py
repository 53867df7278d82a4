"""Keys to the API: made on one's own page or by the operator, shown once, gone when taken back."""

import pytest

from gongchuang.api import tokens
from gongchuang.api.models import Token
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.people import accounts
from gongchuang.people.models import Account


@pytest.fixture
def account(worker) -> Account:
    accounts.open_account(worker, login="zwm", password=accounts.new_password(), by=None, key="open")
    return Account.objects.get(person=worker)


@pytest.fixture
def page(client, account):
    client.force_login(account)
    return client


def made(page, **more):
    return page.post("/api/tokens/", {"key": "press-1", "name": "月报脚本", "scope": "read", "ends_on": "", **more})


def bearer(client, secret):
    return client.get("/api/v1/proposals", headers={"Authorization": f"Bearer {secret}"})


def test_a_key_is_shown_once_and_opens_the_api(page, client):
    answer = made(page)
    secret = answer.context["said"]
    assert secret.startswith("gc_") and secret in answer.content.decode()
    assert secret not in page.get("/api/tokens/").content.decode()
    assert bearer(client, secret).status_code == 200


def test_a_second_press_makes_no_second_key(page):
    made(page)
    again = made(page)
    assert again.context["said"] == "" and again.context["is_repeat"]
    assert Token.objects.count() == 1


def test_a_revoked_key_opens_nothing(page, client):
    secret = made(page).context["said"]
    uid = Token.objects.get().uid
    assert page.post(f"/api/tokens/{uid}/revoke/").status_code == 302
    assert page.post(f"/api/tokens/{uid}/revoke/").status_code == 302
    refused = bearer(client, secret)
    assert refused.status_code == 401 and refused["WWW-Authenticate"] == "Bearer"


def test_a_key_ends_with_its_last_day(account, client):
    secret = tokens.Secret()
    tokens.make_token(account, name="试用", scope="read", secret=secret, ends_on=clock.today(), by=account.person, key="k1")
    assert bearer(client, secret.said).status_code == 200
    with clock.frozen("2026-06-02T00:00"):
        assert bearer(client, secret.said).status_code == 401


def test_nobody_makes_or_revokes_a_key_of_somebody_else(account, officer, client, page):
    with pytest.raises(NotYours):
        tokens.make_token(account, name="冒用", scope="write", secret=tokens.Secret(), by=officer, key="k1")
    made(page)
    accounts.open_account(officer, login="wxl", password=accounts.new_password(), by=None, key="open2")
    client.force_login(Account.objects.get(person=officer))
    token = Token.objects.get()
    assert client.post(f"/api/tokens/{token.uid}/revoke/").status_code == 404
    assert Token.objects.get().revoked_on is None


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get("/api/tokens/").status_code == 302


def test_bad_input_is_named_and_makes_nothing(page):
    answer = made(page, name="", ends_on="2020-01-01")
    assert answer.status_code == 422 and 'id="errors"' in answer.content.decode()
    assert made(page, ends_on="2020-01-01", key="press-2").status_code == 422
    assert not Token.objects.exists()


def test_a_past_last_day_and_an_unknown_scope_are_refused(account):
    with pytest.raises(Refused):
        tokens.make_token(account, name="x", scope="all", secret=tokens.Secret(), by=account.person, key="k1")
