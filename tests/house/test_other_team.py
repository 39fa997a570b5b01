"""Whoever works in one team reaches nothing of the other, by any id, in any place of a request."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.house.addresses import FAMILY_QUERIES, SAMPLES, Address, Words, addresses
from tests.house.demo import OUTSIDERS, Holdings, House
from tests.house.shown import IDS, Directory, directory, persons_named
from tests.house.test_bad_input import only_willowbrooks
from tests.house.typed import Asked, forms_of, send, taken_back
from tests.house.visits import state_of_records, visit

IDS_OF_A_PAGE = 12
MIXED = 3
WITH_IDS = [page for page in SAMPLES if page not in ("referrals:public_step",)]
LEADS_PAGES = ("/duplicates/", "/merges/", "/leavers/")
"""Refused to others before any id is read."""
PAIRS = ("people:compare",)
"""Pages about any two persons of a team, who need not be of one family."""
KEEPERS_PAGES = ("desk:person_looks", "desk:own_looks_month", "desk:account")
NOT_FOR_TEAMS = {
    page: 403 for page in SAMPLES if page.startswith("accounts:") or page in KEEPERS_PAGES
}
"""Pages of the organisation's administrators and keepers of logs: refused before any id is read."""


@pytest.fixture(scope="module")
def names(demo: House) -> Directory:
    return directory()


def samples(page: str, held: Holdings, *, most: int) -> list[Address]:
    """Addresses of a page that have ids in them."""
    found = {str(one.ids): one for one in addresses(page, held, most=most) if one.ids}
    return list(found.values())


def of_willowbrook(house: House) -> Iterator[Address]:
    """Addresses of Willowbrook's records on every page."""
    for page in WITH_IDS:
        yield from samples(page, house.willowbrook, most=IDS_OF_A_PAGE)


@pytest.mark.parametrize("name", OUTSIDERS)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "PUT"])
def test_no_id_of_the_other_team_opens_anything(name: str, method: str, house: House) -> None:
    browser = house.browser(name)
    elsewhere = 404 if method == "GET" else None

    found = {
        one.url: browser.generic(method, one.url).status_code
        for one in of_willowbrook(house)
        if NOT_FOR_TEAMS.get(one.page) is None
    }

    allowed = {404} if elsewhere else {404, 405}
    told = {url: status for url, status in found.items() if status not in allowed}
    first = () if "lead" in name else LEADS_PAGES
    assert len(found) > 200
    assert {
        url: status for url, status in told.items() if status != 403 or not url.startswith(first)
    } == {}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_administrators_pages_are_refused_before_an_id_is_read(method: str, house: House) -> None:
    browser = house.browser("larkfield.lead")

    found = {
        one.url: browser.generic(method, one.url).status_code
        for one in of_willowbrook(house)
        if one.page in NOT_FOR_TEAMS
    }

    assert {url: status for url, status in found.items() if status not in (403, 405)} == {}


def mixed(page: str, first: Holdings, second: Holdings) -> Iterator[Address]:
    """Addresses in which the family is one team's and the rest the other's."""
    ours, theirs = (samples(page, held, most=MIXED) for held in (first, second))
    for own in ours:
        for other in theirs:
            if len(own.ids) == 2:
                yield Address(page=page, ids=crossed(own.ids, other.ids))


def crossed(own: Words, other: Words) -> Words:
    """The family of one address, the second id of another."""
    family, second = own
    return {family: own[family], second: other[second]}


