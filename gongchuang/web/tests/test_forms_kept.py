"""What is typed survives: a login that ended, a login that changed; and the right keyboard comes up for it."""

from __future__ import annotations

import re

from django.test import Client

from gongchuang.academy.forms import MarkForm
from gongchuang.kernel.models import Event
from gongchuang.proposals.models import Proposal
from gongchuang.web.templatetags import marks

WORDS = {"reason": "cost", "text": "投入太大，先记下。"}


def test_a_login_ended_elsewhere_comes_back_to_the_form_with_its_words_and_one_effect(propose, as_, leader):
    made, client = propose(), as_(leader)
    address = f"/proposals/{made.no}/decline/"
    form = client.get(address).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', form[form.index('id="act"') :]).group(1)
    client.post("/logout/")  # in another tab
    answer = client.post(address, {**WORDS, "key": key, "version": made.version})
    assert answer["Location"] == f"/login/?next=%2Fproposals%2F{made.no}%2Fdecline%2F"
    assert Proposal.objects.get().state == "submitted"
    kept = client.session["kept"]
    client.force_login(leader.account)
    session = client.session
    session["kept"] = kept  # signing in through the page keeps it; force_login starts anew
    session.save()
    page = client.get(address).content.decode()
    assert WORDS["text"] in page
    assert f'name="key" value="{key}"' in page
    for _ in range(2):
        assert client.post(address, {**WORDS, "key": key, "version": made.version}).status_code == 302
    assert Event.objects.filter(action="proposal.decline").count() == 1
    assert "kept" not in client.session


def strict(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person.account)
    return client


def test_a_page_older_than_the_login_may_be_handed_in_again(propose, as_, leader):
    made, _ = propose(), as_(leader)
    client = strict(leader)
    address = f"/proposals/{made.no}/decline/"
    given = {**WORDS, "key": "old-page", "version": made.version, "csrfmiddlewaretoken": "x" * 64}
    answer = client.post(address, given, headers={"Origin": "http://testserver"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert WORDS["text"] in page
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    assert client.post(address, {**given, "csrfmiddlewaretoken": token}, headers={"Origin": "http://testserver"}).status_code == 302
    assert Proposal.objects.get().state == "declined"


def test_what_another_site_sends_is_not_kept(propose, as_, leader):
    made, _ = propose(), as_(leader)
    for origin in ("https://evil.cn", None):
        headers = {"Origin": origin} if origin else {}
        answer = strict(leader).post(f"/proposals/{made.no}/decline/", {**WORDS, "key": "k"}, headers=headers)
        assert answer.status_code == 403
        assert WORDS["text"] not in answer.content.decode()


def test_the_right_keyboard_comes_up():
    form = MarkForm()
    assert 'inputmode="decimal"' in marks.input_of(form["theory_tenths"])


def test_all_hits_of_a_group_are_asked_for_with_the_words_as_they_were(propose, as_, leader):
    propose("快换&定位")
    page = as_(leader).get("/search/", {"q": "快换&定位"}).content.decode()
    assert 'href="/proposals/?q=%E5%BF%AB%E6%8D%A2%26%E5%AE%9A%E4%BD%8D"' in page
