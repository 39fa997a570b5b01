"""Chromium for tests: where it is, how it is started, and what axe finds on a page."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox inside a container; /dev/shm is too small there; no graphics card.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]

WIDTHS = {"desktop": 1280, "tablet": 820, "phone": 390}

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# A rule of axe that no page has to pass, with the reason.
EXCLUDED: dict[str, str] = {}


class ChromiumMissingError(RuntimeError):
    """No Chromium on this machine."""


def find_chromium() -> str:
    """The installed Chromium; `NESTLING_CHROMIUM` names another one."""
    named = os.environ.get("NESTLING_CHROMIUM", "")
    found = next(filter(None, (named, *map(shutil.which, NAMES))), None)
    if found is None:
        raise ChromiumMissingError("no Chromium: install it, or name it in NESTLING_CHROMIUM")
    return found


@contextmanager
def launch() -> Iterator[Browser]:
    """A browser for as long as the block lasts: wrap it in a fixture of the wanted scope."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # Playwright keeps an event loop in this thread, where Django would refuse its own database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
            yield browser
            browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


def axe(page: Page) -> list[str]:
    """Each place that breaks WCAG 2.2 A or AA as "rule: what is wrong (where)"."""
    rules = {rule: {"enabled": False} for rule in EXCLUDED}
    options = {"runOnly": {"type": "tag", "values": WCAG}, "rules": rules}
    answer = Axe().run(page, options=options).response
    return [
        f"{violation['id']}: {violation['help']} ({', '.join(map(str, place['target']))})"
        for violation in answer["violations"]
        for place in violation["nodes"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window: 0 where nobody must scroll sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
