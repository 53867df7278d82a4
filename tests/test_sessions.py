"""One reading tells who looks; whatever ended, a login, an account, a password, a post, has ended on the next page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongchuang.cli.tasks import clear_away
from gongchuang.kernel import clock
from gongchuang.people import accounts, actions
from gongchuang.people.models import Account, Login, Post

PAGE = "/me/profile/"


@pytest.fixture
def account(worker) -> Account:
    accounts.open_account(worker, login="worker", password=accounts.Password("only-for-tests"), by=None, key="open")
    return Account.objects.get(person=worker)


@pytest.fixture
def browser(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def test_the_session_is_read_with_its_account_and_grants_in_one_statement(browser, account):
    assert Login.objects.get(account=account).account == account
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert is_signed_in(browser)
    about = [one["sql"] for one in asked if "people_login" in one["sql"] or "people_account" in one["sql"]]
    assert len(about) == 1
    assert "people_post" in about[0]


def test_a_login_ended_elsewhere_has_ended(browser):
    assert is_signed_in(browser)
    Login.objects.all().delete()
    assert not is_signed_in(browser)


def test_a_closed_account_and_a_changed_password_end_it(browser, account):
    account.set_password("another-one-for-tests")
    account.save()
    assert not is_signed_in(browser)
    again = Client()
    again.force_login(account)
    assert is_signed_in(again)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert not is_signed_in(again)


def test_a_post_that_ended_grants_nothing_on_the_next_page(cast, factory, client):
    officer = cast.person(factory, "王秀兰", "officer")
    accounts.open_account(officer, login="officer", password=accounts.Password("only-for-tests"), by=None, key="open")
    client.force_login(Account.objects.get(person=officer))
    assert client.get("/org/").status_code == 200
    actions.end_post(Post.objects.get(person=officer, role="officer"), by=cast.admin, key="end")
    assert client.get("/org/").status_code != 200


def test_a_column_that_names_somebody_else_signs_nobody_else_in(browser, account, cast, factory):
    officer = cast.person(factory, "王秀兰", "officer")
    accounts.open_account(officer, login="officer", password=accounts.Password("only-for-tests"), by=None, key="other")
    Login.objects.update(account=Account.objects.get(person=officer))
    page = browser.get(PAGE).content.decode()
    assert account.person is not None
    assert account.person.name in page
    assert "王秀兰" not in page


def test_what_has_run_out_is_no_login_and_is_cleared_away(browser):
    Login.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_signed_in(browser)
    Login.objects.create(session_key="old", session_data="", expire_date=clock.now() - timedelta(days=400))
    clear_away.func()
    assert not Login.objects.filter(session_key="old").exists()


def test_a_visitor_with_a_session_belongs_to_nobody(client, city):
    session = client.session
    session["tour"] = 1
    session.save()
    assert Login.objects.get(session_key=session.session_key).account is None
    assert client.get("/").status_code == 200
