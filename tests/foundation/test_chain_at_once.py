"""Several processes with several threads add to the logs at once: one unbroken chain each."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ROOT = Path(__file__).parent.parent.parent
PROCESSES = 3
NESTLING = ("-c", "import nestling.cli as c; raise SystemExit(c.main())")
SCRATCH = "nestling_chain_at_once"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty service: a SQLite file, or a database of the tests' server."""
    address = os.environ.get("NESTLING_TEST_DATABASE", "")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "nestling.config.settings.demo",
        "NESTLING_DATA_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": urlunsplit(urlsplit(address)._replace(path=SCRATCH)) if address else "",
    }
    if not address:
        yield environment
        return
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {SCRATCH}")
        yield environment
        server.execute(f"DROP DATABASE {SCRATCH} WITH (FORCE)")


@pytest.mark.database
def test_many_who_add_at_once_leave_one_unbroken_chain(
    service: dict[str, str], tmp_path: Path
) -> None:
    run(["-m", "tests.foundation.appender", "prepare"], service).communicate()

    workers = [
        run(["-m", "tests.foundation.appender", str(seed)], service) for seed in range(PROCESSES)
    ]
    printed = [worker.communicate()[0].split() for worker in workers]
    verified = run(
        [*NESTLING, "audit", "verify", "--data-dir", str(tmp_path)],
        service,
    )
    words = verified.communicate()[0]

    events, looks = (sum(int(pair[place]) for pair in printed) for place in (0, 1))
    assert words.splitlines() == [
        f"audit log: {events} entries, unbroken.",
        f"access log: {looks} entries, unbroken.",
    ]
    assert verified.returncode == 0
    assert highest(tmp_path / "chain-heads.jsonl") == {"audit": events, "access": looks}


def run(words: list[str], environment: dict[str, str]) -> "subprocess.Popen[str]":
    """Start our own Python on something."""
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *words], env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def highest(head_file: Path) -> dict[str, int]:
    """How long each log is by the head file."""
    lines = [json.loads(line) for line in head_file.read_text(encoding="ascii").splitlines()]
    return {
        log: max(line["count"] for line in lines if line["log"] == log)
        for log in ("audit", "access")
    }
