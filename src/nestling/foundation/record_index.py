"""The index of the log of looks, from a record to the looks that showed it.

A list shows a hundred and fifty records and is one row of the log. A row for each record made the
log fifteen times as large, and wrote to a hundred and fifty pages of the database at every look.
PostgreSQL has an inverted index for such columns (GIN), SQLite has FTS5, whose words here are
identifiers. Neither holds anything that the log does not: `chain_check` compares SQLite's with it,
PostgreSQL's cannot be written to apart from it.

Where FTS5 is missing, every look is read.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL

ENTRIES = "foundation_accesslogentry"
WORDS = "foundation_shown"
"""SQLite: the index; it reads the words from the log itself and keeps none."""
TRIGGER = "foundation_shown_added"
FUNCTION = "nestling_looks_at"
READ_AT_ONCE = 10_000
_TABLE = (
    f"CREATE VIRTUAL TABLE {WORDS} USING"
    f" fts5(shown, content = '{ENTRIES}', content_rowid = 'id', detail = none, columnsize = 0)"
)
_ADD = f"INSERT INTO {WORDS} (rowid, shown) VALUES (new.id, new.shown)"  # noqa: S608 - our own names
_ON_LOOK = (
    f"CREATE TRIGGER {TRIGGER} AFTER INSERT ON {ENTRIES} WHEN new.shown <> '' BEGIN {_ADD}; END"
)
SQLITE = (
    f"DROP TRIGGER IF EXISTS {TRIGGER}",
    f"DROP TABLE IF EXISTS {WORDS}",
    _TABLE,
    f"INSERT INTO {WORDS} ({WORDS}) VALUES ('rebuild')",  # noqa: S608 - our own names
    _ON_LOOK,
)
# A look is put into a short list first and sorted into the index with others: in parts so small
# that whoever's look fills the list does not notice.
_GIN = (
    f"CREATE INDEX IF NOT EXISTS access_by_record ON {ENTRIES} USING gin (shown)"
    " WITH (gin_pending_list_limit = 256)"
)
# Under row-level security a comparison that is not leakproof never reaches an index, so the
# function finds looks as the owner; whoever asks still reads only their own organisation's.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}(record uuid) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 SET search_path FROM CURRENT
AS $$ SELECT id FROM {ENTRIES} WHERE shown @> ARRAY[record] $$"""  # noqa: S608 - our own names
POSTGRESQL = (_GIN, _FUNCTION)


def put_in_place(**_: Any) -> None:
    """Make the index where it is missing: a table that was made anew has lost its trigger."""
    if ENTRIES not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, ENTRIES)
    if "shown" not in {column.name for column in columns} or stands(connection):
        return
    statements = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except DatabaseError:
        if connection.vendor == "postgresql":
            raise
        # This SQLite was built without FTS5.


def stands(database: BaseDatabaseWrapper) -> bool:
    """Whether a database has the index."""
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute("SELECT to_regproc(%s) IS NOT NULL", [FUNCTION])
        else:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = %s", [TRIGGER])
        return bool(cursor.fetchone()[0])


def showing(record: UUID) -> Q:
    """The condition that a look showed a record."""
    if connection.vendor == "postgresql":
        return Q(pk__in=RawSQL(f"SELECT {FUNCTION}(%s)", [record]))  # noqa: S611 - our own name
    if not stands(connection):
        read = f"SELECT id FROM {ENTRIES} WHERE instr(shown, %s)"  # noqa: S608 - our own names
        return Q(pk__in=RawSQL(read, [record.hex]))  # noqa: S611 - our own name
    found = f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s"  # noqa: S608 - our own names
    return Q(pk__in=RawSQL(found, [f'"{record.hex}"']))  # noqa: S611 - our own name


def possible(database: BaseDatabaseWrapper) -> bool:
    """Whether this SQLite was built with FTS5."""
    with database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'")
        return bool(cursor.fetchone()[0])


def sum_of(look: int, records: Iterable[str]) -> int:
    """A number that follows from what a look showed, whatever its order.

    Of Python's own hashes, which differ from run to run, so that nobody without a hold on the
    process can prepare other records with the same sum.
    """
    return sum(hash((look, record)) for record in set(records))


def sum_of_index(database: BaseDatabaseWrapper, *, end: int) -> int:
    """The sum of all that SQLite's index holds of looks up to a position; nothing is locked."""
    pairs = pairs_indexed(database)
    return sum(sum_of(look, (record,)) for record, look in pairs if look <= end)


def sums_by_look(database: BaseDatabaseWrapper) -> dict[int, int]:
    """The same for each look; it takes memory for every look there is."""
    found: dict[int, int] = {}
    for record, look in pairs_indexed(database):
        found[look] = found.get(look, 0) + sum_of(look, (record,))
    return found


def pairs_indexed(database: BaseDatabaseWrapper) -> Iterator[tuple[str, int]]:
    """Every record and look that SQLite's index holds."""
    with database.cursor() as cursor:
        cursor.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.foundation_shown_pairs"
            f" USING fts5vocab('main', '{WORDS}', 'instance')"
        )
        cursor.execute("SELECT term, doc FROM temp.foundation_shown_pairs")
        while some := cursor.fetchmany(READ_AT_ONCE):
            yield from some
