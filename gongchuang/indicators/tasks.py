"""Counting in the background (后台计数): what a door left unsealed or unfolded. May be run at any time, any number of times."""

from __future__ import annotations

from django.tasks import task

from gongchuang.indicators import tally
from gongchuang.kernel import history


@task()
def fold_the_rest() -> None:
    """Seal and fold whatever doors and commands have not: after a crash, a bulk act, or a busy minute."""
    history.seal()
    tally.fold_everything()
