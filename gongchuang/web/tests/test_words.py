"""Nothing raw on a page: every Event has a name in both languages, every state a colour of its own choice."""

from __future__ import annotations

import re
from pathlib import Path

import gongchuang
from gongchuang.kernel.flow import FLOWS
from gongchuang.web import deeds, looks, shown, urls

ROOT = Path(gongchuang.__file__).parent
RECORDED = re.compile(r"record\([^\"\n]*\"([a-z_]+\.[a-z_]+)\"")
CHINESE = re.compile("[\u4e00-\u9fff]")


def test_every_event_has_a_name_in_both_languages():
    assert urls.urlpatterns  # the routes teach shown.py the labels of the acts
    found = {
        action for file in ROOT.rglob("*.py") if "tests" not in file.parts for action in RECORDED.findall(file.read_text(encoding="utf-8"))
    }
    assert len(found) > 50
    named = {action for action in found if action in shown.LABELS or is_move(action)}
    assert sorted(action for action in found - named if not CHINESE.search(deeds.deed(action).zh)) == []


def is_move(action: str) -> bool:
    name, _, move = action.partition(".")
    return name in FLOWS and move in FLOWS[name].moves


def test_every_state_has_its_colour():
    states = {state for flow in FLOWS.values() for state in flow.states.texts}
    assert sorted(state for state in states if looks.look_of(state) not in looks._LOOKS) == []


def test_facts_of_an_event_are_said_in_words():
    assert deeds.facts({"amount_fen": 13_272_400, "person": "people_person:9", "reason": "not_now", "rank": 1}) == {
        "金额（元）": "132,724.00",
        "名次": "1",
    }
