"""What people and programs send to a form: what a page asks for, filled with what goes wrong."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from bs4 import BeautifulSoup, Tag
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import strategies as st

from nestling.foundation.form_keys import CARRIED

Values = dict[str, list[str]]
LONG = "ä long tale " * 8_500
TEXT_TYPES = ("text", "search", "tel", "email", "number", "password", "url", "")
WORDS = (
    *("", " ", "O’Hartigan-D'Arbeloff", "Robert'); DROP TABLE people_person;--", "👶🏽 Zoë Łukić"),
    *("\x00", "a\x00b", "<script>alert(1)</script>", "{{ 7 * 7 }}", "%s %(name)s", "\u202eabc"),
    *("yes", "no", "other", "-1", "0", "1e9", "٣", "²", "NaN", "9" * 400, LONG),
)
NUMBERS_OF_PEOPLE = ("999 000 0018", "9990000019", "943 476 5919", "943 476 5918", "1234567890")
"""NHS numbers, with the right check digit and with a wrong one."""
DAYS = ("29", "30", "31", "0", "32", "1", "x")
MONTHS = ("2", "February", "13", "0", "12", "")
YEARS = ("2023", "2024", "2026", "0001", "9999", "10000", "26", "")
NO_IDS = ("00000000-0000-0000-0000-000000000000", "not-an-id", "1 OR 1=1", "../..")
CONTENT_TYPES = ("application/json", "text/plain", "multipart/form-data", "application/xml")


@dataclass(frozen=True)
class Asked:
    """One form of a page: where it is sent, what stands in it and what may be chosen."""

    action: str
    values: Values
    choices: Mapping[str, list[str]]
    texts: frozenset[str]

    def is_whole(self, sent: Values) -> bool:
        """Whether what no one types (which part of the page is sent) is as the page gave it."""
        fixed = set(self.values) - set(self.choices) - self.texts
        return all(sent.get(name) == self.values[name] for name in fixed)


def forms_of(html: str, *, url: str) -> list[Asked]:
    """The forms that a page sends with POST, but for signing out."""
    main = BeautifulSoup(html, "html.parser").find("main")
    if not isinstance(main, Tag):
        return []
    found = [form for form in main.find_all("form") if str(form.get("method")).lower() == "post"]
    return [_asked(form, url=url) for form in found]


def _asked(form: Tag, *, url: str) -> Asked:
    values: Values = {}
    choices: dict[str, list[str]] = {}
    texts: set[str] = set()
    for one in form.find_all(["input", "textarea", "select", "button"]):
        name, kind = str(one.get("name") or ""), str(one.get("type") or "")
        if not name or name in CARRIED:
            continue
        if one.name == "select":
            choices[name] = [str(option.get("value", "")) for option in one.find_all("option")]
            values.setdefault(name, choices[name][-1:])
        elif kind in ("radio", "checkbox"):
            choices.setdefault(name, []).append(str(one.get("value", "on")))
            values.setdefault(name, choices[name][:1])
        elif one.name == "textarea" or (one.name == "input" and kind in TEXT_TYPES):
            texts.add(name)
            values[name] = [text_in(one)]
        else:
            values[name] = [str(one.get("value", ""))]
    action = str(form.get("action") or "") or url
    return Asked(action=action, values=values, choices=choices, texts=frozenset(texts))


def text_in(one: Tag) -> str:
    """What stands in a text input or area."""
    return (
        one.get_text().removeprefix("\n") if one.name == "textarea" else str(one.get("value", ""))
    )


@st.composite
def filled(draw: st.DrawFn, asked: Asked, *, today: date) -> Values:
    """A form as someone might send it: some of it right, some of it wrong, missing or doubled."""
    return {
        name: sent
        for name, standing in sorted(asked.values.items())
        if (sent := draw(_field(name, standing, asked, today=today))) is not None
    }


def _field(
    name: str, standing: list[str], asked: Asked, *, today: date
) -> st.SearchStrategy[list[str] | None]:
    typed = _words_for(name, asked, today=today)
    once = st.one_of(st.just(standing), typed.map(lambda word: [word]))
    doubled = st.lists(typed, min_size=2, max_size=3)
    # Mostly one value; now and then none or several.
    return st.integers(0, 9).flatmap(
        lambda chance: st.none() if chance == 0 else doubled if chance == 1 else once
    )


def _words_for(name: str, asked: Asked, *, today: date) -> st.SearchStrategy[str]:
    if name in asked.choices:
        return st.sampled_from([*asked.choices[name], *asked.choices[name], *NO_IDS, *WORDS])
    part = name.rpartition("-")[2]
    near = [today + timedelta(days=days) for days in (-400, -61, -60, 0, 1, 300, 301)]
    if part == "day":
        return st.sampled_from([*DAYS, *(str(one.day) for one in near), "💛"])
    if part == "month":
        return st.sampled_from([*MONTHS, *(str(one.month) for one in near), "\x00"])
    if part == "year":
        return st.sampled_from([*YEARS, *(str(one.year) for one in near)])
    return st.sampled_from([*WORDS, *NUMBERS_OF_PEOPLE]) | st.text(max_size=40)


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is stored within this block is taken back at its end."""
    inner = transaction.atomic()
    # As in a test's own block: the access log's durable one may stand in it.
    inner._from_testcase = True  # type: ignore[attr-defined]
    with inner:
        yield
        transaction.set_rollback(True)


def send(browser: Client, url: str, values: Mapping[str, Any]) -> HttpResponse:
    """Send a form as a browser does."""
    return cast("HttpResponse", browser.post(url, dict(values)))


def lost(asked: Asked, sent: Values, html: str) -> list[str]:
    """The text inputs of a page whose words are not those that were sent.

    A form without the hidden word that says which part was sent is no one's typing.
    """
    if not asked.is_whole(sent):
        return []
    page = BeautifulSoup(html, "html.parser")
    shown: dict[str, list[str]] = {}
    for one in page.find_all(["input", "textarea"]):
        shown.setdefault(str(one.get("name") or ""), []).append(text_in(one))
    return [
        name
        for name in sorted(asked.texts & set(sent))
        if name in shown and plain(sent[name][-1]) not in [plain(text) for text in shown[name]]
    ]


def plain(text: str) -> str:
    """A text as HTML can carry it: one kind of line end, no NUL, no space at its ends."""
    return " ".join(text.replace("\x00", "").replace("\ufffd", "").split())
