"""The kinds of results, patents, and certified benefit, of a city and of its leading enterprise."""

from __future__ import annotations

from datetime import date

from gongchuang.indicators.tests.counted import counted
from gongchuang.kernel.period import Period
from gongchuang.results import actions as results
from gongchuang.results import certification, patent_number
from gongchuang.results.models import OverlapGroup

KINDS = ("technical_innovations", "inventions", "operating_methods")


def patented(town, result, officer, granted_on, digits="20231012345"):
    number = f"{digits}{0}."
    number += patent_number.check_digit(number[:-1])
    return results.add_patent(result, number=number, filed_on=date(2023, 3, 1), granted_on=granted_on, by=officer, key=town.key())


def test_each_kind_counts_where_it_was_made_from_its_recognition(city, factory, team, worker, officer, town):
    for kind in ("technical_innovation", "technical_innovation", "invention", "operating_method", "proposal"):
        town.result(team, worker, officer, kind=kind, title=f"{kind}的成果")
    assert counted(city, *KINDS) == counted(factory, *KINDS) == [2, 1, 1]
    assert counted(city, *KINDS, period=Period.year(2025)) == [0, 0, 0]


def test_a_revoked_result_leaves_the_count(city, team, worker, officer, district_officer, town):
    made = town.result(team, worker, officer)
    assert counted(city, "technical_innovations") == [1]
    results.revoke(made, reason="与前年成果重复", by=officer, key=town.key())
    assert counted(city, "technical_innovations") == [0]


def test_a_patent_counts_when_it_is_granted(city, team, worker, officer, town):
    made = town.result(team, worker, officer, kind="patent", title="一种快换定位装置")
    patented(town, made, officer, None)
    assert counted(city, "patents") == [0]
    results.grant_patent(made, granted_on=date(2026, 5, 20), by=officer, key=town.key())
    assert counted(city, "patents") == [1]
    assert counted(city, "patents", period=Period.parse("2026-04")) == [0]


def test_benefit_is_what_finance_certified_and_no_more(city, team, worker, officer, certifier, district_officer, town):
    first = town.benefit(town.result(team, worker, officer), officer, 600_000_00)
    assert counted(city, "economic_benefit") == [0]
    town.certify(first, certifier)
    second = town.certify(town.benefit(town.result(team, worker, officer, title="清渣装置"), officer, 150_000_50), certifier)
    assert counted(city, "economic_benefit") == counted(team, "economic_benefit") == [750_000_50]
    certification.overturn(second, reason="产量按计划数填报", by=district_officer, key=town.key())
    assert counted(city, "economic_benefit") == [600_000_00]


def test_the_same_yuan_claimed_twice_counts_once(city, team, worker, officer, certifier, town):
    owner = town.benefit(town.result(team, worker, officer), officer, 600_000_00)
    certification.group(owner, group=None, name="快换定位", is_owner=True, by=officer, key=town.key())
    method = town.benefit(town.result(team, worker, officer, kind="operating_method", title="快换操作法"), officer, 600_000_00)
    certification.group(method, group=OverlapGroup.objects.get(), name="", is_owner=False, by=officer, key=town.key())
    for sheet in (owner, method):
        sheet.refresh_from_db()
        town.certify(sheet, certifier, on="2026-05-26")
    assert counted(city, "economic_benefit") == [600_000_00]
    assert counted(city, "technical_innovations", "operating_methods") == [1, 1]


def test_the_leading_enterprise_of_three_years(cast, city, factory, other_factory, team, worker, officer, certifier, stranger, town):
    town.certify(town.benefit(town.result(team, worker, officer), officer, 100_000_00), certifier)
    theirs = town.benefit(town.result(other_factory, cast.person(other_factory, "孟北"), stranger, title="曲轴夹具"), stranger, 250_000_00)
    town.certify(theirs, cast.person(other_factory, "计清", "certifier"))
    assert counted(city, "unit_benefit_three_years") == [250_000_00]
    assert counted(factory, "unit_benefit_three_years") == [100_000_00]
