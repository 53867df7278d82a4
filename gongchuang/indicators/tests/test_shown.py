"""What a figure shows to whom: rows, the last line for what may not be opened, and cells too small to be told."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongchuang.indicators import catalogue, reading, tally
from gongchuang.indicators.rules import OPERATOR
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.period import Period
from gongchuang.results.models import Result

Y2026 = Period.year(2026)


def adds_up(figure, page) -> bool:
    rows = [*page.rows]
    return sum(row.value for row in rows) + page.hidden_total == figure.value and len(rows) + page.hidden_count == figure.record_count


def test_a_visitor_sees_no_proposal_but_the_list_still_adds_up(town, city, worker, stranger):
    town.propose(worker)
    town.propose(stranger)
    tally.catch_up()
    figure = reading.figure("proposals", city, Y2026)
    page = reading.records(figure)
    assert (page.rows, page.hidden_count, page.hidden_total) == ((), 2, 2)
    assert str(page.hidden_line) == "另有 2 项，合计 2，无权打开"
    mine = reading.records(figure, worker)
    assert (len(mine.rows), mine.hidden_count) == (1, 1)
    assert adds_up(figure, page)
    assert adds_up(figure, mine)


def test_results_are_open_with_fixed_columns_except_the_confidential(town, city, team, worker, officer, certifier):
    opened = town.result(team, worker, officer)
    secret = town.result(team, worker, officer, title="保密工艺", kind="invention")
    town.certify(town.benefit(opened, officer, 10_000_00), certifier)
    town.certify(town.benefit(secret, officer, 20_000_00), certifier)
    Result.objects.filter(pk=secret.pk).update(is_confidential=True)
    tally.catch_up()
    figure = reading.figure("economic_benefit", city, Y2026)
    page = reading.records(figure)
    assert [row.cells[1] for row in page.rows] == [opened.title]
    assert (page.hidden_count, page.hidden_total) == (1, 20_000_00)
    assert all(column.public for column in page.columns)
    assert adds_up(figure, page)
    assert not any("保密" in str(cell) for row in page.rows for cell in row.cells)


def test_no_list_for_visitors_names_a_person_without_a_basis():
    for definition in catalogue.FIGURES.values():
        persons = [column.key for column in getattr(definition, "columns", ()) if column.kind == "person" and column.public]
        assert persons == [], definition.key


def test_pages_follow_each_other_without_a_gap_or_a_double(town, city, worker):
    made = [town.propose(worker, f"2026-03-{day:02d}").pk for day in (3, 3, 3, 4, 5, 5, 6)]
    tally.catch_up()
    figure = reading.figure("proposals", city, Y2026, OPERATOR)
    seen, after = [], ""
    while True:
        page = reading.records(figure, OPERATOR, after, 2)
        seen += [row.record.pk for row in page.rows]
        after = page.next_after
        if not after:
            break
    assert seen == sorted(made, reverse=True)


@pytest.mark.parametrize("after", ["x", "2026-03-01", "2026-03-01.1", "2026-13-01.1.1", "2026-03-01.a.b", "9" * 40, "²"])
@pytest.mark.parametrize("key", ["proposals", "skilled_talents"])
def test_a_made_up_place_in_a_list_is_refused(town, city, worker, key, after):
    figure = reading.figure(key, city, Y2026, OPERATOR)
    with pytest.raises(Refused):
        reading.records(figure, OPERATOR, after)


@pytest.fixture
def two_districts(town, cast, city, district, team, worker, stranger):
    """Seven skilled workers in one district, two in the other."""
    for number in range(6):
        cast.person(team, f"技工{number}", skill_level=3)
    for number in range(2):
        cast.person(stranger.unit, f"外厂技工{number}", skill_level=4)
    tally.catch_up()
    return district, stranger.unit


def test_by_district_it_adds_up_and_small_cells_hide_with_their_complement(two_districts, city, city_officer):
    figure = reading.figure("skilled_talents", city, Y2026)
    everything = reading.by_unit(figure, "district", city_officer)
    assert [(str(cell.unit), cell.value) for cell in everything.cells] == [("东港区", 7), ("北湾区", 2)]
    assert sum(cell.value for cell in everything.cells) == figure.value
    shown = reading.by_unit(figure, "district")
    assert [cell.value for cell in shown.cells] == [None, None]  # 9 − 7 would tell the 2


def test_what_a_table_hides_is_not_told_by_the_units_own_page(two_districts, city_officer):
    district, other = two_districts
    for unit in (district, other.at_level(2), other):
        figure = reading.figure("skilled_talents", unit, Y2026)
        assert (figure.value, figure.is_suppressed) == (None, True)
        assert reading.records(figure).rows == ()
        assert reading.records(figure).hidden_total == 0
        assert reading.figure("skilled_talents", unit, Y2026, city_officer).value in {7, 2}


def test_proposals_of_a_small_unit_are_told_though_not_opened(town, city, stranger):
    town.propose(stranger)
    tally.catch_up()
    figure = reading.figure("proposals", stranger.unit, Y2026)
    assert (figure.value, reading.records(figure).rows) == (1, ())


def test_a_team_is_never_told_to_outsiders_where_people_are_counted(two_districts, team):
    assert reading.figure("skilled_talents", team, Y2026).is_suppressed


def test_by_enterprise_and_trend_add_up(two_districts, city, city_officer):
    figure = reading.figure("skilled_talents", city, Y2026, city_officer)
    cells = reading.by_unit(figure, "enterprise", city_officer).cells
    assert {cell.unit.short_name: cell.value for cell in cells} == {"海岳风机": 7, "北湾曲轴": 2}
    assert [point.figure.value for point in reading.trend(figure, city_officer)][-1] == figure.value


def test_reading_takes_few_queries_whatever_the_number_of_rows_and_writes_nothing(town, city, worker):
    counts = []
    town.propose(worker)
    tally.catch_up()
    reading.records(reading.figure("proposals", city, Y2026, OPERATOR), OPERATOR)  # reads what is remembered from then on
    for rows in (1, 12):
        for _ in range(rows):
            town.propose(worker)
        tally.catch_up()
        with CaptureQueriesContext(connection) as told:
            figure = reading.figure("proposals", city, Y2026, OPERATOR)
            reading.records(figure, OPERATOR)
        counts.append(len(told))
        assert not [query["sql"] for query in told if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert counts[0] == counts[1] <= 6


def test_all_figures_of_a_city_take_a_handful_of_queries(town, city, worker):
    counts = []
    for _ in range(2):
        town.propose(worker)
        tally.catch_up()
        with CaptureQueriesContext(connection) as told:
            reading.figures(city, Y2026)
        counts.append(len(told))
    first, later = counts
    assert first <= 16  # with what is remembered from then on
    assert later == 3, [query["sql"][:90] for query in told]  # the chain, its unfolded tail, all sums
