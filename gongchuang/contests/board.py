"""The contest's marks as the ranking sees them (评分台): sheets read from the database, ranks by scoring.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from gongchuang.contests.mirror import Mirror, mirror
from gongchuang.contests.models import Contest, Entry, Recusal, ScoreSheet
from gongchuang.contests.scheme import Rules
from gongchuang.contests.scoring import Entrant, Ranking, Sheet, Standing, rank
from gongchuang.people.models import Person


@dataclass(frozen=True)
class Board:
    """Everything that is known of a contest's marks at this moment."""

    rules: Rules
    judges: Mapping[int, str]  # person → the name that stands in the arithmetic
    entries: Mapping[int, Entry]  # blind code → entry
    sheets: Mapping[tuple[int, int], ScoreSheet]  # (blind code, judge) → the sheet that counts
    recused: frozenset[tuple[int, int]]
    ranking: Ranking

    @property
    def locked(self) -> int:
        return sum(sheet.state == "locked" for sheet in self.sheets.values())

    @property
    def owed(self) -> int:
        """How many sheets there should be: one a judge and entry, less those who stand back."""
        return len(self.sheets)

    @property
    def is_all_locked(self) -> bool:
        return self.owed > 0 and self.locked == self.owed

    def waited_for(self) -> dict[str, int]:
        """Judges with sheets that are not locked, and how many."""
        left: dict[str, int] = {}
        for (_, judge), sheet in self.sheets.items():
            if sheet.state != "locked":
                left[self.judges[judge]] = left.get(self.judges[judge], 0) + 1
        return left

    def totals(self) -> dict[str, dict[str, Fraction]]:
        """Sheet totals by blind code and judge, of complete sheets only."""
        return {
            one.code: {judge: value for judge, value in one.by_judge.items() if value is not None}
            for one in self.ranking.standings
            if one.status != "out"
        }

    def outliers(self, standing: Standing) -> set[str]:
        """Judges whose total lies further from the panel's median than the rules' threshold: tinted, nothing more."""
        values = {judge: value for judge, value in standing.by_judge.items() if value is not None}
        if len(values) < 3:
            return set()
        middle = median(values.values())
        return {judge for judge, value in values.items() if abs(value - middle) > self.rules.outlier}

    def mirror(self) -> Mirror:
        return mirror(self.totals())

    def medals_change(self, seen: Mirror, medals: int = 3) -> bool:
        """Whether adjusting for severity would put somebody else on the podium."""
        podium = {one.code for one in self.ranking.standings if one.rank and one.rank <= medals}
        return seen.linked and set(seen.top(len(podium))) != podium


def board(contest: Contest) -> Board:
    """Read a contest's marks and rank them; five queries whatever the number of entries."""
    rules = contest.scheme()
    entries = {
        entry.code: entry for entry in contest.entries.exclude(code=None).select_related("unit").order_by("code") if entry.code is not None
    }
    judges = _names(contest)
    sheets = {
        (sheet.code, sheet.judge_id): sheet for sheet in contest.sheets.current().prefetch_related("marks").order_by("code", "judge_id")
    }
    stood_back = Recusal.objects.filter(contest=contest).values_list("entry__code", "judge_id")
    recused = frozenset((code, judge) for code, judge in stood_back if code is not None)
    people = [
        Entrant(
            str(code),
            recused=frozenset(judges[judge] for judge in judges if (code, judge) in recused),
            out=entry.veto_reason if entry.state == "vetoed" else "",
        )
        for code, entry in entries.items()
    ]
    marked = [Sheet(str(code), judges[judge], marks_of(sheet)) for (code, judge), sheet in sheets.items()]
    return Board(rules, judges, entries, sheets, recused, rank(rules, people, marked, judges.values()))


def marks_of(sheet: ScoreSheet) -> dict[str, Fraction]:
    """What stands on a sheet, by aspect."""
    return {mark.aspect: mark.value for mark in sheet.marks.all()}


def _names(contest: Contest) -> dict[int, str]:
    """Judges by name; two of one name are told apart by their place on the panel."""
    people = Person.objects.filter(panels__contest=contest).order_by("panels__pk")
    names: dict[int, str] = {}
    for person in people:
        again = sum(name == person.name or name.startswith(f"{person.name}·") for name in names.values())
        names[person.pk] = f"{person.name}·{again + 1}" if again else person.name
    return names
