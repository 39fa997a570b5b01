"""Several processes with several threads add to the logs at once: one unbroken chain each."""

import json
from pathlib import Path

import pytest

from tests.foundation.conftest import Service

PROCESSES = 3
APPENDER = ("-m", "tests.foundation.appender")


@pytest.mark.database
def test_many_who_add_at_once_leave_one_unbroken_chain(service: Service) -> None:
    service.run(*APPENDER, "prepare").communicate()

    workers = [service.run(*APPENDER, str(seed)) for seed in range(PROCESSES)]
    printed = [worker.communicate()[0].split() for worker in workers]
    status, words, _ = service.nestling("audit", "verify")

    events, looks = (sum(int(pair[place]) for pair in printed) for place in (0, 1))
    assert words.splitlines() == [
        f"audit log: {events} entries, unbroken.",
        f"access log: {looks} entries, unbroken.",
    ]
    assert status == 0
    assert highest(service.folder / "chain-heads.jsonl") == {"audit": events, "access": looks}


def highest(head_file: Path) -> dict[str, int]:
    """How long each log is by the head file."""
    lines = [json.loads(line) for line in head_file.read_text(encoding="ascii").splitlines()]
    return {
        log: max(line["count"] for line in lines if line["log"] == log)
        for log in ("audit", "access")
    }
