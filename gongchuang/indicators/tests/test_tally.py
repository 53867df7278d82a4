"""The tally: whatever happens, and whenever it is folded, it equals a count from the records."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from gongchuang.indicators import catalogue, invariants, listing, reading, tally, tasks
from gongchuang.indicators.models import Fact, First, Roll, Watermark
from gongchuang.indicators.rules import OPERATOR
from gongchuang.kernel import clock, history, verify
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.period import Period
from gongchuang.people import actions as people
from gongchuang.people.models import Person
from gongchuang.proposals import actions as proposals

Y2026 = Period.year(2026)


def stored() -> tuple[set, set, set]:
    """Everything the tally holds, without keys."""
    return (
        set(Fact.objects.values_list("measure", "part", "path", "day", "src", "value", "person")),
        set(First.objects.values_list("measure", "grain", "node", "starts", "person", "day")),
        set(Roll.objects.values_list("measure", "part", "node", "grain", "starts", "records", "value")),
    )


def read_all(unit) -> dict[str, tuple]:
    return {one.key: (one.value, one.record_count) for one in reading.figures(unit, Y2026, person=OPERATOR)}


class Story:
    """Random acts of a city, each at a random moment; some of them are refused, as in life."""

    def __init__(self, seed, town, city, city_officer, officer, certifier, leader, district):
        self.random = random.Random(seed)
        self.town, self.city, self.city_officer = town, city, city_officer
        self.officer, self.certifier, self.leader, self.district = officer, certifier, leader, district
        self.titles = [town.title(city, city_officer, f"t{n}", is_craftsman=n == 0, term_years=n or None) for n in (0, 1)]
        self.proposals, self.benefits, self.grants = [], [], []

    def day(self) -> str:
        return (date(2025, 1, 1) + timedelta(days=self.random.randrange(500))).isoformat()

    def person(self) -> Person:
        members = Person.objects.filter(unit__kind="team").order_by("pk")
        return self.random.choice(list(members))

    def step(self) -> None:
        act = self.random.choice([self.propose, self.withdraw, self.adopt, self.benefit, self.certify, self.grant, self.revoke, self.leave])
        try:
            act()
        except Refused:
            return

    def propose(self):
        self.proposals.append(self.town.propose(self.person(), self.day()))

    def withdraw(self):
        if self.proposals:
            one = self.random.choice(self.proposals)
            one.refresh_from_db()
            proposals.withdraw(one, by=one.author, key=self.town.key())

    def adopt(self):
        if self.proposals:
            one = self.random.choice(self.proposals)
            one.refresh_from_db()
            proposals.adopt(one, by=self.leader, key=self.town.key())

    def benefit(self):
        person = self.person()
        result = self.town.result(person.unit, person, self.officer)
        self.benefits.append(self.town.benefit(result, self.officer, self.random.randrange(1, 10**9)))

    def certify(self):
        if self.benefits:
            one = self.random.choice(self.benefits)
            one.refresh_from_db()
            self.town.certify(one, self.certifier)

    def grant(self):
        title = self.random.choice(self.titles)
        self.grants.append(self.town.grant(title, self.city, self.city_officer, self.person(), self.day()))

    def revoke(self):
        if self.grants:
            one = self.random.choice(self.grants)
            one.refresh_from_db()
            people.revoke(one, granting=self.city, reason="误授", by=self.city_officer, key=self.town.key())

    def leave(self):
        person = self.person()
        if Person.objects.filter(unit=person.unit, is_active=True).count() > 2:
            people.leave(person, by=self.officer, key=self.town.key())


@pytest.fixture
def story(request, town, city, city_officer, officer, certifier, leader, district, worker, worker2):
    return Story(request.param, town, city, city_officer, officer, certifier, leader, district)


@pytest.mark.parametrize("story", [1, 2, 3], indirect=True)
def test_folded_at_any_moment_it_equals_a_recount(story, city, district):
    for _ in range(25):
        story.step()
        if story.random.random() < 0.3:
            tally.catch_up()
        elif story.random.random() < 0.3:
            history.seal()
            unfolded = read_all(city), read_all(district)
            tally.fold()
            assert (read_all(city), read_all(district)) == unfolded  # a reading adds the tail, exactly
    tally.catch_up()
    folded = stored()
    tally.recount()
    assert stored() == folded


@pytest.mark.parametrize("story", [4, 5], indirect=True)
def test_every_list_adds_up_to_its_number_folded_or_not(story, city, district, factory, team):
    for _ in range(20):
        story.step()
    history.seal()
    for _ in range(2):
        for unit in (city, district, factory, team):
            for figure in reading.figures(unit, Y2026, person=OPERATOR):
                rows = list(listing.everything(figure, OPERATOR, size=7))
                if figure.definition.kind not in {"ratio", "rule"}:
                    assert (sum(row.value for row in rows), len(rows)) == (figure.value or 0, figure.record_count), figure.key
        tally.fold()


def test_an_unfolded_change_is_read_at_once_and_nothing_is_written(town, city, worker, django_assert_num_queries):
    tally.catch_up()
    town.propose(worker)
    history.seal()
    before = stored(), Watermark.objects.get().seq
    figure = reading.figure("proposals", city, Y2026, OPERATOR)
    assert figure.value == 1
    assert [row.record.author for row in reading.records(figure, OPERATOR).rows] == [worker]
    assert (stored(), Watermark.objects.get().seq) == before


def test_a_tail_too_long_for_a_page_is_left_out_and_says_up_to_when(town, city, worker, monkeypatch):
    town.propose(worker, "2026-05-04")
    tally.catch_up()
    monkeypatch.setattr(tally, "TAIL_ROWS", 0)
    town.propose(worker, "2026-05-05")
    history.seal()
    figure = reading.figure("proposals", city, Y2026, OPERATOR)
    assert figure.value == 1
    assert figure.as_of.date() == date(2026, 5, 4)


def test_folding_stops_between_events_and_goes_on(town, city, worker):
    for number in range(5):
        town.propose(worker, f"2026-03-0{number + 1}")
    history.seal()
    steps = 0
    while not tally.fold(limit=3):
        steps += 1
    assert steps > 2
    assert reading.figure("proposals", city, Y2026, OPERATOR).value == 5
    assert not tally.tail().found


def test_a_moved_enterprise_keeps_its_past_where_it_was(town, city, district, factory, worker, admin, cast):
    town.propose(worker, "2026-01-10")
    other = cast.unit(city, "district", "西城区", code="379904")
    with clock.frozen("2026-02-01T09:00"):
        people.move_unit(factory, to=other, by=admin, key=town.key())
    worker.refresh_from_db()
    town.propose(worker, "2026-03-10")
    tally.catch_up()
    counts = [reading.figure("proposals", unit, Y2026, OPERATOR).value for unit in (city, district, other)]
    assert counts == [2, 1, 1]
    folded = stored()
    tally.recount()
    assert stored() == folded


def test_a_definition_with_a_new_version_is_counted_again_and_the_others_are_left(town, city, worker):
    town.propose(worker)
    tally.catch_up()
    made = catalogue.INDICATORS["proposals.made"]
    Fact.objects.filter(measure=made.measure).update(value=7)
    Watermark.objects.update(versions={key: one.version for key, one in catalogue.INDICATORS.items()} | {made.key: 0})
    tally.fold()
    assert reading.figure("proposals", city, Y2026, OPERATOR).value == 1


def broken() -> list[str]:
    return [broken.table for name, function in invariants.INVARIANTS for broken in verify.check(name, function).breaks]


def test_verify_holds_and_names_what_was_changed_behind_the_tally(town, city, worker):
    proposal = town.propose(worker)
    tally.catch_up()
    assert broken() == []
    Fact.objects.filter(src=proposal.pk, measure=201).update(value=2)
    assert "proposals_proposal" in broken()
    tally.recount()
    Roll.objects.filter(measure=201).first().delete()
    assert "indicators_roll" in broken()
    tally.recount()
    assert broken() == []


def test_the_task_takes_up_what_a_door_left(town, city, worker):
    town.propose(worker)
    tasks.fold_the_rest.call()
    assert not tally.tail().found
    assert Watermark.objects.get().seq == history.Seal.objects.count()
