"""Posts give rights for their period; levels are recommended, then confirmed with a certificate."""

from datetime import date, timedelta

import pytest

from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Event
from gongchuang.people import actions
from gongchuang.people.models import SkillRecord


def test_a_post_that_has_ended_grants_nothing(cast, officer, factory, admin, key):
    post = officer.posts.get(role="officer")
    actions.end_post(post, by=admin, key=key)
    officer.forget_grants()
    assert "officer" not in officer.roles()
    with pytest.raises(Refused):
        actions.end_post(post, by=admin, key="again")


def test_a_post_of_tomorrow_grants_nothing_today(cast, worker, factory, admin, key):
    actions.appoint(worker, role="officer", over=factory, by=admin, key=key, on=clock.today() + timedelta(days=1))
    assert "officer" not in worker.roles()


@pytest.mark.parametrize("role", ["district", "city", "auditor", "admin"])
def test_an_officer_cannot_hand_out_more_than_the_own_rights(officer, worker, factory, role, key):
    with pytest.raises(Refused):
        actions.appoint(worker, role=role, over=factory, by=officer, key=key)


def test_a_stranger_appoints_nobody(stranger, worker, factory, key):
    with pytest.raises(NotYours):
        actions.appoint(worker, role="leader", over=factory, by=stranger, key=key)


def test_one_identity_number_is_one_person(cast, factory, admin, key):
    cast.person(factory, "于海", id_number="370102199003072391")
    with pytest.raises(Refused) as refused:
        actions.enrol(factory, name="于海", id_number="37010219900307239１", by=admin, key=key)
    assert refused.value.field == "id_number"


def test_seeing_a_full_number_is_an_act_with_a_reason(cast, factory, officer, worker, stranger, key):
    person = cast.person(factory, "于海", id_number="370102199003072391")
    for nosy in (worker, stranger):
        with pytest.raises(NotYours):
            actions.reveal(person, field="id_number", reason="看看", by=nosy, key=key)
    with pytest.raises(Refused):
        actions.reveal(person, field="id_number", reason=" ", by=officer, key=key)
    actions.reveal(person, field="id_number", reason="办理证书", by=officer, key=key)
    assert Event.objects.get(action="person.reveal").facts == {"field": "id_number", "reason": "办理证书"}


def test_a_recommended_level_counts_once_it_is_confirmed(worker, officer, stranger, key):
    skill = actions.recommend_level(worker, level=5, source="contests_entry:1", by=officer, key=key)
    worker.refresh_from_db()
    assert worker.skill_level == 3 and not SkillRecord.objects.confirmed().filter(level=5).exists()
    with pytest.raises(NotYours):
        actions.confirm_level(skill, certificate_no="C1", issuer="人社", obtained_on=date(2026, 6, 1), by=stranger, key="x")
    with pytest.raises(Refused) as refused:
        actions.confirm_level(skill, certificate_no="C1", issuer="人社", obtained_on=date(2027, 6, 1), by=officer, key="y")
    assert refused.value.field == "obtained_on"
    actions.confirm_level(skill, certificate_no="C1", issuer="人社", obtained_on=date(2026, 6, 1), by=officer, key="z")
    worker.refresh_from_db()
    assert worker.skill_level == 5
    with pytest.raises(Refused):
        actions.refuse_level(skill, reason="晚了", by=officer, key="late")


def test_a_level_below_the_present_one_is_refused(worker, officer, key):
    with pytest.raises(Refused) as refused:
        actions.recommend_level(worker, level=2, source="", by=officer, key=key)
    assert refused.value.field == "level"


def test_nobody_appoints_themselves(officer, admin, factory, city, key):
    for who, unit in ((officer, factory), (admin, city)):
        with pytest.raises(NotYours):
            actions.appoint(who, role="certifier", over=unit, by=who, key=key)


def test_nobody_confirms_or_refuses_their_own_level(officer, key):
    own = actions.recommend_level(officer, level=5, source="test", by=None, key=key)
    with pytest.raises(NotYours):
        actions.confirm_level(own, certificate_no="C1", issuer="人社局", obtained_on=clock.today(), by=officer, key="c")
    with pytest.raises(NotYours):
        actions.refuse_level(own, reason="不合格", by=officer, key="r")
