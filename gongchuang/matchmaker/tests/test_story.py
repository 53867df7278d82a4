"""A need found on a visit becomes a contract and a confirmed benefit, with every total by hand."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongchuang.kernel import waiting
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.matchmaker import actions, ranking, rules
from gongchuang.matchmaker.models import Contract, Match, MatchBenefit, Need, NeedText


def test_from_visit_to_effect(need, visit, matchmaker, expert, offer, officer, certifier, institution):
    assert (need.collected_on, need.visit) == (date(2026, 6, 3), visit)
    assert waiting.of(matchmaker).get().act == "publish"
    from gongchuang.matchmaker import intake

    intake.publish(need, by=matchmaker, key="s1")
    found, looked_at = ranking.rank(need)
    assert {one.kind for one in found} == {"offer", "expert"}
    assert looked_at == 2
    match = actions.put_forward(need, candidate=f"expert:{expert.no}", by=matchmaker, key="s2")
    assert (match.state, need.state) == ("recommended", "in_touch")
    assert sum(int(points) for _kind, _label, points in match.reasons) == match.score_bp > 0
    assert waiting.of(officer).get().act == "want"
    actions.want(match, by=officer, key="s3")
    assert waiting.of(expert.person).get().act == "accept"
    assert Need.objects.matched().count() == 0
    actions.accept(match, by=expert.person, key="s4")
    assert Need.objects.matched().get().matched_on == date(2026, 6, 12)
    actions.meet(match, met_on=date(2026, 6, 12), meeting="定下方案", by=matchmaker, key="s5")
    actions.sign(
        match, title="预热工艺开发", kind="development", party_b="海岳理工大学", institution=institution, amount_fen=40_000_000,
        signed_on=date(2026, 6, 12), ends_on=date(2027, 1, 1), by=matchmaker, key="s6",
    )  # fmt: skip
    claimed = actions.claim(match.contract, year=2026, amount_fen=120_000_000, basis="废品减少", by=officer, key="s7")
    assert waiting.of(certifier).get().act == "confirm"
    actions.confirm(claimed, by=certifier, key="s8")
    match = Match.objects.get()
    assert (match.state, match.effective_on) == ("effective", date(2026, 6, 12))
    assert [one.amount_fen for one in MatchBenefit.objects.filter(state="confirmed")] == [120_000_000]
    assert Contract.objects.get().amount_fen == 40_000_000


def test_the_text_and_contact_are_encrypted_and_open_to_the_solver_only_after_both_agree(
    match, officer, expert, stranger, matchmaker, certifier
):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM matchmaker_needtext")
        assert "炉温" not in cursor.fetchone()[0]
    assert "炉温" in NeedText.objects.get().text
    solver = expert.person
    assert not rules.READ_BOTH_SIDES.allows(solver, match)
    actions.want(match, by=officer, key="w")
    assert not rules.READ_BOTH_SIDES.allows(solver, match)
    actions.accept(match, by=solver, key="a")
    assert rules.READ_BOTH_SIDES.allows(solver, match)
    assert not rules.READ_BOTH_SIDES.allows(stranger, match)
    assert rules.READ_TEXT.allows(matchmaker, match.need)
    assert not rules.READ_TEXT.allows(stranger, match.need)


@pytest.mark.parametrize(
    ("tier", "visitor", "neighbour"),
    [("open", True, True), ("registered", False, True), ("directed", False, False), ("secret", False, False)],
)
def test_who_sees_a_published_need_follows_its_tier(published, stranger, tier, visitor, neighbour):
    Need.objects.filter(pk=published.pk).update(tier=tier)
    assert rules.SEE_NEED.among(None, Need.objects.all()).exists() is visitor
    assert rules.SEE_NEED.among(stranger, Need.objects.all()).exists() is neighbour


def test_the_solver_sees_a_match_only_once_the_enterprise_wants_it(match, expert, officer):
    assert not rules.SEE_MATCH.among(expert.person, Match.objects.all()).exists()
    actions.want(match, by=officer, key="w")
    assert rules.SEE_MATCH.among(expert.person, Match.objects.all()).exists()


def test_the_benefit_is_never_confirmed_by_matchmaker_solver_or_claimant(benefit, matchmaker, expert, officer, cast, factory, certifier):
    from gongchuang.people import actions as people

    for person in (matchmaker, expert.person, officer):
        people.appoint(person, role="certifier", over=factory, by=cast.admin, key=f"c{person.pk}")
        with pytest.raises(NotYours):
            actions.confirm(benefit, by=person, key=f"k{person.pk}")
    actions.confirm(benefit, by=certifier, key="fine")
    with pytest.raises(IntegrityError), transaction.atomic():
        MatchBenefit.objects.filter(pk=benefit.pk).update(amount_fen=1)


def test_one_year_is_claimed_once_and_returned_claims_are_put_right(benefit, contract, officer, certifier):
    with pytest.raises(Refused) as refused:
        actions.claim(contract, year=2026, amount_fen=1, basis="再报", by=officer, key="again")
    assert refused.value.field == "year"
    actions.send_back_benefit(benefit, reason="缺凭证", by=certifier, key="b")
    actions.claim_again(benefit, amount_fen=1_000_000_00, basis="按凭证", by=officer, key="c")
    assert (benefit.state, benefit.amount_fen) == ("claimed", 1_000_000_00)


def test_a_declined_match_lets_the_need_look_on(match, officer, published):
    actions.decline(match, reason="unfit", note="我们是球铁", by=officer, key="d")
    published.refresh_from_db()
    assert (match.state, published.state) == ("declined", "published")
    with pytest.raises(Refused, match="已经推荐过"):
        actions.put_forward(published, candidate=f"expert:{match.expert.no}", by=match.matchmaker, key="again")


def test_the_expert_takes_on_no_more_than_they_said(agreed, expert, factory, officer, matchmaker):
    from gongchuang.matchmaker import intake
    from gongchuang.matchmaker.tests.conftest import NEED

    second = intake.collect(unit=factory, by=officer, key="n2", **NEED)
    intake.publish(second, by=matchmaker, key="n3")
    other = actions.put_forward(second, candidate=f"expert:{expert.no}", by=matchmaker, key="n4")
    actions.want(other, by=officer, key="n5")
    with pytest.raises(Refused, match="满额"):
        actions.accept(other, by=expert.person, key="n6")


def test_an_expert_volunteers_and_the_enterprise_welcomes(published, expert, officer, stranger):
    with pytest.raises(NotYours):
        actions.volunteer(published, by=stranger, key="v0")
    match = actions.volunteer(published, by=expert.person, key="v1")
    assert (match.state, waiting.of(officer).get().act) == ("volunteered", "welcome")
    actions.welcome(match, by=officer, key="v2")
    assert (match.state, match.agreed_on) == ("agreed", date(2026, 6, 12))


def test_nobody_of_the_enterprise_is_its_own_solver(published, worker, city, matchmaker):
    from gongchuang.matchmaker import intake

    own = intake.enlist(
        unit=city, kind="skilled", person=worker, direction="曲轴圆角滚压", joined_on=date(2024, 1, 1), by=matchmaker, key="own"
    )
    with pytest.raises(Refused, match="企业内部"):
        actions.put_forward(published, candidate=f"expert:{own.no}", by=matchmaker, key="p")


def test_a_match_has_exactly_one_candidate_in_the_database(match, offer):
    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(offer=offer)
