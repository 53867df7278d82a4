"""Replying: adopt, decline with a reason, ask, pass on; by those who may, once."""

import pytest

from gongchuang.kernel import clock, escalation, waiting
from gongchuang.kernel.errors import NotYours, Refused, Stale
from gongchuang.kernel.models import Event, Notice, Waiting
from gongchuang.people.models import Unit, holders_of
from gongchuang.proposals import actions
from gongchuang.proposals.models import Proposal


def test_adopting_tells_the_author_and_waits_for_the_deed(proposal, leader, worker, key):
    actions.adopt(proposal, by=leader, key=key)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.adopted_on) == ("adopted", clock.today())
    assert Notice.objects.filter(person_uid=worker.uid, text_zh__startswith="已采纳").count() == 1
    assert Waiting.objects.get().act == "implement"


@pytest.mark.parametrize("who", ["stranger", "worker", "worker2", "certifier", "district_officer", "city_officer"])
def test_only_the_leader_and_the_officer_answer(proposal, who, request, key):
    person = request.getfixturevalue(who)
    for act in (actions.adopt, actions.pass_on):
        with pytest.raises(NotYours):
            act(proposal, by=person, key=key)
    with pytest.raises(NotYours):
        actions.decline(proposal, reason="cost", text="投入大", by=person, key=key)
    with pytest.raises(NotYours):
        actions.ask(proposal, question="哪个架子？", by=person, key=key)
    proposal.refresh_from_db()
    assert proposal.state == "submitted"


def test_adopting_twice_is_refused_and_the_same_press_is_one(proposal, leader, officer, key):
    actions.adopt(proposal, by=leader, key=key)
    actions.adopt(Proposal.objects.get(), by=leader, key=key)
    with pytest.raises(Refused, match="已采纳"):
        actions.adopt(Proposal.objects.get(), by=officer, key="other")
    assert Event.objects.filter(action="proposal.adopt").count() == 1


def test_the_second_of_two_editors_is_told(proposal, leader, officer, key):
    seen_by_officer = Proposal.objects.get()
    actions.supplement(proposal, text="补一句", by=proposal.author, key="note")
    with pytest.raises(Stale):
        actions.adopt(seen_by_officer, by=officer, key=key)


def test_a_decline_needs_reason_and_words(proposal, leader, key):
    with pytest.raises(Refused) as refused:
        actions.decline(proposal, reason="", text="不行", by=leader, key=key)
    assert refused.value.field == "reason"
    with pytest.raises(Refused) as refused:
        actions.decline(proposal, reason="cost", text=" ", by=leader, key=key)
    assert refused.value.field == "text"
    actions.decline(proposal, reason="cost", text="护套比叶片还贵", by=leader, key=key)
    assert proposal.remarks.get().text == "护套比叶片还贵"
    assert not Waiting.objects.exists()


def test_asking_waits_for_the_author_and_answering_for_the_leader(proposal, leader, worker, key):
    actions.ask(proposal, question="哪个架子？", by=leader, key=key)
    assert Waiting.objects.get().person_uid == worker.uid
    actions.answer(proposal, text="三号架", by=worker, key="answer")
    assert (proposal.state, Waiting.objects.get().role) == ("submitted", "leader")


def test_withdrawing_ends_with_the_first_reply(proposal, leader, worker, key):
    actions.ask(proposal, question="哪个架子？", by=leader, key=key)
    actions.answer(proposal, text="三号架", by=worker, key="answer")
    with pytest.raises(Refused, match="已经有回复"):
        actions.withdraw(proposal, by=worker, key="withdraw")


def test_a_proposal_that_was_only_passed_on_can_still_be_withdrawn(worker, team):
    proposal = actions.submit(team, problem="横杆裸露，一颠就磕边", idea="套上聚氨酯护套", by=worker, key="no leader yet")
    assert proposal.state == "passed_on"
    actions.withdraw(proposal, by=worker, key="withdraw")
    assert proposal.state == "withdrawn"


def test_a_withdrawn_proposal_is_not_counted(proposal, worker, leader, key):
    with pytest.raises(NotYours):
        actions.withdraw(proposal, by=leader, key=key)
    actions.withdraw(proposal, by=worker, key=key)
    assert not Proposal.objects.counted().exists()


def test_what_is_not_answered_goes_up_once(proposal, leader, officer, key):
    def tell(role, path):
        return holders_of((role,), Unit.objects.get(path=path))

    assert escalation.run(tell) == 0
    due = Waiting.objects.get().due_on
    with clock.frozen(due.replace(year=due.year + 1)):
        assert waiting.of(officer).count() == 0
        assert escalation.run(tell) == 1
        assert escalation.run(tell) == 0
        assert waiting.of(officer).count() == 1
    assert Notice.objects.filter(person_uid=officer.uid, text_zh__startswith="逾期").count() == 1


def test_an_implemented_proposal_waits_for_its_result(adopted, leader, officer, worker, key):
    with pytest.raises(NotYours):
        actions.implement(adopted, by=worker, key=key)
    actions.implement(adopted, by=leader, key=key)
    assert (Waiting.objects.get().act, Waiting.objects.get().role) == ("make_result", "officer")
    with pytest.raises(Refused):
        actions.implement(adopted, by=leader, key="again")
