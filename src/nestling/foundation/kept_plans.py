"""Plans that PostgreSQL keeps: a prepared statement asked for again need not be planned again.

To plan a statement takes PostgreSQL longer than to run it, for the walls of row-level security
stand in it for each table. The statements of `prepared` are therefore sent with their values
apart, and psycopg has the server prepare those that a connection asks for often
(``prepare_threshold``), as many as it keeps. Every constant is written into the SQL; only what
differs from call to call is left open, and that is ids, days and moments: one plan serves them all
alike. What people type in a search is no such value, and its statements are planned each time.
"""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.db import connection

PARAMETER = re.compile("%[s%]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where among the given values a parameter is found."""

    place: int


def cursor() -> AbstractContextManager[Any]:
    """A cursor of PostgreSQL's that sends values apart from the SQL, as Django's own does not.

    Elsewhere it is Django's own.
    """
    if connection.vendor != "postgresql":
        return connection.cursor()
    from psycopg import Cursor  # noqa: PLC0415 - there is none without PostgreSQL
    from psycopg.types.datetime import TimestamptzLoader  # noqa: PLC0415 - as above

    connection.ensure_connection()
    apart: Any = Cursor(connection.connection)
    # Django's own reader of moments is Python's, psycopg's is compiled: it took a tenth of a list.
    # The session's time zone is always Django's, so both read the same.
    apart.adapters.register_loader("timestamptz", TimestamptzLoader)
    if connection.queries_logged:
        return connection.make_debug_cursor(apart)
    return connection.make_cursor(apart)


def opened_sql(sql: str, parameters: Sequence[Any]) -> str:
    """A statement with names where given values stand, and each constant written in its place."""
    from psycopg.sql import Literal  # noqa: PLC0415 - as above

    connection.ensure_connection()
    following = iter(parameters)

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        value = next(following)
        if isinstance(value, Place):
            return f"%({name_of(value.place)})s"
        return Literal(value).as_string(connection.connection).replace("%", "%%")

    return PARAMETER.sub(written, sql)


def named(given: Sequence[Any]) -> dict[str, Any]:
    """Given values under the names that stand for them in `opened_sql`."""
    return {name_of(place): value for place, value in enumerate(given)}


def name_of(place: int) -> str:
    """The name of a given value."""
    return f"given_{place}"
