"""Honours granted by others, written down by the union of their level."""

from datetime import date

import pytest

from gongchuang.honours import actions
from gongchuang.honours.tests.conftest import make_title
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.people.models import Grant

DAY = date(2026, 4, 28)


@pytest.fixture
def medal(city, city_officer):
    return make_title(city, city_officer, "labour-medal", "person", level="province", prize_fen=0)


@pytest.fixture
def entered(medal, worker, city_officer):
    return actions.enter_grant(medal, "山东省总工会", "鲁会〔2026〕9号", DAY, worker, by=city_officer, key="enter")


def test_an_honour_of_the_province_is_entered_by_the_city_with_its_document(entered, worker):
    assert (entered.person, entered.issuer, entered.document_no) == (worker, "山东省总工会", "鲁会〔2026〕9号")


def test_an_enterprise_cannot_write_down_an_honour_of_the_province(medal, worker, officer, district_officer, stranger, key):
    for by in (officer, district_officer, stranger):
        with pytest.raises(NotYours):
            actions.enter_grant(medal, "山东省总工会", "鲁会〔2026〕9号", DAY, worker, by=by, key=key)
    assert not Grant.objects.exists()


def test_entered_once(entered, medal, worker, city_officer, key):
    again = actions.enter_grant(medal, "山东省总工会", "鲁会〔2026〕9号", DAY, worker, by=city_officer, key="enter")
    assert again == entered
    with pytest.raises(Refused) as refused:
        actions.enter_grant(medal, "山东省总工会", "鲁会〔2026〕9号", DAY, worker, by=city_officer, key=key)
    assert refused.value.field == "document_no"


@pytest.mark.parametrize(("change", "field"), [({"granted_on": date(2026, 6, 3)}, "granted_on"), ({"person": None}, "person")])
def test_what_cannot_be_is_refused_with_its_field(medal, worker, city_officer, key, change, field):
    given = {"granted_on": DAY, "person": worker} | change
    with pytest.raises(Refused) as refused:
        actions.enter_grant(medal, "山东省总工会", "鲁会〔2026〕9号", by=city_officer, key=key, **given)
    assert refused.value.field == field


def test_nobody_enters_their_own_honour(medal, city_officer, key):
    with pytest.raises(NotYours):
        actions.enter_grant(medal, "山东省总工会", "鲁会〔2026〕9号", DAY, city_officer, by=city_officer, key=key)


def test_an_honour_is_revoked_once_by_the_union_of_its_level(entered, officer, stranger, city_officer, key):
    for by in (officer, stranger):
        with pytest.raises(NotYours):
            actions.revoke_grant(entered, "撤销", by=by, key=key)
    actions.revoke_grant(entered, "撤销", by=city_officer, key=f"{key}r")
    assert str(entered.revoked_on) == "2026-06-02"
    with pytest.raises(Refused):
        actions.revoke_grant(entered, "撤销", by=city_officer, key=f"{key}s")


def test_revoking_what_a_round_named_revokes_the_nomination_too(named, nominated, colleague, key):
    from gongchuang.kernel import clock

    with clock.frozen("2026-07-01T09:00"):
        actions.revoke_grant(nominated.grant, "弄虚作假", by=colleague, key=key)
    nominated.refresh_from_db()
    assert nominated.state == "revoked"
