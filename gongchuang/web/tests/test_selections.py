"""The page of a selection, for a visitor and for those who run it."""

from __future__ import annotations

from gongchuang.honours import actions
from gongchuang.honours.tests.conftest import (  # noqa: F401
    PUBLISHED,
    colleague,
    craftsman,
    in_june,
    named,
    nominated,
    published,
    selection,
)  # fmt: skip
from gongchuang.kernel import clock


def test_a_visitor_reads_the_list_on_notice_and_not_before(nominated, selection, city_officer, client):  # noqa: F811
    assert "张伟明" not in client.get(f"/rounds/{selection.ref}/").content.decode()
    with clock.frozen(f"{PUBLISHED}T09:00"):
        actions.publish(selection, [nominated], by=city_officer, key="publish")
        page = client.get(f"/rounds/{selection.ref}/").content.decode()
    assert "张伟明" in page
    assert "公示到 2026-06-17 为止，还有 8 天" in page


def test_the_page_says_that_an_objection_is_open(published, nominated, stranger, client):  # noqa: F811
    with clock.frozen(f"{PUBLISHED}T10:00"):
        actions.lodge(nominated, "该项目不是本人完成", by=stranger, key="lodge")
        page = client.get(f"/rounds/{published.ref}/").content.decode()
    assert "有 1 条异议正在核查" in page
    assert "该项目不是本人完成" not in page


def test_an_officer_publishes_and_a_colleague_names_on_the_page(nominated, selection, city_officer, colleague, as_):  # noqa: F811
    with clock.frozen(f"{PUBLISHED}T09:00"):
        answer = as_(city_officer).post(f"/rounds/{selection.ref}/publish/", {"nominations": [nominated.pk], "key": "publish"})
        assert answer.status_code == 302
    with clock.frozen("2026-06-18T09:00"):
        client = as_(colleague)
        refused = client.post(f"/rounds/{selection.ref}/name/", {"key": "name"})
        assert refused.status_code == 422
        done = client.post(f"/rounds/{selection.ref}/name/", {"document_no": "海政发〔2026〕15号", "key": "name"}, follow=True)
    assert "已命名，奖金进入应付奖励" in done.content.decode()


def test_a_grant_is_public_with_its_document(named, client):  # noqa: F811
    page = client.get("/honours/").content.decode()
    assert "海政发〔2026〕15号" in page
