"""Six workers press for three seats in the same moment: three sit, three are told, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from gongchuang.academy import actions
from gongchuang.academy.models import TrainingClass
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


def test_six_presses_for_three_seats(cast, team, training):
    workers = [cast.person(team, f"工人{number}", work_no=f"R{number}") for number in range(6)]

    def press(person: Person) -> str:
        try:
            with clock.frozen("2026-06-02T10:00"):
                actions.sign_up(training, by=person, key="race")
        except Refused as refused:
            return str(refused)
        finally:
            connections.close_all()
        return "seated"

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(press, workers))
    after = TrainingClass.objects.get(pk=training.pk)
    assert answers.count("seated") == 3
    assert all("名额已满" in answer for answer in answers if answer != "seated")
    assert (after.taken, after.enrolments.count()) == (3, 3)
    assert sorted(after.enrolments.values_list("seat", flat=True)) == [1, 2, 3]
