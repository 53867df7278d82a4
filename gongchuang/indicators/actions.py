"""Every change of numbers that were not counted here: observations and benchmarks."""

from __future__ import annotations

from datetime import date

from gongchuang.indicators import catalogue, flow, rules
from gongchuang.indicators.definition import STOCK, Indicator
from gongchuang.indicators.models import Observation, Reference
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person, Unit


@action
def enter(
    unit: Unit, *, indicator: str, start_on: date, last_on: date, value: int, source: str, by: Person, key: str,
    source_no: str = "", source_on: date | None = None, basis: str = "", note: str = "",
) -> Observation:  # fmt: skip
    """Enter a number from before the platform, with the document it stands in (填报). value: a count, or fen.

    It is added to what is counted here, so it must not hold anything that is counted here too.
    """
    rules.ENTER.require(by, unit)
    definition = _counted_figure(indicator)
    if last_on < start_on:
        raise Refused(Text("结束日期早于开始日期。", "The period ends before it begins."), field="last_on")
    if last_on > clock.today():
        raise Refused(Text("期间还没有结束。", "The period is not over yet."), field="last_on")
    if value < 0:
        raise Refused(Text("数值不能小于 0。", "The value cannot be below 0."), field="value")
    if not source.strip():
        raise Refused(Text("请写明来源文件。", "Please name the source document."), field="source")
    _refuse_overlap(definition, unit, start_on, last_on)
    observation = Observation(
        key=definition.key, unit=unit, start_on=start_on, last_on=last_on, value=value, source=source.strip(),
        source_no=source_no, source_on=source_on, basis=basis, note=note, entered_by=by,
    )  # fmt: skip
    flow.OBSERVATION.start(observation, by=by, key=key, name="enter")
    return observation


def _counted_figure(key: str) -> Indicator:
    definition = catalogue.INDICATORS.get(key)
    if definition is None or not definition.is_published:
        raise Refused(Text(f"“{key}”不是可以填报历史数的指标。", f"“{key}” takes no numbers from outside."), field="indicator")
    return definition


def _refuse_overlap(definition: Indicator, unit: Unit, start_on: date, last_on: date) -> None:
    """One unit's observations of one figure never speak of the same days twice; those of a stock, never of the same day."""
    standing = Observation.objects.filter(key=definition.key, unit=unit, state__in=["entered", "confirmed"])
    if definition.kind == STOCK:
        same = standing.filter(last_on=last_on)
    else:
        same = standing.filter(start_on__lte=last_on, last_on__gte=start_on)
    if other := same.first():
        raise Refused(
            Text(f"这段时间已有填报（{other.period.label}）。", f"These days have a number already ({other.period})."),
            field="start_on",
            cure=Text("先撤销原来的，再填新的。", "Withdraw that one first."),
        )


@action
def confirm(observation: Observation, *, by: Person, key: str) -> Observation:
    """A second person has compared the number with its document (确认): from now on it counts, as historic."""
    rules.CONFIRM.require(by, observation)
    observation.confirmed_by = by
    flow.OBSERVATION.move(observation, "confirm", by=by, key=key, tell=[observation.entered_by])
    return observation


@action
def decline(observation: Observation, *, reason: str, by: Person, key: str) -> Observation:
    """The number does not stand in the document (不确认)."""
    rules.DECLINE.require(by, observation)
    flow.OBSERVATION.move(observation, "decline", by=by, key=key, tell=[observation.entered_by], reason=reason)
    return observation


@action
def withdraw(observation: Observation, *, reason: str, by: Person, key: str) -> Observation:
    """Take a number back (撤销): it leaves the figures; the row stays."""
    rules.WITHDRAW.require(by, observation)
    flow.OBSERVATION.move(observation, "withdraw", by=by, key=key, tell=[observation.entered_by], reason=reason)
    return observation


@action
def refer(
    city: Unit, *, reference: str, year: int, value: int, source: str, published_on: date, by: Person | None, key: str,
    basis: str = "",
) -> Reference:  # fmt: skip
    """Enter a published benchmark with its vintage (参照值); a later publication is a new row. value: fen for money."""
    if by is not None:
        rules.REFER.require(by, city)
    if Reference.objects.filter(key=reference, year=year, published_on=published_on).exists():
        raise Refused(Text("这一版已经登记。", "This vintage is entered already."), field="published_on")
    found = Reference(key=reference, year=year, value=value, source=source, published_on=published_on, basis=basis)
    found.save()
    record(by, "reference.enter", subject=found, key=key)
    return found
