"""Charts drawn on the server (图表): geometry for inline SVG, and the finding that stands as each title (UX §6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gongchuang.indicators.definition import FLOW, RULE
from gongchuang.indicators.figure import Figure
from gongchuang.kernel import quantity
from gongchuang.kernel.period import Period
from gongchuang.kernel.text import Text

STEPS = 6  # how many tints a tile map has


# -------------------------------------------------------------------------------------------------------------- findings


def trend_finding(series: Sequence[tuple[Period, Figure]]) -> Text:
    """What a line says: from where to where, or which year was the highest."""
    known = [(period, figure) for period, figure in series if figure.value is not None]
    if len(known) < 2:
        return Text("还只有一个年度", "One year so far")
    (first_on, first), (last_on, last) = known[0], known[-1]
    at_first, at_last = _said(first_on), _said(last_on)
    if last.definition.kind == FLOW:
        best_on, best = max(known, key=lambda one: (one[1].value or 0, one[0].start))
        if best_on == last_on:
            return Text(f"{at_last.zh}{last.short}，为各年最高", f"{last.short} in {at_last.en}, the most of all years")
        highest = _said(best_on)
        return Text(
            f"{highest.zh}最高，{best.short}；{at_last.zh}{last.short}",
            f"{best.short} in {highest.en} was the most; {last.short} in {at_last.en}",
        )
    if last.definition.kind == RULE or first.value == last.value:
        return Text(f"{at_first.zh}到{at_last.zh}没有变化", f"Unchanged from {at_first.en} to {at_last.en}")
    went = Text("增到", "up") if (last.value or 0) > (first.value or 0) else Text("降到", "down")
    return Text(
        f"从{at_first.zh}的 {first.short} {went.zh} {last.short}", f"{went.en.title()} from {first.short} in {at_first.en} to {last.short}"
    )


def _said(period: Period) -> Text:
    return Text(period.label_in("zh"), period.label_in("en"))


def share_finding(rows: Sequence[dict[str, Any]], whole: int | None) -> Text | None:
    """Which two make how much of the whole; nothing where there are not three to compare."""
    values = [row["value"] for row in rows if row["value"]]
    if len(values) < 3 or not whole:
        return None
    share = quantity.percent_text((values[0] + values[1]) * 100 // whole * 100)
    names = [row["label"] for row in rows[:2]]
    return Text(f"{names[0]}、{names[1]}占 {share}", f"{names[0]} and {names[1]} make {share}")


def spread_finding(rows: Sequence[dict[str, Any]]) -> Text | None:
    """How far the longest bar stands above the shortest."""
    values = [row["value"] for row in rows if row["value"]]
    if len(values) < 3:
        return None
    times = values[0] * 10 // values[-1]
    said = f"{times // 10}.{times % 10}" if times % 10 else str(times // 10)
    return Text(
        f"{rows[0]['label']}是{rows[-1]['label']}的 {said} 倍", f"{rows[0]['label']} has {said} times as much as {rows[-1]['label']}"
    )


def funnel_finding(values: Sequence[int]) -> Text:
    """Of a hundred, how many come how far."""
    made, adopted, done = values
    if not made or adopted > made or done > adopted:
        return Text(
            f"提交 {made:,} 件，采纳 {adopted:,} 件，实施 {done:,} 件", f"{made:,} handed in, {adopted:,} adopted, {done:,} implemented"
        )
    return Text(
        f"每 100 件建议，采纳 {adopted * 100 // made} 件，实施 {done * 100 // made} 件",
        f"Of 100 proposals {adopted * 100 // made} are adopted and {done * 100 // made} implemented",
    )


def matching_finding(needs: int, matched: int) -> Text:
    if not needs:
        return Text("还没有企业需求", "No needs yet")
    return Text(f"{needs:,} 项需求，对接了 {matched:,} 项", f"{matched:,} of {needs:,} needs are matched")


# -------------------------------------------------------------------------------------------------------------- geometry


@dataclass(frozen=True)
class Mark:
    """One point, bar or step of a chart, in the chart's own units, with its words and where it leads."""

    label: str
    said: str
    address: str
    x: float
    y: float
    width: float = 0
    height: float = 0
    share: str = ""
    anchor: str = "middle"
    told_x: float = 0
    is_told: bool = True

    @property
    def above(self) -> float:
        return self.y - 10

    @property
    def text_y(self) -> float:
        return self.y + 21

    @property
    def end(self) -> float:
        return self.x + self.width + 8

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Line:
    """A line over the years: path, dots, and the years under it."""

    width: int
    height: int
    base: int
    path: str
    grid: Sequence[float]
    marks: Sequence[Mark]

    @property
    def under(self) -> int:
        return self.base + 20

    @property
    def right(self) -> int:
        return self.width - 8


