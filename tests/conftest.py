"""Fixtures that every room's tests share."""

import os
import resource
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.conf import settings as service
from django.test import Client
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from nestling.accounts.models import Membership, Organisation, Team, User
from nestling.accounts.roles import TEAM_ROLES, Role
from nestling.foundation import prepared
from tests.browser import ChromiumMissingError, launch
from tests.keys import with_keys
from tests.visitor import Visitor

QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "ci", max_examples=50, derandomize=True, deadline=None, suppress_health_check=QUIET
)
settings.register_profile("prove", max_examples=1000, deadline=None, suppress_health_check=QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

LONG_AGO = date(2020, 1, 1)
MOST_MEMORY = 8 * 1024**3
"""Bytes that one test process may hold: a test that runs away fails by name and not the machine."""
SignIn = Callable[..., Client]


def pytest_configure() -> None:
    """Give test clients the keys of forms, check prepared SQL, bound what a test can take."""
    prepared.checking.on = True
    service.MIDDLEWARE = with_keys(service.MIDDLEWARE)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, resource.RLIM_INFINITY))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests of a worker, or a plain word that they were skipped.

    Playwright cannot be started twice in one process, so no other fixture may start it.
    """
    try:
        with launch() as browser:
            yield browser
    except ChromiumMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(name="Applegarth Trust", nation="england")


@pytest.fixture
def team(organisation: Organisation) -> Team:
    return Team.objects.create(
        organisation=organisation,
        name="Willowbrook Team",
        slug="willowbrook",
        reference_prefix="WB",
    )


@pytest.fixture
def other_team(organisation: Organisation) -> Team:
    return Team.objects.create(
        organisation=organisation, name="Larkfield Team", slug="larkfield", reference_prefix="LF"
    )


@pytest.fixture
def user_as(team: Team) -> Callable[..., User]:
    """Make a user who holds a role, in the first team unless another is given."""

    def make(role: Role, *, in_team: Team | None = None) -> User:
        place = in_team or team
        number = User.objects.count() + 1
        user = User.objects.create_user(
            f"{role.value}{number}@example.org",
            given_name=f"Asha{number}",
            family_name="Fenwick",
            organisation=place.organisation,
        )
        Membership.objects.create(
            user=user,
            organisation=place.organisation,
            team=place if role in TEAM_ROLES else None,
            role=role,
            from_on=LONG_AGO,
        )
        return user

    return make


@pytest.fixture
def client_as(user_as: Callable[..., User], settings: object) -> SignIn:
    """A browser in which someone with a role is signed in; no second step is asked for."""
    settings.MFA_REQUIRED = False  # type: ignore[attr-defined]

    def sign_in(role: Role, *, in_team: Team | None = None) -> Client:
        client = Visitor()
        client.force_login(
            user_as(role, in_team=in_team),
            backend="nestling.accounts.signed_in.SignInBackend",
        )
        return client

    return sign_in
