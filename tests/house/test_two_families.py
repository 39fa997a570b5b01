"""A father with a baby in each of two families: he is in both, and neither names the other."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from bs4 import BeautifulSoup

from nestling.accounts.roles import Role
from nestling.people.models import FamilyMember, Person
from tests.house.addresses import SAMPLES, Address, addresses
from tests.house.demo import Holdings, House
from tests.house.shown import (
    Directory,
    circles_in,
    directory,
    has_name,
    parsed,
    parts_by_circle,
    persons_named,
    persons_shown,
    without_full_names,
    words_of,
)
from tests.house.visits import visit

LISTS = ("desk:home", "desk:families", "care:waiting", "referrals:board", "referrals:unmet_need")
FAMILY_ROLES = (
    *(Role.PRACTITIONER, Role.CLINICAL_LEAD),
    *(Role.TEAM_ADMINISTRATOR, Role.SERVICE_MANAGER),
)


@dataclass(frozen=True)
class Household:
    """One of the father's two families, and who is only in the other."""

    family: UUID
    members: frozenset[UUID]
    only_elsewhere: frozenset[UUID]
    ids_elsewhere: frozenset[UUID]


@pytest.fixture(scope="module")
def names(demo: House) -> Directory:
    return directory()


@pytest.fixture
def father(house: House) -> Person:
    return father_in(house.willowbrook)


def father_in(held: Holdings) -> Person:
    """The carer who belongs to two families of the team."""
    carers = FamilyMember.objects.filter(family__team=held.team, role="carer")
    persons = [row.person for row in carers.select_related("person")]
    return next(one for one in persons if persons.count(one) == 2)


def households(father: Person, *, names: Directory) -> list[Household]:
    """His families, each with what belongs to the other alone."""
    both = list(FamilyMember.objects.filter(person=father).values_list("family", flat=True))
    found = []
    for family, other in (both, reversed(both)):
        members, elsewhere = names.circles[family], names.circles[other]
        only = frozenset(elsewhere - members)
        rows = {pk for pk, circle in names.circle_of.items() if circle == other}
        found.append(
            Household(
                family=family,
                members=frozenset(members),
                only_elsewhere=only,
                ids_elsewhere=only | rows,
            )
        )
    return found


def pages_of(home: Household, held: Holdings, *, names: Directory) -> list[Address]:
    """Every address of a page about the family, its referral or its episode."""
    return [
        one
        for page in SAMPLES
        for one in addresses(page, held)
        if home.family in circles_in([one.url.partition("?")[0]], names=names)
    ]


def test_the_father_belongs_to_two_families_and_shares_one_record(
    father: Person, names: Directory
) -> None:
    first, second = households(father, names=names)

    assert first.members & second.members == {father.pk}
    assert len(first.only_elsewhere) == len(second.only_elsewhere) == 2


@pytest.mark.parametrize("role", FAMILY_ROLES)
def test_no_page_of_one_family_names_or_leads_to_the_other(
    role: Role, house: House, father: Person, names: Directory
) -> None:
    browser = house.browser_of(role)

    for home in households(father, names=names):
        for address in pages_of(home, house.willowbrook, names=names):
            one = visit(browser, address)
            ids = {str(pk) for pk in home.ids_elsewhere}

            assert not persons_named(one.html, names=names) & home.only_elsewhere, address
            assert not called_in(one.html, home, names=names), address
            assert not one.persons_logged() & home.only_elsewhere, address
            assert not [pk for pk in ids if pk in one.html], address


def called_in(html: str, home: Household, *, names: Directory) -> list[str]:
    """What those of the other family alone are called by, where a page says it."""
    rest = without_full_names(words_of(parsed(html)), names=names)
    own = {names.short_names[pk] for pk in home.members}
    other = {names.short_names[pk] for pk in home.only_elsewhere}
    return [name for name in other - own if has_name(rest, name)]


def test_he_stands_on_both_families_pages(house: House, father: Person, names: Directory) -> None:
    browser = house.browser_of(Role.PRACTITIONER)

    for home in households(father, names=names):
        for page in ("desk:family", "desk:show_to", "desk:adult", "desk:print", "desk:story"):
            shown: set[UUID] = set()
            for address in pages_of(home, house.willowbrook, names=names):
                if address.page == page:
                    one = visit(browser, address)
                    shown |= persons_shown(one.html, url=address.url, names=names)
            assert father.pk in shown, page


def test_a_form_that_comes_back_keeps_the_families_apart(
    house: House, father: Person, names: Directory
) -> None:
    browser = house.browser_of(Role.CLINICAL_LEAD)

    for home in households(father, names=names):
        for address in pages_of(home, house.willowbrook, names=names):
            html = browser.post(address.url, {"nothing": "known"}).content.decode()

            assert not persons_named(html, names=names) & home.only_elsewhere, address


def test_a_search_finds_him_once_in_each_family(
    house: House, father: Person, names: Directory
) -> None:
    homes = households(father, names=names)
    search = Address(page="desk:search", ids={}, query=f"q={father.full_name}")

    html = visit(house.browser_of(Role.PRACTITIONER), search).html

    results = [
        (circle, words_of(part))
        for circle, part in parts_by_circle(html, url="", names=names)
        if has_name(words_of(part), father.full_name)
    ]
    assert {circle for circle, _ in results} == {home.family for home in homes}
    for home in homes:
        own = " ".join(words for circle, words in results if circle == home.family)
        assert not [pk for pk in home.only_elsewhere if names_of(own, pk, names=names)]


def test_a_search_for_one_mother_finds_nobody_of_the_other_family(
    house: House, father: Person, names: Directory
) -> None:
    browser = house.browser_of(Role.PRACTITIONER)

    for home in households(father, names=names):
        for pk in home.members - {father.pk}:
            person = Person.objects.get(pk=pk)
            address = Address(page="desk:search", ids={}, query=f"q={person.full_name}")
            one = visit(browser, address)

            assert not persons_named(one.html, names=names) & home.only_elsewhere
            assert not one.persons_logged() & home.only_elsewhere


@pytest.mark.parametrize("page", LISTS)
def test_a_list_keeps_the_two_families_in_rows_of_their_own(
    page: str, house: House, father: Person, names: Directory
) -> None:
    browser = house.browser_of(Role.PRACTITIONER)

    for address in addresses(page, house.willowbrook):
        html = visit(browser, address).html
        for home in households(father, names=names):
            parts = parts_by_circle(html, url="", names=names)
            own = " ".join(words_of(part) for circle, part in parts if circle == home.family)
            assert not [pk for pk in home.only_elsewhere if names_of(own, pk, names=names)]


def test_another_teams_search_does_not_find_him(house: House, father: Person) -> None:
    address = Address(page="desk:search", ids={}, query=f"q={father.full_name}")

    html = visit(house.browser("larkfield.lead"), address).html

    found = BeautifulSoup(html, "html.parser").find("main")
    assert found is not None
    assert not [link for link in found.select("a[href]") if "/families/" in str(link["href"])]


def names_of(text: str, pk: UUID, *, names: Directory) -> bool:
    """Whether a text has a person's full name."""
    return any(has_name(text, name) for name, who in names.full_names.items() if pk in who)
