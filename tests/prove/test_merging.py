"""A thousand random merges and un-merges leave every row of every table as it was."""

import random
import time
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.house.demo import House, built
from tests.house.typed import taken_back
from tests.people.doubles import Doubling, Outcome, check_round
from tests.prove.table import report

MERGES = 1_000
FAMILIES = 8
SEED = 79
DEPTH = 4
ROUNDS = 25
"""Rounds that follow each other in one demo: each leaves its doubles, so that it grows."""


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    with django_db_blocker.unblock(), built(families=FAMILIES) as house:
        yield house


@pytest.mark.usefixtures("db")
def test_rows_are_equal_after_a_thousand_random_merges_and_unmerges(demo: House) -> None:
    held = demo.willowbrook
    doubling = Doubling(team=held.team, by=demo.user("lead"), rng=random.Random(SEED))
    outcome = Outcome()
    start = time.perf_counter()

    while outcome.merged < MERGES:
        with taken_back():
            for _ in range(ROUNDS):
                check_round(doubling, outcome, depth=doubling.rng.randint(1, DEPTH))

    report(
        subject="random merges and un-merges leave every row equal",
        count=outcome.merged,
        seconds=time.perf_counter() - start,
        detail=f"0 rows differ; {outcome.refused} merges refused",
        seed=SEED,
    )
    assert outcome.merged >= MERGES
