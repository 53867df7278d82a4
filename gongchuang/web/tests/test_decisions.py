"""Decisions: effect before the press, ready reasons, undo at once, who else is here, both versions, one after the other."""

from __future__ import annotations

import html
import re

import pytest
from django.core.cache import cache

from gongchuang.kernel.desk import READY_REASONS, ReasonForm
from gongchuang.kernel.models import Event
from gongchuang.proposals import actions
from gongchuang.proposals.models import Proposal
from gongchuang.web import undo
from gongchuang.web.desklist import by_key


def shown(client, address, **more):
    return html.unescape(client.get(address, **more).content.decode())


def test_the_effect_stands_beside_the_press(propose, as_, leader):
    made, client = propose(), as_(leader)
    assert "办理后为“已采纳”，接着由班组长办理，30 个工作日内。" in shown(client, f"/proposals/{made.no}/adopt/")
    assert "接着由张伟明办理" in shown(client, f"/proposals/{made.no}/ask/")
    english = shown(client, f"/proposals/{made.no}/adopt/?lang=en")
    assert "It will be “Adopted”; next is the team leader, within 30 working days." in english


# ----------------------------------------------------------------------------------------------------------- reasons


def test_there_are_four_ready_reasons_beside_own_words():
    assert len(list(READY_REASONS)) == 4
    page = str(ReasonForm())
    assert all(f'value="{code}"' in page for code in READY_REASONS)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"ready": "wrong"}, "内容有误"),
        ({"ready": "wrong", "reason": "期间不符"}, "内容有误：期间不符"),
        ({"reason": "期间不符"}, "期间不符"),
    ],
)
def test_a_reason_is_chosen_or_said_or_both(given, reason):
    form = ReasonForm(given)
    assert form.is_valid()
    assert form.cleaned_data == {"reason": reason}


@pytest.mark.parametrize("given", [{}, {"reason": "x"}, {"ready": "nonsense"}, {"ready": "nonsense", "reason": ""}])
def test_no_reason_is_none(given):
    assert not ReasonForm(given).is_valid()


def test_a_long_reason_still_fits():
    form = ReasonForm({"ready": "wrong", "reason": "字" * 200})
    assert form.is_valid()
    assert len(form.cleaned_data["reason"]) == 200


# -------------------------------------------------------------------------------------------------------------- undo


def adopted_page(propose, as_, leader):
    made, client = propose(), as_(leader)
    answer = client.post(f"/proposals/{made.no}/adopt/", {"key": "a", "version": made.version}, follow=True)
    return made, client, answer.content.decode()


def test_a_light_act_can_be_taken_back_from_the_bar(propose, as_, leader):
    made, client, page = adopted_page(propose, as_, leader)
    bar = re.search(r"data-undo>.*?</form>", page, re.S).group(0)
    assert f'action="/proposals/{made.no}/take_back/"' in bar
    given = dict(re.findall(r'name="(key|next)" value="([^"]*)"', bar))
    answer = client.post(f"/proposals/{made.no}/take_back/", given, follow=True)
    assert "已撤销，建议回到待回复" in answer.content.decode()
    assert Proposal.objects.get().state == "submitted"
    assert Event.objects.filter(action__in=["proposal.adopt", "proposal.take_back"]).count() == 2
    assert "data-undo" not in client.get(f"/proposals/{made.no}/").content.decode()


def test_taking_back_is_not_offered_as_an_act_of_its_own(propose, as_, leader):
    made, client, _ = adopted_page(propose, as_, leader)
    assert "take_back" not in client.get(f"/proposals/{made.no}/").content.decode()


def test_every_undo_is_an_act_that_exists():
    for (desk, act), one in undo.UNDOS.items():
        assert by_key()[desk].act(act) is not None
        assert by_key()[one.desk].act(one.act) is not None


def test_a_decision_with_a_reason_has_no_undo(propose, as_, leader):
    made = propose()
    given = {"key": "d", "version": made.version, "reason": "cost", "text": "投入太大。"}
    assert "data-undo" not in as_(leader).post(f"/proposals/{made.no}/decline/", given, follow=True).content.decode()


# ---------------------------------------------------------------------------------------------------------- presence


def test_the_second_to_open_an_item_sees_who_has_it(propose, as_, leader, officer, worker):
    made = propose()
    first, second = as_(leader), as_(officer)
    assert first.post(f"/here/proposals/{made.no}/").json() == {"who": []}
    assert second.post(f"/here/proposals/{made.no}/").json() == {"who": [leader.name]}
    assert f"{leader.name} 正在处理" in shown(second, f"/proposals/{made.no}/adopt/")
    first.post(f"/here/proposals/{made.no}/", {"gone": "1"})
    assert f"{leader.name} 正在处理" not in shown(second, f"/proposals/{made.no}/adopt/")


def test_whoever_only_reads_is_not_at_work(propose, as_, leader, worker):
    made = propose()
    page = f"/proposals/{made.no}/"
    assert f"/here{page}" in as_(leader).get(page).content.decode()
    author = as_(worker).get(page).content.decode()
    assert "撤回" in author  # the author has acts too, but it is not they who are waited for
    assert f"/here{page}" not in author


