"""How many SQL statements a page runs: few, and no more when there is more to show."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nestling.care.models import Episode
from nestling.foundation.clock import fixed_at, now
from nestling.people.models import Family
from tests.house.addresses import Address, addresses
from tests.house.demo import House
from tests.house.larger import copy_team, copy_within
from tests.house.typed import taken_back

LIST_AT_MOST = 12
FAMILY_AT_MOST = 20
COPIES = 3
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
"""Transaction control, which is not counted."""
LISTS = {
    "desk:home": ("practitioner", "lead", "manager"),
    "desk:families": ("practitioner", "lead"),
    "desk:search": ("lead",),
    "desk:looks": ("governance",),
    "desk:person_looks": ("governance",),
    "referrals:board": ("lead", "manager"),
    "referrals:agenda": ("lead",),
    "referrals:unmet_need": ("lead", "manager"),
    "referrals:consultations": ("lead",),
    "care:waiting": ("lead", "manager"),
    "accounts:members": ("system",),
    "staff:team": ("lead",),
    "desk:leavers": ("lead",),
}
"""The lists, and who opens them."""
Counted = dict[tuple[str, str], dict[str, int]]
EVERY_LIST = [(page, name) for page, names in LISTS.items() for name in names]


def statements(browser: Client, url: str) -> int:
    """The statements that a page runs, without transaction control.

    The clock stands still: a session notes its minute, with whichever page is the first in it.
    """
    with fixed_at(now()):
        browser.get(reverse("desk:privacy"))
        with CaptureQueriesContext(connection) as caught:
            answer = browser.get(url)
    assert answer.status_code == 200, url
    return sum(not query["sql"].startswith(CONTROL) for query in caught.captured_queries)


def counts(browser: Client, found: list[Address]) -> dict[str, int]:
    """By address: the statements of the page, once its session is warm."""
    browser.get("/home/")
    return {one.url: statements(browser, one.url) for one in found}


@pytest.mark.parametrize(("page", "name"), EVERY_LIST)
def test_a_list_is_read_in_few_statements(page: str, name: str, house: House) -> None:
    found = counts(house.browser(name), addresses(page, house.willowbrook, most=1))

    assert {url: number for url, number in found.items() if number > LIST_AT_MOST} == {}


def test_who_has_looked_is_read_in_few_statements_once_somebody_has(house: House) -> None:
    family, person = next(house.willowbrook.members())
    house.browser("lead").get(reverse("desk:family", kwargs={"pk": family.pk}))

    url = reverse("desk:person_looks", kwargs={"pk": person.pk})

    assert statements(house.browser("governance"), url) <= LIST_AT_MOST


def test_the_family_page_is_read_in_few_statements(house: House) -> None:
    pages = addresses("desk:family", house.willowbrook)

    found = counts(house.browser("lead"), pages)

    assert {url: number for url, number in found.items() if number > FAMILY_AT_MOST} == {}


def test_lists_take_no_more_statements_for_four_times_the_families(house: House) -> None:
    browsers = {name: house.browser(name) for _, name in EVERY_LIST}
    pages = {pair: addresses(pair[0], house.willowbrook, most=1) for pair in EVERY_LIST}
    before = {pair: counts(browsers[pair[1]], found) for pair, found in pages.items()}
    families = Family.objects.count()

    with taken_back():
        copy_team(house.willowbrook.team, times=COPIES)
        assert Family.objects.count() > 2.5 * families
        after = {pair: counts(browsers[pair[1]], found) for pair, found in pages.items()}

    assert more_than(before, after) == []


def test_the_family_page_takes_as_many_statements_for_a_longer_story(house: House) -> None:
    browser = house.browser("lead")
    family = busiest_family(house)
    address = [Address(page="desk:family", ids={"pk": family.pk})]
    before = counts(browser, address)

    with taken_back():
        copy_within(family, times=10)
        after = counts(browser, address)

    assert after == before


def more_than(before: Counted, after: Counted) -> list[str]:
    """The addresses that take more statements than before.

    Fewer is no fault: a list in which nobody has a worker reads no workers.
    """
    return [
        f"{name} {url}: {before[page, name][url]} and then {number}"
        for (page, name), found in after.items()
        for url, number in found.items()
        if number > before[page, name][url]
    ]


def busiest_family(house: House) -> Family:
    """A family with a long episode that goes on."""
    episodes = Episode.objects.filter(team=house.willowbrook.team, ended_on=None)
    return max(episodes, key=lambda row: row.contacts.count()).family
