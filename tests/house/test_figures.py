"""The rooms of figures: who opens which page, and nothing of another organisation's."""

import pytest

from nestling.accounts.models import Organisation
from nestling.accounts.roles import Role
from tests.house.demo import House
from tests.house.figures import (
    figure_addresses,
    figure_matrix,
    figure_pages,
    keep_figures,
)
from tests.house.matrix import ROLES
from tests.house.visits import last_entry, logged_since

KEPT_PAGES = ("pk",)
REFUSED = (403, 404, 405)


@pytest.fixture
def ours(house: House) -> Organisation:
    organisation = house.willowbrook.team.organisation
    keep_figures(organisation)
    return organisation


def test_every_page_of_figures_stands_in_the_matrix() -> None:
    assert set(figure_matrix()) == set(figure_pages())


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_the_pages_of_figures_that_the_matrix_says(
    role: Role, house: House, ours: Organisation
) -> None:
    browser = house.browser_of(role)
    wanted = {page: statuses[role] for page, statuses in figure_matrix().items()}

    found = {one.page: browser.get(one.url).status_code for one in figure_addresses(ours)}

    assert found == wanted


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.ANALYST, Role.CLINICAL_LEAD])
def test_what_another_organisation_keeps_opens_to_nobody(role: Role, house: House) -> None:
    theirs = Organisation.objects.create(name="Elsewhere", nation="wales")
    keep_figures(theirs)
    browser = house.browser_of(role)

    kept = [one for one in figure_addresses(theirs) if "pk" in one.ids]
    found = {one.page: browser.get(one.url).status_code for one in kept}

    assert len(kept) > 10
    assert {page: status for page, status in found.items() if status not in REFUSED} == {}


def test_no_page_of_figures_looks_at_a_record(house: House, ours: Organisation) -> None:
    browser = house.browser_of(Role.CLINICAL_LEAD)
    before = last_entry()

    for one in figure_addresses(ours):
        browser.get(one.url)

    assert logged_since(before) == frozenset()
