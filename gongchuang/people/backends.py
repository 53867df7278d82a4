"""Who a session belongs to (登录身份): the account, its person with unit, and what the person's posts grant, in one query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import ModelBackend

from gongchuang.kernel import clock
from gongchuang.people.models import Account

_read: ContextVar[Account | None] = ContextVar("read", default=None)


@contextmanager
def already_read(account: Account | None) -> Iterator[None]:
    """Within it the backend answers with this account where it is the one asked for: it came with the session."""
    token = _read.set(account)
    try:
        yield
    finally:
        _read.reset(token)


class AccountBackend(ModelBackend):
    """Sign-in by account and password; every page after that asks for the account once."""

    def get_user(self, user_id: Any) -> Account | None:
        account = _read.get()
        if account is None or account.pk != user_id:
            account = Account.objects.with_grants(user_id, clock.today())
        return account if account is not None and self.user_can_authenticate(account) else None


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened for persons on a roster by their union; nobody signs up by themselves."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False