def test_who_has_acted_is_not_waited_for(propose, as_, leader, officer):
    made, first = propose(), as_(leader)
    first.post(f"/here/proposals/{made.no}/")
    first.post(f"/proposals/{made.no}/adopt/", {"key": "a", "version": made.version})
    assert as_(officer).post(f"/here/proposals/{made.no}/").json() == {"who": []}


def test_the_note_fades_and_is_for_those_who_see_the_item(propose, as_, leader, officer, stranger, client, monkeypatch):
    made, first = propose(), as_(leader)
    first.post(f"/here/proposals/{made.no}/")
    assert as_(stranger).post(f"/here/proposals/{made.no}/").status_code == 404
    assert client.post(f"/here/proposals/{made.no}/").status_code == 404
    assert first.get(f"/here/proposals/{made.no}/").status_code == 405
    monkeypatch.setenv("GONGCHUANG_NOW", "2026-06-01T09:02")
    assert as_(officer).post(f"/here/proposals/{made.no}/").json() == {"who": []}
    assert not Event.objects.filter(action__contains="here").exists()
    cache.clear()


# ----------------------------------------------------------------------------------------------------- both versions


def test_the_later_save_shows_both_versions_and_may_be_made_all_the_same(propose, as_, leader, officer):
    made, client = propose(), as_(officer)
    opened = made.version
    actions.ask(made, question="哪台机器？", by=leader, key="q")
    actions.answer(made, text="二号机。", by=made.author, key="w")
    late = client.post(f"/proposals/{made.no}/pass_on/", {"key": "late", "version": opened, "text": "请设备科看"})
    page = html.unescape(late.content.decode())
    assert late.status_code == 409
    assert "请设备科看" in page
    assert "张伟明 · 补充说明" in page
    assert f'href="/proposals/{made.no}/"' in page
    again = re.search(r'<form method="post" action="/proposals/.*?</form>', page, re.S).group(0)
    given = dict(re.findall(r'name="(key|version|text)" value="([^"]*)"', again))
    assert client.post(f"/proposals/{made.no}/pass_on/", given).status_code == 302
    assert Proposal.objects.get().state == "passed_on"
    assert Event.objects.filter(action="proposal.pass_on").count() == 1


def test_nothing_is_offered_again_where_it_is_no_longer_possible(propose, as_, leader, officer):
    made, opened = propose(), 0
    opened = made.version
    actions.adopt(made, by=leader, key="a")
    late = as_(officer).post(f"/proposals/{made.no}/adopt/", {"key": "late", "version": opened})
    assert late.status_code == 409
    assert "按我填的提交" not in late.content.decode()


# ------------------------------------------------------------------------------------------------------------ triage


def test_one_item_follows_the_other_after_acting(propose, as_, leader):
    first, second, third = propose("甲"), propose("乙"), propose("丙")
    client = as_(leader)
    start = re.search(r'href="([^"]*)\?queue=todo"', shown(client, "/me/todo/")).group(1)
    assert start == f"/proposals/{first.no}/"
    page = shown(client, f"/proposals/{second.no}/?queue=todo")
    assert "2 / 3" in page
    assert f'href="/proposals/{first.no}/?queue=todo" data-previous' in page
    assert f'href="/proposals/{third.no}/?queue=todo" data-next' in page
    act = re.search(r'href="(/proposals/[^"]*/adopt/[^"]*)"', page).group(1)
    form = shown(client, act)
    onward = re.search(r'name="next" value="([^"]*)"', form[form.index('id="act"') :]).group(1)
    answer = client.post(f"/proposals/{second.no}/adopt/", {"key": "a", "version": second.version, "next": onward})
    assert answer["Location"] == f"/proposals/{third.no}/?queue=todo"


def test_the_last_one_leads_back_to_the_list(propose, as_, leader):
    made = propose()
    page = shown(as_(leader), f"/proposals/{made.no}/?queue=todo")
    assert "1 / 1" in page
    assert "next=%2Fme%2Ftodo%2F" in page


def test_what_is_done_already_says_so_and_the_queue_is_nobody_elses(propose, as_, leader, worker):
    made, other = propose(), propose("另一条")
    actions.adopt(made, by=leader, key="a")
    page = shown(as_(leader), f"/proposals/{made.no}/?queue=todo")
    assert "/ 2" in page  # adopted ones wait to be implemented
    assert other.no not in shown(as_(worker), f"/proposals/{made.no}/?queue=todo")


# ---------------------------------------------------------------------------------------------------------- choices


def test_the_page_of_an_act_suggests_what_its_form_allows_and_nothing_else(as_, officer, worker, stranger):
    page = "/dues/award/"
    found = as_(officer).get(page, {"options": "winner", "q": worker.name}).json()["options"]
    assert found == [[worker.work_no, f"{worker.name} · {worker.unit}"]]
    assert as_(stranger).get(page, {"options": "winner", "q": worker.name}).json() == {"options": []}


@pytest.mark.parametrize("asked", [{"options": "amount_fen", "q": "1"}, {"options": "nothing", "q": "1"}])
def test_what_is_no_choice_suggests_nothing(as_, officer, asked):
    assert as_(officer).get("/dues/award/", asked).status_code == 404


def test_nothing_typed_suggests_nothing_and_a_visitor_is_asked_to_sign_in(as_, officer, client):
    assert as_(officer).get("/dues/award/", {"options": "winner", "q": " "}).json() == {"options": []}
    assert client.get("/dues/award/", {"options": "winner", "q": "张"}).status_code == 302
