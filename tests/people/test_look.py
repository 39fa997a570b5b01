"""Each page of the room in a browser: nothing that axe objects to, nothing to scroll sideways.

Django's test client makes the pages; Chromium is given them and the static files, and no network.
"""

from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from tests.browser import WIDTHS, axe, sideways
from tests.people.situation import PAGES, Situation

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SITE = "http://testserver"


def faults_of(html: str, *, chromium: Browser) -> tuple[list[str], int]:
    """What axe says of a page on a phone, and by how much it is too wide."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            route.fulfill(path=str(finders.find(path.removeprefix("/static/"))))
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page: Page = chromium.new_page(viewport={"width": WIDTHS["phone"], "height": 900})
    page.route("**/*", answer)
    page.goto(SITE)
    found = (axe(page), sideways(page))
    page.close()
    return found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_passes_axe_on_a_phone_and_again_with_its_errors(
    name: str, chromium: Browser, browser: Client, here: Situation
) -> None:
    page = here.address(name)
    plain = browser.get(page).content.decode()
    faulty = browser.post(page, {"part": "point" if name == "contact" else ""}).content.decode()

    assert faults_of(plain, chromium=chromium) == ([], 0)
    if name != "task_done":
        assert faults_of(faulty, chromium=chromium) == ([], 0)
