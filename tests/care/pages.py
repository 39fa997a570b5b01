"""What tests of pages share: a page as text, and a filled-in date."""

from datetime import date
from html import unescape
from typing import Any

from bs4 import BeautifulSoup


def words_of(response: Any) -> str:
    """The page's words in one line, without its markup."""
    main = BeautifulSoup(response.content, "html.parser").find("main")
    assert main is not None
    return " ".join(unescape(main.get_text(" ")).split())


def three_boxes(name: str, day: date) -> dict[str, str]:
    """A date as its three boxes are sent."""
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }
