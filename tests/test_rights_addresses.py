"""Every address that is no desk's: who gets in. A new pattern in the URLconf must be added here, or to the exceptions with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, get_resolver

from gongchuang.kernel import files
from gongchuang.kernel.models import Event
from gongchuang.people import accounts, actions
from gongchuang.people.imports import ImportRun
from gongchuang.people.models import Account
from gongchuang.results import actions as results
from tests.rights import TRIED

WHO = ("anonymous", "leaver", "worker", "officer", "stranger", "district", "city", "admin")
"""The stranger is leader, officer and certifier of another enterprise; {run} and {file} are the officer's."""
LETTERS = {200: "Y", 302: ">", 301: ">", 403: "n", 404: ".", 405: "-", 401: "n", 422: "s"}
ASKED: dict[str, tuple[str, str]] = {
    "": ("/", "YYYYYYYY"),
    "home/": ("/home/", ">>>>>>>>"),
    "login/": ("/login/", "Y>>>>>>>"),
    "login/as/": ("/login/as/", "--------"),
    "logout/": ("/logout/", "--------"),
    "tour/": ("/tour/", "........"),
    "text-size/": ("/text-size/", "--------"),
    "help/": ("/help/", "YYYYYYYY"),
    "accessibility/": ("/accessibility/", "YYYYYYYY"),
    "search/": ("/search/?q=x", "YYYYYYYY"),
    "match/": ("/match/", "YYYYYYYY"),
    "healthz": ("/healthz", "YYYYYYYY"),
    "readyz": ("/readyz", "YYYYYYYY"),
    "robots.txt": ("/robots.txt", "YYYYYYYY"),
    "favicon.ico": ("/favicon.ico", ">>>>>>>>"),
    "drafts/<slug:form>/": ("/drafts/proposals-new/", "--------"),
    "files/<uuid:uid>/": ("/files/{file}/", "..YY.YY."),
    "lists/<slug:key>/": ("/lists/proposals/", "--------"),
    "here/<slug:key>/<str:ref>/": ("/here/people/x/", "--------"),
    "exports/<uuid:uid>/": ("/exports/00000000-0000-7000-8000-000000000000/", ">>......"),
    "figures/": ("/figures/", "YYYYYYYY"),
    "figures/<str:key>/": ("/figures/proposals.made/", "YYYYYYYY"),
    "figures/<str:key>.<slug:kind>": ("/figures/proposals.made.csv", "YYYYYYYY"),
    "report/": ("/report/", "YYYYYYYY"),
    "report/<str:period>/": ("/report/2026/", "YYYYYYYY"),
    "report/<str:period>.<slug:kind>": ("/report/2026.html", "YYYYYYYY"),
    "me/": ("/me/", ">>YYYYYY"),
    "me/todo/": ("/me/todo/", ">>YYYYYY"),
    "me/messages/": ("/me/messages/", ">>YYYYYY"),
    "me/messages/read/": ("/me/messages/read/", "--------"),
    "me/public/": ("/me/public/", "--------"),
    "me/learning/": ("/me/learning/", ">>YYYYYY"),
    "me/profile/": ("/me/profile/", ">>YYYYYY"),
    "me/<slug:key>/": ("/me/proposals/", ">>YYYYYY"),
    "judge/": ("/judge/", ">>YYYYYY"),
    "judge/<str:no>/": ("/judge/JS-2026-00001/", ">>......"),
    "judge/<str:no>/<int:code>/": ("/judge/JS-2026-00001/1/", ">>......"),
    "team/": ("/team/", ">>YYYYYY"),
    "team/inbox/": ("/team/inbox/", ">>YYYYYY"),
    "org/": ("/org/", ">>>YYYYY"),
    "org/certify/": ("/org/certify/", ">>YYYYYY"),
    "org/people/import/": ("/org/people/import/", ">>nYYnnY"),
    "org/people/import/template.xlsx": ("/org/people/import/template.xlsx", ">>nYYnnY"),
    "org/people/import/<uuid:uid>/": ("/org/people/import/{run}/", ">>.>...>"),
    "org/people/import/<uuid:uid>/columns/": ("/org/people/import/{run}/columns/", ">>.Y...Y"),
    "org/people/import/<uuid:uid>/repair/": ("/org/people/import/{run}/repair/", "--------"),
    "org/people/import/<uuid:uid>/go/": ("/org/people/import/{run}/go/", "--------"),
    "org/people/import/<uuid:uid>/undo/": ("/org/people/import/{run}/undo/", "--------"),
    "org/people/import/<uuid:uid>/remaining.xlsx": ("/org/people/import/{run}/remaining.xlsx", ">>.Y...Y"),
    "org/import/<slug:key>/": ("/org/import/results/", ">>nYYnnn"),
    "org/import/<slug:key>/template.xlsx": ("/org/import/results/template.xlsx", ">>nYYnnn"),
    "org/import/run/<uuid:uid>/": ("/org/import/run/{run}/", ">>......"),
    "org/import/run/<uuid:uid>/go/": ("/org/import/run/{run}/go/", "--------"),
    "org/import/run/<uuid:uid>/undo/": ("/org/import/run/{run}/undo/", "--------"),
    "org/import/run/<uuid:uid>/remaining.xlsx": ("/org/import/run/{run}/remaining.xlsx", ">>......"),
    "org/<slug:key>/": ("/org/proposals/", ">>YYYYYY"),
    "fed/": ("/fed/", ">>>>>>>>"),
    "fed/cockpit/": ("/fed/cockpit/", ">>>>>YYY"),
    "fed/match/": ("/fed/match/", "YYYYYYYY"),
    "fed/<slug:key>/": ("/fed/proposals/", ">>YYYYYY"),
    "paper/statement.pdf": ("/paper/statement.pdf", ">>......"),
    "api/": ("/api/", ">>>>>>>>"),
    "api/tokens/": ("/api/tokens/", ">.YYYYYY"),
    "api/tokens/<uuid:uid>/revoke/": ("/api/tokens/{run}/revoke/", "--------"),
    "api/v1/": ("/api/v1/", "........"),
    "api/v1/docs": ("/api/v1/docs", "YYYYYYYY"),
    "api/v1/openapi.json": ("/api/v1/openapi.json", "YYYYYYYY"),
    "api/v1/figures": ("/api/v1/figures", "YYYYYYYY"),
    "api/v1/figures/<key>/records": ("/api/v1/figures/proposals.made/records", "YYYYYYYY"),
}
EXCEPTED = {"account/": "allauth's own pages: sign-in, second factor, password; signing up is closed (tested below)"}


