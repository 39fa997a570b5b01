"""A SQLite database copied while it is written to, and its contents."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from nestling.foundation.backup.contents import Contents

PAGES_AT_ONCE = 4000
TABLES = """
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^'
"""
OnProgress = Callable[[float], None]


def take(source: Path, target: Path, *, on_progress: OnProgress) -> Contents:
    """Copy a database as it stands at one moment, whoever writes meanwhile.

    An open reading transaction holds the moment fast: in write-ahead mode readers see one state
    and writers go on.
    """
    with closing(connect(source)) as live, closing(connect(target)) as copy:
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        live.backup(
            copy,
            pages=PAGES_AT_ONCE,
            progress=lambda _, left, whole: on_progress(1 - left / max(whole, 1)),
        )
        live.execute("ROLLBACK")
        # One file, without the one beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
        return contents_in(copy)


def contents_of(file: Path) -> Contents:
    """What a database file holds."""
    with closing(connect(file)) as database:
        return contents_in(database)


def contents_in(database: sqlite3.Connection) -> Contents:
    """What an open database holds."""
    found = database.execute(TABLES)
    names = [str(name) for (name,) in found]
    return Contents.counted(names, lambda question: database.execute(question).fetchall())


def faults_in(file: Path) -> list[str]:
    """What SQLite itself finds wrong in a file."""
    with closing(connect(file)) as database:
        words = [str(line) for (line,) in database.execute("PRAGMA integrity_check")]
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
    faults = [] if words == ["ok"] else words
    return faults + [f"{table}: a reference leads nowhere" for table, *_ in broken[:10]]


def connect(file: Path) -> sqlite3.Connection:
    """An open database; it waits for others rather than fail."""
    return sqlite3.connect(file, timeout=60, isolation_level=None)
