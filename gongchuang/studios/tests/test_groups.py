"""Groups, masters and apprentices, team measures."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongchuang.kernel import waiting
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.studios import groups, team
from gongchuang.studios.models import InnovationGroup, TeamMeasure


def test_a_group_counts_from_its_confirmation_to_its_end(group, officer, worker, key):
    assert group.members.count() == 2
    with pytest.raises(NotYours):
        groups.confirm(group, by=worker, key="a")
    groups.confirm(group, by=officer, key="b")
    assert InnovationGroup.objects.standing_on(date(2026, 6, 12)).count() == 1
    groups.disband(group, reason="任务完成", by=worker, key=key)
    assert InnovationGroup.objects.standing_on(date(2026, 6, 12)).count() == 0


def test_a_group_is_led_by_somebody_of_the_unit(team, worker, stranger, key):
    with pytest.raises(Refused) as refused:
        groups.register(
            unit=team, kind="team", name="甲", leader=stranger, field="乙", founded_on=date(2024, 1, 1), members=[], by=worker, key=key
        )
    assert refused.value.field == "leader"


def test_a_person_joins_a_group_once(group, worker, worker2, officer, leader, key):
    with pytest.raises(Refused):
        groups.join(group, person=worker2, joined_on=date(2025, 1, 1), by=worker, key="a")
    with pytest.raises(NotYours):
        groups.join(group, person=leader, joined_on=date(2025, 1, 1), by=worker2, key="b")
    groups.join(group, person=leader, joined_on=date(2025, 1, 1), by=worker, key=key)
    assert group.members.count() == 3


def test_an_apprenticeship_is_agreed_by_the_apprentice_and_completed_by_the_union(mentorship, worker, master, officer, key):
    with pytest.raises(NotYours):
        groups.agree(mentorship, by=master, key="a")
    assert waiting.of(worker).get().act == "agree"
    groups.agree(mentorship, by=worker, key="b")
    with pytest.raises(NotYours):
        groups.complete(mentorship, outcome="取得高级工", by=master, key="c")
    groups.complete(mentorship, outcome="取得高级工", by=officer, key=key)
    assert (mentorship.state, mentorship.closed_on) == ("completed", date(2026, 6, 12))


def test_a_closed_apprenticeship_is_locked_in_the_database(mentorship, master):
    groups.end(mentorship, reason="调离", by=master, key="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(mentorship).objects.filter(pk=mentorship.pk).update(goals="改写")


def test_nobody_is_their_own_apprentice(master, key):
    with pytest.raises(Refused) as refused:
        groups.propose(
            apprentice=master, trade="钳工", goals="目标", starts_on=date(2024, 1, 1), ends_on=date(2025, 1, 1), by=master, key=key
        )
    assert refused.value.field == "apprentice"


def test_a_measure_is_counted_stations_and_output_over_heads(measure, officer, key):
    assert measure.starts_on == date(2023, 4, 1)
    assert measure.automation_bp == 9677  # 30 of 31 stations
    assert measure.output_per_head_fen == 380_000_000  # 38,000,000 yuan over 10.0 heads
    assert team.multiple_tenths(measure.output_per_head_fen, 16_161_500) == 235
    groups.confirm_measure(measure, by=officer, key=key)
    assert measure.state == "confirmed"


def test_who_entered_a_measure_does_not_confirm_it(measure, leader, team, officer, key):
    with pytest.raises(NotYours):
        groups.confirm_measure(measure, by=leader, key=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMeasure.objects.filter(pk=measure.pk).update(confirmed_by=measure.entered_by)


def test_a_corrected_measure_replaces_the_confirmed_one(measure, officer, leader, team, key):
    groups.confirm_measure(measure, by=officer, key="a")
    better = groups.enter(
        unit=team, ends_on=date(2024, 4, 1), stations_total=31, stations_automated=31, output_fen=1, basis="output", heads_tenths=100,
        evidence="更正", by=leader, key="b",
    )  # fmt: skip
    groups.confirm_measure(better, by=officer, key=key)
    measure.refresh_from_db()
    assert (measure.state, better.state, better.replaces) == ("replaced", "confirmed", measure)


def test_impossible_numbers_are_refused_by_name(team, leader, key):
    given = {"unit": team, "output_fen": 1, "basis": "output", "heads_tenths": 10, "evidence": "表", "by": leader, "key": key}
    with pytest.raises(Refused) as refused:
        groups.enter(ends_on=date(2024, 4, 1), stations_total=30, stations_automated=31, **given)
    assert refused.value.field == "stations_automated"
    with pytest.raises(Refused) as refused:
        groups.enter(ends_on=date(2027, 1, 1), stations_total=30, stations_automated=3, **given)
    assert refused.value.field == "ends_on"


def test_a_returned_measure_is_entered_again(measure, officer, leader, key):
    groups.send_back_measure(measure, reason="与报表不符", by=officer, key="a")
    assert waiting.of(leader).get().act == "enter_again"
    groups.enter_again(
        measure, stations_total=62, stations_automated=60, output_fen=5, basis="sales", heads_tenths=20, evidence="新表", by=leader, key=key
    )
    assert (measure.state, measure.automation_bp) == ("entered", 9677)
