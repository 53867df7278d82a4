"""Every change of accounts (账号): a login belongs to a person on a roster; most persons never need one."""

from __future__ import annotations

from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.text import Text
from gongchuang.people import actions, rules
from gongchuang.people.models import Account, Person, Unit
from gongchuang.people.passwords import Password as Password
from gongchuang.people.passwords import new_password as new_password


@action
def begin_city(*, name: str, code: str, admin_name: str, login: str, password: Password, by: Person | None = None, key: str = "") -> Unit:
    """The root of the tree and its first administrator, whose account is the way in: all of it or nothing (建市)."""
    city = actions.found_city(name=name, code=code, by=by, key=f"{key}:city")
    admin = actions.enrol(city, name=admin_name, by=by, key=f"{key}:admin")
    actions.appoint(admin, role="admin", over=city, by=by, key=f"{key}:post")
    open_account(admin, login=login, password=password, by=by, key=f"{key}:account")
    return city


@action
def open_account(person: Person, *, login: str, password: Password, by: Person | None, key: str) -> Person:
    """Give a person a login (开通账号); by = None is the operator at the machine itself."""
    if by is not None:
        rules.KEEP_PERSON.require(by, person)
    if Account.objects.filter(person=person).exists():
        raise Refused(Text("此人已有账号。", "This person has an account already."), field="person")
    if Account.objects.filter(username=login).exists():
        raise Refused(Text(f"账号名 {login} 已被使用。", f"The login {login} is taken."), field="login")
    account = Account(username=login, person=person)
    account.set_password(password.said)
    account.save()
    record(by, "account.open", subject=person, key=key, login=login)
    return person


@action
def reset_password(person: Person, *, password: Password, by: Person | None, key: str) -> Person:
    """Give the person's account a new password (重置密码); its open sessions end."""
    if by is not None:
        rules.KEEP_PERSON.require(by, person)
    account = _account_of(person)
    account.set_password(password.said)
    account.save()
    record(by, "account.reset_password", subject=person, key=key, tell=[person])
    return person


@action
def close_account(person: Person, *, by: Person | None, key: str) -> Person:
    """Close the person's account (停用账号); the person and everything earned stay."""
    if by is not None:
        rules.KEEP_PERSON.require(by, person)
    account = _account_of(person)
    account.is_active = False
    account.save()
    record(by, "account.close", subject=person, key=key)
    return person


def _account_of(person: Person) -> Account:
    account = Account.objects.filter(person=person).first()
    if account is None:
        raise Refused(Text("此人没有账号。", "This person has no account."), field="person")
    return account


def login_of(person: Person) -> str:
    """The login of a person's account."""
    return _account_of(person).username


def opens(person: Person, password: Password) -> bool:
    """Whether this is the password of the person's account."""
    return _account_of(person).check_password(password.said)


def account_of(login: str) -> Account:
    """The account of a person under this login."""
    account = Account.objects.filter(username=login, person__isnull=False).first()
    if account is None:
        raise Refused(Text(f"没有账号 {login}。", f"There is no account {login}."), field="login")
    return account


def person_of(login: str) -> Person:
    """Whose login this is."""
    person = account_of(login).person
    assert person is not None
    return person


def person_named(said: str, unit_code: str) -> Person:
    """The one person whom a name or a work number means inside a unit; several are refused, never guessed."""
    found = list(Person.objects.filter(unit__code=unit_code, name=said)[:2]) or list(
        Person.objects.filter(unit__code=unit_code, work_no=said)[:2]
    )
    if len(found) == 1:
        return found[0]
    raise Refused(
        Text(f"单位 {unit_code} 里找不到唯一的「{said}」。", f"“{said}” does not mean one person in unit {unit_code}."),
        field="person",
        cure=Text("用工号再试。", "Try the work number."),
    )


def all_accounts() -> list[Account]:
    return list(Account.objects.order_by("username"))
