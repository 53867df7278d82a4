"""The officer's roster in a browser: from their own file to the undo, on the desktop and on a phone, without JavaScript too."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongchuang.excel import tasks
from gongchuang.people import accounts
from gongchuang.people.imports import ImportRun
from gongchuang.people.models import Person, Unit
from tests import rosters as samples
from tests.browser.looks import shut_out, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
_keys = (f"browser-import-{number}" for number in count(1))
PICTURES = os.environ.get("GONGCHUANG_PICTURES", "")


@pytest.fixture
def officer_with_login(cast: Any, factory: Unit, officer: Person) -> Person:
    for name in samples.TEAMS:
        cast.unit(factory, "team", name)
    accounts.open_account(officer, login="officer", password=accounts.Password("only-for-tests"), by=None, key=next(_keys))
    return officer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return samples.write_xlsx(tmp_path / "海岳风机2026年6月花名册.xlsx", samples.roster(400))


def look(page: Page, name: str) -> None:
    """The page does not scroll sideways, and has no serious accessibility finding where scripts run."""
    assert not too_wide(page), f"{name} scrolls sideways"
    if "plain" not in name:
        assert not shut_out(page), name
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/import-{name}.png", full_page=True)


@pytest.mark.parametrize(("size", "language", "javascript"), [("desktop", "zh", True), ("phone", "en", True), ("desktop", "zh", False)])
def test_a_roster_walks_from_file_to_undo(
    open_page: Callable[..., Page], officer_with_login: Person, file: Path, size: str, language: str, javascript: bool
) -> None:
    page = open_page(size, by=officer_with_login, javascript=javascript)
    name = f"{size}-{language}-{'js' if javascript else 'plain'}"
    page.goto(f"/people/?lang={language}")
    page.get_by_role("link", name=re.compile("导入花名册|Bring in a roster")).first.click()
    look(page, f"1-{name}")
    page.set_input_files("#file", file)
    page.locator("[data-primary]").click()
    expect(page.locator(".import-columns").first).to_contain_text("公民身份证号码")
    look(page, f"2-{name}")
    page.locator("[data-primary]").click()
    expect(page.locator('[data-count="wrong"]')).to_have_text("37")
    expect(page.locator('[data-count="new"]')).to_have_text("363")
    look(page, f"3-{name}")
    group = page.locator('[data-group="unit_missing:叶轮车间"]')
    group.locator("button").click()
    expect(page.locator('[data-count="wrong"]')).to_have_text("15")
    page.locator("[data-primary]").click()
    expect(page.locator("progress")).to_be_visible()
    look(page, f"4-{name}")
    tasks.bring_in_roster.func(ImportRun.objects.latest("pk").ref)
    if not javascript:
        page.reload()
    expect(page.locator('[data-count="new"]')).to_have_text("385")
    look(page, f"5-{name}")
    assert Person.objects.filter(work_no__startswith="F2").count() == 385
    with page.expect_download() as download:
        page.locator("[data-primary]").click()
    assert download.value.suggested_filename.startswith("海岳风机2026年6月花名册-")
    page.locator("form button").filter(has_text=re.compile("撤销|Take this import back")).click()
    expect(page.locator(".notice")).to_contain_text(re.compile("已撤销|taken back"))
    assert not Person.objects.filter(work_no__startswith="F2").exists()
