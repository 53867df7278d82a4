"""Take the pictures of the documentation anew, from a demo city that is being served.

    gongchuang demo --data DIR --no-serve && gongchuang serve --data DIR --port 8000
    python tools/pictures.py [http://127.0.0.1:8000]

A fresh city, so that nothing is half-done in the pictures; a phone is 360 × 780 at twice the density, an office screen
1366 × 768, a judge's tablet 1024 × 768. Latin letters are set in the Chinese type, as on the machines of most readers.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from gongchuang.cli.workbench import browser as installed_browser

TARGET = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SIZES = {"phone": ((360, 780), 2), "tablet": ((1024, 768), 1), "desktop": ((1366, 768), 1), "wall": ((1920, 1080), 1)}
LANGUAGES = {"zh": "zh-CN", "en": "en"}
TYPE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match target="pattern"><test name="family"><string>system-ui</string></test>
<edit name="family" mode="assign" binding="strong"><string>Noto Sans CJK SC</string></edit></match>
<match target="pattern"><test name="family"><string>sans-serif</string></test>
<edit name="family" mode="assign" binding="strong"><string>Noto Sans CJK SC</string></edit></match></fontconfig>"""
WORDS = {
    "zh-CN": (
        "喷完漆的叶片放上转运架，过道口一颠就磕边，上周返工了 6 片。",
        "横杆套上 20 毫米聚氨酯护套，和检测班用剩的边角料一样，一个架子用 4 米。",
    ),
    "en": ("Painted blades chip on the transport rack; 6 reworked last week.", "Sleeve the bars with 20 mm of polyurethane, 4 m a rack."),
}
# What a worker would photograph: blades on a rack with bare bars.
RACK = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 120" width="480" height="360"><rect width="160" height="120"
fill="#DCE3EA"/><rect y="84" width="160" height="36" fill="#C3CCD6"/><path d="M22 96h116M26 96v14M134 96v14M22 62h116"
stroke="#4A535E" stroke-width="4"/><g fill="#EEF2F6" stroke="#5C6773"><path d="M34 30c10 12 14 34 12 62h-7c1-26-3-46-13-58z"/>
<path d="M60 30c10 12 14 34 12 62h-7c1-26-3-46-13-58z"/><path d="M86 30c10 12 14 34 12 62h-7c1-26-3-46-13-58z"/>
<path d="M112 30c10 12 14 34 12 62h-7c1-26-3-46-13-58z"/></g><path d="m48 70 6 5M75 55l5 6M101 76l6 4" stroke="#B3261E"
stroke-width="2.5"/></svg>"""


class Camera:
    """Signs in as a person of the demo and photographs what they see."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base

    @contextmanager
    def as_(self, login: str, size: str, language: str) -> Iterator[Page]:
        (width, height), density = SIZES[size]
        context = self.browser.new_context(
            base_url=self.base,
            viewport={"width": width, "height": height},
            device_scale_factor=density,
            locale=LANGUAGES[language],
            is_mobile=size == "phone",
            has_touch=size == "phone",
        )
        page = context.new_page()
        page.goto(f"/login/?lang={language}")
        if login:
            page.locator(f"button[value={login}]").click()
            page.wait_for_load_state()
        yield page
        context.close()

    def take(self, name: str, login: str, size: str, languages: str, go: Callable[[Page], object] | str) -> None:
        for language in languages.split():
            with self.as_(login, size, language) as page:
                if isinstance(go, str):
                    page.goto(go)
                else:
                    go(page)
                page.mouse.move(0, 0)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=TARGET / f"{name}.{language}.png")
                print(f"{name}.{language}.png")


def first_in(listed: str, link: str) -> Callable[[Page], object]:
    """Open the first record of a list."""

    def go(page: Page) -> None:
        page.goto(listed)
        page.goto(page.locator(link).first.get_attribute("href") or listed)

    return go


def open_hall(page: Page) -> None:
    """The lecturer's class of today with its code on the screen."""
    page.goto("/sessions/")
    page.goto(page.locator(".record-table .record-title a", has_text="快换工装").first.get_attribute("href") or "")
    if page.locator("[data-act=open]").count():
        page.locator("[data-act=open]").click()
        page.locator("form#act [type=submit][data-primary]").click()
        page.wait_for_load_state()
        page.reload()
    page.locator(".hall-code").wait_for()
    page.evaluate("scrollTo(0, 0)")


def write_proposal(page: Page) -> None:
    """A proposal before it is handed in; left again without a trace."""
    page.goto("/proposals/new/?fresh=1")
    with tempfile.TemporaryDirectory() as folder:
        drawn = page.context.browser.new_page(viewport={"width": 480, "height": 360})  # type: ignore[union-attr]
        drawn.set_content(f"<body style='margin:0'>{RACK}")
        picture = Path(folder) / "rack.png"
        drawn.screenshot(path=picture)
        drawn.close()
        page.locator("[data-photos]").set_input_files(picture)
        page.locator("figure.photo img, .photo img").first.wait_for()
    problem, idea = WORDS[page.locator("html").get_attribute("lang") or ""]
    page.locator("[name=problem]").fill(problem)
    page.locator("[name=idea]").fill(idea)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def take_all(camera: Camera) -> None:
    both, title = "zh en", ".record-table .record-title a"
    camera.take("home", "", "desktop", both, "/")
    camera.take("report", "", "desktop", both, "/report/")
    camera.take("figure", "", "desktop", both, "/figures/results.benefit/")
    camera.take("certify", "finance", "desktop", both, first_in("/org/certify/", ".task-list a[href*='/benefits/']"))
    camera.take("me", "worker", "phone", both, "/me/")
    camera.take("propose", "worker", "phone", both, write_proposal)
    camera.take("judge", "judge", "tablet", "zh", first_in("/judge/", "a.btn-primary"))
    camera.take("contest", "judge", "desktop", "zh", first_in("/judge/", "section[aria-labelledby=led] a"))
    camera.take("tree", "", "desktop", "zh", "/studios/tree/")
    camera.take("match", "city", "desktop", "zh", first_in("/needs/?state=published", title))
    camera.take("bank", "studio", "phone", "zh", "/me/bank/")
    camera.take("cockpit", "city", "desktop", "zh", "/fed/cockpit/")
    camera.take("screen", "city", "wall", "zh", "/fed/cockpit/?screen=1")
    camera.take("learning", "worker", "phone", "zh", "/me/learning/")
    camera.take("hall", "lecturer", "phone", "zh", open_hall)
    camera.take("honours", "city", "desktop", "zh", first_in("/rounds/?state=public", title))


def main() -> None:
    base = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with tempfile.TemporaryDirectory() as folder:
        faces = Path(folder) / "fonts.conf"
        faces.write_text(TYPE, encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(faces)
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=installed_browser() or None,
                args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
                env={**os.environ, "LANGUAGE": "zh_CN"},
            )
            take_all(Camera(chromium, base.rstrip("/")))
            chromium.close()


if __name__ == "__main__":
    main()
