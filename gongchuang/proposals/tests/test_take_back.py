"""Undoing an adoption at once: by whoever adopted it, while nothing followed, with both steps in the history."""

from __future__ import annotations

import pytest

from gongchuang.kernel import history, waiting
from gongchuang.kernel.errors import Refused
from gongchuang.proposals import actions
from gongchuang.proposals.models import Proposal


@pytest.fixture
def adopted(team, worker, leader):
    made = actions.submit(team, problem="每装一件都要重新找正。", idea="定位块改成锥销快换。", by=worker, key="s")
    return actions.adopt(made, by=leader, key="a")


def test_it_awaits_its_reply_again_and_both_steps_stay(adopted, leader):
    actions.take_back(adopted, by=leader, key="t")
    stored = Proposal.objects.get()
    assert (stored.state, stored.adopted_on, stored.replied_on) == ("submitted", None, None)
    assert list(history.about(stored).order_by("pk").values_list("action", flat=True)) == [
        "proposal.submit", "proposal.adopt", "proposal.take_back",
    ]  # fmt: skip
    assert waiting.about(stored).get().act == "adopt"
    actions.adopt(stored, by=leader, key="a2")
    assert Proposal.objects.get().state == "adopted"


def test_a_question_asked_before_was_a_reply_and_stays_one(team, worker, leader):
    made = actions.submit(team, problem="每装一件都要重新找正。", idea="定位块改成锥销快换。", by=worker, key="s")
    actions.ask(made, question="哪台机器？", by=leader, key="q")
    actions.answer(made, text="二号机。", by=worker, key="w")
    actions.adopt(made, by=leader, key="a")
    actions.take_back(made, by=leader, key="t")
    assert Proposal.objects.get().replied_on is not None


def test_what_was_passed_on_goes_back_to_the_officer(team, worker, leader, officer):
    made = actions.submit(team, problem="每装一件都要重新找正。", idea="定位块改成锥销快换。", by=worker, key="s")
    actions.pass_on(made, by=leader, key="p")
    actions.adopt(made, by=officer, key="a")
    actions.take_back(made, by=officer, key="t")
    assert Proposal.objects.get().state == "passed_on"


def test_the_key_makes_it_once(adopted, leader):
    for _ in range(3):
        actions.take_back(Proposal.objects.get(), by=leader, key="t")
    assert history.about(adopted).filter(action="proposal.take_back").count() == 1


@pytest.mark.parametrize("who", ["officer", "worker", "stranger"])
def test_nobody_else_takes_it_back(adopted, who, request):
    with pytest.raises(Refused):
        actions.take_back(adopted, by=request.getfixturevalue(who), key="t")
    assert Proposal.objects.get().state == "adopted"


def test_not_after_somebody_went_on(adopted, leader, worker):
    actions.supplement(adopted, text="料已经备好。", by=worker, key="n")
    with pytest.raises(Refused, match="已有人接着办"):
        actions.take_back(Proposal.objects.get(), by=leader, key="t")


def test_not_after_a_minute(adopted, leader, monkeypatch):
    monkeypatch.setenv("GONGCHUANG_NOW", "2026-06-01T09:02")
    with pytest.raises(Refused, match="一分钟"):
        actions.take_back(adopted, by=leader, key="t")
