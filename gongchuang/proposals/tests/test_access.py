"""The two readings of a rule agree: the filter and the predicate give the same rows for everybody."""

from gongchuang.kernel.access import RULES
from gongchuang.people import actions as people
from gongchuang.proposals import actions, rules
from gongchuang.proposals.models import Proposal
from gongchuang.proposals.tests.conftest import IDEA, PROBLEM


def test_filter_and_predicate_agree_for_every_rule_and_person(
    cast, proposal, worker2, stranger, other_factory, certifier, district_officer, city_officer, judge, leader, officer
):
    actions.submit(worker2.unit, problem=PROBLEM, idea=IDEA, by=worker2, key="second", coauthors=[proposal.author])
    actions.submit(other_factory, problem=PROBLEM, idea=IDEA, by=stranger, key="third")
    adopted = actions.submit(worker2.unit, problem=PROBLEM, idea=IDEA, by=worker2, key="fourth")
    actions.adopt(adopted, by=leader, key="adopt")
    persons = [None, proposal.author, worker2, stranger, certifier, district_officer, city_officer, judge, leader, officer]
    own = [rule for name, rule in RULES.items() if name.startswith("proposal.") and name != "proposal.submit"]
    assert len(own) >= 10
    seen = set()
    for rule in own:
        for person in persons:
            filtered = set(rule.among(person, Proposal.objects.all()))
            assert filtered == {one for one in Proposal.objects.all() if rule.allows(person, one)}, (rule, person)
            seen.add(len(filtered))
    assert {0, 1, 4} <= seen


def test_a_leaver_loses_everything_at_once(proposal, leader, admin, cast):

    assert rules.SEE.allows(leader, proposal)
    people.leave(leader, by=admin, key="leave")
    assert not rules.SEE.allows(leader, proposal)
    assert not rules.SEE.among(leader, Proposal.objects.all()).exists()
