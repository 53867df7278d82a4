"""A craftsman from recommendation to the paid prize, through an objection; and what verify says of it."""

from gongchuang.bank import actions as bank
from gongchuang.bank.models import Due, Transfer
from gongchuang.honours import actions, invariants
from gongchuang.honours.models import Nomination, SelectionRound
from gongchuang.honours.tests.conftest import NAMED, PUBLISHED
from gongchuang.kernel import clock
from gongchuang.kernel.verify import Break
from gongchuang.people.models import Grant


def broken(check) -> list[str]:
    return [found.record for found in check() if isinstance(found, Break)]


def test_two_are_listed_one_is_removed_one_is_named_and_paid(
    selection, nominated, worker, worker2, city, city_officer, colleague, officer, stranger, key
):
    other = actions.recommend(selection, "攻关三项", person=worker2, by=officer, key=f"{key}o")
    with clock.frozen(f"{PUBLISHED}T09:00"):
        actions.publish(selection, [nominated, other], by=city_officer, key=f"{key}p")
        upheld = actions.lodge(other, "论文不是本人所写", by=stranger, key=f"{key}u")
        dismissed = actions.lodge(nominated, "工作时间不够", by=stranger, key=f"{key}d")
    with clock.frozen(f"{NAMED}T09:00"):
        actions.uphold(upheld, "属实", by=colleague, key=f"{key}1")
        actions.dismiss(dismissed, "不属实", by=colleague, key=f"{key}2")
        actions.name(selection, "海政发〔2026〕15号", by=colleague, key=f"{key}n")
        bank.fill_fund(city, amount_fen=30_000_00, document_no="海财〔2026〕1号", by=city_officer, key=f"{key}f")
        due = Due.objects.get()
        bank.approve_due(due, by=city_officer, key=f"{key}a")
        bank.pay_due(due, voucher_no="V1", by=colleague, key=f"{key}v")
        actions.settle(selection, by=colleague, key=f"{key}s")
    assert dict(Nomination.objects.values_list("person__name", "state")) == {"张伟明": "named", "刘建军": "removed"}
    assert list(Grant.objects.values_list("person__name", "prize_fen")) == [("张伟明", 10_000_00)]
    assert Transfer.objects.get(what="prize").amount == 10_000_00
    for _, check in invariants.INVARIANTS:
        assert broken(check) == []


def test_what_was_changed_behind_the_actions_is_named(named, nominated):
    SelectionRound.objects.filter(pk=named.pk).update(document_no="另一文号")
    assert broken(invariants.grants) == [nominated.no]
    SelectionRound.objects.filter(pk=named.pk).update(document_no="海政发〔2026〕15号")
    assert broken(invariants.grants) == []
