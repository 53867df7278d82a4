"""Without a key one reads over the API what visitors read on the pages, and no more."""

import pytest

from gongchuang.people.models import Person
from gongchuang.results import actions


@pytest.fixture
def results(worker: Person, officer: Person):
    def enter(title: str, *, is_confidential: bool):
        return actions.register(
            worker.unit, kind="technical_innovation", title=title, problem="架子磕边", solution="套上护套",
            makers=[(worker, 10_000)], is_confidential=is_confidential, by=officer, key=title,
        )  # fmt: skip

    return enter("横杆护套", is_confidential=False), enter("保密工装", is_confidential=True)


def test_a_visitor_finds_open_results_and_no_secret_ones(client, results):
    shown, hidden = results
    found = client.get("/api/v1/results").json()["items"]
    assert [one["no"] for one in found] == [shown.no]
    assert client.get(f"/api/v1/results/{shown.no}").status_code == 200
    assert client.get(f"/api/v1/results/{hidden.no}").status_code == 404
    assert shown.no in client.get("/results/").content.decode()


def test_a_visitor_reads_no_maker(client, results, worker):
    [one] = client.get("/api/v1/results").json()["items"]
    assert not one.get("makers")
    assert worker.name not in client.get("/api/v1/results").content.decode().encode().decode("unicode_escape")
