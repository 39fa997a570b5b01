"""A browser as people use it: a form is opened before it is sent, with what its page shows."""

from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag
from django.test import Client

FIELD = "versions"


class Visitor(Client):
    """Opens a page before it sends its form, unless the test says which versions were seen."""

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        """Send a form with the versions that its page shows now."""
        if data is None or (isinstance(data, dict) and FIELD not in data):
            shown = self.versions_of(path, part=str((data or {}).get("part", "")))
            data = {**(data or {}), **({FIELD: shown} if shown else {})}
        return super().post(path, data, *args, **kwargs)

    def versions_of(self, path: str, *, part: str = "") -> str:
        """The versions that a form of a page carries; of the form for a part, if it has several."""
        answer = self.get(path)
        if answer.status_code != 200 or answer.streaming:
            return ""
        return versions_in(answer.content.decode(), part=part)


def versions_in(html: str, *, part: str = "") -> str:
    """The hidden versions of the first form for a part."""
    for form in BeautifulSoup(html, "html.parser").find_all("form"):
        held = form.find("input", attrs={"name": FIELD})
        named = form.find("input", attrs={"name": "part"})
        if isinstance(held, Tag) and (str(named.get("value")) if named else "") == part:
            return str(held["value"])
    return ""
