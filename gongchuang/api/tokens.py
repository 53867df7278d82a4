"""Who calls (调用者): a bearer token names an account; without one the caller is the public."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from ninja.errors import AuthenticationError

from gongchuang.api.models import Token, TokenQuerySet
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.secret import blind_index
from gongchuang.kernel.text import Text
from gongchuang.people.models import Account, Person


@dataclass(frozen=True)
class Caller:
    """The person behind a call, and whether the token lets it write."""

    person: Person | None
    may_write: bool


def caller_of(request: HttpRequest) -> Caller:
    """The caller of a request; a wrong token is refused, none at all reads as a visitor."""
    said = request.headers.get("Authorization", "")
    if not said:
        return Caller(None, may_write=False)
    scheme, _, secret = said.partition(" ")
    token = Token.objects.valid(secret.strip()).first() if scheme.lower() == "bearer" and secret else None
    person = token.account.person if token else None
    if token is None or person is None or not person.is_active or not token.account.is_active:
        raise AuthenticationError(401)
    return Caller(person, may_write=token.scope == "write")


class Secret:
    """A token on its way to its owner; it shows itself nowhere."""

    def __init__(self) -> None:
        self.said = f"gc_{secrets.token_urlsafe(30)}"

    def __str__(self) -> str:
        return "•"

    def opens(self, token: Token) -> bool:
        """Whether this is what the token was made with; a second press made nothing new."""
        return blind_index(self.said) == token.digest


def tokens_of(account: Account) -> TokenQuerySet:
    """All tokens of an account, the newest first."""
    return account.tokens.order_by("-pk")


@action
def make_token(
    account: Account, *, name: str, scope: str, secret: Secret, by: Person | None, key: str, ends_on: date | None = None
) -> Token:
    """Make a token (新建令牌) for one's own account; by = None is the operator at the machine."""
    if by is not None and account.person != by:
        raise NotYours(Text("只能为自己的账号新建令牌。", "Tokens are made for one's own account."))
    if scope not in Token.SCOPES:
        raise Refused(Text("范围只有 read 和 write。", "The scope is read or write."), field="scope")
    if ends_on is not None and ends_on < clock.today():
        raise Refused(Text("这一天已经过去。", "That day has passed."), field="ends_on")
    token = Token(account=account, name=name, scope=scope, digest=blind_index(secret.said), made_on=clock.today(), ends_on=ends_on)
    token.save()
    record(by, "token.make", subject=token, key=key, scope=scope)
    return token


@action
def revoke_token(token: Token, *, by: Person | None, key: str) -> Token:
    """Take a token back (撤销令牌), at once."""
    if by is not None and token.account.person != by:
        raise NotYours(Text("只能撤销自己的令牌。", "Only one's own tokens can be revoked."))
    token.revoked_on = clock.today()
    token.save()
    record(by, "token.revoke", subject=token, key=key)
    return token
