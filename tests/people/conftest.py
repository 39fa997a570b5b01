"""Fixtures of this room: who works there, what day it is, and two families of one father."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from tests.people.situation import Situation, situation
from tests.ui.fixtures import no_template_misses
from tests.visitor import Visitor

__all__ = ["no_template_misses"]


@pytest.fixture(autouse=True)
def _tenth_of_march() -> Iterator[None]:
    """The tenth of March 2026, from noon on."""
    with time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def worker(user_as: Callable[..., User]) -> User:
    """A practitioner of the team."""
    return user_as(Role.PRACTITIONER)


@pytest.fixture
def browser(worker: User, settings: object) -> Client:
    """A browser in which the practitioner is signed in."""
    settings.MFA_REQUIRED = False  # type: ignore[attr-defined]
    client = Visitor()
    client.force_login(worker, backend="nestling.accounts.signed_in.SignInBackend")
    return client


@pytest.fixture
def here(team: Team, worker: User) -> Situation:
    """Two families that share a father."""
    return situation(team, writer=worker)
