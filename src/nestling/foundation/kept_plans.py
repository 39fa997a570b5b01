"""Plans that PostgreSQL keeps: a prepared statement asked for again need not be planned again.

To plan a statement takes PostgreSQL longer than to run it, for the walls of row-level security
stand in it for each table. A statement of `prepared` that a connection has used a few times is
therefore prepared on the server. Only what differs from call to call is left open, by its type,
and that is ids, days and moments: one plan serves them all alike. What people type in a search is
no such value, and its statements are planned each time.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection

USED_BEFORE = 3
"""Uses on one connection before its server is asked to keep the plan."""
MOST_KEPT = 300
"""Plans that one connection asks for; each takes the server some tens of kilobytes."""
PARAMETER = re.compile("%[s%]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where among the given values a parameter is found."""

    place: int


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL and its parameters, a `Place` where a given value stands; ``number`` is its own.

    Two statements may differ in a constant alone, so SQL does not tell them apart.
    """

    number: int
    sql: str
    parameters: tuple[Any, ...]

    @property
    def name(self) -> str:
        """Its name on a server that keeps it."""
        return f"nestling_{self.number}"


@dataclass(slots=True)
class Kept:
    """The statements that one connection has used and those that its server keeps, by number."""

    uses: Counter[int] = field(default_factory=Counter)
    numbers: set[int] = field(default_factory=set)


_kept: WeakKeyDictionary[Any, Kept] = WeakKeyDictionary()


def is_kept(statement: Statement, given: Sequence[Any]) -> bool:
    """Whether the server keeps this statement for this connection, from now on if it is due."""
    if connection.vendor != "postgresql" or not settings.KEEP_PLANS:
        return False
    connection.ensure_connection()
    kept = _kept.setdefault(connection.connection, Kept())
    if statement.number in kept.numbers:
        return True
    types = types_of(given) if _is_due(statement, kept) else None
    if types is None:
        return False
    _prepare(statement, types)
    kept.numbers.add(statement.number)
    return True


def _is_due(statement: Statement, kept: Kept) -> bool:
    kept.uses[statement.number] += 1
    return kept.uses[statement.number] > USED_BEFORE and len(kept.numbers) < MOST_KEPT


def _prepare(statement: Statement, types: Sequence[str]) -> None:
    """Have the server keep a statement; it asks nothing, so no page's statements count it."""
    opened = f" ({', '.join(types)})" if types else ""
    with connection.connection.cursor() as cursor:
        cursor.execute(f"PREPARE {statement.name}{opened} AS {opened_sql(statement)}")


def opened_sql(statement: Statement) -> str:
    """A statement with numbers where the given values stand, and all else as it is."""
    from psycopg import sql  # noqa: PLC0415 - there is none without PostgreSQL

    following = iter(statement.parameters)

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        value = next(following)
        if isinstance(value, Place):
            return f"${value.place + 1}"
        return sql.Literal(value).as_string(connection.connection)

    return PARAMETER.sub(written, statement.sql)


def types_of(given: Sequence[Any]) -> list[str] | None:
    """PostgreSQL's types of given values; ``None`` where one is of another kind."""
    types = [_type_of(value) for value in given]
    return None if None in types else [str(one) for one in types]


def _type_of(value: Any) -> str | None:
    if isinstance(value, list):
        return "uuid[]"
    for kind, name in ((UUID, "uuid"), (datetime, "timestamptz"), (date, "date")):
        if isinstance(value, kind):
            return name
    return None
