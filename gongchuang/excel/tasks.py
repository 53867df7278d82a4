"""Imports in the background (后台导入). A task may be run twice: the import answers what was done before."""

from __future__ import annotations

import logging

from django.tasks import task

from gongchuang.excel import lists
from gongchuang.kernel import notices
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text
from gongchuang.people import list_staging, roster_staging
from gongchuang.people.imports import ImportRun
from gongchuang.people.roster_import import bring_in
from gongchuang.people.roster_undo import undo_import

log = logging.getLogger(__name__)


@task()
def bring_in_roster(ref: str) -> None:
    """Import a staged roster in the name of whoever started it; a refusal is kept with the import for its page."""
    run = roster_staging.run_by_ref(ref)
    if run is None:
        return
    try:
        run = bring_in(run, by=run.started_by)
    except Refused as refusal:
        log.info("import %s was refused: %s", ref, refusal)
        return
    counts = {name: f"{run.counts[name]:,}" for name in ("new", "changed", "wrong")}
    words = Text(
        f"{run.file_name} 已导入：新增 {{new}}，更新 {{changed}}，有错 {{wrong}}",
        f"{run.file_name} is in: {{new}} new, {{changed}} changed, {{wrong}} wrong",
    )
    notices.finished(list_staging.event_of(run), run.started_by, words.format(**counts), page="org/people/import", ref=run.ref)


@task()
def take_back_roster(ref: str) -> None:
    """Take an import back that is too long to wait for."""
    run = roster_staging.run_by_ref(ref)
    if run is None:
        return
    try:
        run = undo_import(run, by=run.started_by, key=f"roster-undo:{run.uid}")
    except Refused as refusal:
        log.info("import %s was not taken back: %s", ref, refusal)
        return
    words = Text(f"{run.file_name} 的导入已撤销", f"The import of {run.file_name} was taken back")
    notices.finished(list_staging.event_of(run), run.started_by, words, page="org/people/import", ref=run.ref)


@task()
def bring_in_list(ref: str) -> None:
    """Import a staged list in the name of whoever started it."""
    run = roster_staging.run_by_ref(ref)
    if run is None or run.started_by is None or run.state != "queued":
        return
    try:
        run = lists.bring_in(run, run.started_by)
    except Refused as refusal:
        log.info("import %s was refused: %s", ref, refusal)
        return
    words = Text(
        f"{run.file_name} 已导入：新增 {{new}}，更新 {{changed}}，有错 {{wrong}}",
        f"{run.file_name} is in: {{new}} new, {{changed}} changed, {{wrong}} wrong",
    )
    notices.finished(list_staging.event_of(run), run.started_by, words.format(**run.counts), page="org/import/run", ref=run.ref)


@task()
def take_back_list(ref: str) -> None:
    """Take a list's import back."""
    run = roster_staging.run_by_ref(ref)
    if run is None or run.started_by is None or run.state != "undoing":
        return
    try:
        lists.take_back(run, run.started_by)
    except Refused as refusal:
        log.info("import %s was not taken back: %s", ref, refusal)


def start_list(run: ImportRun) -> None:
    bring_in_list.enqueue(run.ref)


def start_list_undo(run: ImportRun) -> None:
    take_back_list.enqueue(run.ref)


def start(run: ImportRun) -> None:
    bring_in_roster.enqueue(run.ref)


def start_undo(run: ImportRun) -> None:
    take_back_roster.enqueue(run.ref)
