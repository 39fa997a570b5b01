"""Looks reach the disk soon: the write-ahead log is flushed, and a checkpoint is rarer."""

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


def test_a_flush_brings_the_write_ahead_log_to_the_disk_and_leaves_it_there(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    monkeypatch.setattr(
        chain_flush, "to_disk", lambda file: flushed.append(Path(f"/dev/fd/{file}").resolve().name)
    )
    before = database.stat().st_size

    chain_flush.flush(str(database))

    assert flushed == ["looks.sqlite3-wal"]
    assert database.stat().st_size == before


def test_a_checkpoint_writes_what_changed_to_its_place(database: Path) -> None:
    before = database.stat().st_size

    chain_flush.checkpoint(str(database))

    assert database.stat().st_size > before


def test_a_flush_frees_no_lock_of_a_writer(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        chain_flush.flush(str(database))
        with (
            closing(sqlite3.connect(database, timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("INSERT INTO look VALUES (2)")
        writer.execute("INSERT INTO look VALUES (3)")
        writer.execute("COMMIT")


def test_nothing_to_flush_is_no_fault(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    chain_flush.flush(str(tmp_path / "never-written.sqlite3"))

    assert caplog.text == ""


def test_a_disk_that_refuses_is_told_and_stops_nobody(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def refuse(_: int) -> None:
        raise OSError

    monkeypatch.setattr(chain_flush, "to_disk", refuse)
    monkeypatch.setattr(
        chain_flush.log, "warning", lambda event, **named: told.append(f"{event} {named['error']}")
    )

    chain_flush.flush(str(database))

    assert told == ["looks_not_flushed OSError"]
