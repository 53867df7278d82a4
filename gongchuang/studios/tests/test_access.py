"""A rule's two readings agree: «may I» on each record, and «which may I» over the table."""

import pytest

from gongchuang.kernel.access import Rule
from gongchuang.studios import actions, groups, rules
from gongchuang.studios.models import Activity, InnovationGroup, Mentorship, Studio, TeamMeasure
from gongchuang.studios.tests.conftest import applied

OF = {
    Studio: ["SEE", "RECOMMEND", "SEND_BACK", "REAPPLY", "REVIEW", "NAME", "RECTIFY", "RESTORE", "STRIKE_OFF", "SET_MOTHER", "JOIN", "LEAVE", "NOTE_RESULT", "LOG"],
    Activity: ["SEE_ACTIVITY", "ACCEPT", "SEND_BACK_ACTIVITY", "CORRECT"],
    Mentorship: ["SEE_MENTORSHIP", "AGREE", "COMPLETE", "END"],
    InnovationGroup: ["SEE_GROUP", "CONFIRM_GROUP", "DISBAND", "JOIN_GROUP"],
    TeamMeasure: ["SEE_MEASURE", "CONFIRM_MEASURE", "SEND_BACK_MEASURE", "ENTER_AGAIN"],
}  # fmt: skip


@pytest.fixture
def everything(studio, activity, mentorship, group, measure, officer, district_officer, master, worker, stranger):
    """Records in several states, of several persons."""
    actions.accept_activity(activity, by=officer, key="a")
    actions.log(studio, function="study", title="学习", held_on=activity.held_on, persons=[worker], by=master, key="b")
    applied(stranger, "石远创新工作室", level="enterprise")
    actions.recommend(applied(master, "区里的", level="district"), by=officer, key="c")
    groups.confirm(group, by=officer, key="d")
    groups.agree(mentorship, by=worker, key="e")
    return True


@pytest.mark.parametrize("model", OF)
def test_both_readings_agree_for_everybody(
    model, everything, worker, worker2, leader, officer, second_officer, certifier, district_officer, city_officer, stranger, master
):
    people = [None, worker, worker2, leader, officer, second_officer, certifier, district_officer, city_officer, stranger, master]
    for name in OF[model]:
        rule: Rule = getattr(rules, name)
        for person in people:
            listed = set(rule.among(person, model.objects.all()))
            asked = {record for record in model.objects.all() if rule.allows(person, record)}
            assert listed == asked, (name, person)


def test_every_rule_stands_in_the_table():
    asked_of_units = {"APPLY", "PROPOSE", "REGISTER", "ENTER"}
    found = {name for name, value in vars(rules).items() if isinstance(value, Rule)}
    assert found == asked_of_units | {name for names in OF.values() for name in names}
