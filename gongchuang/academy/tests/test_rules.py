"""Each rule reads the same as a filter and on a loaded record, for everybody of the cast."""

import pytest

from gongchuang.academy import actions, rules
from gongchuang.academy.models import Academy, Course, Enrolment, IndustryCollege, LearningPlan, Lecturer, Order, Session, TrainingClass
from gongchuang.academy.tests.conftest import FIRST_AT
from gongchuang.kernel.access import Rule
from gongchuang.people.models import Person, Unit

ASKED_OF = {
    Academy: ["SEE_ACADEMY", "REAPPLY", "REVIEW", "SEND_BACK", "NAME", "STRIKE_OFF", "RUN"],
    IndustryCollege: ["SEE_COLLEGE", "CLOSE"],
    Lecturer: ["SEE_LECTURER", "LEAVE"],
    Course: ["SEE_COURSE", "WITHDRAW_COURSE"],
    Order: ["SEE_ORDER", "ACCEPT", "DECLINE", "WITHDRAW_ORDER"],
    TrainingClass: ["SEE_CLASS", "SIGN_UP", "ENROL", "RUN_CLASS", "FOLLOW", "CANCEL", "FINISH"],
    Session: ["SEE_SESSION", "TEACH", "CHECK_IN"],
    Enrolment: ["SEE_ENROLMENT", "WITHDRAW", "MARK", "CERTIFICATE"],
    LearningPlan: ["SEE_PLAN", "ADD_LINE", "REACH", "END"],
    Person: ["LEAD", "OPEN_PLAN"],
    Unit: ["APPLY", "PLACE"],
}


def test_every_rule_is_in_the_table():
    named = {name for names in ASKED_OF.values() for name in names}
    assert named == {name for name, value in vars(rules).items() if isinstance(value, Rule)}


@pytest.fixture
def everything(academy, office, lecturer, training, seated, team, leader, worker, worker2, officer, institute):
    actions.apply(institute.parent, "外部学院", "city", "school", [institute], 90, by=_outside_officer(institute), key="out")
    actions.found_college(academy, "海上风电产业学院", "海上风电", by=office, key="college")
    actions.offer_course(academy, "氩弧焊", "焊工", "hands_on", 16, by=office, key="course")
    actions.place(team, academy, "焊工", 20, "new", "能独立施焊", FIRST_AT.date(), by=leader, key="order")
    actions.open_plan(worker, worker2, "焊工", 4, FIRST_AT.date(), by=leader, key="plan")


def _outside_officer(institute: Unit) -> Person:
    from gongchuang.people import actions as people

    admin = Person.objects.get(name="管理员")
    person = people.enrol(institute, name="外联", by=admin, key="outside")
    people.appoint(person, role="officer", over=institute.parent, by=admin, key="outside-post")
    return person


def test_filter_and_predicate_agree(everything, stranger, district_officer, city_officer, certifier):
    people = [None, *Person.objects.all()]
    for model, names in ASKED_OF.items():
        records = list(model._default_manager.all())
        assert records
        for name in names:
            rule = getattr(rules, name)
            for person in people:
                allowed = {record.pk for record in records if rule.allows(person, record)}
                among = set(rule.among(person, model._default_manager.all()).values_list("pk", flat=True))
                assert among == allowed, (name, person)


def test_whether_a_plan_could_ever_be_made_is_asked_before_anybody_is_chosen(leader, worker):
    """OPEN_PLAN is about a person; the page asks it of no record, from the posts alone."""
    assert rules.OPEN_PLAN.could_ever(leader, Unit)
    assert not rules.OPEN_PLAN.could_ever(worker, Unit)
