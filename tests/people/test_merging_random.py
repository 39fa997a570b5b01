"""Random merges and un-merges leave every row as it was, in the whole demo."""

import random
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.house.demo import House, built
from tests.people.doubles import Doubling, Outcome, check_round

MERGES = 50
FAMILIES = 8
SEED = 78
DEPTH = 4


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """A small demo of both teams."""
    with django_db_blocker.unblock(), built(families=FAMILIES) as house:
        yield house


@pytest.mark.usefixtures("db")
def test_rows_are_equal_after_random_merges_and_unmerges(demo: House) -> None:
    held = demo.willowbrook
    doubling = Doubling(team=held.team, by=demo.user("lead"), rng=random.Random(SEED))
    outcome = Outcome()

    while outcome.merged < MERGES:
        check_round(doubling, outcome, depth=doubling.rng.randint(1, DEPTH))

    assert outcome.refused < outcome.merged
