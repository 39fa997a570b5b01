"""The server is killed 200 times while people save."""

import time
from pathlib import Path

from tests.crash import build, crashes
from tests.prove.table import report

TIMES = 200
SEED = 20_261_123


def test_a_server_that_is_killed_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    start = time.perf_counter()

    outcome = crashes(build(tmp_path), times=TIMES, seed=SEED)

    assert outcome.faults == []
    report(
        subject="server killed during saves",
        count=TIMES,
        seconds=time.perf_counter() - start,
        detail=f"{outcome.acknowledged:,} acknowledged notes: none lost, halved or doubled; "
        f"{outcome.drafts_back} drafts came back",
        seed=SEED,
    )
