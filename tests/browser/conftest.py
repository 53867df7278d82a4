"""A real Chromium on a live server; every page is watched for console errors and for requests to other hosts."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from gongchuang.cli.workbench import browser as installed_browser
from gongchuang.people.models import Person

SIZES = {
    "phone": {"width": 360, "height": 780},
    "tablet": {"width": 1024, "height": 768},
    "desktop": {"width": 1366, "height": 768},
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = installed_browser()
    if not path:
        pytest.skip("there is no Chromium on this machine")
    # Playwright keeps an event loop in this thread, which Django would otherwise take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """open_page("phone", by=person, language="zh-CN", javascript=True): a fresh page of that person."""
    contexts, complaints = [], []

    def open_page(size: str, *, by: Person | None = None, language: str = "zh-CN", javascript: bool = True) -> Page:
        context = browser.new_context(
            locale=language,
            base_url=live_server.url,
            viewport=SIZES[size],
            java_script_enabled=javascript,
            is_mobile=size == "phone",
            has_touch=size == "phone",
            service_workers="block",
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        if by is not None:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(by), "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if is_wrong(message) else None)
        page.on("response", lambda answer: complaints.append(f"{answer.status} {answer.url}") if is_missing(answer) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if leaves(request.url) else None)
        return page

    def is_wrong(message: ConsoleMessage) -> bool:
        """An error, or what the browser warns of in the name of the content security policy; a lost network is told on the page."""
        is_policy = "Content Security Policy" in message.text
        is_network = "Failed to load resource" in message.text or message.text.startswith(("htmx:sendError", "htmx:afterRequest"))
        return is_policy or (message.type == "error" and not is_network)

    def is_missing(answer: Response) -> bool:
        """A script, style or picture that is not there; a page may well say that something is not."""
        return answer.status >= 400 and answer.request.resource_type not in {"document", "fetch", "xhr"}

    def leaves(url: str) -> bool:
        return not url.startswith((live_server.url, "data:", "blob:", "about:"))

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A visitor's phone."""
    return open_page("phone")


@pytest.fixture
def desktop(open_page: Callable[..., Page]) -> Page:
    """A visitor's office computer."""
    return open_page("desktop")


def session_of(person: Person) -> str:
    """Sign the person in as the server does, without typing a password."""
    client = Client()
    client.force_login(person.account)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
