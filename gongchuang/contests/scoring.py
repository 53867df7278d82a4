"""Judges' marks to ranks (评分与名次): pure, exact, and the same for any order of its input.

All arithmetic is in `fractions.Fraction`; a number is rounded once, when it is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from gongchuang.contests.scheme import Best, Criterion, Rules, Tie, digest, shown
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text

Status = Literal["ranked", "partial", "out"]


@dataclass(frozen=True)
class Entrant:
    """Who is marked, by blind code (加密号). `out` says why somebody is not ranked, such as a safety veto."""

    code: str
    facts: Mapping[str, Fraction] = field(default_factory=dict)
    recused: frozenset[str] = frozenset()
    out: str = ""


@dataclass(frozen=True)
class Sheet:
    """One judge's marks of one entrant (评分表). A criterion that is not in it is unscored, which is not zero."""

    entrant: str
    judge: str
    marks: Mapping[str, Fraction]

    def total(self, rules: Rules) -> Fraction | None:
        """Points of 100 by this judge; None while anything is unscored."""
        if any(one.key not in self.marks for one in rules.criteria):
            return None
        return sum((one.points(self.marks[one.key]) for one in rules.criteria), Fraction(0))


@dataclass(frozen=True)
class Standing:
    """One entrant's place, with the arithmetic that led to it."""

    code: str
    status: Status
    rank: int | None
    total: Fraction | None
    by_judge: Mapping[str, Fraction | None]
    dropped: tuple[str, ...]
    arithmetic: str
    why: tuple[Text, ...] = ()
    decided_by: str = ""


@dataclass(frozen=True)
class Ranking:
    """A pure function of the marks and the rules; both versions are named."""

    standings: tuple[Standing, ...]
    rules_version: str
    marks_version: str

    def of(self, code: str) -> Standing:
        """The standing of one entrant."""
        return next(one for one in self.standings if one.code == code)


def rank(rules: Rules, entrants: Iterable[Entrant], sheets: Iterable[Sheet], judges: Iterable[str] = ()) -> Ranking:
    """Ranks of all entrants.

    judges: the whole panel; without it, whoever handed in a sheet. An entrant is owed a sheet by each judge who does
    not stand back (回避). Anything missing makes the entrant partial: listed apart, never zero, never ranked.
    Equal totals go through the declared ties; what is still equal shares a rank, and the next rank is skipped.
    """
    people = _by_code(entrants)
    table = _by_entrant(rules, people, sheets)
    panel = sorted({judge for row in table.values() for judge in row} | set(judges))
    counted = {code: _count_entrant(rules, people[code], table[code], panel) for code in sorted(people)}
    complete = [code for code, one in counted.items() if one.status == "ranked"]
    places = _places(rules, people, table, counted, complete)
    done = [replace(counted[code], rank=places[code][0], decided_by=places[code][1]) for code in complete]
    apart = [one for one in counted.values() if one.status != "ranked"]
    done.sort(key=lambda one: (one.rank or 0, one.code))
    apart.sort(key=lambda one: (one.status == "out", one.code))
    return Ranking((*done, *apart), rules.digest, marks_version(people.values(), table))


def marks_version(entrants: Iterable[Entrant], table: Mapping[str, Mapping[str, Sheet]]) -> str:
    """The name of exactly these marks, facts and recusals, in whatever order they came."""
    return digest(
        [
            [
                who.code,
                {key: str(value) for key, value in who.facts.items()},
                sorted(who.recused),
                who.out,
                {judge: {key: str(mark) for key, mark in sheet.marks.items()} for judge, sheet in table[who.code].items()},
            ]
            for who in sorted(entrants, key=lambda one: one.code)
        ]
    )


def _by_code(entrants: Iterable[Entrant]) -> dict[str, Entrant]:
    people: dict[str, Entrant] = {}
    for one in entrants:
        if one.code in people:
            raise Refused(Text(f"选手 {one.code} 出现两次", f"Entrant {one.code} appears twice"), field="entrant")
        people[one.code] = one
    return people


def _by_entrant(rules: Rules, people: Mapping[str, Entrant], sheets: Iterable[Sheet]) -> dict[str, dict[str, Sheet]]:
    table: dict[str, dict[str, Sheet]] = {code: {} for code in people}
    for sheet in sheets:
        if sheet.entrant not in people:
            raise Refused(Text(f"没有选手 {sheet.entrant}", f"There is no entrant {sheet.entrant}"), field="entrant")
        if sheet.judge in people[sheet.entrant].recused:
            raise Refused(
                Text(f"{sheet.judge} 应回避选手 {sheet.entrant}", f"{sheet.judge} may not mark entrant {sheet.entrant}"),
                field="judge",
            )
        if sheet.judge in table[sheet.entrant]:
            raise Refused(
                Text(
                    f"{sheet.judge} 给选手 {sheet.entrant} 交了两份评分表",
                    f"{sheet.judge} handed in two sheets for entrant {sheet.entrant}",
                ),
                field="judge",
            )
        for key, mark in sheet.marks.items():
            rules.criterion(key).check(mark)
        table[sheet.entrant][sheet.judge] = sheet
    return table


