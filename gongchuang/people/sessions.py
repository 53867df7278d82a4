"""Where sessions stand (登录会话): in the database with their account, so that a page asks once who looks.

A session that ended, in whatever process, is gone for the next page; nothing about it is remembered.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db

from gongchuang.people.models import Account, Login


class SessionStore(db.SessionStore):
    """Django's store of sessions in the database, with a column for the account."""

    account: Account | None = None
    """Whom the session belonged to when it was read, with what the posts of today grant."""

    @classmethod
    def get_model_class(cls) -> type[Login]:
        return Login

    def create_model_instance(self, data: dict[str, Any]) -> Login:
        login = super().create_model_instance(data)
        assert isinstance(login, Login)
        login.account_id = int(data["_auth_user_id"]) if "_auth_user_id" in data else None
        return login

    def _get_session_from_db(self) -> Login | None:
        login: Login | None = super()._get_session_from_db()  # type: ignore[misc]  # the stubs leave it out
        self.account = login.account if login is not None else None
        return login
