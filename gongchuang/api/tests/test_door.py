"""A program does by JSON what a person does on a page: the same forms, rules, actions and numbers."""

import base64
import json
from io import BytesIO

import pytest
from PIL import Image

from gongchuang.api import tokens
from gongchuang.kernel.models import Attachment, Event
from gongchuang.people import accounts
from gongchuang.people.models import Account
from gongchuang.proposals import actions
from gongchuang.proposals.models import Proposal
from gongchuang.results.models import Benefit, Result

IDEA = {"problem": "横杆裸露，一颠就磕边。", "idea": "套上聚氨酯护套。"}


class Program:
    """A caller with a key of a person's own."""

    def __init__(self, client, person, scope="write"):
        login = f"p{person.pk}"
        if not Account.objects.filter(person=person).exists():
            accounts.open_account(person, login=login, password=accounts.new_password(), by=None, key=f"open {login}")
        secret = tokens.Secret()
        account = Account.objects.get(person=person)
        tokens.make_token(account, name="程序", scope=scope, secret=secret, by=person, key=f"token {login} {scope}")
        self.client, self.headers = client, {"Authorization": f"Bearer {secret.said}"}

    def get(self, path):
        return self.client.get(f"/api/v1/{path}", headers=self.headers)

    def post(self, path, body, key="key-of-a-program", **more):
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {}), **more}
        return self.client.post(f"/api/v1/{path}", sent, content_type="application/json", headers=headers)


@pytest.fixture
def program(client, worker, leader):
    return Program(client, worker)


def test_a_proposal_is_handed_in_answered_and_read(program, client, leader):
    made = program.post("proposals/new", IDEA)
    assert made.status_code == 201
    ref = made.json()["ref"]
    assert Proposal.objects.get(no=ref).author.name == "张伟明"
    adopted = Program(client, leader).post(f"proposals/{ref}/adopt", {"text": "好办法"})
    assert adopted.status_code == 200
    assert program.get(f"proposals/{ref}").json()["state"] == "adopted"


def test_the_same_key_is_one_effect_and_the_same_answer(program):
    first = program.post("proposals/new", IDEA)
    again = [program.post("proposals/new", IDEA) for _ in range(4)]
    assert {(answer.status_code, answer.json()["ref"]) for answer in again} == {(201, first.json()["ref"])}
    assert Proposal.objects.count() == 1


def test_the_same_key_with_other_content_is_refused(program):
    program.post("proposals/new", IDEA)
    other = program.post("proposals/new", {**IDEA, "idea": "换一种护套材料。"})
    assert other.status_code == 422 and other["Content-Type"] == "application/problem+json"
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 101])
def test_a_write_needs_a_key_of_its_own(program, key):
    refused = program.post("proposals/new", IDEA, key=key)
    assert refused.status_code == 422 and refused.json()["errors"][0]["field"] == "Idempotency-Key"
    assert not Proposal.objects.exists()


def test_a_reading_key_and_a_visitor_write_nothing(client, worker, leader):
    reader = Program(client, worker, scope="read")
    assert reader.post("proposals/new", IDEA).status_code == 403
    assert client.post("/api/v1/proposals/new", IDEA, content_type="application/json").status_code == 403
    assert not Proposal.objects.exists()


def test_a_stranger_finds_no_record_where_there_is_one(program, client, stranger):
    ref = program.post("proposals/new", IDEA).json()["ref"]
    events = Event.objects.count()
    outside = Program(client, stranger)
    events += 2  # the stranger's account and key
    foreign, missing = outside.get(f"proposals/{ref}"), outside.get("proposals/JY-2026-99999")
    assert (foreign.status_code, foreign.content) == (missing.status_code, missing.content) == (404, missing.content)
    assert outside.post(f"proposals/{ref}/adopt", {}).status_code == 404
    assert Event.objects.count() == events


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"problem": "横杆裸露，一颠就磕边。"}, "idea"),
        ({**IDEA, "idea": "短"}, "idea"),
        ({**IDEA, "category": "nonsense"}, "category"),
        ({**IDEA, "expected_saving_fen": "很多"}, "expected_saving_fen"),
        ({**IDEA, "photos": [{"name": "a.jpg", "content": "!!"}]}, "photos"),
        ({**IDEA, "coauthors": [10**30]}, "coauthors"),
    ],
)
def test_bad_input_names_its_field_and_writes_nothing(program, body, field):
    refused = program.post("proposals/new", body)
    assert refused.status_code == 422 and refused["Content-Type"] == "application/problem+json"
    assert any(field in error["field"] for error in refused.json()["errors"])
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"null"])
def test_what_is_no_object_is_a_problem_not_a_crash(program, body):
    refused = program.post("proposals/new", body)
    assert refused.status_code in (400, 422) and refused["Content-Type"] == "application/problem+json"


def test_a_photo_comes_with_the_proposal(program):
    picture = BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    photo = {"name": "护套.jpg", "content": base64.b64encode(picture.getvalue()).decode()}
    made = program.post("proposals/new", {**IDEA, "photos": [photo]})
    assert made.status_code == 201
    kept = Attachment.objects.get()
    assert (kept.table, kept.part) == ("proposals_proposal", "before")


def test_rows_of_a_sheet_are_a_list_of_objects(client, program, officer, leader, team):
    proposal = actions.submit(team, **IDEA, by=program_person(program), key="p")
    actions.adopt(proposal, by=leader, key="a")
    actions.implement(proposal, by=leader, key="i", text="已做完")
    office = Program(client, officer)
    made = office.post(
        "results/make", {"proposal": proposal.no, "kind": "technical_innovation", "makers": [{"who": "A001", "share": "100"}]}
    )
    assert made.status_code == 201, made.json()
    result = Result.objects.get()
    assert [(person.name, share) for person, share in result.shares()] == [("张伟明", 10_000)]
    line = {"kind": "saving", "label": "单件工时", "before": 3.5, "after": "2.6", "measure": "小时", "quantity": 1000, "price": "86.00"}
    body = {"from_on": "2026-05-01", "to_on": "2027-04-30", "lines": [line]}
    claimed = office.post(f"results/{result.no}/claim", body, key="key-of-the-claim")
    assert claimed.status_code == 200, claimed.json()
    assert Benefit.objects.get().amount_fen == 77_400_00


def program_person(program):
    return Account.objects.get(tokens__name="程序", username__startswith="p").person


def test_pages_go_on_where_the_last_one_ended(program, team, worker):
    for number in range(5):
        actions.submit(team, problem=f"第{number}处不顺手", idea="改一下就好了。", by=worker, key=f"s{number}")
    first = program.get("proposals?limit=2").json()
    second = program.get(f"proposals?limit=2&after={first['next']}").json()
    third = program.get(f"proposals?limit=2&after={second['next']}").json()
    refs = [row["ref"] for page in (first, second, third) for row in page["items"]]
    assert len(set(refs)) == 5 and third["next"] is None


def test_every_operation_is_described_and_the_reader_needs_no_other_host(client, db):
    described = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/proposals/new" in described["paths"] and "/api/v1/proposals" in described["paths"]
    reader = client.get("/api/", follow=True)
    assert reader.status_code == 200 and "//cdn" not in reader.content.decode()
