"""What must always hold in the ledger, each by name, recounted from the transfers (I1–I8 of the reliability goals)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from gongchuang.bank import ledger
from gongchuang.bank.models import Account, Consumption, Due, Lot, Settlement, SettlementLine, Transfer
from gongchuang.kernel.verify import Break, Invariant


def one_currency() -> Iterator[Break | int]:
    """I1: each transfer takes from one account what it gives to the other, in one unit."""
    yield Transfer.objects.count()
    wrong = Transfer.objects.filter(~Q(debit__currency=F("currency")) | ~Q(credit__currency=F("currency")))
    yield from (_break(row, "mixes points and money") for row in wrong)


def balances() -> Iterator[Break | int]:
    """I2, I3: a kept balance is the sum of the account's transfers, and not under its floor."""
    came = Transfer.objects.filter(credit=OuterRef("pk")).order_by().values("credit").annotate(total=Sum("amount"))
    went = Transfer.objects.filter(debit=OuterRef("pk")).order_by().values("debit").annotate(total=Sum("amount"))
    accounts = Account.objects.exclude(floor=None).annotate(
        counted=Coalesce(Subquery(came.values("total")), 0) - Coalesce(Subquery(went.values("total")), 0)
    )
    yield accounts.count()
    for account in accounts.filter(~Q(balance=F("counted")) | Q(balance__lt=F("floor"))):
        yield _break(account, f"says {account.balance}, its transfers sum to {account.counted}")


def lots() -> Iterator[Break | int]:
    """What is left of each lot is its amount less its uses, and an account's lots add up to its balance."""
    used = Consumption.objects.filter(lot=OuterRef("pk")).order_by().values("lot").annotate(total=Sum("amount"))
    rows = Lot.objects.annotate(rest=F("amount") - Coalesce(Subquery(used.values("total")), 0))
    yield rows.count()
    for lot in rows.exclude(left=F("rest")):
        yield _break(lot, f"says {lot.left} is left, its uses leave {lot.rest}")
    left = Lot.objects.filter(account=OuterRef("pk")).order_by().values("account").annotate(total=Sum("left"))
    accounts = Account.objects.exclude(floor=None).annotate(lots_left=Coalesce(Subquery(left.values("total")), 0))
    for account in accounts.exclude(balance=F("lots_left") + F("floor")):
        yield _break(account, f"holds {account.balance}, its lots {account.lots_left}")


def reversals() -> Iterator[Break | int]:
    """I6: a reversal is the mirror of one transfer that is no reversal."""
    rows = Transfer.objects.exclude(reverses=None)
    yield rows.count()
    wrong = rows.filter(
        ~Q(debit=F("reverses__credit"))
        | ~Q(credit=F("reverses__debit"))
        | ~Q(amount=F("reverses__amount"))
        | Q(reverses__reverses__isnull=False)
    )
    yield from (_break(row, "is not the mirror of what it reverses") for row in wrong)


def macs() -> Iterator[Break | int]:
    """I4: every transfer bears the mark only the application can make."""
    for transfer in Transfer.objects.order_by("pk").iterator(chunk_size=2000):
        yield 1
        if transfer.mac != ledger.mac(transfer):
            yield _break(transfer, "was not made by the ledger")


def dues() -> Iterator[Break | int]:
    """I8, I11: what was paid on a due is what was owed, to the one it was owed to."""
    paid = Due.objects.filter(state__in=["paid", "to_recover", "recovered"])
    yield paid.count()
    same_payee = Q(transfer__credit__person=F("person")) | Q(person=None, transfer__credit__unit=F("payee_unit"))
    for due in paid.filter(~Q(transfer__amount=F("amount_fen")) | ~same_payee):
        yield _break(due, "was paid otherwise than it was owed")


def settlements() -> Iterator[Break | int]:
    """I11: a redemption's totals are its lines', and what left the accounts and the fund."""
    for settlement in Settlement.objects.all():
        yield 1
        lines = SettlementLine.objects.filter(settlement=settlement)
        sums = lines.aggregate(points=Sum("points"), fen=Sum("amount_fen"))
        if (sums["points"], sums["fen"]) != (settlement.points, settlement.amount_fen):
            yield _break(settlement, "differs from its lines")
        if settlement.state in ("approved", "paid") and _moved(f"settlement:{settlement.uid}") != settlement.points:
            yield _break(settlement, "the points that left differ from its total")
        if settlement.state == "paid" and _moved(f"settlement:{settlement.uid}:paid") != settlement.amount_fen:
            yield _break(settlement, "the money that left differs from its total")


def _moved(batch: str) -> int:
    return Transfer.objects.filter(batch=batch, what="redeem").aggregate(total=Sum("amount"))["total"] or 0


def _break(row: Any, what: str) -> Break:
    return Break(row._meta.db_table, row.ref if hasattr(row, "no") else str(row.pk), what)


INVARIANTS: list[Invariant] = [
    ("ledger.one_currency", one_currency),
    ("ledger.balances", balances),
    ("ledger.lots", lots),
    ("ledger.reversals", reversals),
    ("ledger.macs", macs),
    ("ledger.dues", dues),
    ("ledger.settlements", settlements),
]
