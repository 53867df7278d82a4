"""Independent proof: one SQL over the audit views, knowing nothing of the tally, gives the same numbers."""

from __future__ import annotations

import pytest
from django.db import connection

from gongchuang.indicators import reading, tally
from gongchuang.indicators.rules import OPERATOR
from gongchuang.indicators.tests.test_tally import Story, story  # noqa: F401
from gongchuang.kernel.period import Period

BY_VIEW = {
    "proposals": "SELECT count(*) FROM v_proposal WHERE state <> 'withdrawn'",
    "technical_innovations": "SELECT count(*) FROM v_result WHERE kind = 'technical_innovation' AND state = 'recognised'",
    "inventions": "SELECT count(*) FROM v_result WHERE kind = 'invention' AND state = 'recognised'",
    "operating_methods": "SELECT count(*) FROM v_result WHERE kind = 'operating_method' AND state = 'recognised'",
    "economic_benefit": "SELECT COALESCE(sum(amount_fen), 0) FROM v_benefit WHERE state IN ('certified', 'audited') AND is_owner",
    "city_level_honours": (
        "SELECT count(DISTINCT person) FROM v_honour WHERE person IS NOT NULL AND revoked_on IS NULL "
        "AND level IN ('city', 'province', 'national')"
    ),
    "craftsmen": (
        "SELECT count(DISTINCT person) FROM v_honour h JOIN people_title t ON t.key = h.title WHERE person IS NOT NULL "
        "AND t.is_craftsman AND (revoked_on IS NULL OR revoked_on > '2026-06-01') AND (ends_on IS NULL OR ends_on > '2026-06-01')"
    ),
    "training_person_times": "SELECT count(*) FROM v_training WHERE attended_on BETWEEN '2026-01-01' AND '2026-12-31'",
    "city_academies": "SELECT count(*) FROM v_academy WHERE level = 'city' AND state = 'named'",
    "incentive_fund": (
        "SELECT COALESCE(sum(e.amount), 0) FROM v_ledger_entry e JOIN bank_account a ON a.id = e.account "
        "WHERE a.kind = 'received' AND e.unit = 'CNY'"
    ),
    "results_selected_yearly": (
        "SELECT count(*) FROM v_honour WHERE result <> '' AND revoked_on IS NULL AND granted_on BETWEEN '2026-01-01' AND '2026-12-31'"
    ),
}


@pytest.mark.parametrize("story", [6, 7], indirect=True)
def test_the_views_tell_the_same(story, city):  # noqa: F811
    for _ in range(40):
        story.step()
    tally.catch_up()
    told = {key: reading.figure(key, city, Period.year(2026), OPERATOR).value for key in BY_VIEW}
    with connection.cursor() as cursor:
        for key, query in BY_VIEW.items():
            cursor.execute(query)
            assert cursor.fetchone()[0] == told[key], key
    assert sum(bool(value) for value in told.values()) >= 4
