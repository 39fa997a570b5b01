"""People of the team, and a day on which everything happens."""

from collections.abc import Callable
from datetime import date

import pytest

from nestling.accounts.models import User
from nestling.accounts.roles import Role
from tests.factories.people import TODAY
from tests.ui.fixtures import no_template_misses

__all__ = ["no_template_misses"]

UserAs = Callable[..., User]


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def lead(user_as: UserAs) -> User:
    return user_as(Role.CLINICAL_LEAD)


@pytest.fixture
def practitioner(user_as: UserAs) -> User:
    return user_as(Role.PRACTITIONER)


@pytest.fixture
def administrator(user_as: UserAs) -> User:
    return user_as(Role.TEAM_ADMINISTRATOR)
