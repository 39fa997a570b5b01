"""Looks reach the disk soon: a flush takes a checkpoint and makes nobody wait."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from nestling.foundation import chain_flush


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """A database with something in its write-ahead log, held open as a service holds it."""
    path = tmp_path / "looks.sqlite3"
    with closing(sqlite3.connect(path)) as held:
        held.execute("PRAGMA journal_mode=WAL")
        held.execute("CREATE TABLE look (id integer)")
        held.execute("INSERT INTO look VALUES (1)")
        held.commit()
        yield path


def test_a_flush_writes_what_changed_to_its_place(database: Path) -> None:
    before = database.stat().st_size

    chain_flush.flush(str(database))

    assert database.stat().st_size > before


def test_a_disk_that_refuses_is_told_and_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        chain_flush.log, "warning", lambda event, **named: told.append(f"{event} {named['error']}")
    )

    chain_flush.flush(str(tmp_path / "no such folder" / "looks.sqlite3"))

    assert told == ["looks_not_flushed OperationalError"]