@pytest.mark.parametrize("name", ["lead", "larkfield.lead"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_family_of_ones_own_does_not_open_a_record_of_the_other_team(
    name: str, method: str, house: House
) -> None:
    browser = house.browser(name)
    teams = (house.willowbrook, house.larkfield)
    both = [*mixed_everywhere(*teams), *mixed_everywhere(*reversed(teams))]

    found = {one.url: browser.generic(method, one.url).status_code for one in both}

    assert len(found) > 50
    assert {url: status for url, status in found.items() if status not in (404, 405)} == {}


def mixed_everywhere(first: Holdings, second: Holdings) -> Iterator[Address]:
    """Crossed addresses of every page with two ids."""
    for page in WITH_IDS:
        if page not in KEEPERS_PAGES:
            yield from mixed(page, first, second)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_family_does_not_open_a_record_of_another_family(method: str, house: House) -> None:
    browser, held = house.browser("lead"), house.willowbrook
    circles = directory().circles
    apart = [
        one
        for page in WITH_IDS
        if page not in PAIRS
        for one in crossed_families(page, held)
        if set(one.ids.values()).isdisjoint(circles.get(next(iter(one.ids.values())), set()))
    ]

    found = {one.url: browser.generic(method, one.url).status_code for one in apart}

    assert len(found) > 50
    assert {url: status for url, status in found.items() if status not in (404, 405)} == {}


def crossed_families(page: str, held: Holdings) -> Iterator[Address]:
    """Addresses in which the family is one family and the record another's."""
    found = [one for one in addresses(page, held) if len(one.ids) == 2]
    for own, other in zip(found, found[len(found) // 2 :], strict=False):
        if own.ids != other.ids and next(iter(own.ids.values())) != next(iter(other.ids.values())):
            yield Address(page=page, ids=crossed(own.ids, other.ids))


def test_an_id_after_the_question_mark_shows_nothing_of_the_other_team(
    house: House, names: Directory
) -> None:
    browser, ours = house.browser("larkfield.lead"), only_willowbrooks(house)
    foreign = [
        *(f"for={row.pk}" for _, row in house.willowbrook.relationships[:4]),
        *(f"about={row.pk}" for _, row in house.willowbrook.relationships[:4]),
        f"team={house.willowbrook.team.pk}",
    ]

    for page in (*FAMILY_QUERIES, "referrals:criteria", "care:waiting", "referrals:board"):
        for query in foreign:
            ids = addresses(page, house.larkfield, most=1)[0].ids
            one = visit(browser, Address(page=page, ids=ids, query=query))

            assert not persons_named(one.html, names=names) & ours, one.address
            assert not one.persons_logged() & ours, one.address
            assert house.willowbrook.team.name not in one.html, one.address


def test_an_id_of_the_other_team_in_a_form_is_no_choice(house: House, names: Directory) -> None:
    browser, ours = house.browser("larkfield.lead"), only_willowbrooks(house)
    foreign = foreign_ids(house)
    before, tried = state_of_records(), 0

    for page in WITH_IDS:
        for address in addresses(page, house.larkfield, most=1)[:1]:
            html = browser.get(address.url).content.decode()
            for asked in forms_of(html, url=address.url):
                for name, prefix in ids_chosen(asked).items():
                    tried += 1
                    for pk in foreign:
                        values = {**asked.values, name: [f"{prefix}{pk}"]}
                        with taken_back():
                            answer = send(browser, address.url, values)
                            shown = persons_named(answer.content.decode(), names=names)
                        assert answer.status_code in (404, 422), f"{address.url} {name}"
                        assert not shown & ours, f"{address.url} {name}"

    assert tried > 5
    assert state_of_records() == before


def foreign_ids(house: House) -> list[UUID]:
    """A relationship, a baby, a carer and a worker of Willowbrook, and the team."""
    _, row = house.willowbrook.relationships[0]
    worker = house.user("practitioner2").pk
    return [row.pk, row.baby_id, row.carer_id, worker, house.willowbrook.team.pk]


def ids_chosen(asked: Asked) -> dict[str, str]:
    """The fields in which a record is chosen, with what is written before its id."""
    found = {
        name: re.fullmatch(rf"(\w*:?){IDS.pattern}", choice)
        for name, choices in asked.choices.items()
        for choice in choices
    }
    return {name: match[1] for name, match in found.items() if match}
