"""What a studio's results save: counted once finance has certified and the studio has entered the result."""

from __future__ import annotations

import pytest

from gongchuang.indicators import listing, reading, tally
from gongchuang.indicators.rules import OPERATOR
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.period import Period
from gongchuang.studios import actions
from gongchuang.studios.tests.conftest import applying, master, naming, studio  # noqa: F401

Y2026 = Period.year(2026)


def value(key, unit):
    tally.catch_up()
    return reading.figure(key, unit, Y2026, OPERATOR).value


def test_the_largest_saving_of_a_studio_is_told(town, city, team, studio, master, worker, officer, certifier, stranger):
    own, other = town.result(team, master, officer), town.result(team, worker, officer)
    town.certify(town.benefit(own, officer, 63_597_000), certifier)
    town.certify(town.benefit(other, officer, 99_000_000), certifier)
    assert value("studios.benefit", city) == 0
    with pytest.raises(NotYours):
        actions.note_result(studio, result=own, by=stranger, key="n0")
    actions.note_result(studio, result=own, by=master, key="n1")
    assert value("studios.benefit", city) == 63_597_000
    figure = reading.figure("unit_yearly_saving", city, Y2026)
    assert (figure.value, [row.value for row in listing.everything(figure, OPERATOR)]) == (63_597_000, [63_597_000])
    assert studio.certified_benefit_fen() == 63_597_000
    with pytest.raises(Refused, match="没有本工作室成员"):
        actions.note_result(studio, result=other, by=master, key="n2")
    with pytest.raises(Refused, match="已记在"):
        actions.note_result(studio, result=own, by=master, key="n3")
