"""The statement on paper: what it says adds up, who may have it, and no character is lost in silence."""

from __future__ import annotations

import re
import zlib
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from gongchuang.bank.models import Account
from gongchuang.bank.tests.conftest import credit, points_policy  # noqa: F401
from gongchuang.kernel import clock
from gongchuang.kernel.period import Period
from gongchuang.paper import glyphs, typesetter
from gongchuang.paper.statement import statement_data, statement_pdf
from gongchuang.people import accounts
from gongchuang.people.models import Person


@pytest.fixture
def account(worker: Person, credit: Any) -> Account:  # noqa: F811
    with clock.frozen("2025-05-01T09:00"):
        credit(worker, 30)
    with clock.frozen("2026-06-12T09:00"):
        return credit(worker, 72)  # type: ignore[no-any-return]


def signed_in(person: Person, login: str) -> Client:
    accounts.open_account(person, login=login, password=accounts.Password("a-long-password"), by=None, key=f"open-{login}")
    client = Client()
    assert client.login(username=login, password="a-long-password")
    return client


def test_what_it_says_adds_up(account: Account, worker: Person) -> None:
    said = statement_data(account, Period.year(2026), reader=worker)
    assert [number for _, number in said["sums"]] == ["30", "72", "0", "102"]
    assert [(row[0], row[4], row[5]) for row in said["rows"]] == [("2026-06-12", "+72", "102")]


def test_it_is_a_pdf_with_the_chinese_font_inside(account: Account, worker: Person) -> None:
    content = statement_pdf(account, Period.year(2026), reader=worker)
    assert content.startswith(b"%PDF-")
    packed = re.findall(rb"stream\r?\n(.*?)endstream", content, re.S)
    plain = b"".join(_unpacked(part) for part in packed) + content
    assert b"NotoSansSC" in plain
    assert b"FontFile" in plain


def _unpacked(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return b""


def test_it_speaks_english_too(account: Account, worker: Person) -> None:
    with translation.override("en"):
        said = statement_data(account, Period.year(2026), reader=worker)
    assert said["title"] == "Statement of 张伟明"
    assert said["heads"][0] == "Date"


def test_rare_names_are_printed_and_what_cannot_be_is_named() -> None:
    assert glyphs.missing(["张㛃", "𬭚"]) == []
    assert glyphs.missing(["张\U0001f600", "\U0001f600"]) == ["\U0001f600"]
    assert "U+1F600" in typesetter.note_of(["\U0001f600"])
    assert typesetter.note_of([]) == ""


def test_one_has_ones_own(account: Account, worker: Person) -> None:
    answer = signed_in(worker, "w").get("/paper/statement.pdf?year=2026")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "private, no-store"


def test_whoever_keeps_the_books_has_it_by_its_address(account: Account, certifier: Person) -> None:
    client = signed_in(certifier, "c")
    assert client.get(f"/paper/statement.pdf?account={account.ref}&year=2026").status_code == 200
    assert client.get("/paper/statement.pdf?year=2026").status_code == 404


@pytest.mark.parametrize("who", ["stranger", "worker2", "leader", "district_officer"])
def test_foreign_and_missing_look_alike(who: str, account: Account, request: pytest.FixtureRequest) -> None:
    client = signed_in(request.getfixturevalue(who), "x")
    foreign = client.get(f"/paper/statement.pdf?account={account.ref}")
    missing = client.get("/paper/statement.pdf?account=00000000-0000-7000-8000-000000000000")
    assert (foreign.status_code, missing.status_code) == (404, 404)


def test_a_visitor_is_asked_to_sign_in(account: Account) -> None:
    answer = Client().get(f"/paper/statement.pdf?account={account.ref}")
    assert answer.status_code == 302
    assert "login" in answer["Location"]


@pytest.mark.parametrize("query", ["year=abc", "period=2024..2018", "account=x"])
def test_nonsense_is_not_found(query: str, account: Account, worker: Person) -> None:
    assert signed_in(worker, "w").get(f"/paper/statement.pdf?{query}").status_code == 404
