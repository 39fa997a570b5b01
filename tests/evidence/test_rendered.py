"""Pages of figures as they are sent: each number with its unit, date and source behind it."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client

from nestling.access_figures.compute import Pack
from nestling.access_figures.packing import practice_pack
from nestling.access_figures.services import store_release
from nestling.accounts.models import Team
from nestling.accounts.roles import Role
from nestling.reference.access import questions
from tests.conftest import SignIn
from tests.evidence.rendered import loose_numbers
from tests.factories.access_figures import small_pack
from tests.factories.need import LEEDS, ProvisionStatementFactory

NEED_PAGES = (
    *("/need/", "/need/?show=rate&scenario=risk_weighted", "/need/?show=gap", "/need/provision/"),
    *(f"/need/areas/{LEEDS}/", f"/need/areas/{LEEDS}/?scenario=policy_floor&families_per_team=90"),
    *("/need/areas/S12000036/", "/need/areas/K02000001/"),
)
ACCESS_PAGES = (
    *("/access/", "/access/rules/", "/access/rules/?measure=children_ge2&age=1"),
    *(f"/access/questions/{number}/" for number in questions()),
    *("/access/explore/", "/access/explore/?by=icb", "/access/explore/?until=change"),
    "/access/explore/?measure=seen_by_12_weeks",
    "/access/explore/?measure=wait_to_first_median_days",
)


@pytest.fixture
def commissioner(client_as: SignIn, team: Team) -> Client:
    return client_as(Role.COMMISSIONER, in_team=team)


@pytest.mark.parametrize("address", NEED_PAGES)
def test_each_number_of_a_page_of_need_is_a_figure(
    address: str, commissioner: Client, team: Team
) -> None:
    ProvisionStatementFactory.create(organisation=team.organisation)
    with time_machine.travel("2026-03-10 09:00", tick=False):
        page = commissioner.get(address)

    assert page.status_code == 200
    assert loose_numbers(page.content.decode()) == []


@pytest.mark.parametrize("pack", [small_pack, practice_pack])
def test_each_number_of_the_pages_of_access_is_a_figure(
    pack: Callable[[], Pack], commissioner: Client
) -> None:
    store_release(pack(), on=date(2026, 3, 2), by=None)

    pages = {address: commissioner.get(address) for address in ACCESS_PAGES}

    assert {page.status_code for page in pages.values()} == {200}
    loose = {address: loose_numbers(page.content.decode()) for address, page in pages.items()}
    assert loose == {address: [] for address in ACCESS_PAGES}


def test_a_number_beside_no_figure_is_found() -> None:
    page = (
        "<main><p>About <data class='nl-figure' value='births'>8,471</data> births; 15% of 62 "
        "babies.</p><table><tr><td class='n'>1,270</td></tr></table></main>"
    )

    assert loose_numbers(page) == ["1,270", "births; 15% of 62 babies."]
