"""A person's dossier: each count opens its records, and nobody counts what they may not see."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gongchuang.proposals import actions as proposals
from gongchuang.proposals.models import Proposal
from gongchuang.web.dossier import PARTS, counted


@pytest.fixture
def two(propose: Any, worker: Any, worker2: Any) -> Proposal:
    """One of the worker's own, and one with the worker and worker2 both named on it."""
    propose(title="第一条")
    return proposals.submit(
        worker.unit, problem="每装一件都要重新找正。", idea="两个人一起改。", title="第二条", by=worker2, coauthors=[worker], key="joint"
    )


def said(page: str, part: str) -> int:
    found = re.search(rf'data-part="{part}" data-value="(\d+)"', page)
    return int(found.group(1)) if found else 0


def test_a_count_opens_the_records_it_counts(as_: Any, worker: Any, two: Proposal) -> None:
    client = as_(worker)
    page = client.get(f"/people/{worker.ref}/").content.decode()
    assert said(page, "proposals") == 2
    opened = client.get(f"/people/{worker.ref}/?of=proposals").content.decode()
    assert 'data-count="2"' in opened
    assert "第一条" in opened
    assert "第二条" in opened


def test_a_record_that_names_several_is_counted_once_for_each(worker: Any, worker2: Any, two: Proposal) -> None:
    assert (counted(worker, worker)["proposals"][0], counted(worker2, worker2)["proposals"][0]) == (2, 1)


def test_an_unknown_part_opens_nothing(as_: Any, worker: Any, two: Proposal) -> None:
    answer = as_(worker).get(f"/people/{worker.ref}/?of=accounts'--")
    assert answer.status_code == 200
    assert 'id="opened"' not in answer.content.decode()


def test_a_stranger_finds_no_page_and_counts_nothing(as_: Any, worker: Any, stranger: Any, two: Proposal) -> None:
    assert as_(stranger).get(f"/people/{worker.ref}/").status_code == 404
    assert counted(worker, worker)["proposals"][0] == 2
    assert not {key: many for key, (many, _) in counted(worker, stranger).items() if many}


def test_each_part_counts_what_its_desk_shows(worker: Any, officer: Any, two: Proposal) -> None:
    found = counted(worker, officer)
    for part in PARTS:
        assert found.get(part.desk_key, (0, 0))[0] == part.rows(worker, officer).count(), part.desk_key


def test_posts_stand_on_the_page(as_: Any, worker: Any) -> None:
    page = as_(worker).get(f"/people/{worker.ref}/").content.decode()
    assert "至今" in page