def line(rows: Sequence[dict[str, Any]], *, width: int = 360, height: int = 190) -> Line | None:
    """A line from zero up; every point says its value where there is room, else the first, the last and the highest."""
    values = [row["value"] or 0 for row in rows]
    if len(values) < 2:
        return None
    base, top, left = height - 32, max(values) or 1, 44
    step = (width - 2 * left) / (len(values) - 1)
    has_room = step >= 2 * left
    marks = []
    for at, row in enumerate(rows):
        x, y = left + step * at, base - (base - 34) * values[at] / top
        # The words of the first and the last point stand inside the frame, whatever their length.
        is_rising = at + 1 < len(values) and values[at + 1] > values[at]
        anchor, told_x = (
            ("start", 8) if at == 0 else ("end", width - 8) if at == len(rows) - 1 else ("end", x + 8) if is_rising else ("middle", x)
        )
        marks.append(
            Mark(
                row["axis"], row["words"], row["address"], round(x, 1), round(y, 1),
                anchor=anchor, told_x=round(told_x, 1), is_told=has_room or at in {0, len(rows) - 1},
            )
        )  # fmt: skip
    path = "M" + "L".join(f"{mark.x} {mark.y}" for mark in marks)
    grid = [round(base - (base - 34) * part / 3, 1) for part in (1, 2, 3)]
    return Line(width, height, base, path, grid, marks)


def funnel(labels: Sequence[Any], values: Sequence[int], addresses: Sequence[str]) -> list[Mark]:
    """Bars that shrink from step to step, 360 wide; each says its share of the one before."""
    most = max(values) or 1
    return [
        Mark(
            str(label), quantity.count_text(value), address, 56, 6 + 56 * at, round(210 * value / most, 1), 32,
            quantity.percent_text(value * 10_000 // values[at - 1]) if at and values[at - 1] else "",
        )
        for at, (label, value, address) in enumerate(zip(labels, values, addresses, strict=True))
    ]  # fmt: skip


def columns(labels: Sequence[Any], values: Sequence[int], addresses: Sequence[str]) -> list[Mark]:
    """Upright bars on one axis, 360 × 190."""
    most, slot = max(values) or 1, 352 / max(len(values), 1)
    made = []
    for at, (label, value, address) in enumerate(zip(labels, values, addresses, strict=True)):
        height = max(2.0, round(124 * value / most, 1))
        made.append(
            Mark(str(label), quantity.count_text(value), address, round(4 + slot * at + (slot - 44) / 2, 1), 152 - height, 44, height)
        )
    return made


def legend(largest: int) -> list[tuple[int, str]]:
    """What each tint of the tile map stands for: up to so much."""
    return [(step, quantity.short_fen(largest * step // STEPS)) for step in range(1, STEPS + 1)] if largest else []


def sentence(rows: Sequence[Any]) -> str:
    """All marks in one sentence, for those who hear the chart."""
    return str(Text("，", ", ")).join(f"{row.label} {row.said}" for row in rows)
