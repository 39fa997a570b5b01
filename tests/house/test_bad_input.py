"""Whatever is typed into any form: words about it, never a fault of ours, and nothing lost."""

from datetime import timedelta
from urllib.parse import unquote_plus
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import Phase, given
from hypothesis import settings as trying
from pytest_django import Settings

from nestling.accounts.models import Team
from nestling.foundation.clock import today
from tests.house.addresses import SAMPLES, addresses
from tests.house.demo import House
from tests.house.hostile import OWN, Sender
from tests.house.shown import directory, persons_named
from tests.house.typed import CONTENT_TYPES, Asked, Values, filled, forms_of, lost, send, taken_back
from tests.house.visits import state_of_records
from tests.referrals.answers import BABY, PARENT, PROFESSIONAL, Typed, step_url

EXAMPLES = 5
"""Ways of filling in each form that are tried here; the large count is for `make prove`."""
REQUESTS = 1_000
"""Hostile requests over every address; 20,000 are for `make prove`."""
MAY_SEE = (OWN, "governance")
"""Who may be shown a person of Willowbrook: its own lead, and who keeps the logs."""
CALM = (200, 302, 303, 400, 403, 404, 405, 410, 413, 415, 422, 429)


def opener(page: str) -> str:
    """Who fills in a page's form: the lead, or the administrator of the system."""
    return "system" if page.startswith("accounts:") else "lead"


def pages_with_forms() -> list[str]:
    """Pages that a member of staff may send something to."""
    return [page for page in SAMPLES if not page.startswith(("desk:", "referrals:public_"))]


def check(browser: Client, url: str, asked: Asked, sent: Values) -> None:
    """Send a form and hold the answer to the two promises; nothing that it stored is kept."""
    with taken_back():
        answer = send(browser, url, sent)
    assert answer.status_code in CALM, f"{url} {answer.status_code}: {short(sent)}"
    if answer.status_code == 422:
        missing = lost(asked, sent, answer.content.decode())
        assert missing == [], f"{url} lost {missing}: {short(sent)}"


def short(sent: Values) -> dict[str, list[str]]:
    """What was sent, without the long tales."""
    return {name: [value[:60] for value in values] for name, values in sent.items()}


def try_page(house: House, page: str, *, examples: int) -> int:
    """Fill in each form of a page in so many ways; how many were sent."""
    browser = house.browser(opener(page))
    sent = 0
    for address in addresses(page, house.willowbrook, most=1)[:2]:
        opened = browser.get(address.url)
        for asked in forms_of(opened.content.decode(), url=address.url):
            sent += try_form(browser, address.url, asked, examples=examples)
    return sent


def try_form(browser: Client, url: str, asked: Asked, *, examples: int) -> int:
    """Fill in one form in so many ways, or in all that there are; how many were sent."""
    tried: list[str] = []

    @trying(max_examples=examples, database=None, phases=[Phase.generate])
    @given(sent=filled(asked, today=today()))
    def each(sent: Values) -> None:
        check(browser, url, asked, sent)
        tried.append(url)

    each()
    return len(tried)


@pytest.mark.parametrize("page", pages_with_forms())
def test_a_form_answers_in_words_and_loses_nothing(page: str, house: House) -> None:
    try_page(house, page, examples=EXAMPLES)


@pytest.mark.parametrize("page", pages_with_forms())
def test_a_form_bears_what_is_no_form(page: str, house: House) -> None:
    browser = house.browser(opener(page))
    url = addresses(page, house.willowbrook, most=1)[0].url

    with taken_back():
        statuses = {
            kind: browser.post(url, b"\xff{]\x00=&&%", content_type=kind).status_code
            for kind in CONTENT_TYPES
        }

    assert {kind: status for kind, status in statuses.items() if status not in CALM} == {}


@pytest.mark.parametrize("audience", ["professional", "parent"])
def test_the_public_form_bears_it_on_each_page(
    audience: str, house: House, settings: Settings
) -> None:
    settings.PUBLIC_REFERRAL_RATE = "1000000/h"
    try_public(house.willowbrook.team, audience, examples=EXAMPLES)


def answers_of(audience: str) -> dict[str, Typed]:
    """Right answers to each page, for a baby who is due in two months."""
    due = today() + timedelta(days=60)
    dates = {"due_on-day": due.day, "due_on-month": due.month, "due_on-year": due.year}
    pages = {"professional": PROFESSIONAL, "parent": PARENT}[audience]
    unborn = {**BABY, "family_name": pages["baby"]["family_name"], **dates}
    return {**pages, "baby": unborn}


def try_public(team: Team, audience: str, *, examples: int) -> int:
    """Walk through the public form, filling in each page in so many wrong ways; how many."""
    visitor = Client(raise_request_exception=False)
    start = {"audience": audience, "team": team.slug}
    assert visitor.post(reverse("referrals:public_start"), start).status_code == 302
    sent = 0
    for step, answers in answers_of(audience).items():
        url = step_url(step)
        opened = visitor.get(url)
        assert opened.status_code == 200, url
        for asked in forms_of(opened.content.decode(), url=url):
            sent += try_form(visitor, url, asked, examples=examples)
        assert visitor.post(url, answers).status_code == 302, url
    return sent


def test_hostile_requests_end_in_words_and_show_nothing_of_the_other_team(house: House) -> None:
    faults = hostile_faults(house, requests=REQUESTS, seed=1)

    assert faults == []


def hostile_faults(house: House, *, requests: int, seed: int) -> list[str]:
    """Faults of ours, and records of Willowbrook shown to those who may see none of them."""
    sender = Sender(house, seed=seed)
    names, before = directory(), state_of_records()
    kept = only_willowbrooks(house)
    found: list[str] = []
    for _ in range(requests):
        request, answer = sender.send()
        html = answer.content.decode(errors="replace")
        if answer.status_code not in CALM:
            found.append(f"{answer.status_code}: {request}"[:500])
        # A page of a search repeats the words that were searched for: they tell nobody anything.
        typed = persons_named(unquote_plus(request.path), names=names)
        told = persons_named(html, names=names) - typed
        if request.sender not in MAY_SEE and told & kept:
            found.append(f"names a person of Willowbrook: {request}"[:500])
    if state_of_records() != before:
        found.append("records were changed")
    return found


def only_willowbrooks(house: House) -> set[UUID]:
    """Every person whom Willowbrook alone works with."""
    ours, theirs = (
        {person.pk for _, person in held.members()} for held in (house.willowbrook, house.larkfield)
    )
    return ours - theirs
