"""A large count for two people at once: ten thousand orders in which they open, type and save."""

import time
from collections.abc import Iterator

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.house.demo import House, built
from tests.house.two_editors import interleavings
from tests.prove.table import report

INTERLEAVINGS, EXAMPLES = 10_000, 5_000
"""Orders of events, and the examples that Hypothesis is asked for: it bends each some times."""


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    with django_db_blocker.unblock(), built() as house:
        yield house


@pytest.fixture
def house(demo: House, db: None) -> Iterator[House]:
    with override_settings(MFA_REQUIRED=False):
        yield demo


def test_no_update_is_lost_in_ten_thousand_orders(house: House) -> None:
    start = time.perf_counter()

    met = interleavings(house, count=EXAMPLES)

    assert met["orders"] >= INTERLEAVINGS
    report(
        subject="two people at once: orders of opening, typing and saving",
        count=met["orders"],
        seconds=time.perf_counter() - start,
        detail=f"no update lost; {met['saved']:,} saved, {met['told of the other version']:,} told "
        f"of the other version, {met['took what was stored']:,} took what was stored",
    )
