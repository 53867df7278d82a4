"""The ledger against a plain-Python model: any sequence of deposits, debits, reversals and expiries, on both databases."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from gongchuang.bank import invariants, ledger
from gongchuang.bank.models import POINT, Account, Lot, Transfer
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.period import Period
from gongchuang.people.models import Person, Unit

STEPS = int(os.environ.get("GONGCHUANG_LEDGER_STEPS", "30"))
EXAMPLES = int(os.environ.get("GONGCHUANG_LEDGER_EXAMPLES", "24"))
START = date(2026, 1, 5)
AMOUNTS = st.integers(1, 500)


@dataclass
class Model:
    """What the bank should hold, kept with lists and integers only."""

    lots: dict[int, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    owed: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    history: dict[int, list[tuple[date, int]]] = field(default_factory=lambda: defaultdict(list))

    def balance(self, who: int) -> int:
        return sum(lot["left"] for lot in self.lots[who])

    def give(self, who: int, day: date, amount: int, name: str, expires: date | None) -> None:
        self.lots[who].append({"name": name, "left": amount, "expires": expires})
        self.history[who].append((day, amount))

    def take(self, who: int, day: date, amount: int, first: str = "") -> bool:
        if amount > self.balance(who):
            return False
        order = sorted(self.lots[who], key=lambda lot: lot["name"] != first) if first else self.lots[who]
        rest = amount
        for lot in order:
            part = min(rest, lot["left"])
            lot["left"] -= part
            rest -= part
        self.history[who].append((day, -amount))
        return True


@action
def act(unit: Unit, plan: list[ledger.Posting], undo: list[Transfer], *, by: None, key: str) -> Unit:
    cause = record(by, "test.act", subject=unit, key=key)
    ledger.post(plan, cause=cause)
    if undo:
        ledger.reverse(undo, cause=cause)
    return unit


@action
def open_accounts(unit: Unit, persons: list[Person], *, by: None, key: str) -> Unit:
    record(by, "test.open", subject=unit, key=key)
    for kind in ("issuer", "redeemed", "expired"):
        ledger.account(kind, POINT, unit)
    for person in persons:
        ledger.account("worker", POINT, unit, person)
    return unit


class Bank(RuleBasedStateMachine):
    """Both sides run side by side; after every step they must say the same."""

    unit: Unit
    team: Unit
    cast: Any
    run = 0
    posted: Bundle[str] = Bundle("posted")
    spent: Bundle[str] = Bundle("spent")

    @initialize()
    def open(self) -> None:
        """Every example has two workers of its own; the unit's side accounts go on."""
        type(self).run += 1
        self.key_no, self.day, self.model = 0, START, Model()
        self.of: dict[str, tuple[int, int, date | None]] = {}
        persons = [self.cast.person(self.team, f"职工{self.run}-{number}") for number in range(2)]
        open_accounts(self.unit, persons, by=None, key=f"open-{self.run}")
        self.accounts = list(Account.objects.filter(kind="worker", person__in=persons).order_by("pk"))

    def _key(self, name: str) -> str:
        self.key_no += 1
        return f"{name}:{self.run}:{self.key_no}"

    def _side(self, kind: str) -> Account:
        return Account.objects.get(kind=kind, unit=self.unit)

    def _do(self, plan: list[ledger.Posting], undo: list[Transfer], key: str) -> bool:
        with clock.frozen(self.day):
            try:
                act(self.unit, plan, undo, by=None, key=key)
            except Refused:
                return False
        return True

    @rule(target=posted, who=st.integers(0, 1), amount=AMOUNTS, years=st.sampled_from([None, 0, 1]))
    def deposit(self, who: int, amount: int, years: int | None) -> str:
        key = self._key("deposit")
        expires = None if years is None else date(self.day.year + years, 12, 31)
        posting = ledger.Posting(self._side("issuer"), self.accounts[who], amount, key, "certified", expires_on=expires)
        assert self._do([posting], [], key)
        self.model.give(who, self.day, amount, key, expires)
        self.of[key] = (who, amount, expires)
        return key

    @rule(key=posted)
    def deposit_again(self, key: str) -> None:
        """A second clerk, another key of the client, the same business fact: no effect."""
        who, amount, expires = self.of[key]
        posting = ledger.Posting(self._side("issuer"), self.accounts[who], amount, key, "certified", expires_on=expires)
        assert self._do([posting], [], self._key("again"))
        other = ledger.Posting(self._side("issuer"), self.accounts[who], amount + 1, key, "certified")
        assert not self._do([other], [], self._key("other"))

    @rule(target=spent, who=st.integers(0, 1), amount=AMOUNTS)
    def redeem(self, who: int, amount: int) -> str:
        key = self._key("redeem")
        done = self._do([ledger.Posting(self.accounts[who], self._side("redeemed"), amount, key, "redeem")], [], key)
        assert done == self.model.take(who, self.day, amount)
        self.of[key] = (who, amount if done else 0, None)
        return key

    @rule(key=consumes(posted))
    def overturn(self, key: str) -> None:
        """A deposit goes back once; what is spent already is owed."""
        who, amount, _ = self.of[key]
        original = Transfer.objects.get(key=key)
        assert self._do([], [original], self._key("overturn"))
        short = max(0, amount - self.model.balance(who))
        if short:
            self.model.owed[who] += short
            self.model.give(who, self.day, short, f"advance:{key}", None)
        assert self.model.take(who, self.day, amount, first=key)
        assert not self._do([], [original], self._key("twice"))

    @rule(key=consumes(spent))
    def give_back(self, key: str) -> None:
        """A redemption is undone: the points come back, with the latest day of what they were taken from."""
        who, amount, _ = self.of[key]
        if not amount:
            return
        original = Transfer.objects.get(key=key)
        days = list(original.uses.values_list("lot__expires_on", flat=True))
        assert self._do([], [original], self._key("back"))
        self.model.give(who, self.day, amount, f"reverse:{key}", None if None in days else max(days))

    @rule()
    def expire(self) -> None:
        gone = self._side("expired")
        lots = Lot.objects.filter(account__in=self.accounts, left__gt=0, expires_on__lt=self.day).select_related("account")
        plan = [ledger.Posting(lot.account, gone, lot.left, f"expire:{lot.uid}", "expire", use=lot) for lot in lots]
        assert self._do(plan, [], self._key("expire"))
        for who, rows in self.model.lots.items():
            for lot in rows:
                if lot["expires"] and lot["expires"] < self.day and lot["left"]:
                    self.model.history[who].append((self.day, -lot["left"]))
                    lot["left"] = 0

    @rule(days=st.integers(1, 200))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)

    @invariant()
    def both_say_the_same(self) -> None:
        for who, account in enumerate(getattr(self, "accounts", [])):
            account.refresh_from_db()
            assert account.balance == self.model.balance(who) >= 0
            left = list(Lot.objects.filter(account=account, left__gt=0).order_by("on", "pk").values_list("left", flat=True))
            assert left == [lot["left"] for lot in self.model.lots[who] if lot["left"]]
            assert ledger.owed_back(self.unit, account.person) == self.model.owed[who]

    def teardown(self) -> None:
        for who, account in enumerate(getattr(self, "accounts", [])):
            said = ledger.statement(account, Period(START, self.day + timedelta(days=1)))
            assert said.opening + said.came_in - said.went_out == said.closing == account.balance
            for day, _ in self.model.history[who]:
                then = sum(amount for on, amount in self.model.history[who] if on <= day)
                assert ledger.balance_on(account, day) == then
        broken = [found for _, check in invariants.INVARIANTS for found in check() if not isinstance(found, int)]
        assert broken == []


def test_the_ledger_is_its_model(factory: Unit, cast: Any, team: Unit) -> None:
    Bank.unit, Bank.team, Bank.cast = factory, team, cast
    run_state_machine_as_test(
        Bank,
        settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)),
    )
