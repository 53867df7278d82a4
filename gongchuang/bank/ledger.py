"""The ledger (总账): the one place where transfers are made. Within an action; the caller brings the cause Event.

`debit` is the account an amount leaves, `credit` the one it enters. Keys come from the business fact ("benefit:<uid>:
certified:<person uid>"), so a retry, a re-import and a second clerk all meet the same row. Accounts with a floor keep
a balance and lots; a debit uses the oldest lots first. Nothing is ever changed: a mistake is put right by reverse().
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet, Sum, Value

from gongchuang.bank.models import FLOORED, Account, Consumption, Lot, Policy, Transfer
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import touch
from gongchuang.kernel.models import Event
from gongchuang.kernel.period import Period
from gongchuang.kernel.quantity import fen_text
from gongchuang.kernel.secret import row_mac
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person, Unit


@dataclass(frozen=True, slots=True)
class Posting:
    """One transfer to be made. `amount` in fen or points, > 0; `use` names the lot a debit must use first."""

    debit: Account
    credit: Account
    amount: int
    key: str
    what: str
    policy: Policy | None = None
    expires_on: date | None = None
    about: str = ""
    about_desk: str = ""
    about_ref: str = ""
    working: dict[str, Any] = field(default_factory=dict)
    reverses: Transfer | None = None
    use: Lot | None = None


def account(kind: str, currency: str, unit: Unit, person: Person | None = None) -> Account:
    """The account of this kind, opened if there is none yet. Within an action."""
    found = Account.objects.filter(kind=kind, currency=currency, unit=unit, person=person).first()
    if found is None:
        floor = 0 if kind in FLOORED else None
        found = Account(kind=kind, currency=currency, unit=unit, person=person, floor=floor, balance=floor)
        try:
            with transaction.atomic():
                found.save()
        except IntegrityError:  # opened at the same moment by another press
            return Account.objects.get(kind=kind, currency=currency, unit=unit, person=person)
    return found


def post(postings: Sequence[Posting], *, cause: Event, batch: str = "", on: date | None = None) -> list[Transfer]:
    """Make all of the transfers or none; those whose key is already in the ledger are returned as they stand.

    Refused if an account would fall under its floor, or if a key is there with another amount or other accounts.
    """
    known = _known(postings)
    fresh = [posting for posting in postings if posting.key not in known]
    if not fresh:
        return [known[posting.key] for posting in postings]
    day = on or clock.today()
    made = _write(fresh, cause, batch, day)
    _Lots(fresh, made, day).keep()
    known |= {transfer.key: transfer for transfer in made}
    return [known[posting.key] for posting in postings]


def _known(postings: Sequence[Posting]) -> dict[str, Transfer]:
    found: dict[str, Transfer] = {}
    keys = [posting.key for posting in postings]
    for start in range(0, len(keys), 500):
        found |= {transfer.key: transfer for transfer in Transfer.objects.filter(key__in=keys[start : start + 500])}
    for posting in postings:
        before = found.get(posting.key)
        if before and (before.debit_id, before.credit_id, before.amount) != (
            posting.debit.pk,
            posting.credit.pk,
            posting.amount,
        ):
            raise Refused(
                Text("这一笔已经入账，内容不同。", "This is already in the ledger, with other content."),
                cure=Text("请核对；确有错误时办理冲正。", "Please check; if it is wrong, reverse it."),
            )
    return found


def _write(postings: Sequence[Posting], cause: Event, batch: str, day: date) -> list[Transfer]:
    made = []
    for posting in postings:
        if posting.debit.currency != posting.credit.currency:
            raise ValueError("points and money never mix")
        transfer = Transfer(
            debit=posting.debit,
            credit=posting.credit,
            amount=posting.amount,
            currency=posting.debit.currency,
            unit_id=posting.debit.unit_id,
            on=day,
            what=posting.what,
            key=posting.key,
            batch=batch,
            cause=cause,
            reverses=posting.reverses,
            policy=posting.policy,
            about=posting.about[:200],
            about_desk=posting.about_desk,
            about_ref=posting.about_ref,
            working=posting.working,
            version=1,
        )
        transfer.mac = mac(transfer)
        made.append(transfer)
    Transfer.objects.bulk_create(made, batch_size=500)
    touch(made)
    return made


def mac(transfer: Transfer) -> str:
    """The keyed digest of what a transfer means; nobody without the key can add one that fits."""
    content = [
        *(transfer.debit_id, transfer.credit_id, transfer.amount, transfer.currency, transfer.unit_id),
        *(transfer.on.isoformat(), transfer.what, transfer.key, transfer.batch, transfer.cause_id),
        *(transfer.reverses_id, transfer.policy_id),
    ]
    return row_mac(json.dumps(["transfer", *content], ensure_ascii=False).encode())


class _Lots:
    """Balances and lots of the accounts with a floor that a set of new transfers touches."""

    def __init__(self, postings: Sequence[Posting], made: Sequence[Transfer], day: date) -> None:
        self.pairs = list(zip(postings, made, strict=True))
        self.day = day
        floored = {one.pk for posting in postings for one in (posting.debit, posting.credit) if one.floor is not None}
        self.accounts = {one.pk: one for one in _chunked(Account.objects.select_for_update().order_by("pk"), floored)}
        self.open: dict[int, list[Lot]] = {pk: [] for pk in self.accounts}
        debited = {posting.debit.pk for posting in postings} & floored
        for lot in _chunked(Lot.objects.filter(left__gt=0), debited, "account_id"):
            self.open[lot.account_id].append(lot)
        for lots in self.open.values():
            lots.sort(key=lambda lot: (lot.on, lot.pk))
        self.new: list[Lot] = []
        self.used: dict[int, Lot] = {}
        self.uses: list[tuple[Lot, Transfer, int]] = []

    def keep(self) -> None:
        for posting, transfer in self.pairs:
            if (debited := self.accounts.get(posting.debit.pk)) is not None:
                self._take(debited, posting, transfer)
            if (credited := self.accounts.get(posting.credit.pk)) is not None:
                self._give(credited, posting, transfer)
        self._save()
        for posting, _ in self.pairs:  # the caller's own instances must not say an old balance
            for given in (posting.debit, posting.credit):
                if given.pk in self.accounts:
                    given.balance = self.accounts[given.pk].balance

    def _give(self, account: Account, posting: Posting, transfer: Transfer) -> None:
        account.balance = (account.balance or 0) + transfer.amount
        lot = Lot(
            account=account,
            transfer=transfer,
            on=self.day,
            expires_on=posting.expires_on,
            amount=transfer.amount,
            left=transfer.amount,
            version=1,
        )
        self.new.append(lot)
        self.open[account.pk].append(lot)

    def _take(self, account: Account, posting: Posting, transfer: Transfer) -> None:
        balance, floor = account.balance or 0, account.floor or 0
        if balance - transfer.amount < floor:
            raise not_enough(account, transfer.amount)
        account.balance = balance - transfer.amount
        lots = self.open[account.pk]
        if (first := posting.use) is not None:
            lots = sorted(lots, key=lambda lot: lot.pk != first.pk)  # stable: the rest stays oldest first
        rest = transfer.amount
        for lot in lots:
            part = min(rest, lot.left)
            if part:
                lot.left -= part
                rest -= part
                self.uses.append((lot, transfer, part))
                if lot.pk:
                    self.used[lot.pk] = lot
        self.open[account.pk] = [lot for lot in self.open[account.pk] if lot.left]
        if rest:
            raise RuntimeError(f"the lots of account {account.pk} do not cover its balance")

    def _save(self) -> None:
        Lot.objects.bulk_create(self.new, batch_size=500)
        touch(self.new)
        Lot.objects.bulk_update(self.used.values(), ["left"], batch_size=500)
        uses = [Consumption(lot=lot, transfer=transfer, amount=part, version=1) for lot, transfer, part in self.uses]
        Consumption.objects.bulk_create(uses, batch_size=500)
        touch(uses)
        Account.objects.bulk_update(self.accounts.values(), ["balance"], batch_size=500)


def _chunked(rows: Any, pks: Iterable[int], column: str = "pk") -> Iterable[Any]:
    wanted = sorted(pks)
    for start in range(0, len(wanted), 500):
        yield from rows.filter(**{f"{column}__in": wanted[start : start + 500]})


def not_enough(account: Account, amount: int) -> Refused:
    """The one refusal of an overdraft, with what is there and what was asked for."""
    here, asked = account.balance or 0, amount
    if account.currency == "CNY":
        return Refused(
            Text(
                f"资金不足：余 {fen_text(here)} 元，需 {fen_text(asked)} 元。",
                f"Not enough money: {fen_text(here)} yuan left, {fen_text(asked)} needed.",
            ),
            cure=Text("先拨入资金。", "Put money into the fund first."),
        )
    return Refused(Text(f"积分不足：余 {here} 分，需 {asked} 分。", f"Not enough points: {here} left, {asked} needed."), field="points")


# ------------------------------------------------------------------------------------------------------- reversal


def reverse(transfers: Sequence[Transfer], *, cause: Event, batch: str = "", on: date | None = None) -> list[Transfer]:
    """Undo transfers by their mirror images (冲正), each once. Refused if one is itself a reversal or already reversed.

    Points that were redeemed in the meantime are advanced from what the worker owes (职工欠分), so that the reversal
    is whole and the balance stays at its floor; the debt is made good before the next redemption.
    """
    ids = [transfer.pk for transfer in transfers]
    if Transfer.objects.filter(reverses__in=ids).exists() or any(one.reverses_id for one in transfers):
        raise Refused(Text("这一笔已经冲正过，不能再冲。", "This has been reversed already."))
    made: list[Transfer] = []
    for transfer in transfers:
        made += post(_mirror(transfer), cause=cause, batch=batch, on=on)
    return [transfer for transfer in made if transfer.reverses_id]


def _mirror(transfer: Transfer) -> list[Posting]:
    giver = Account.objects.select_related("unit", "person").get(pk=transfer.credit_id)
    taker = Account.objects.get(pk=transfer.debit_id)
    said: dict[str, Any] = {
        "policy": transfer.policy,
        "about": transfer.about,
        "about_desk": transfer.about_desk,
        "about_ref": transfer.about_ref,
    }
    postings = []
    if giver.floor is not None:
        short = transfer.amount - ((giver.balance or 0) - giver.floor)
        if short > 0 and giver.kind == "worker":
            debt = account("owed", giver.currency, giver.unit, giver.person)
            postings.append(Posting(debt, giver, short, f"advance:{transfer.key}"[:160], "advance", **said))
    expires_on = None
    if taker.floor is not None:  # what was used comes back with the latest of its days
        days = Consumption.objects.filter(transfer=transfer).values_list("lot__expires_on", flat=True)
        known = [day for day in days if day is not None]
        expires_on = max(known) if known and len(known) == len(days) else None
    postings.append(
        Posting(
            giver,
            taker,
            transfer.amount,
            f"reverse:{transfer.key}"[:160],
            "reverse",
            reverses=transfer,
            use=Lot.objects.filter(transfer=transfer).first(),
            expires_on=expires_on,
            **said,
        )
    )
    return postings


# -------------------------------------------------------------------------------------------------------- reading


def balance_on(account: Account, day: date) -> int:
    """The balance at the end of a day, from the transfers: the same at any later time."""
    until = Transfer.objects.filter(on__lte=day)
    received, given = (
        until.filter(**{side: account}).order_by().values(side).annotate(total=Sum("amount")) for side in ("credit", "debit")
    )
    sides = (
        received.annotate(sign=Value(1))
        .values_list("sign", "total")
        .union(given.annotate(sign=Value(-1)).values_list("sign", "total"), all=True)
    )
    return sum(sign * int(total) for sign, total in sides)


def balance(account: Account) -> int:
    """The balance now: kept for accounts with a floor, summed for the others."""
    return account.balance if account.balance is not None else balance_on(account, date.max)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a statement: signed amount and the balance after it."""

    transfer: Transfer
    amount: int
    balance: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What happened on one account in a period (对账单): opening + sum of entries = closing, always."""

    account: Account
    period: Period
    opening: int
    entries: list[Entry]

    @property
    def closing(self) -> int:
        return self.entries[-1].balance if self.entries else self.opening

    @property
    def came_in(self) -> int:
        return sum(entry.amount for entry in self.entries if entry.amount > 0)

    @property
    def went_out(self) -> int:
        return -sum(entry.amount for entry in self.entries if entry.amount < 0)


def statement(account: Account, period: Period) -> Statement:
    """The account's entries in a period, oldest first; two queries whatever their number."""
    opening = running = balance_on(account, period.start - timedelta(days=1))
    rows = Transfer.objects.of(account).filter(**period.lookups("on")).select_related("policy", "cause")
    entries = []
    for transfer in rows:
        amount = transfer.amount if transfer.credit_id == account.pk else -transfer.amount
        running += amount
        entries.append(Entry(transfer, amount, running))
    return Statement(account, period, opening, entries)


def coming_expiries(account: Account) -> QuerySet[Lot]:
    """Lots that will expire, soonest first (将到期)."""
    rows = Lot.objects.filter(account=account, left__gt=0, expires_on__isnull=False)
    return rows.order_by("expires_on", "pk").select_related("transfer")


def owed_back(unit: Unit, person: Person) -> int:
    """Points a worker owes after a reversal of points already redeemed; zero or more."""
    debt = Account.objects.filter(kind="owed", unit=unit, person=person).first()
    return -balance(debt) if debt else 0


def batch_of(batch: str) -> list[Transfer]:
    """The transfers one business fact made, reversals left out."""
    return list(Transfer.objects.filter(batch=batch, reverses=None).exclude(what="advance").order_by("pk"))


def spent_fen(rows: Any) -> int:
    """Money that reached workers and teams, less what was reversed, among transfers of `paid_out()`."""
    paid = rows.filter(~Q(reverses__isnull=False)).aggregate(total=Sum("amount"))["total"] or 0
    back = rows.filter(reverses__isnull=False).aggregate(total=Sum("amount"))["total"] or 0
    return int(paid - back)
