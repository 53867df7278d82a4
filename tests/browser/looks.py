"""How a page looks to whoever stands before it: as wide as the screen, and without a finding that shuts people out."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


def too_wide(page: Page) -> int:
    """By how many CSS pixels the page scrolls sideways, 0 = not at all; waits until the page has come."""
    page.wait_for_load_state("domcontentloaded")
    return max(0, int(page.evaluate(_TOO_WIDE)))


def shut_out(page: Page) -> list[str]:
    """The serious accessibility findings of the page (axe), each with the elements it is about."""
    return [
        f"{one['id']}: {node['html'][:140]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:3]
    ]
