"""Looks reach the disk within a second instead of before each answer.

A commit that waits for the disk costs every page several milliseconds. The log of looks therefore
commits without waiting: a look outlives any crash of Nestling, and only a power cut can take the
last second of looks with it. PostgreSQL calls this asynchronous commit; for SQLite a thread
takes a checkpoint once a second while there are looks, which flushes them and spares requests
that work too. Changes to records always wait.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import structlog
from django.conf import settings
from django.db import connection

SECONDS = 1.0
log = structlog.get_logger(__name__)


@contextmanager
def soon() -> Iterator[None]:
    """Within this block SQLite's commits do not wait; they are flushed within a second."""
    if settings.LOOKS_FLUSHED or connection.in_atomic_block or not on_disk():
        yield
        return
    connection.ensure_connection()
    # Past Django's cursor: this is how the connection works, no question to the database.
    connection.connection.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        connection.connection.execute("PRAGMA synchronous = FULL")
        flusher.ask(str(connection.settings_dict["NAME"]))


def on_disk() -> bool:
    """Whether the database is a SQLite file."""
    return connection.vendor == "sqlite" and not connection.is_in_memory_db()  # type: ignore[attr-defined]


class Flusher:
    """A thread that brings a SQLite database to the disk a moment after it was asked to."""

    def __init__(self) -> None:
        """Nothing runs until the first look."""
        self.asked = threading.Event()
        self.lock = threading.Lock()
        self.database = ""
        self.process = 0

    def ask(self, database: str) -> None:
        """Flush this database within a second; a forked process has a thread of its own."""
        self.database = database
        self.asked.set()
        with self.lock:
            if self.process != os.getpid():
                self.process = os.getpid()
                threading.Thread(target=self.run, name="flush-looks", daemon=True).start()

    def run(self) -> None:
        """Wait to be asked, let a moment pass, flush, and again."""
        pause = threading.Event()
        while True:
            self.asked.wait()
            pause.wait(SECONDS)
            self.asked.clear()
            flush(self.database)


def flush(database: str) -> None:
    """Bring what was committed to the disk, without making anyone wait."""
    try:
        with closing(sqlite3.connect(database)) as opened:
            opened.execute("PRAGMA wal_checkpoint(PASSIVE)")
    except sqlite3.Error as error:
        # The looks are committed; the next second or the next change flushes them.
        log.warning("looks_not_flushed", error=type(error).__name__)


flusher = Flusher()
