"""Faces of contests (竞赛页面): the matrix of contestants and judges with the severity mirror, and the released result."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from gongchuang.contests import rules, sight, tables
from gongchuang.contests.board import Board, board
from gongchuang.contests.forms import plain, words
from gongchuang.contests.mirror import Mirror
from gongchuang.contests.models import Contest, Entry
from gongchuang.contests.scheme import shown
from gongchuang.contests.scoring import Standing
from gongchuang.excel.lists import KINDS, Scope
from gongchuang.kernel.text import Text
from gongchuang.people import sight as shown_as
from gongchuang.web import batch, faces

MARKED = ("judging", "signed", "released")
NOTABLE = 2  # points of severity that are worth a word
MIDDLE, A_POINT, ROW, TOP, REACH = 208, 38, 29, 30, 3.5  # of the mirror's drawing, in its own units


@faces.of("contests", "record")
def record(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    contest: Contest = context["record"]
    person = request.person
    found: dict[str, Any] = announced(contest)
    if contest.state == "open" and person is not None:
        found |= own_entry(contest, request, context)
    if contest.state == "released":
        found["results"] = results(contest, request.person)
        found["masks"] = shown_as.MASKED if any("*" in row["name"] for row in found["results"]) else None
    if contest.state not in MARKED:
        return found
    if contest.state == "judging" and person is not None and may_bring_in(person, contest):
        found["marks_in"] = {"address": f"/org/import/scores/?contest={contest.no}", "label": KINDS["scores"].label}
    if person is not None and rules.BOARD.allows(person, contest):
        seen = board(contest)
        found["frame"] = "frames/desk.html"  # a matrix is office work, whatever space the person comes from
        found["board"] = drawn(contest, seen, is_open=sight.may_see_marks(person, contest), person=person)
    return found


def may_bring_in(person: Any, contest: Contest) -> bool:
    return KINDS["scores"].may(person, Scope(contest.unit, contest))


def announced(contest: Contest) -> dict[str, Any]:
    """The rules as a page: criteria, how a total is made, ties, prizes."""
    scheme = contest.scheme()
    return {
        "criteria": [
            {"label": one.label, "words": words(one), "share": plain(one.weight * one.maximum), "levels": one.levels}
            for one in scheme.criteria
        ],
        "prizes": [
            {"ranks": f"{one.rank_from}–{one.rank_to}" if one.rank_to > one.rank_from else one.rank_from, "prize": one}
            for one in contest.prize_table()
        ],
    }


def own_entry(contest: Contest, request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """Whoever has entered is told so; the button is offered again only to those who may enter others."""
    own = batch.of(request)(contest.persons.filter(person=request.person, is_standing=True).select_related("entry").order_by("pk")[:1])
    mine = next(iter(own), None)
    if mine is None:
        return {}
    leads = bool(request.person.roles() & {"leader", *rules.ORGANISERS})
    return {"mine": mine.entry, "acts": [one for one in context["acts"] if leads or one["name"] != "enter"]}


def results(contest: Contest, viewer: Any) -> list[dict[str, Any]]:
    """The ranks, each name as far as this reader may know it: the same as in the list of entries."""
    rows = contest.entries.placed().select_related("unit", "contest").prefetch_related("entrants__person").order_by("rank", "code")
    return [{"entry": entry, "name": known_as(entry, viewer), "address": f"/entries/{entry.ref}/"} for entry in rows]


def known_as(entry: Entry, viewer: Any) -> str:
    who = tables.entrant(entry)
    return f"{who if isinstance(who, str) else shown_as.name_for(viewer, who, entry)} {entry.product}".strip()


def drawn(contest: Contest, seen: Board, *, is_open: bool, person: Any) -> dict[str, Any]:
    mirror = seen.mirror() if is_open else None
    waited = seen.waited_for()
    # the order of the ranking would tell what the marks are not to tell yet
    rows = seen.ranking.standings if is_open else sorted(seen.ranking.standings, key=lambda one: int(one.code))
    return {
        "is_open": is_open,
        "judges": list(seen.judges.values()),
        "rows": [matrix_row(contest, seen, standing, is_open, person) for standing in rows],
        "locked": seen.locked,
        "owed": seen.owed,
        "all_locked": seen.is_all_locked,
        "waited": Text(
            "、".join(f"{name} {count} 份未锁" for name, count in waited.items()) + "；",
            ", ".join(f"{name}: {count} not locked" for name, count in waited.items()) + ";",
        ),
        "outlier": f"{float(seen.rules.outlier):g}",
        "rule": rule_words(seen),
        "example": next((one.arithmetic for one in seen.ranking.standings if one.rank == 1), "") if is_open else "",
        "example_code": next((one.code for one in seen.ranking.standings if one.rank == 1), ""),
        "mirror": drawn_mirror(seen, mirror) if mirror is not None and mirror.linked and len(seen.judges) > 1 else None,
        "may_sign": contest.state == "judging" and rules.SIGN.allows(person, contest),
        "may_release": contest.state in ("judging", "signed") and rules.RELEASE.allows(person, contest),
        "signatures": int(contest.signed_at is not None) + int(contest.released_by_id is not None),
    }


def rule_words(seen: Board) -> Text:
    """The panel's rule spelled out."""
    chosen = seen.rules
    kept = len(seen.judges) - chosen.drop_high - chosen.drop_low
    if (chosen.drop_high or chosen.drop_low) and len(seen.judges) >= chosen.trim_from:
        return Text(
            f"去掉 {chosen.drop_high} 个最高分、{chosen.drop_low} 个最低分，其余 {kept} 个相加除以 {kept}。",
            f"{chosen.drop_high} highest and {chosen.drop_low} lowest dropped, the other {kept} averaged.",
        )
    return Text("各评委总分相加，除以评委人数。", "The judges' totals are averaged.")


