"""Two programs at one record are told of each other: If-Match with the ETag that was read."""

import pytest

from gongchuang.api.tests.test_door import IDEA, Program
from gongchuang.kernel.models import Event
from gongchuang.proposals.models import Proposal


@pytest.fixture
def read(client, worker, leader):
    """A proposal as two leaders' programs have read it: the leader's program, its address, its ETag."""
    ref = Program(client, worker).post("proposals/new", IDEA).json()["ref"]
    program = Program(client, leader)
    return program, f"proposals/{ref}", program.get(f"proposals/{ref}")["ETag"]


def test_an_act_on_the_version_that_was_read_is_done_and_tells_the_next(read):
    program, address, tag = read
    adopted = program.post(f"{address}/adopt", {"text": "好办法"}, **{"If-Match": tag})
    assert adopted.status_code == 200 and adopted["ETag"] != tag
    assert adopted["ETag"] == program.get(address)["ETag"]


@pytest.mark.parametrize("said", ["{old}", "W/{old}", "3", '"x", {old}', "nonsense"])
def test_an_act_on_another_version_does_nothing_and_shows_both(read, said):
    program, address, old = read
    now = program.post(f"{address}/adopt", {"text": "好办法"}, key="the-first-editor")["ETag"]
    before = Event.objects.count()
    late = program.post(f"{address}/implement", {"text": "做完了"}, key="the-late-editor", **{"If-Match": said.format(old=old)})
    assert late.status_code == 412 and late["Content-Type"] == "application/problem+json"
    assert late.json()["current"]["state"] == "adopted" and late["ETag"] == now
    assert late.json()["last"]["actor"] == "李国栋" and late.json()["last"]["at"]
    assert Event.objects.count() == before and Proposal.objects.get().state == "adopted"
    again = program.post(f"{address}/implement", {"text": "做完了"}, key="the-late-editor", **{"If-Match": now})
    assert again.status_code == 200


@pytest.mark.parametrize("said", ["*", '"99", {old}', "W/{old}"])
def test_any_version_and_one_of_several_fit(read, said):
    program, address, old = read
    assert program.post(f"{address}/adopt", {"text": "好办法"}, **{"If-Match": said.format(old=old)}).status_code == 200


def test_the_same_press_again_is_answered_the_same_though_it_names_the_old_version(read):
    program, address, tag = read
    answers = [program.post(f"{address}/adopt", {"text": "好办法"}, **{"If-Match": tag}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert len({answer["ETag"] for answer in answers}) == 1


def test_every_write_names_its_headers_in_the_description(client, db):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    told = {path: {one["name"] for one in methods["post"]["parameters"]} for path, methods in paths.items() if "post" in methods}
    assert told and all("Idempotency-Key" in names for names in told.values())
    assert all(("If-Match" in names) == ("{ref}" in path) == ("ref" in names) for path, names in told.items())


def test_who_may_not_is_told_nothing_of_versions(read, client, worker, stranger):
    _, address, _ = read
    said = {"If-Match": '"99"'}
    assert Program(client, worker, scope="read").post(f"{address}/adopt", {"text": "好办法"}, **said).status_code == 403
    assert Program(client, stranger).post(f"{address}/adopt", {"text": "好办法"}, **said).status_code == 404
