"""Large counts for the house: forms, hostile requests, and statements at 60 and 2,000 families."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from nestling.people.models import Family
from tests.house.addresses import addresses
from tests.house.demo import House, built
from tests.house.larger import copy_team
from tests.house.test_bad_input import hostile_faults, pages_with_forms, try_page, try_public
from tests.house.test_statements import (
    EVERY_LIST,
    FAMILY_AT_MOST,
    LIST_AT_MOST,
    busiest_family,
    statements,
)
from tests.house.typed import taken_back
from tests.prove.table import report

FILLED_IN = 200
"""Ways of filling in each form."""
REQUESTS = 20_000
SMALL, LARGE = 60, 2_000


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    with django_db_blocker.unblock(), built(families=SMALL) as house:
        yield house


@pytest.fixture
def house(demo: House, db: None) -> Iterator[House]:
    with override_settings(MFA_REQUIRED=False, PUBLIC_REFERRAL_RATE="100000000/h"), few_words():
        yield demo


@contextmanager
def few_words() -> Iterator[None]:
    """Only faults of ours are noted: pytest keeps every word of a test until it ends."""
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.ERROR)
    yield
    log.setLevel(before)


def test_every_form_bears_what_is_typed(house: House) -> None:
    start = time.perf_counter()
    pages = pages_with_forms()

    sent = sum(try_page(house, page, examples=FILLED_IN) for page in pages)
    for audience in ("professional", "parent"):
        sent += try_public(house.willowbrook.team, audience, examples=FILLED_IN)

    report(
        subject="house: forms filled in wrongly",
        count=sent,
        seconds=time.perf_counter() - start,
        detail=f"{len(pages)} pages and the public form: no 500, nothing typed lost",
    )


def test_hostile_requests_open_nothing(house: House) -> None:
    start = time.perf_counter()

    faults = hostile_faults(house, requests=REQUESTS, seed=2)

    assert faults == []
    report(
        subject="house: hostile requests",
        count=REQUESTS,
        seconds=time.perf_counter() - start,
        detail="no 500, no row of another team",
        seed=2,
    )


def test_a_list_takes_as_many_statements_at_two_thousand_families(house: House) -> None:
    start = time.perf_counter()
    small = counted(house)

    with taken_back():
        copy_team(house.willowbrook.team, times=LARGE // len(house.willowbrook.families))
        families = Family.objects.count()
        large = counted(house)

    lists = {url: number for url, number in large.items() if not url.startswith("family ")}
    assert families >= LARGE
    assert {url: number for url, number in large.items() if number > small[url]} == {}
    assert {url: number for url, number in lists.items() if number > LIST_AT_MOST} == {}
    assert max(large.values()) <= FAMILY_AT_MOST
    most, family = max(lists.values()), max(large.values())
    report(
        subject="house: statements of lists and the family page",
        count=families,
        seconds=time.perf_counter() - start,
        detail=f"at most {most} a list, {family} a family, as at {SMALL}",
    )


def counted(house: House) -> dict[str, int]:
    """The statements of each list, for whoever opens it, and of a family's page."""
    browsers = {name: house.browser(name) for _, name in EVERY_LIST}
    for browser in browsers.values():
        browser.get("/home/")
    found = {
        f"{name} {one.url}": statements(browsers[name], one.url)
        for page, name in EVERY_LIST
        for one in addresses(page, house.willowbrook, most=1)
        # A print is not paged, and what it names is logged in as many batches as that takes.
        if not one.query.startswith("for=")
    }
    family = f"/families/{busiest_family(house).pk}/"
    return {**found, f"family {family}": statements(browsers["lead"], family)}
