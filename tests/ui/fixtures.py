"""A fixture for every room: a page must not use a name that nobody gave it."""

from collections.abc import Iterator

import pytest

from nestling.ui.undefined import misses


@pytest.fixture
def no_template_misses() -> Iterator[None]:
    """Fails the test when one of our templates printed, looped over or asked a missing name."""
    misses.clear()
    yield
    found = sorted({f"{miss.template}: {miss.name}" for miss in misses})
    misses.clear()
    assert not found, f"names that no view gave these templates: {found}"
