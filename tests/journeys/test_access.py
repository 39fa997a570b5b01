"""An analyst reads an answer for Parliament, explores it, and follows it rule by rule."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_an_analyst_reads_an_answer_and_explores_it(visit, width: str) -> None:
    analyst = visit("analyst", width=width)
    page = analyst.page

    page.goto("/access/")
    analyst.fine()
    if page.get_by_text("No figures are stored yet").count():
        # A demo without a stored release says how to make one.
        analyst.says("nestling demo-extract", "access-release")
        return

    analyst.says("Made-up practice data")
    page.goto("/access/questions/120765/")
    analyst.says("Take care", "Hidden means", "What data from before October 2021")
    analyst.fine()

    analyst.follow("Explore the figures")
    page.select_option("[name=by]", "region")
    analyst.press("Show")
    assert "by=region" in page.url
    analyst.fine()

    analyst.follow("Which rule loses which babies")
    page.select_option("[name=age]", "1")
    analyst.press("Show")
    analyst.says("Left after the rule", "Everyone in the extract")
    analyst.fine()


def test_on_paper_a_table_begins_under_its_heading_and_keeps_its_columns(visit) -> None:
    page = visit("analyst").page
    page.goto("/access/explore/?by=icb")
    table = page.locator("table").first

    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})

    assert table.evaluate("one => getComputedStyle(one).display") == "table"
    assert table.evaluate("one => getComputedStyle(one).breakInside") == "auto"
    assert table.locator("tr").last.evaluate("one => getComputedStyle(one).display") == "table-row"
