"""Numbers from outside: entered by one, confirmed by another, and shown as historic beside what is counted."""

from __future__ import annotations

from datetime import date

import pytest

from gongchuang.indicators import actions, listing, reading, tally
from gongchuang.indicators.forms import EnterForm
from gongchuang.indicators.models import Observation
from gongchuang.indicators.rules import OPERATOR, SEE
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.period import Period

Y2026 = Period.year(2026)


@pytest.fixture
def enter(town, district, district_officer):
    def run(unit=None, by=None, **more):
        said = {
            "indicator": "proposals.made", "start_on": date(2018, 1, 1), "last_on": date(2022, 12, 31), "value": 900,
            "source": "历年统计表", "key": town.key(), **more,
        }  # fmt: skip
        return actions.enter(unit or district, by=by or district_officer, **said)

    return run


@pytest.fixture
def observation(enter) -> Observation:
    return enter()


def test_it_counts_once_a_second_person_has_confirmed_it(town, city, worker, city_officer, observation):
    town.propose(worker)
    tally.catch_up()
    assert reading.figure("proposals", city, Y2026).value == 1
    actions.confirm(observation, by=city_officer, key=town.key())
    tally.catch_up()
    figure = reading.figure("proposals", city, Y2026)
    assert [(part.status, part.value, part.record_count) for part in figure.parts] == [("recorded", 1, 1), ("historic", 900, 1)]
    assert figure.value == 901
    rows = list(listing.everything(figure, OPERATOR))
    assert [(row.part, row.value) for row in rows] == [("recorded", 1), ("historic", 900)]
    assert reading.figure("proposals", city, Period.year(2021)).value == 0  # its period ends later


def test_a_figure_that_is_wholly_historic_has_no_records_to_open(town, city, city_officer, observation):
    actions.confirm(observation, by=city_officer, key=town.key())
    figure = reading.figure("proposals", city, Y2026)
    assert (figure.status, figure.is_openable) == ("historic", False)


def test_a_flow_takes_only_observations_that_lie_within_its_period(town, enter, city, city_officer):
    whole = enter(indicator="proposals.adopted", start_on=date(2025, 1, 1), last_on=date(2025, 12, 31), value=70)
    actions.confirm(whole, by=city_officer, key=town.key())
    values = [reading.figure("proposals.adopted", city, Period.parse(said)).value for said in ("2025", "2025Q4", "2024..2025")]
    assert values == [70, 0, 70]


def test_of_a_stock_the_last_level_counts(town, enter, city, city_officer):
    for last, level in ((date(2023, 12, 31), 40), (date(2024, 12, 31), 55)):
        one = enter(indicator="studios.city_studios", start_on=last, last_on=last, value=level)
        actions.confirm(one, by=city_officer, key=town.key())
    values = [reading.figure("city_studios", city, Period.year(year)).value for year in (2022, 2023, 2024, 2026)]
    assert values == [0, 40, 55, 55]


def test_who_entered_it_cannot_confirm_it(town, observation, district_officer):
    with pytest.raises(NotYours):
        actions.confirm(observation, by=district_officer, key=town.key())


@pytest.mark.parametrize("act", ["confirm", "decline", "withdraw"])
def test_a_stranger_can_do_nothing_with_it(town, observation, stranger, act):
    more = {} if act == "confirm" else {"reason": "不对"}
    with pytest.raises(NotYours):
        getattr(actions, act)(observation, by=stranger, key=town.key(), **more)


def test_a_stranger_cannot_enter_one(enter, stranger):
    with pytest.raises(NotYours):
        enter(by=stranger)


@pytest.mark.parametrize("act", ["confirm", "decline"])
def test_what_is_withdrawn_cannot_be_decided_on(town, observation, city_officer, act):
    actions.withdraw(observation, reason="填错", by=city_officer, key=town.key())
    with pytest.raises(Refused, match="已撤销"):
        getattr(actions, act)(observation, by=city_officer, key=town.key(), **({} if act == "confirm" else {"reason": "不对"}))


def test_withdrawing_takes_it_out_of_the_figure(town, city, observation, city_officer):
    actions.confirm(observation, by=city_officer, key=town.key())
    actions.withdraw(observation, reason="来源有误", by=city_officer, key=town.key())
    assert reading.figure("proposals", city, Y2026).value == 0


def test_five_presses_enter_one(enter):
    pressed = [enter(key="one-press") for _ in range(5)]
    assert len({one.pk for one in pressed}) == 1
    assert Observation.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"last_on": date(2017, 1, 1)}, "last_on"),
        ({"last_on": date(2030, 1, 1)}, "last_on"),
        ({"value": -1}, "value"),
        ({"source": "  "}, "source"),
        ({"indicator": "no.such"}, "indicator"),
        ({"indicator": "studios.stations"}, "indicator"),
    ],
)
def test_bad_input_is_refused_with_its_field(enter, said, field):
    with pytest.raises(Refused) as refusal:
        enter(**said)
    assert refusal.value.field == field


def test_the_same_days_are_not_told_twice(enter, observation):
    with pytest.raises(Refused, match="已有填报"):
        enter(start_on=date(2022, 6, 1), last_on=date(2023, 6, 30))


def test_the_form_reads_money_in_yuan_and_a_period_in_words(district, district_officer):
    said = {"indicator": "results.benefit", "unit": district.code, "period": "2018–2022", "value": "1.2亿", "source": "统计表"}
    form = EnterForm(said, person=district_officer)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == 12_000_000_000
    assert (form.cleaned_data["start_on"], form.cleaned_data["last_on"]) == (date(2018, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(("field", "said"), [("period", "前几年"), ("value", "很多")])
def test_the_form_names_what_it_does_not_understand(district, district_officer, field, said):
    good = {"indicator": "proposals.made", "unit": district.code, "period": "2022", "value": "12", "source": "统计表"}
    form = EnterForm({**good, field: said}, person=district_officer)
    assert set(form.errors) == {field}


def test_a_benchmark_is_of_the_last_vintage_published_by_then(town, city):
    for year, value, day in ((2023, 16_100_000, date(2024, 2, 29)), (2023, 16_161_500, date(2024, 12, 20))):
        actions.refer(city, reference="test", year=year, value=value, source="国家统计局", published_on=day, by=None, key=town.key())
    with pytest.raises(Refused):
        actions.refer(
            city, reference="test", year=2023, value=1, source="国家统计局", published_on=date(2024, 2, 29), by=None, key=town.key()
        )


def test_a_worker_enters_no_benchmark(town, city, worker):
    with pytest.raises(NotYours):
        actions.refer(city, reference="test", year=2023, value=1, source="x", published_on=date(2024, 2, 29), by=worker, key=town.key())


def test_what_nobody_confirmed_is_seen_by_its_unit_and_those_above_only(
    observation, city_officer, stranger, worker, district_officer, town
):
    rows = Observation.objects.all()
    for person, seen in ((None, 0), (stranger, 0), (worker, 0), (district_officer, 1), (city_officer, 1)):
        assert SEE.among(person, rows).count() == seen
    actions.confirm(observation, by=city_officer, key=town.key())
    assert SEE.among(None, rows).count() == 1
