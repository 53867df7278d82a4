"""An account opened on a page: its password is told once, to whoever hands it over, and it works."""

import pytest

from gongchuang.people import accounts
from gongchuang.people.models import Account


@pytest.fixture
def page(client, officer):
    accounts.open_account(officer, login="wxl", password=accounts.new_password(), by=None, key="open")
    client.force_login(Account.objects.get(person=officer))
    return client


def press(page, person, act, key, **data):
    return page.post(f"/people/{person.ref}/{act}/", {"key": key, **data}, follow=True)


def password_in(answer) -> str:
    return str(next(iter(answer.context["messages"]))).split("密码 ")[1].split(" ")[0]


def test_the_password_is_told_once_and_opens_the_account(page, worker):
    said = password_in(press(page, worker, "account", "press-1", login="zwm"))
    assert Account.objects.get(username="zwm").check_password(said)
    assert said not in page.get(f"/people/{worker.ref}/").content.decode()


def test_a_second_press_changes_no_password_and_tells_none(page, worker):
    said = password_in(press(page, worker, "account", "press-1", login="zwm"))
    again = press(page, worker, "account", "press-1", login="zwm")
    assert "刚才已经显示过" in str(next(iter(again.context["messages"])))
    assert Account.objects.get(username="zwm").check_password(said)


def test_a_new_password_takes_the_place_of_the_old_one(page, worker):
    old = password_in(press(page, worker, "account", "press-1", login="zwm"))
    new = password_in(press(page, worker, "password", "press-2"))
    account = Account.objects.get(username="zwm")
    assert account.check_password(new) and not account.check_password(old)


def test_no_account_no_new_password(page, worker):
    answer = press(page, worker, "password", "press-1")
    assert answer.status_code == 422 and "此人没有账号" in answer.content.decode()


def test_a_stranger_gives_nobody_a_password(client, worker, stranger):
    accounts.open_account(stranger, login="sy", password=accounts.new_password(), by=None, key="open")
    client.force_login(Account.objects.get(person=stranger))
    assert client.post(f"/people/{worker.ref}/password/", {"key": "press-1"}).status_code == 404
