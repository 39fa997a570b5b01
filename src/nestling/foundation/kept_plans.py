"""Plans that PostgreSQL keeps: a prepared statement asked for again need not be planned again.

To plan a statement takes PostgreSQL longer than to run it, for the walls of row-level security
stand in it for each table. A statement of `prepared` that a connection has used a few times is
therefore prepared on the server. Only what differs from call to call is left open, by its type,
and that is ids, days and moments: one plan serves them all alike. What people type in a search is
no such value, and its statements are planned each time.
"""

import re
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


@dataclass(slots=True)
class Kept:
    """What one connection has used and its server keeps, by SQL."""

    uses: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


_kept: WeakKeyDictionary[Any, Kept] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Place:
    """Where among the given values a parameter is found."""

    place: int


def name_of(sql: str, parameters: Sequence[Any], given: Sequence[Any]) -> str | None:
    """The name under which the server keeps this statement; ``None`` where it does not."""
    if connection.vendor != "postgresql" or not settings.KEEP_PLANS:
        return None
    connection.ensure_connection()
    kept = _kept.setdefault(connection.connection, Kept())
    name = kept.names.get(sql)
    if name is None and _is_due(kept, sql) and (types := types_of(given)) is not None:
        name = kept.names[sql] = f"nestling_{len(kept.names)}"
        _prepare(name, sql, parameters, types)
    return name


def _is_due(kept: Kept, sql: str) -> bool:
    uses = kept.uses[sql] = kept.uses.get(sql, 0) + 1
    return uses > USED_BEFORE and len(kept.names) < MOST_KEPT


def _prepare(name: str, sql: str, parameters: Sequence[Any], types: Sequence[str]) -> None:
    """Have the server keep a statement; it asks nothing, so no one's statements count it."""
    opened = f" ({', '.join(types)})" if types else ""
    with connection.connection.cursor() as cursor:
        cursor.execute(f"PREPARE {name}{opened} AS {opened_sql(sql, parameters)}")


def opened_sql(sql: str, parameters: Sequence[Any]) -> str:
    """A statement with numbers where the given values stand, and all else as it is."""
    from psycopg import sql as words  # noqa: PLC0415 - there is none without PostgreSQL

    following = iter(parameters)

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        value = next(following)
        if isinstance(value, Place):
            return f"${value.place + 1}"
        return words.Literal(value).as_string(connection.connection)

    return PARAMETER.sub(written, sql)


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
