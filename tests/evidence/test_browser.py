"""The HTML report in Chromium: axe and width."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import WIDTHS, axe, sideways
from tests.evidence.areas import html_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("area", ["Leeds", "Wales", "K02000001"])
@pytest.mark.parametrize("width", [WIDTHS["desktop"], WIDTHS["phone"]])
def test_the_report_passes_axe_and_fits_its_window(
    chromium: Browser, area: str, width: int, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(html_of(area))
    page = chromium.new_page(viewport={"width": width, "height": 900})

    page.goto(file.as_uri())

    assert axe(page) == []
    assert sideways(page) <= 0
    page.close()
