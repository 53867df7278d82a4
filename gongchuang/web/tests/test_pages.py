"""The house's own pages: languages, type, sign-in, errors, files and drafts; and what holds for every template."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from PIL import Image

from gongchuang.kernel.models import Draft
from gongchuang.people.models import Account

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PUBLIC = ["/", "/figures/", "/results/", "/help/", "/accessibility/", "/login/", "/search/?q=叶轮", "/feedback/"]


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_public_pages_open_in_both_languages(city, client, address, lang):
    joint = "&" if "?" in address else "?"
    answer = client.get(f"{address}{joint}lang={lang}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{"en" if lang == "en" else "zh-CN"}"' in page
    assert page.count("<h1") == 1
    assert 'href="/feedback/"' in page
    assert client.get("/help/").content.decode().count(f'lang="{"en" if lang == "en" else "zh-CN"}"') >= 1


def test_the_language_is_remembered_and_the_browser_is_not_asked(city, client):
    assert 'lang="zh-CN"' in client.get("/help/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    client.get("/help/?lang=en")
    assert '<html lang="en"' in client.get("/help/").content.decode()


def test_the_large_type_goes_in_three_steps_and_is_kept_with_the_account(as_, worker):
    client = as_(worker)
    assert client.get("/text-size/").status_code == 405
    client.post("/text-size/", {"step": "2", "next": "/me/"})
    assert 'data-size="2"' in client.get("/me/").content.decode()
    assert Account.objects.get(person=worker).text_size == 2


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_nobody_is_led_away_from_the_site(as_, worker, target):
    answer = as_(worker).post("/text-size/", {"step": "1", "next": target})
    assert answer["Location"] == "/"


def test_role_cards_are_only_in_a_demo_city(city, client, as_, worker):
    assert client.post("/login/as/", {"account": "worker"}).status_code == 404
    assert "/login/as/" not in client.get("/login/").content.decode()
    with override_settings(IS_DEMO=True):
        assert "/login/as/" in client.get("/login/").content.decode()
        assert client.post("/login/as/", {"account": "somebody"}).status_code == 404


def test_a_wrong_password_says_so_and_keeps_the_account(city, client):
    answer = client.post("/login/", {"login": "nobody", "password": "wrong"})
    page = answer.content.decode()
    assert 'id="errors"' in page
    assert 'value="nobody"' in page


def test_the_policy_forbids_inline_code(city, client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_template_has_inline_code_or_style(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son(?:click|change|submit|load|input)=|<script(?![^>]*\ssrc=)|javascript:", text)
    assert not re.search(r'(?:src|href)="https?://', text)


def test_every_word_of_a_template_is_translated():
    known = {entry.msgid for po in ROOT.rglob("zh_Hans/LC_MESSAGES/django.po") for entry in polib.pofile(str(po)) if entry.translated()}
    missing = set()
    for template in TEMPLATES:
        for double, single in re.findall(r"{%\s*translate\s+(?:\"([^\"]*)\"|'([^']*)')", template.read_text(encoding="utf-8")):
            if (double or single) not in known:
                missing.add(f"{template.name}: {double or single}")
    assert not missing


def test_healthz_and_readyz(client, db):
    assert client.get("/healthz").json() == {"ok": True}
    assert client.get("/readyz").json() == {"ready": True, "reasons": []}


# ---------------------------------------------------------------------------------------------------- drafts and files


def test_a_draft_is_kept_under_its_key_comes_back_and_goes_when_handed_in(team, leader, as_, worker):
    client = as_(worker)
    said = {"problem": "每装一件都要重新找正。", "idea": "定位块"}
    answer = client.post("/drafts/proposals-new/", {"key": "draft-1", "content": json.dumps(said)})
    assert answer.json()["at"] == "09:00"
    client.post("/drafts/proposals-new/", {"key": "draft-1", "content": json.dumps({**said, "idea": "定位块改成快换"})})
    page = client.get("/proposals/new/").content.decode()
    assert "定位块改成快换" in page
    assert 'value="draft-1"' in page
    client.post("/proposals/new/", {**said, "idea": "定位块改成快换", "key": "draft-1"})
    assert not Draft.objects.exists()


def test_a_draft_of_somebody_else_is_not_shown(team, leader, as_, worker, worker2):
    as_(worker).post("/drafts/proposals-new/", {"key": "d", "content": json.dumps({"problem": "秘密的一条草稿"})})
    assert "秘密的一条草稿" not in as_(worker2).get("/proposals/new/?draft=d").content.decode()


@pytest.mark.parametrize("content", ["", "[]", "x", '{"a": "' + "x" * 30_000 + '"}'])
def test_what_is_no_draft_is_refused(as_, worker, content):
    assert as_(worker).post("/drafts/proposals-new/", {"key": "d", "content": content}).status_code == 422


def test_a_visitor_keeps_no_draft(db):
    assert Client().post("/drafts/proposals-new/", {"key": "d", "content": "{}"}).status_code == 401


@pytest.fixture
def photo():
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(content, "PNG")
    return SimpleUploadedFile("现场.png", content.getvalue(), content_type="image/png")


def test_what_is_wrong_with_a_file_or_missing_stands_at_its_field_with_its_cure(team, leader, as_, worker):
    mine = as_(worker)
    wrong = SimpleUploadedFile("现场.jpg", b"MZ no picture", content_type="image/jpeg")
    answer = mine.post("/proposals/new/", {"problem": "吊具磨手，防护套老化", "key": "k", "photos": [wrong]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'href="#id_idea">您的办法：\s?请填写。', page)
    again = SimpleUploadedFile("现场.jpg", b"MZ no picture", content_type="image/jpeg")
    answer = mine.post("/proposals/new/", {"problem": "吊具磨手，防护套老化", "idea": "换成聚氨酯套", "key": "k", "photos": [again]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'href="#id_photos">照片：\s?文件“现场.jpg”不是图片、PDF、Word 或 Excel 文件，请换一个。', page)
    assert "换成聚氨酯套" in page


def test_a_photo_is_read_by_whoever_may_see_the_record_and_by_nobody_else(team, leader, as_, worker, stranger, client, photo):
    mine = as_(worker)
    mine.post("/proposals/new/", {"problem": "每装一件都要重新找正。", "idea": "定位块改成锥销快换。", "key": "k", "photos": [photo]})
    page = mine.get("/me/proposals/").content.decode()
    address = re.search(r'href="(/proposals/JY[^"]+)"', page)[1]
    link = re.search(r'src="(/files/[^"]+)"', mine.get(address).content.decode())[1]
    answer = mine.get(link)
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "image/jpeg"
    assert "%E7%8E%B0%E5%9C%BA" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    assert as_(stranger).get(link).status_code == 404
    assert client.get(link).status_code == 404