def patterns(found: Any = None, before: str = "") -> Iterator[str]:
    for one in (found or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield before + str(one.pattern)
        else:
            yield from patterns(one, before + str(one.pattern))


def of_a_desk(pattern: str) -> bool:
    """Desks' pages, sheets and API are tried role by role in test_rights.py and test_rights_api.py."""
    head = pattern.removeprefix("api/v1/").split("/")[0].split(".")[0]
    return head in {desk.key for desk in TRIED}


@pytest.fixture
def clients(cast, factory, worker, officer, stranger, district_officer, city_officer, admin) -> dict[str, Client]:
    leaver = cast.person(factory, "走了", "officer")
    actions.leave(leaver, by=admin, key="leave")
    persons = dict(zip(WHO[1:], (leaver, worker, officer, stranger, district_officer, city_officer, admin), strict=True))
    found = {"anonymous": Client(raise_request_exception=False)}
    for name, person in persons.items():
        accounts.open_account(person, login=name, password=accounts.new_password(), by=None, key=name)
        found[name] = Client(raise_request_exception=False)
        found[name].force_login(Account.objects.get(person=person), backend=settings.AUTHENTICATION_BACKENDS[0])
    return found


@pytest.fixture
def things(clients, worker, team) -> dict[str, str]:
    """A roster the officer is bringing in, and a proof of the worker's own result."""
    clients["officer"].post("/org/people/import/", {"file": SimpleUploadedFile("花名册.csv", "姓名,工号\n于海,B7\n".encode())})
    proof = SimpleUploadedFile("proof.pdf", b"%PDF-1.4 proof", "application/pdf")
    said = {"kind": "technical_innovation", "title": "快换工装", "problem": "找正费时", "solution": "锥销"}
    result = results.register(team, makers=[(worker, 10_000)], proofs=[proof], by=worker, key="r", **said)
    return {"run": str(ImportRun.objects.get().uid), "file": str(files.of(result).get().uid)}


def test_every_pattern_is_asked_or_excepted_with_a_reason():
    found = {one for one in patterns() if not of_a_desk(one) and not one.startswith(tuple(EXCEPTED))}
    assert found == set(ASKED), sorted(found ^ set(ASKED))


def test_everybody_gets_in_where_they_belong_and_nowhere_else(clients, things):
    wrong, before = [], Event.objects.count()
    for pattern, (where, letters) in ASKED.items():
        address = where.format(**things)
        got = "".join(LETTERS.get(clients[name].get(address).status_code, "!") for name in WHO)
        if got != letters:
            wrong.append(f'{pattern}: expected "{letters}", got "{got}"')
    assert not wrong, "\n".join(wrong)
    assert Event.objects.count() == before


def test_foreign_and_missing_look_alike(clients, things, worker, officer):
    """The same bytes but for what is new on every page, so that nobody learns that there is something."""
    nowhere = "00000000-0000-7000-8000-000000000000"
    pairs = [
        ("/files/{file}/", f"/files/{nowhere}/"),
        ("/org/people/import/{run}/", f"/org/people/import/{nowhere}/"),
        (f"/people/{worker.ref}/", f"/people/{nowhere}/"),
        (f"/people/{worker.ref}/reveal/", f"/people/{nowhere}/reveal/"),
        (f"/api/v1/people/{worker.ref}", f"/api/v1/people/{nowhere}"),
    ]
    for foreign, missing in pairs:
        seen = [clients["stranger"].get(one.format(**things)) for one in (foreign, missing)]
        assert [answer.status_code for answer in seen] == [404, 404], foreign
        assert _plain(seen[0]) == _plain(seen[1]), foreign


def _plain(answer: Any) -> str:
    text = re.sub(r'nonce="[^"]*"|value="[A-Za-z0-9]{64}"', "", answer.content.decode())
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|/(?:people|files|org)[^\"<\s]*", "", text)


def test_pressing_what_is_not_ones_own_does_nothing(clients, things):
    run = ImportRun.objects.get()
    presses = [f"/org/people/import/{run.uid}/{act}/" for act in ("repair", "go", "undo")]
    presses += [f"/org/import/run/{run.uid}/{act}/" for act in ("go", "undo")]
    for where in presses:
        for name in ("anonymous", "leaver", "worker", "stranger", "district"):
            assert clients[name].post(where, {"do": "create-all"}).status_code in (302, 404), (where, name)
    assert ImportRun.objects.get().state == "staged"
    assert clients["anonymous"].post("/drafts/proposals-new/", {"key": "k", "content": "{}"}).status_code == 401
    assert clients["anonymous"].post("/me/public/", {"agree": "yes"}).status_code == 302
    assert clients["worker"].post("/login/as/", {"account": "city"}).status_code == 404


@pytest.mark.django_db
def test_nobody_makes_themselves_an_account(client):
    before = Account.objects.count()
    said = {"username": "eve", "password1": "Kuaihuan-2026", "password2": "Kuaihuan-2026"}
    assert client.get("/account/signup/").status_code in (200, 302, 403, 404)
    client.post("/account/signup/", said)
    assert Account.objects.count() == before


@pytest.mark.django_db
def test_no_page_promises_an_email(client, mailoutbox):
    for page, to in (("/account/password/reset/", "/login/"), ("/account/email/", "/me/profile/")):
        assert client.get(page)["Location"] == to
        assert client.post(page, {"email": "eve@example.com", "action_add": ""})["Location"] == to
    assert mailoutbox == []


@pytest.mark.django_db
def test_an_account_without_a_person_is_a_visitor(client):
    Account.objects.create_user("operator", password="x")
    client.force_login(Account.objects.get(username="operator"), backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get("/me/").status_code == 302
    assert client.get("/people/").status_code == 302
    assert client.post("/proposals/new/", {"problem": "x" * 9, "idea": "y" * 9, "key": "k"}).status_code == 302
