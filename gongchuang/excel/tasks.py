"""Imports in the background (后台导入). A task may be run twice: the import answers what was done before."""

from __future__ import annotations

import logging

from django.tasks import task

from gongchuang.kernel.errors import Refused
from gongchuang.people import roster_staging
from gongchuang.people.imports import ImportRun
from gongchuang.people.roster_import import bring_in

log = logging.getLogger(__name__)


@task()
def bring_in_roster(ref: str) -> None:
    """Import a staged roster in the name of whoever started it; a refusal is kept with the import for its page."""
    run = roster_staging.run_by_ref(ref)
    if run is None:
        return
    try:
        bring_in(run, by=run.started_by)
    except Refused as refusal:
        log.info("import %s was refused: %s", ref, refusal)


def start(run: ImportRun) -> None:
    bring_in_roster.enqueue(run.ref)
