"""Large counts of the chain: every attack by SQL is found; a long log is verified quickly."""

import random
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from nestling.foundation import chain
from nestling.foundation.chain_check import verify
from tests.foundation import attacks
from tests.prove.table import report

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(7200)]
ATTACKS = 10_000
ROWS_ATTACKED = 40
EVENTS, LOOKS = 700_000, 300_000
SECONDS = 60
SEED = 20


def test_every_one_of_10_000_attacks_is_found(
    tmp_path: Path, settings, django_capture_on_commit_callbacks
) -> None:
    head_file = tmp_path / "heads.jsonl"
    settings.CHAIN_HEAD_FILE = str(head_file)
    with django_capture_on_commit_callbacks(execute=True):
        attacks.fill(random.Random(SEED), rows=ROWS_ATTACKED)
    start = time.perf_counter()

    missed = attacks.unnoticed(random.Random(SEED), attacks=ATTACKS, head_file=head_file)

    assert missed == []
    report(
        subject="attacks on the logs by SQL without the key",
        count=ATTACKS,
        seconds=time.perf_counter() - start,
        detail=f"all found, by {len(set(attacks.ATTACKS))} kinds of attack",
        seed=SEED,
    )


def test_a_million_rows_are_verified_in_under_a_minute() -> None:
    rng = random.Random(SEED)
    chain.append(chain.AUDIT, (attacks.an_event(rng) for _ in range(EVENTS)))
    chain.append(chain.ACCESS, (attacks.a_look(rng) for _ in range(LOOKS)))
    # Seconds of one core: what else the machine does at the same time is not counted.
    start, watch = time.process_time(), time.perf_counter()

    logs = verify(connection, keys=settings.CHAIN_KEYS, head_file=None)

    seconds, waited = time.process_time() - start, time.perf_counter() - watch
    assert [(log.rows, list(log.faults)) for log in logs] == [(EVENTS, []), (LOOKS, [])]
    assert seconds < SECONDS
    report(
        subject="rows of the two logs verified",
        count=EVENTS + LOOKS,
        seconds=seconds,
        detail=f"{EVENTS:,} changes, {LOOKS:,} looks with the records they showed; unbroken;"
        f" seconds of one core, {waited:.0f} s by the clock",
        seed=SEED,
    )
