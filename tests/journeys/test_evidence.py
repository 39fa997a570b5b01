"""A commissioner looks a figure up, builds a case for a place, writes in it and shares it."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_commissioner_looks_up_a_figure_and_what_contradicts_it(
    visit: Callable[..., Visitor], width: str
) -> None:
    reader = visit("commissioner", width=width)
    reader.page.goto("/evidence/?q=two+and+under")
    reader.fine()

    reader.follow("E002")
    reader.says("42%", "Where sources disagree", "Download BibTeX")
    reader.fine()
    for page in ("contradictions/", "checks/", "findings/X20/"):
        reader.page.goto(f"/evidence/{page}")
        reader.fine()


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_commissioner_builds_a_case_writes_in_it_and_shares_it(
    visit: Callable[..., Visitor], width: str
) -> None:
    writer = visit("commissioner", width=width)
    writer.page.goto("/evidence/cases/new/")
    writer.page.fill("[name=area]", "Newcastle")
    writer.press("Build")
    writer.says("Newcastle upon Tyne (E08000021)")
    writer.fine()
    writer.page.fill("[name=area]", "Rutland")
    writer.press("Build")
    writer.says("Choose sections")
    writer.fine()
    writer.page.uncheck("[value=access]")
    writer.press("Save")
    writer.says("Version 2", "Rutland: babies who need help")
    writer.fine()
    case = writer.page.url

    writer.page.goto(f"{case}sections/early-life/")
    writer.page.fill("[name=passage-1]", "We saw 12 families.")
    writer.press("Save as a new version")
    writer.says("Say where the number comes from")
    writer.fine()
    writer.page.fill("[name=passage-1]", "We saw 12 families [source: annual report 2025].")
    writer.press("Save as a new version")
    writer.says("Version 3 is saved")

    writer.page.goto(f"{case}versions/?old=1&new=3")
    writer.says("Left out: Access by age", "annual report 2025")
    writer.fine()
    writer.page.goto(f"{case}versions/3/share/")
    writer.page.locator("main form button").click()
    writer.says("Stop sharing")
    writer.fine()
    link = writer.page.locator(".ev-address a").get_attribute("href")

    reader = visit("lead", width=width)
    reader.page.goto(str(link))
    reader.says("Rutland: babies who need help", "annual report 2025")
    reader.fine()
