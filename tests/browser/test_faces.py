"""Every face of a demo city in a real browser: five widths, two languages, no finding of axe, nothing from elsewhere.

One city is built and walked through once; what is wrong anywhere is told together, page by page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models import CharField, JSONField, TextField
from playwright.sync_api import Page

from gongchuang.cli.demo import city as demo
from gongchuang.desks import DESKS
from tests.browser import faces
from tests.browser.looks import shut_out, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SMALLEST = 0.0005
WIDTHS = (320, 360, 768, 1024, 1366)
LANGUAGES = {"zh": "zh-CN", "en": "en"}
CHINESE = re.compile("[\u4e00-\u9fff]+")

# What a page must hold, asked of the page itself; each line that comes back is a finding.
STRUCTURE = """() => {
  const said = [], shown = (one) => one.getClientRects().length > 0;
  const count = document.querySelectorAll('h1').length;
  if (count !== 1) said.push(`${count} h1`);
  if (document.querySelectorAll('main').length !== 1) said.push('not one main');
  if (!document.querySelector('nav, header, footer')) said.push('no landmarks');
  if (!document.title.trim()) said.push('no title');
  for (const one of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
    if (!(one.labels && one.labels.length) && !one.getAttribute('aria-label') && !one.getAttribute('aria-labelledby'))
      said.push(`no label: ${one.name || one.id}`);
  for (const one of document.querySelectorAll('img:not([alt])')) said.push(`no alt: ${one.src}`);
  for (const one of document.querySelectorAll('a, button, summary'))
    if (shown(one) && !one.textContent.trim() && !one.getAttribute('aria-label') && !one.querySelector('img[alt], [aria-label]'))
      said.push(`no words: ${one.outerHTML.slice(0, 80)}`);
  for (const one of document.querySelectorAll('svg:is([role=img], [role=group])')) if (!one.getAttribute('aria-label')) said.push('a chart says nothing');
  for (const one of document.querySelectorAll('[data-figure]')) if (!one.dataset.value && one.dataset.value !== '') said.push('no value');
  return said;
}"""
# The interface's own words: heads of tables, labels, buttons, tags, menus. Names of people, units and works are data.
OWN_WORDS = """() => [...document.querySelectorAll(
  'th[scope=col], dt, label, legend, .btn, .status-tag, .source-badge, nav a, h2.visually-hidden, .page-head h1, .empty-state p, summary'
)].filter((one) => one.getClientRects().length && !one.closest('.desk-person, .crumbs, [data-own]') && !one.querySelector('input'))
  .map((one) => one.textContent.trim().replace(/\\s+/g, ' '))
  .concat([...document.querySelectorAll('[placeholder]')].map((one) => one.placeholder))"""


@pytest.fixture
def city(transactional_db: None, settings: Any) -> demo.City:
    settings.IS_DEMO = True
    return demo.build(scale=SMALLEST)


def visits(city: demo.City, open_page: Callable[..., Page], language: str) -> Iterator[tuple[Page, str]]:
    """Each face on an office screen, as the person it is made for."""
    for login in faces.LOGINS:
        person = city.cast.get(login)
        page = open_page("desktop", by=person, language=LANGUAGES[language])
        for address in faces.of(login, person):
            joint = "&" if "?" in address else "?"
            page.goto(f"{address}{joint}lang={language}")
            yield page, f"{login or 'visitor'} {address}"
        page.context.close()


def test_every_face(city: demo.City, open_page: Callable[..., Page]) -> None:
    found: list[str] = []
    written = what_people_wrote()
    for language, code in LANGUAGES.items():
        for page, where in visits(city, open_page, language):
            said = page.evaluate(STRUCTURE)
            if (spoken := page.locator("html").get_attribute("lang")) != code:
                said.append(f"speaks {spoken}")
            if language == "en":
                said += [f"not English: {words}" for words in page.evaluate(OWN_WORDS) if is_untranslated(words, written)]
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 780})
                if wide := too_wide(page):
                    said.append(f"{wide} px too wide at {width}")
            # The phone's page is heard in Chinese, the office's in English.
            page.set_viewport_size({"width": 360 if language == "zh" else 1366, "height": 780})
            said += shut_out(page)
            found += [f"{language} {where}: {one}" for one in dict.fromkeys(said)]
    assert not found, "\n".join(found)


def what_people_wrote() -> str:
    """Every word that stands in a record: names, titles, sentences stay as they were written, whatever the language."""
    pieces: set[str] = set()
    for desk in DESKS:
        names = [one.name for one in desk.model._meta.concrete_fields if isinstance(one, CharField | TextField | JSONField)]
        for values in desk.model._default_manager.values_list(*names):
            pieces.update(str(value) for value in values if value)
    return "\n".join(pieces)


def is_untranslated(words: str, written: str) -> bool:
    """Chinese in an English page that nobody wrote into a record."""
    return any(run not in written for run in CHINESE.findall(words))
