"""Reading a log's rows as they are stored, page by page, without building models."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from nestling.foundation.chain_form import Form

PAGE = 2_000
TABLES = {"audit": "foundation_auditevent", "access": "foundation_accesslogentry"}
IDENTIFIERS = frozenset({"actor_id", "organisation_id", "team_id", "record_id"})
StoredRow = tuple[Any, ...]


def pages(
    database: BaseDatabaseWrapper, form: Form, *, after: int | None = None, size: int = PAGE
) -> Iterator[list[StoredRow]]:
    """The rows of a log in the order of their ids: the form's columns, what it showed, its mac.

    What a look showed is hexadecimal words with a space between; a log without looks has none.

    Each page is a statement of its own, so that no lock is held and memory stays small.
    """
    columns = ", ".join([*expressions(form, database.vendor), shown_as(form, database.vendor)])
    start = f"SELECT {columns}, mac FROM {TABLES[form.name]}"  # noqa: S608 - our own names
    last = after
    while True:
        where = "" if last is None else f" WHERE id > {int(last)}"
        with database.cursor() as cursor:
            cursor.execute(f"{start}{where} ORDER BY id LIMIT {size}")
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def expressions(form: Form, vendor: str) -> Sequence[str]:
    """The columns of a form as a database is asked for them, so that all give the same text."""
    json_column = form.columns[form.json_at]
    if vendor != "postgresql":
        # Joined to nothing, so that it stays the stored text and is not read as a moment.
        return ["at || ''" if column == "at" else column for column in form.columns]
    return [
        f"{column}::text" if column == json_column else plain_column(column, vendor)
        for column in form.columns
    ]


def shown_as(form: Form, vendor: str) -> str:
    """What a look showed, as every database gives the same text."""
    if not form.shown:
        return "''"
    postgresql = f"replace(array_to_string({form.shown}, ' ', 'none'), '-', '')"
    return postgresql if vendor == "postgresql" else form.shown


def plain_column(column: str, vendor: str) -> str:
    """One column, as text where databases differ."""
    if vendor != "postgresql":
        return column
    if column == "at":
        return "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    return f"replace({column}::text, '-', '')" if column in IDENTIFIERS else column


def last_position(database: BaseDatabaseWrapper, form: Form) -> int:
    """The highest id of a log; 0 when it is empty."""
    with database.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {TABLES[form.name]}")  # noqa: S608 - our own names
        return int(cursor.fetchone()[0])


def macs_at(database: BaseDatabaseWrapper, form: Form, positions: Sequence[int]) -> dict[int, str]:
    """The signatures that stand at positions, by position."""
    some = ", ".join(str(int(position)) for position in positions)
    with database.cursor() as cursor:
        cursor.execute(f"SELECT id, mac FROM {TABLES[form.name]} WHERE id IN ({some})")  # noqa: S608 - numbers
        return dict(cursor.fetchall())


def triggers(database: BaseDatabaseWrapper) -> frozenset[str]:
    """The names of all triggers that are in force."""
    postgres = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with database.cursor() as cursor:
        cursor.execute(postgres if database.vendor == "postgresql" else sqlite)
        return frozenset(name for (name,) in cursor.fetchall())


def row_security_hides(database: BaseDatabaseWrapper) -> bool:
    """Whether the database shows this role some rows of the logs only."""
    if database.vendor != "postgresql":
        return False
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(row_security_active(name)) FROM unnest(%s::text[]) AS name",
            [list(TABLES.values())],
        )
        return bool(cursor.fetchone()[0])
