"""The demo, built once for all tests of the house that one worker runs."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker, Settings

from tests.house.demo import House, built


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Both teams with their families; each test's own changes are taken back after it."""
    with django_db_blocker.unblock(), built() as house:
        yield house


@pytest.fixture
def house(demo: House, db: None, settings: Settings) -> House:
    """The demo, for one test; no second step is asked for."""
    settings.MFA_REQUIRED = False
    return demo
