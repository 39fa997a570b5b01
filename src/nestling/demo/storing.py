"""Storing very many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from nestling.demo.copying import Model, columns_of

Rows = defaultdict[Model, list[list[Any]]]


def store(rows: Rows, *, order: list[Model]) -> int:
    """Write rows, table after table, and forget them; how many there were."""
    count = 0
    for model in order:
        found = rows.pop(model, [])
        if found:
            _write(model, found)
        count += len(found)
    return count


def _write(model: Model, rows: list[list[Any]]) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in columns_of(model))
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608 - our own names


@contextmanager
def written_fast() -> Iterator[None]:
    """Settings for one large write into a database that no one uses yet.

    On SQLite memory for pages and no waiting for the disk; outside a transaction, references are
    not looked up row by row either. PostgreSQL keeps its settings.
    """
    if connection.vendor != "sqlite":
        yield
        return
    before = {name: _pragma(name) for name in ("cache_size", "synchronous")}
    alone = not connection.in_atomic_block
    _pragma("cache_size", -1_000_000)
    if alone:
        _pragma("synchronous", 0)
        connection.disable_constraint_checking()
    try:
        yield
    finally:
        if alone:
            connection.enable_constraint_checking()
            _pragma("synchronous", before["synchronous"])
        _pragma("cache_size", before["cache_size"])


def _pragma(name: str, value: int | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}" if value is None else f"PRAGMA {name} = {value}")
        found = cursor.fetchone()
    return 0 if found is None else int(found[0])


def count_up() -> None:
    """Let PostgreSQL count its rows anew, so that it plans well.

    SQLite plans better without: of a column that is mostly empty it would learn only that one
    value, the empty one, is in most rows, and read whole tables where an index leads to two rows.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
