"""The life of a noun as data (流程): states, moves, and whom each state waits for. A move is the only way a state changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from gongchuang.kernel import clock, history, waiting
from gongchuang.kernel.errors import Refused, Stale
from gongchuang.kernel.models import Event
from gongchuang.kernel.text import Choices, Text

FLOWS: dict[str, Flow] = {}


@dataclass(frozen=True)
class Wait:
    """Whom a state waits for: holders of `role` over the unit at `over`, or the person at `person`."""

    act: str
    role: str = ""
    over: str = "unit"
    person: str = ""
    working_days: int | None = None
    then: str = ""  # the role it goes up to when the day has passed


class Flow:
    """States, moves and waits of one noun."""

    def __init__(
        self,
        name: str,
        *,
        initial: str,
        states: Mapping[str, Text],
        moves: Mapping[str, tuple[set[str], str]],
        waits: Mapping[str, Wait] | None = None,
    ) -> None:
        self.name = name
        self.initial = initial
        self.states = Choices(states.items())
        self.moves = dict(moves)
        self.waits = dict(waits or {})
        for move, (sources, target) in self.moves.items():
            unknown = {*sources, target} - set(states)
            if unknown:
                raise ValueError(f"{name}.{move} names unknown states {unknown}")
        FLOWS[name] = self

    def field(self) -> models.CharField[Any, Any]:
        """The state column of the noun."""
        return models.CharField(max_length=24, choices=self.states.choices, default=self.initial, db_index=True)

    def pairs(self) -> set[tuple[str, str]]:
        """Every (source, target) the flow allows: what the database's guard knows."""
        return {(source, target) for sources, target in self.moves.values() for source in sources}

    def allows(self, record: models.Model, move: str) -> bool:
        return getattr(record, "state", None) in self.moves[move][0]

    def start(self, record: models.Model, *, by: Any, key: str | None = None, name: str = "create", **said: Any) -> Event:
        """Save a new record in its first state and record `<flow>.<name>`."""
        record.state = self.initial  # type: ignore[attr-defined]
        record.save()
        event = self._record(record, name, by, key, said)
        self._wait(record)
        return event

    def move(self, record: models.Model, name: str, *, by: Any, key: str | None = None, **said: Any) -> Event:
        """Lock, check, save and record one move; `tell`, `say` and the Event's facts come by keyword."""
        sources, target = self.moves[name]
        stored = type(record)._base_manager.select_for_update().filter(pk=record.pk).values("state", "version").first()
        if stored is None:
            raise Refused(Text("这条记录已不存在。", "This record no longer exists."))
        state = stored["state"]
        if state not in sources:
            raise Refused(
                Text(
                    f"现在是“{self.states.texts[state].zh}”，不能再办这一步。",
                    f"It is “{self.states.texts[state].en}” now; this step is no longer possible.",
                )
            )
        if stored["version"] != record.version:  # type: ignore[attr-defined]
            raise Stale(Text("别人刚改过这条记录，请看过再办。", "Somebody has just changed this record. Please look again."))
        record.state = target  # type: ignore[attr-defined]
        record.save()
        event = self._record(record, name, by, key, said)
        self._wait(record)
        return event

    def _record(self, record: models.Model, name: str, by: Any, key: str | None, said: dict[str, Any]) -> Event:
        label = self.states.texts[record.state]  # type: ignore[attr-defined]
        say = said.pop("say", None) or Text(f"{record}：{label.zh}", f"{record}: {label.en}")
        tell: Iterable[Any] = said.pop("tell", ())
        return history.record(by, f"{self.name}.{name}", subject=record, key=key, tell=tell, say=say, **said)

    def _wait(self, record: models.Model) -> None:
        wait = self.waits.get(record.state)  # type: ignore[attr-defined]
        waiting.keep(record, wait, clock.today())


def flow_of(model: type[models.Model]) -> Flow | None:
    """The flow whose states stand in the model's `state` column."""
    state = next((field for field in model._meta.local_concrete_fields if field.name == "state"), None)
    states = list(state.choices or ()) if state is not None else []
    return next((flow for flow in FLOWS.values() if states and flow.states.choices == states), None)
