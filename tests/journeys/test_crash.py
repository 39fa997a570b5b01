"""The server is killed while people save: nothing acknowledged is lost, nothing is halved."""

from pathlib import Path

from tests.crash import build, crashes

TIMES = 10
"""Kills that are tried here; 200 are for `make prove`."""


def test_a_server_that_is_killed_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    outcome = crashes(build(tmp_path), times=TIMES, seed=1)

    assert outcome.faults == []
    assert outcome.acknowledged > TIMES
    assert outcome.drafts_back > 0
