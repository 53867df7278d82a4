"""Figures over the API: what is asked for wrongly is a problem with its field, never a crash."""

import pytest


@pytest.mark.parametrize("path", ["figures", "figures/results.benefit/records"])
@pytest.mark.parametrize("said", ["20x6", "2026Q5", "2026-13"])
def test_what_is_no_period_is_refused_with_its_field(client, city, path, said):
    answer = client.get(f"/api/v1/{path}", {"period": said})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert [one["field"] for one in answer.json()["errors"]] == ["period"]


def test_figures_are_read_without_a_key(client, city):
    found = client.get("/api/v1/figures", {"period": "2026"}).json()
    assert found["unit"] == city.code
    assert {"results.benefit", "proposals.made"} <= {one["key"] for one in found["figures"]}
