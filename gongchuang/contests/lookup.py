"""What the doors look up before a rule is asked (查找): a contest is public by its number."""

from __future__ import annotations

from gongchuang.contests.models import Contest


def contest_called(no: str) -> Contest | None:
    """The contest with this number; drafts too, since a rule is asked next."""
    return Contest.objects.filter(no=no).select_related("unit").first()
