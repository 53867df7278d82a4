"""Named, granted, prizes owed and paid, settled, revoked."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongchuang.bank import actions as bank
from gongchuang.bank.models import Due
from gongchuang.honours import actions
from gongchuang.honours.models import SelectionRound
from gongchuang.honours.tests.conftest import NAMED, PUBLISHED, UNTIL, make_title
from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Event
from gongchuang.people.models import Grant


def test_not_on_the_last_day_of_the_notice_but_on_the_next(published, nominated, colleague, key):
    with clock.frozen(f"{UNTIL}T23:50"), pytest.raises(Refused, match="公示到"):
        actions.name(published, "海政发〔2026〕15号", by=colleague, key=key)
    with clock.frozen(f"{NAMED}T00:10"):
        actions.name(published, "海政发〔2026〕15号", by=colleague, key=f"{key}2")
    nominated.refresh_from_db()
    assert (nominated.state, str(nominated.named_on)) == ("named", NAMED)


def test_who_published_does_not_name_nor_does_a_stranger(published, city_officer, stranger, key):
    with clock.frozen(f"{NAMED}T09:00"):
        for by in (city_officer, stranger):
            with pytest.raises(NotYours):
                actions.name(published, "海政发〔2026〕15号", by=by, key=key)
    assert not Grant.objects.exists()


def test_nothing_is_named_without_a_notice(selection, nominated, colleague, key):
    with pytest.raises(Refused, match="先公示"):
        actions.name(selection, "海政发〔2026〕15号", by=colleague, key=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        SelectionRound.objects.filter(pk=selection.pk).update(state="named")


def test_naming_grants_the_title_and_owes_the_prize_once(named, nominated, worker, colleague):
    with clock.frozen(f"{NAMED}T10:00"):
        actions.name(named, "海政发〔2026〕15号", by=colleague, key="name")
    grant = Grant.objects.get()
    assert (grant.person, grant.document_no, grant.issuer) == (worker, "海政发〔2026〕15号", "海岳市人民政府")
    assert nominated.grant == grant
    due = Due.objects.get()
    assert (due.person, due.amount_fen, due.kind, due.unit) == (worker, 10_000_00, "prize", named.unit)
    assert Event.objects.filter(action="round.name").count() == 1


def test_a_result_pays_its_makers_by_their_shares_to_the_last_fen(city, city_officer, colleague, result, officer, key):
    title = make_title(city, city_officer, "best-results", "result", prize_fen=1_000_01)
    selection = actions.open_round(city, "优秀成果", title, 100, date(2026, 6, 9), by=city_officer, key=key)
    row = actions.recommend(selection, "效益好", result=result, by=officer, key=f"{key}r")
    with clock.frozen(f"{PUBLISHED}T09:00"):
        actions.publish(selection, [row], by=city_officer, key=f"{key}p")
    with clock.frozen(f"{NAMED}T09:00"):
        actions.name(selection, "海工发〔2026〕3号", by=colleague, key=f"{key}n")
    assert list(Due.objects.order_by("pk").values_list("amount_fen", flat=True)) == [33_341, 33_330, 33_330]
    assert Grant.objects.get().result_no == result.no


def test_a_team_is_honoured_as_a_team(city, city_officer, colleague, team, officer, key):
    title = make_title(city, city_officer, "vanguard", "unit", prize_fen=2_000_00)
    selection = actions.open_round(city, "工人先锋号", title, 5, date(2026, 6, 9), by=city_officer, key=key)
    row = actions.recommend(selection, "全年零事故", collective=team, by=officer, key=f"{key}r")
    with clock.frozen(f"{PUBLISHED}T09:00"):
        actions.publish(selection, [row], by=city_officer, key=f"{key}p")
    with clock.frozen(f"{NAMED}T09:00"):
        actions.name(selection, "海工发〔2026〕4号", by=colleague, key=f"{key}n")
    grant = Grant.objects.get()
    assert (grant.person, grant.unit) == (None, team)
    assert Due.objects.get().payee_unit == team


def test_a_round_is_settled_when_its_prizes_are_paid(named, city, city_officer, colleague, stranger, key):
    due = Due.objects.get()
    with pytest.raises(NotYours):
        actions.settle(named, by=stranger, key=f"{key}x")
    with pytest.raises(Refused, match="还有 1 笔"):
        actions.settle(named, by=colleague, key=key)
    bank.fill_fund(city, amount_fen=50_000_00, document_no="海财〔2026〕1号", by=city_officer, key=f"{key}f")
    bank.approve_due(due, by=city_officer, key=f"{key}a")
    bank.pay_due(due, voucher_no="V1", by=colleague, key=f"{key}p")
    actions.settle(named, by=colleague, key=f"{key}s")
    assert named.state == "settled"
    with pytest.raises(Refused):
        actions.settle(named, by=colleague, key=f"{key}t")


def test_a_title_taken_back_leaves_the_count_and_cancels_the_unpaid_prize(named, nominated, colleague, stranger, key):
    with clock.frozen("2026-07-01T09:00"):
        with pytest.raises(NotYours):
            actions.revoke(nominated, "弄虚作假", by=stranger, key=f"{key}x")
        actions.revoke(nominated, "弄虚作假", by=colleague, key=key)
        with pytest.raises(Refused):
            actions.revoke(nominated, "弄虚作假", by=colleague, key=f"{key}2")
    assert (nominated.state, Due.objects.get().state) == ("revoked", "cancelled")
    assert not Grant.objects.standing().exists()


def test_a_round_is_cancelled_before_naming_only(published, nominated, colleague, stranger, key):
    with pytest.raises(NotYours):
        actions.cancel(published, "延期", by=stranger, key=f"{key}x")
    actions.cancel(published, "延期", by=colleague, key=key)
    nominated.refresh_from_db()
    assert (published.state, nominated.state) == ("cancelled", "passed_over")
    with pytest.raises(Refused):
        actions.cancel(published, "延期", by=colleague, key=f"{key}2")
