"""Keys to the API (接口令牌): one account, one scope; only the digest is kept."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from gongchuang.kernel import clock
from gongchuang.kernel.models import Record, RecordQuerySet
from gongchuang.kernel.secret import blind_index
from gongchuang.kernel.text import Choices, Text
from gongchuang.people.models import Account, Unit


class TokenQuerySet(RecordQuerySet["Token"]):
    def valid(self, said: str) -> Self:
        """The token that was said, if it is neither revoked nor past its last day."""
        today = clock.today()
        standing = self.filter(revoked_on=None).filter(Q(ends_on=None) | Q(ends_on__gte=today))
        return standing.filter(digest=blind_index(said)).select_related("account__person__unit")


class Token(Record):
    """A token of an account: it may read, or read and write, whatever its person may."""

    SCOPES: ClassVar = Choices([("read", Text("只读", "Read")), ("write", Text("读写", "Read and write"))])

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    scope = models.CharField(max_length=5, choices=SCOPES.choices, default="read")
    digest = models.CharField(max_length=40, unique=True)
    made_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(scope__in=["read", "write"]), name="token_scope")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_text(self) -> Text:
        return self.SCOPES.texts[self.scope]

    @property
    def unit(self) -> Unit | None:
        return self.account.person.unit if self.account.person else None
