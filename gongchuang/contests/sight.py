"""What judges and chief judges are shown (评委可见范围): own sheets, contests led, and when marks of others may be seen."""

from __future__ import annotations

from django.db.models import QuerySet

from gongchuang.contests import rules
from gongchuang.contests.models import Contest, ScoreSheet
from gongchuang.people.models import Person


def own_sheets(person: Person) -> QuerySet[ScoreSheet]:
    """A judge's own sheets that count, newest contest first, by the number drawn."""
    rows = rules.MARK.among(person, ScoreSheet.objects.current())
    return rows.select_related("contest").order_by("-contest_id", "code")


def led_by(person: Person) -> QuerySet[Contest]:
    """The contests under way that a person leads as chief judge."""
    return rules.VETO.among(person, Contest.objects.filter(state__in=["judging", "signed"])).order_by("-pk")


def may_see_marks(person: Person, contest: Contest) -> bool:
    """Marks of others are seen after the signature; before it by the chief judge alone, once all own sheets are locked."""
    if contest.state in ("signed", "released"):
        return True
    waiting = own_sheets(person).filter(contest=contest, state="open")
    return contest.chief_id == person.pk and not waiting.exists()
