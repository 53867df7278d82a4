"""The generic door: what is seen, what is pressed, what is refused."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongchuang.kernel.models import Event
from gongchuang.proposals import actions
from gongchuang.proposals.models import Proposal

WORDS = {"problem": "每装一件都要重新找正。", "idea": "定位块改成锥销快换。", "key": "press-1"}


def test_foreign_and_missing_are_the_same_bytes(propose, as_, stranger):
    client = as_(stranger)
    foreign = client.get(f"/proposals/{propose().no}/")
    missing = client.get("/proposals/JY-2026-99999/")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content


def test_a_visitor_is_asked_to_sign_in(propose, client):
    answer = client.get(f"/proposals/?state=submitted&n={propose().no}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/?next=%2Fproposals%2F")


def test_the_record_shows_who_has_it_and_by_when(propose, as_, worker):
    page = as_(worker).get(f"/proposals/{propose().no}/").content.decode()
    assert "等 李国栋 回复" in page
    assert "6月4日前" in page


def test_only_what_may_be_done_is_offered(propose, as_, worker, leader):
    address = f"/proposals/{propose().no}/"
    assert f'href="{address}adopt/"' in as_(leader).get(address).content.decode()
    assert f'href="{address}adopt/"' not in as_(worker).get(address).content.decode()


def test_five_presses_are_one_proposal(team, leader, as_, worker):
    client = as_(worker)
    answers = [client.post("/proposals/new/", WORDS) for _ in range(5)]
    assert {answer["Location"] for answer in answers} == {f"/proposals/{Proposal.objects.get().no}/?done=1"}


def test_the_same_key_with_other_words_is_shown_and_offered_as_new(team, leader, as_, worker):
    client = as_(worker)
    client.post("/proposals/new/", WORDS)
    answer = client.post("/proposals/new/", {**WORDS, "idea": "换一种夹具，两个人就够了。"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "换一种夹具" in page
    assert "作为新的一条提交" in page
    assert Proposal.objects.count() == 1


def test_a_refused_form_keeps_what_was_typed_and_its_key(team, leader, as_, worker):
    answer = as_(worker).post("/proposals/new/", {**WORDS, "idea": "短"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="errors"' in page
    assert 'href="#id_idea"' in page
    assert "每装一件都要重新找正。" in page
    assert 'name="key" value="press-1"' in page


def test_success_says_the_number_who_answers_and_by_when(team, leader, as_, worker):
    page = as_(worker).post("/proposals/new/", WORDS, follow=True).content.decode()
    assert f"已提交 {Proposal.objects.get().no}。班组长 李国栋 会在6月4日前回复。" in page


def test_somebody_in_sight_but_not_allowed_is_told_who_can(propose, as_, worker):
    answer = as_(worker).get(f"/proposals/{propose().no}/adopt/")
    assert answer.status_code == 403
    assert "李国栋" in answer.content.decode()


def test_an_act_of_another_state_is_refused_in_words(propose, as_, leader):
    proposal = propose()
    actions.adopt(proposal, by=leader, key="adopt")
    answer = as_(leader).get(f"/proposals/{proposal.no}/decline/")
    assert answer.status_code in {403, 422}
    assert not Proposal.objects.filter(state="declined").exists()


def test_the_second_of_two_editors_is_told(propose, as_, leader):
    proposal = propose()
    opened = proposal.version
    actions.ask(proposal, question="哪台机器？", by=leader, key="ask")
    actions.answer(proposal, text="二号机。", by=proposal.author, key="answer")
    answer = as_(leader).post(f"/proposals/{proposal.no}/adopt/", {"key": "late", "version": opened, "text": "好"})
    assert answer.status_code == 409
    assert "别人刚改过" in answer.content.decode()
    assert Proposal.objects.get().state == "submitted"


def test_a_press_repeated_after_it_was_done_goes_to_the_subject(propose, as_, leader):
    proposal = propose()
    client = as_(leader)
    form = {"key": "once", "version": proposal.version, "text": "好"}
    first = client.post(f"/proposals/{proposal.no}/adopt/", form)
    again = client.post(f"/proposals/{proposal.no}/adopt/", form)
    assert (first.status_code, again.status_code) == (302, 302)
    assert Event.objects.filter(action="proposal.adopt").count() == 1


def test_an_expired_login_keeps_the_input(team, leader, as_, worker):
    known = as_(worker)
    visitor = Client()
    answer = visitor.post("/proposals/new/", WORDS)
    assert answer["Location"] == "/login/?next=%2Fproposals%2Fnew%2F"
    visitor.cookies.update(visitor.cookies)
    session = known.session
    session["kept"] = visitor.session["kept"]
    session.save()
    page = known.get("/proposals/new/").content.decode()
    assert "定位块改成锥销快换。" in page
    assert 'value="press-1"' in page


def test_lists_do_not_answer_to_post(propose, as_, leader):
    client = as_(leader)
    assert client.post("/proposals/").status_code == 405
    assert client.post(f"/proposals/{propose().no}/").status_code == 405


def test_a_list_makes_the_same_queries_for_one_row_and_for_three(propose, as_, leader):
    client = as_(leader)
    propose()
    client.get("/proposals/")
    one = queries(client, "/proposals/")
    propose("第二条")
    propose("第三条")
    assert len(queries(client, "/proposals/")) == len(one) <= 7


@pytest.mark.parametrize("address", ["/proposals/", "/me/", "/me/todo/", "/me/bank/", "/me/messages/", "/team/inbox/", "/proposals/new/"])
def test_reading_never_writes(propose, as_, leader, address):
    propose()
    client = as_(leader)
    client.get(address)
    said = queries(client, address)
    assert not [sql for sql in said if sql.split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def queries(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in seen.captured_queries]