def matrix_row(contest: Contest, seen: Board, standing: Standing, is_open: bool, viewer: Any) -> dict[str, Any]:
    code = int(standing.code)
    far = seen.outliers(standing) if is_open else set()
    cells = [cell(seen, standing, code, judge, name, is_open, name in far) for judge, name in seen.judges.items()]
    entry = seen.entries[code]
    return {
        "code": code,
        "name": known_as(entry, viewer) if contest.state == "released" else "",
        "cells": cells,
        "total": shown(standing.total, seen.rules.places) if is_open and standing.total is not None else "—",
        "rank": standing.rank if is_open and standing.rank else "—",
        "why": "；".join(str(one) for one in standing.why) if standing.status == "out" else "",
    }


def cell(seen: Board, standing: Standing, code: int, judge: int, name: str, is_open: bool, is_far: bool) -> dict[str, Any]:
    sheet = seen.sheets.get((code, judge))
    if sheet is None:
        return {"judge": name, "said": Text("回避", "stood back"), "css": "muted"}
    if sheet.state != "locked":
        return {"judge": name, "said": Text("未评", "not marked"), "css": "cell-empty"}
    value = standing.by_judge.get(name)
    said: Any = shown(value, 1) if is_open and value is not None else Text("已锁", "locked")
    return {"judge": name, "said": said, "css": "cell-outlier" if is_far else "", "is_far": is_far}


def drawn_mirror(seen: Board, mirror: Mirror) -> dict[str, Any]:
    """The chart's points, its finding in words, and whether the medals would change."""
    rows = []
    notable = []
    place = {name: at for at, name in enumerate(seen.judges.values())}
    for at, one in enumerate(sorted(mirror.severities, key=lambda one: place[one.judge])):
        points = max(-REACH, min(REACH, float(one.points)))
        middle = MIDDLE + A_POINT * points
        error = A_POINT * min(one.error, REACH)
        is_notable = abs(one.points) >= NOTABLE
        amount = f"{abs(float(one.points)):.1f}"
        said = Text(f"偏严 {amount}", f"strict {amount}") if one.points < 0 else Text(f"偏宽 {amount}", f"mild {amount}")
        if is_notable:
            notable.append(Text(f"{one.judge}{said.zh} 分", f"{one.judge} {said.en}"))
        y = TOP + ROW * at
        rows.append(
            {
                "judge": one.judge, "y": y, "label_y": y + 4, "x": f"{middle:.1f}", "from": f"{middle - error:.1f}",
                "to": f"{middle + error:.1f}", "is_notable": is_notable, "said": said,
                "said_x": f"{middle + 13:.1f}" if one.points < 0 else f"{middle - 13:.1f}",
                "anchor": "start" if one.points < 0 else "end",
            }
        )  # fmt: skip
    podium = [one.code for one in seen.ranking.standings if one.rank and one.rank <= 3]
    adjusted = mirror.top(len(podium))
    height = TOP + ROW * len(rows)
    return {
        "rows": rows,
        "finding": Text("、".join(one.zh for one in notable), ", ".join(one.en for one in notable))
        if notable
        else Text("各评委宽严相近", "the judges are alike"),
        "sheets": sum(one.sheets for one in mirror.severities),
        "height": height + 32,
        "axis": height - 10,
        "ticks": height + 6,
        "names": height + 22,
        "change": seen.medals_change(mirror),
        "adjusted": Text("、".join(f"{code}号" for code in adjusted), ", ".join(adjusted)),
        "close": closest(seen, mirror, podium),
    }


def closest(seen: Board, mirror: Mirror, podium: list[str]) -> Text | None:
    """How far third and fourth are apart, before and after adjustment."""
    placed = [one for one in seen.ranking.standings if one.rank]
    if len(placed) <= len(podium) or not podium:
        return None
    last, first_below = placed[len(podium) - 1], placed[len(podium)]
    before = (last.total or Fraction(0)) - (first_below.total or Fraction(0))
    behind = mirror.adjusted[last.code] - mirror.adjusted[first_below.code]
    return Text(
        f"{last.code}号与{first_below.code}号相差由 {shown(before, 2)} 分变为 {shown(behind, 2)} 分。",
        f"{last.code} and {first_below.code} are {shown(before, 2)} apart, {shown(behind, 2)} after adjustment.",
    )
