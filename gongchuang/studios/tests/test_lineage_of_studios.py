"""1+N: a member who has grown leads a studio of their own; the lineage stays a forest."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.studios import actions
from gongchuang.studios.models import Studio
from gongchuang.studios.tests.conftest import applied


@pytest.fixture
def child(with_member, worker, naming):
    return naming(applied(worker, "张伟明创新工作室", mother=with_member, founded_on=date(2021, 1, 1)), date(2021, 6, 1))


def test_a_member_leads_a_child_studio(child, studio):
    assert (child.mother, list(studio.children.all())) == (studio, [child])


def test_one_who_was_no_member_cannot_name_it_as_mother(studio, worker2):
    with pytest.raises(Refused, match="没有在") as refused:
        applied(worker2, "外人工作室", mother=studio, founded_on=date(2021, 1, 1))
    assert refused.value.field == "mother"


def test_one_who_joined_later_did_not_grow_there(studio, worker, master, key):
    actions.join(studio, person=worker, part="member", joined_on=date(2022, 1, 1), by=master, key=key)
    with pytest.raises(Refused):
        applied(worker, "早产工作室", mother=studio, founded_on=date(2021, 1, 1))


def test_a_mother_is_entered_afterwards_by_the_district(with_member, worker, naming, district_officer, officer, key):
    later = naming(applied(worker, "张伟明创新工作室", founded_on=date(2021, 1, 1)), date(2021, 6, 1))
    with pytest.raises(NotYours):
        actions.set_mother(later, mother=with_member, by=officer, key="a")
    actions.set_mother(later, mother=with_member, by=district_officer, key=key)
    assert Studio.objects.get(pk=later.pk).mother == with_member


def test_a_circle_is_refused(child, studio, master, worker, district_officer, key):
    actions.join(child, person=master, part="member", joined_on=date(2021, 1, 1), by=worker, key="join")
    Studio.objects.filter(pk=studio.pk).update(founded_on=date(2022, 1, 1))
    studio.refresh_from_db()
    with pytest.raises(Refused, match="不能反过来"):
        actions.set_mother(studio, mother=child, by=district_officer, key=key)


def test_the_database_refuses_a_studio_as_its_own_mother(studio):
    with pytest.raises(IntegrityError), transaction.atomic():
        Studio.objects.filter(pk=studio.pk).update(mother=studio.pk)
