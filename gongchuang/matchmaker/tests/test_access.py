"""A rule's two readings agree: «may I» on each record, and «which may I» over the table."""

import pytest

from gongchuang.kernel.access import Rule
from gongchuang.matchmaker import actions, intake, rules
from gongchuang.matchmaker.models import Contract, Expert, Institution, Match, MatchBenefit, Need, Offer, Visit
from gongchuang.matchmaker.tests.conftest import NEED, next_key

OF = {
    Visit: ["SEE_VISIT"],
    Need: [
        "SEE_NEED", "PUBLISH", "SEND_BACK", "CORRECT", "WITHDRAW", "CLOSE", "READ_TEXT", "READ_CONTACT", "RANK", "PUT_FORWARD", "VOLUNTEER",
    ],
    Institution: ["SEE_INSTITUTION", "UNBOARD"],
    Expert: ["SEE_EXPERT", "ADD_ITEM", "RETIRE"],
    Offer: ["SEE_OFFER", "PUBLISH_OFFER", "WITHDRAW_OFFER"],
    Match: ["SEE_MATCH", "WANT", "WELCOME", "ACCEPT", "MEET", "SIGN", "DECLINE", "READ_BOTH_SIDES"],
    Contract: ["SEE_CONTRACT", "CLAIM"],
    MatchBenefit: ["SEE_BENEFIT", "CONFIRM", "SEND_BACK_BENEFIT", "CLAIM_AGAIN"],
}  # fmt: skip


@pytest.fixture
def everything(benefit, offer, other_factory, stranger, matchmaker, expert):
    """Records in several states, of two enterprises and every tier."""
    for tier in ("open", "registered", "directed", "secret"):
        need = intake.collect(unit=other_factory, by=stranger, key=next_key(), **{**NEED, "tier": tier})
        if tier != "secret":
            intake.publish(need, by=matchmaker, key=next_key())
    actions.put_forward(Need.objects.get(tier="open", unit=other_factory), candidate=f"offer:{offer.no}", by=matchmaker, key=next_key())
    actions.put_forward(Need.objects.get(tier="directed"), candidate=f"expert:{expert.no}", by=matchmaker, key=next_key())
    intake.draft_offer(unit=matchmaker.unit, title="甲", text="乙", stage="early", way="consult", by=matchmaker, key=next_key())
    return True


@pytest.mark.parametrize("model", OF)
def test_both_readings_agree_for_everybody(
    model, everything, worker, officer, certifier, leader, district_officer, city_officer, stranger, matchmaker, expert
):
    people = [None, worker, officer, certifier, leader, district_officer, city_officer, stranger, matchmaker, expert.person]
    for name in OF[model]:
        rule: Rule = getattr(rules, name)
        for person in people:
            listed = set(rule.among(person, model.objects.all()))
            asked = {record for record in model.objects.all() if rule.allows(person, record)}
            assert listed == asked, (name, person)


def test_every_rule_stands_in_the_table():
    asked_of_units = {"VISIT", "COLLECT", "BOARD", "ENLIST", "DRAFT"}
    found = {name for name, value in vars(rules).items() if isinstance(value, Rule)}
    assert found == asked_of_units | {name for names in OF.values() for name in names}