def _count_entrant(rules: Rules, who: Entrant, sheets: Mapping[str, Sheet], panel: Sequence[str]) -> Standing:
    owed = [judge for judge in panel if judge not in who.recused]
    by_judge = {judge: sheets[judge].total(rules) if judge in sheets else None for judge in owed}
    if who.out:
        return Standing(who.code, "out", None, None, by_judge, (), "", (Text(who.out, who.out),))
    why = [*_missing(rules, sheets, owed), *_too_far_apart(rules, sheets)]
    if len(owed) < rules.least_judges:
        why.append(
            Text(
                f"有效评委 {len(owed)} 名，少于规则要求的 {rules.least_judges} 名",
                f"{len(owed)} judges, the rules ask for {rules.least_judges}",
            )
        )
    if why:
        return Standing(who.code, "partial", None, None, by_judge, (), "", tuple(why))
    if rules.over == "criterion":
        total = sum((_criterion_points(rules, one, sheets) for one in rules.criteria), Fraction(0))
        terms = " + ".join(shown(_criterion_points(rules, one, sheets), rules.places) for one in rules.criteria)
        return Standing(who.code, "ranked", None, total, by_judge, (), f"{terms} = {shown(total, rules.places)}")
    marks = {judge: value for judge, value in by_judge.items() if value is not None}
    kept, dropped = trimmed(rules, marks)
    total = sum(kept.values(), Fraction(0)) / len(kept)
    terms = " + ".join(shown(value, rules.places) for value in sorted(kept.values()))
    arithmetic = f"({terms}) ÷ {len(kept)} = {shown(total, rules.places)}"
    return Standing(who.code, "ranked", None, total, by_judge, dropped, arithmetic)


def _missing(rules: Rules, sheets: Mapping[str, Sheet], owed: Sequence[str]) -> list[Text]:
    why = []
    for judge in owed:
        if judge not in sheets:
            why.append(Text(f"{judge} 未评", f"{judge} has not marked"))
            continue
        gaps = [one.label for one in rules.criteria if one.key not in sheets[judge].marks]
        if gaps:
            why.append(Text(f"{judge} 未评：{'、'.join(gaps)}", f"{judge} has not marked: {', '.join(gaps)}"))
    return why


def _too_far_apart(rules: Rules, sheets: Mapping[str, Sheet]) -> list[Text]:
    if rules.judged_gap is None:
        return []
    why = []
    for one in rules.criteria:
        marks = [sheet.marks[one.key] for sheet in sheets.values() if one.key in sheet.marks]
        if one.kind == "J" and marks and max(marks) - min(marks) > rules.judged_gap:
            why.append(Text(f"“{one.label}”评判相差过大，须合议重评", f"{one.label}: judged too far apart, to be marked again"))
    return why


def trimmed(rules: Rules, marks: Mapping[str, Fraction]) -> tuple[dict[str, Fraction], tuple[str, ...]]:
    """The marks that count, and the judges whose marks are dropped. Which of two equal marks goes changes no mean."""
    if not (rules.drop_high or rules.drop_low) or len(marks) < rules.trim_from:
        return dict(marks), ()
    order = sorted(marks, key=lambda judge: (marks[judge], judge))
    last = len(order) - rules.drop_high
    kept = order[rules.drop_low : last]
    return {judge: marks[judge] for judge in kept}, (*order[: rules.drop_low], *order[last:])


def _criterion_points(rules: Rules, one: Criterion, sheets: Mapping[str, Sheet]) -> Fraction:
    marks = {judge: one.points(sheet.marks[one.key]) for judge, sheet in sheets.items()}
    kept, _ = trimmed(rules, marks) if rules.over == "criterion" else (marks, ())
    return sum(kept.values(), Fraction(0)) / len(kept)


def _places(
    rules: Rules,
    people: Mapping[str, Entrant],
    table: Mapping[str, Mapping[str, Sheet]],
    counted: Mapping[str, Standing],
    complete: Sequence[str],
) -> dict[str, tuple[int, str]]:
    """Rank and the tie step that decided it, for every complete entrant."""
    totals = {code: counted[code].total or Fraction(0) for code in complete}
    groups = [(group, "") for group in _split(complete, totals, "high")]
    for tie in rules.ties:
        finer = []
        for group, decided in groups:
            values = {code: _tie_value(rules, tie, people[code], table[code]) for code in group}
            known = {code: value for code, value in values.items() if value is not None}
            # a step that is not known of everybody in the group decides nothing: no one gains by a missing fact
            parts = _split(group, known, tie.best) if len(group) > 1 and len(known) == len(group) else [group]
            finer += [(part, tie.by if len(parts) > 1 else decided) for part in parts]
        groups = finer
    places: dict[str, tuple[int, str]] = {}
    place = 1
    for group, decided in groups:
        places |= dict.fromkeys(group, (place, decided))
        place += len(group)
    return places


def _split(codes: Sequence[str], values: Mapping[str, Fraction], best: Best) -> list[list[str]]:
    steps = sorted({values[code] for code in codes}, reverse=best == "high")
    return [[code for code in codes if values[code] == step] for step in steps]


def _tie_value(rules: Rules, tie: Tie, who: Entrant, sheets: Mapping[str, Sheet]) -> Fraction | None:
    inside = [one for one in rules.criteria if tie.by in (one.key, one.part)]
    if inside:
        return sum((_criterion_points(rules, one, sheets) for one in inside), Fraction(0))
    return who.facts.get(tie.by)
