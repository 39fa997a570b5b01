"""Two people at once, in two browsers: the second one sees both versions and chooses."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.browser
EDIT = "main a[href*='/people/'][href$='/edit/']"
LANGUAGE, NEEDS = "[name=known_as]", "[name=access_needs]"


def picture(visitor: Visitor, name: str) -> None:
    """Keep a picture where a folder for pictures is named."""
    if folder := os.environ.get("NESTLING_PICTURES"):
        visitor.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def address_of_a_form(visitor: Visitor) -> str:
    """The details of somebody in the first family."""
    visitor.page.goto("/families/")
    visitor.page.locator("main th a, main table a").first.click()
    visitor.page.wait_for_load_state("networkidle")
    return str(visitor.page.locator(EDIT).first.get_attribute("href"))


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_second_one_sees_both_versions_and_chooses(
    visit: Callable[..., Visitor], width: str
) -> None:
    first, second = visit("lead"), visit("practitioner", width=width)
    form = address_of_a_form(first)
    for visitor in (first, second):
        visitor.page.goto(form)
    first.page.fill(LANGUAGE, f"Teddy of the {width}")
    first.press("Save")
    second.page.fill(LANGUAGE, "Wrennie")
    second.page.fill(NEEDS, "Please ring first, then write.")
    second.press("Save")

    second.says("This was changed while you had it open", "You typed", f"Teddy of the {width}")
    second.fine()
    picture(second, f"two-at-once-{width}")
    second.page.get_by_role("link", name="This was changed while you had it open").click()
    assert second.page.url.endswith("#two-versions")
    second.page.get_by_label("Keep what is stored: Known as").check()
    second.press("Save")

    second.page.goto(form)
    assert second.page.input_value(LANGUAGE) == f"Teddy of the {width}"
    assert second.page.input_value(NEEDS) == "Please ring first, then write."
