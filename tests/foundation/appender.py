"""A program that adds to both logs from several threads: `python -m tests.foundation.appender 7`.

Some transactions are rolled back, whole or in part. It prints how many rows it left in each log.
With `prepare` in place of the seed it makes the tables and ends.
"""
# ruff: noqa: PLC0415, T201, TRY301 - a program: Django first, it prints, it changes its mind

import random
import sys
from concurrent.futures import ThreadPoolExecutor

THREADS = 3
TRANSACTIONS = 12


class ChangedMindError(Exception):
    """Takes a transaction back."""


def work(seed: int) -> tuple[int, int]:
    """Add to the logs in many transactions; how many rows stayed in each."""
    from django.db import connection

    rng = random.Random(seed)
    stayed = [transaction_of(rng) for _ in range(TRANSACTIONS)]
    connection.close()
    return sum(events for events, _ in stayed), sum(looks for _, looks in stayed)


def transaction_of(rng: random.Random) -> tuple[int, int]:
    """One transaction: some events, some of them taken back alone, and perhaps all of them."""
    from django.db import transaction

    events, looks = rng.randrange(1, 4), rng.randrange(2)
    try:
        with transaction.atomic():
            add(rng, events=events, looks=looks)
            taken_back(rng)
            if rng.random() < 0.3:
                raise ChangedMindError
    except ChangedMindError:
        return 0, 0
    return events, looks


def taken_back(rng: random.Random) -> None:
    """A part of a transaction that leaves nothing."""
    from django.db import transaction

    try:
        with transaction.atomic():
            add(rng, events=2, looks=0)
            raise ChangedMindError
    except ChangedMindError:
        return


def add(rng: random.Random, *, events: int, looks: int) -> None:
    """Add so many rows to each log: always the log of changes first, as a service does."""
    from nestling.foundation import chain
    from tests.foundation.attacks import a_look, an_event

    chain.append(chain.AUDIT, [an_event(rng) for _ in range(events)])
    chain.append(chain.ACCESS, [a_look(rng) for _ in range(looks)])


def main(words: list[str]) -> None:
    """Prepare, or work in several threads at once."""
    import django

    django.setup()
    if words == ["prepare"]:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return
    seeds = [int(words[0]) * 100 + number for number in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        left = list(pool.map(work, seeds))
    print(sum(events for events, _ in left), sum(looks for _, looks in left))


if __name__ == "__main__":
    main(sys.argv[1:])
