"""Every form of every page, sent twice: it acts once, and leads to the same place twice."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from nestling.foundation.clock import today
from nestling.foundation.form_keys import FIELD
from tests.house.addresses import SAMPLES, Address, addresses
from tests.house.demo import House
from tests.house.test_bad_input import answers_of, opener
from tests.house.typed import Asked, Values, forms_of, send, taken_back
from tests.house.visits import state_of_records
from tests.referrals.answers import step_url

PLACES = 2
"""Families, persons or referrals on whose pages each form is sent."""
WAYS = 4
"""Ways of filling in a form that are tried until one is accepted."""
SUBMISSIONS = 200
ACCEPTED = 40
"""Different pages whose form must have been accepted, or this proves little."""
NO_RECORDS = {"Draft", "UsedKey"}
DAYS_AGO = (0, 1, 30)


Rows = dict[str, tuple[int, int]]


@dataclass
class Tally:
    """What was sent, what was accepted, and where a form did more than once."""

    sent: int = 0
    accepted: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)


def records() -> Rows:
    """Every table of records, without what forms leave for a while."""
    return {name: rows for name, rows in state_of_records().items() if name not in NO_RECORDS}


def without_events(rows: Rows) -> Rows:
    """Every table but the audit trail."""
    return {name: row for name, row in rows.items() if name != "AuditEvent"}


def keys_of(html: str) -> list[str]:
    """The key of each form of a page that is sent with POST."""
    main = BeautifulSoup(html, "html.parser").find("main")
    forms = main.select("form[method=post]") if main else []
    held = [form.find("input", attrs={"name": FIELD}) for form in forms]
    return [str(one["value"]) if one else "" for one in held]


def likely(asked: Asked, *, rng: random.Random) -> Values:
    """A form as someone would fill it in who has something to say."""
    day = today() - timedelta(days=rng.choice(DAYS_AGO))
    return {
        name: [_answer(name, standing, asked, day=day, rng=rng)]
        for name, standing in asked.values.items()
    }


def _answer(name: str, standing: list[str], asked: Asked, *, day: date, rng: random.Random) -> str:
    if name in asked.choices:
        offered = [choice for choice in asked.choices[name] if choice]
        return rng.choice(offered) if offered else ""
    if name not in asked.texts:
        return standing[0]
    part = name.rpartition("-")[2]
    if part in ("day", "month", "year"):
        return str(getattr(day, part))
    return standing[0] or LIKELY.get(name, f"Words {rng.randrange(10**6)}")


LIKELY = {
    "email": "sixpence@example.org",
    "phone": "01632 960 001",
    "postcode": "LS1 4AP",
    "nhs_number": "",
    "minutes": "50",
    "wte": "0.8",
    "reference_prefix": "QX",
}


def twice(browser: Client, url: str, sent: Values, *, before: Rows) -> tuple[bool, str]:
    """Whether a form was accepted, and what was wrong with sending it again."""
    first = send(browser, url, sent)
    between = records() if first.status_code < 400 else before
    second = send(browser, url, sent)
    after = records()
    if first.status_code == 200:
        # A page in place of a redirect is asked for anew each time, and asking may be on record.
        between, after = without_events(between), without_events(after)
    if after != between:
        return False, "stored: " + ", ".join(name for name in after if after[name] != between[name])
    if (first.status_code, first.get("Location")) != (second.status_code, second.get("Location")):
        return False, f"{first.status_code} {first.get('Location')}, then {second.status_code}"
    return first.status_code in (302, 303), ""


def try_page(browser: Client, address: Address, tally: Tally, *, rng: random.Random) -> None:
    """Send each form of a page twice, in several ways until one is accepted."""
    tally.tried.add(address.page)
    before = records()
    html = browser.get(address.url).content.decode()
    for asked, key in zip(forms_of(html, url=address.url), keys_of(html), strict=True):
        if not key:
            tally.faults.append(f"{address.url}: a form without a key")
        for _ in range(WAYS):
            # What is stored is taken back, so the same key is unused again.
            with taken_back():
                values = likely(asked, rng=rng) | {FIELD: [key]}
                accepted, fault = twice(browser, asked.action, values, before=before)
            tally.sent += 2
            if fault:
                tally.faults.append(f"{address.url}: {fault}")
            if accepted:
                tally.accepted.add(address.page)
                break


def staff_pages() -> list[str]:
    """Every page of our rooms that a member of staff may send something to."""
    return [page for page in SAMPLES if not page.startswith("referrals:public_")]


@pytest.fixture(scope="module")
def tally() -> Tally:
    """What all pages together showed."""
    return Tally()


@pytest.mark.parametrize("page", staff_pages())
def test_a_form_of_staff_sent_twice_acts_once(page: str, house: House, tally: Tally) -> None:
    browser, rng = house.browser(opener(page)), random.Random(page)

    for address in addresses(page, house.willowbrook, most=PLACES)[:PLACES]:
        try_page(browser, address, tally, rng=rng)

    assert tally.faults == []


def test_enough_was_sent_and_accepted_to_prove_it(tally: Tally) -> None:
    if len(tally.tried) < len(staff_pages()):
        pytest.skip("only some pages were asked for")

    assert tally.sent >= SUBMISSIONS
    assert len(tally.accepted) >= ACCEPTED, sorted(set(staff_pages()) - tally.accepted)


@pytest.mark.parametrize("audience", ["professional", "parent"])
def test_every_step_of_a_public_referral_sent_twice_acts_once(
    audience: str, house: House, settings: Settings
) -> None:
    settings.PUBLIC_REFERRAL_RATE = "1000000/h"
    visitor = Client(raise_request_exception=False)
    start = {"audience": audience, "team": house.willowbrook.team.slug}
    steps = {reverse("referrals:public_start"): start}
    steps |= {step_url(step): answers for step, answers in answers_of(audience).items()}
    steps[reverse("referrals:public_check")] = {}

    wrong = [
        f"{url}: {fault}"
        for url, answers in steps.items()
        for accepted, fault in [
            twice(visitor, url, with_key(visitor, url, answers), before=records())
        ]
        if fault or not accepted
    ]

    assert wrong == []


def with_key(visitor: Client, url: str, answers: object) -> Values:
    """Answers with the key that the page gave."""
    return {**answers, FIELD: keys_of(visitor.get(url).content.decode())[:1]}  # type: ignore[dict-item]
