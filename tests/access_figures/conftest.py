"""Releases to look at."""

from datetime import date

import pytest

from nestling.access_figures.models import Release
from nestling.access_figures.services import store_release
from tests.factories.access_figures import small_pack

MADE_ON = date(2026, 3, 2)


@pytest.fixture
def release(db: None) -> Release:
    """A release of a real extract."""
    return store_release(small_pack(), on=MADE_ON, by=None)


@pytest.fixture
def made_up_release(db: None) -> Release:
    """A release of a made-up extract."""
    return store_release(small_pack(made_up=True), on=MADE_ON, by=None)
