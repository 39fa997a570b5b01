"""Every form takes whatever is typed: no page breaks, and nothing that was typed is lost."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from nestling.foundation.form_keys import CARRIED
from tests.people.situation import PAGES, Situation

pytestmark = pytest.mark.django_db
EXAMPLES = 6

NASTY = (
    *(
        "O’Neill-O'Dea",
        "👶🏽 🐣",
        "a\x00b",
        "x" * 100_000,
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
    ),
    *("' OR 1=1 --", "\u202eabc", "9434765918", "943 476 5919", "٣", "%s %(a)s", "é" * 101, " "),
    *("0", "-1", "29", "2", "2025", "2026", "0001", "9999", "31", "12", "february", "1e9"),
    "00000000-0000-0000-0000-000000000000",
)
FORM_PAGES = [page for page in PAGES if page != "task_done"]


def fields_of(html: str) -> list[Tag]:
    """What can be filled in on the page's own forms."""
    main = BeautifulSoup(html, "html.parser").find("main")
    assert isinstance(main, Tag)
    found = main.select("form input[name], form select[name], form textarea[name]")
    return [field for field in found if field["name"] not in {*CARRIED, "versions"}]


def answers_for(fields: list[Tag]) -> st.SearchStrategy[dict[str, str]]:
    """Something for every field: an option that is offered, or what no form expects."""
    offered: dict[str, list[str]] = {}
    for field in fields:
        options = offered.setdefault(str(field["name"]), [])
        options += [str(option["value"]) for option in field.select("option[value]")]
        if field.get("type") in ("radio", "checkbox", "hidden"):
            options.append(str(field["value"]))
    return st.fixed_dictionaries(
        {
            name: st.sampled_from(options or NASTY) if name == "part" else one_of(options)
            for name, options in offered.items()
        }
    )


def one_of(options: list[str]) -> st.SearchStrategy[str]:
    """Mostly what is offered, where something is."""
    nasty = st.sampled_from(NASTY)
    return (
        st.one_of(st.sampled_from(options), st.sampled_from(options), nasty) if options else nasty
    )


def typed_on(html: str) -> dict[str, str]:
    """What stands in the boxes of a page."""
    found: dict[str, str] = {}
    for field in fields_of(html):
        if field.name == "textarea":
            found[str(field["name"])] = field.text
        elif field.name == "input" and field.get("type") not in ("radio", "checkbox", "hidden"):
            found[str(field["name"])] = str(field.get("value", ""))
    return found


def opened(browser: Client, here: Situation, page: str) -> Any:
    """The page with its form: the restricted one shows it only once a reason is given."""
    if page == "restricted":
        return browser.post(here.address(page), {"reason": "A visit today"})
    return browser.get(here.address(page))


def plain(text: str) -> str:
    """A text as a browser keeps it."""
    return text.replace("\x00", "").replace("\ufffd", "").strip()


@pytest.mark.parametrize("page", FORM_PAGES)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_a_form_breaks_on_nothing_and_loses_nothing(
    page: str, data: Any, browser: Client, here: Situation
) -> None:
    first = opened(browser, here, page)
    fields = fields_of(first.content.decode()) if first.status_code == 200 else []
    typed = data.draw(answers_for(fields))

    answer = browser.post(here.address(page), typed)

    assert answer.status_code in (200, 302, 403, 404, 422)
    if answer.status_code == 422:
        kept = typed_on(answer.content.decode())
        part = f"{typed.get('part')}-" if page == "contact" else ""
        sent = {name: words for name, words in typed.items() if name.startswith(part)}
        lost = {
            name for name in kept.keys() & sent.keys() if plain(kept[name]) != plain(sent[name])
        }
        assert not lost
