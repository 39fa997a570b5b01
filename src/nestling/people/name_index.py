"""The index of parts of names: trigrams, by FTS5 on SQLite and by `pg_trgm` on PostgreSQL.

A word of three letters or more is found anywhere in a name, a shorter one where a word begins: the
same on every database. Names are indexed with two spaces before each word on SQLite (PostgreSQL
adds them itself), so that one letter, or two, at the beginning of a word make a trigram too.

The index is put in place after every migration. Where FTS5 or `pg_trgm` is missing, the same names
are found by reading them all.
"""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

QuerySetT = TypeVar("QuerySetT", bound=QuerySet[Any, Any])
TRIGRAM = 3
WORDS = "people_name_words"
"""SQLite's index: each name with the person whose it is."""
NUMBERS = "people_name_numbers"
"""SQLite: the place of each person in the index."""
TRIGGERS = ("people_name_added", "people_name_changed", "people_name_removed")
_SPACED = "'  ' || replace(new.search_name, ' ', '  ')"
_ADD = (
    f" INSERT INTO {NUMBERS} (person_id) VALUES (new.id);"  # noqa: S608 - our own names
    f" INSERT INTO {WORDS} (rowid, words, person_id)"
    f" SELECT number, {_SPACED}, new.id FROM {NUMBERS} WHERE person_id = new.id;"
)
_REMOVE = (
    f" DELETE FROM {WORDS} WHERE rowid ="  # noqa: S608 - our own names
    f" (SELECT number FROM {NUMBERS} WHERE person_id = old.id);"
    f" DELETE FROM {NUMBERS} WHERE person_id = old.id;"
)
_TABLE = (
    f"CREATE VIRTUAL TABLE {WORDS} USING"
    " fts5(words, person_id UNINDEXED, tokenize = 'trigram case_sensitive 1')"
)
_FILL = (
    f"INSERT INTO {WORDS} (rowid, words, person_id)"  # noqa: S608 - our own names
    f" SELECT number, {_SPACED.replace('new.', '')}, id FROM people_person"
    f" JOIN {NUMBERS} ON person_id = id"
)
_ON_CHANGE = (
    f"CREATE TRIGGER {TRIGGERS[1]} AFTER UPDATE OF search_name ON people_person"
    f" WHEN old.search_name <> new.search_name BEGIN {_REMOVE} {_ADD} END"
)
SQLITE = (
    *(f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS),
    f"DROP TABLE IF EXISTS {WORDS}",
    f"DROP TABLE IF EXISTS {NUMBERS}",
    f"CREATE TABLE {NUMBERS} (number integer PRIMARY KEY, person_id char(32) NOT NULL UNIQUE)",
    _TABLE,
    f"INSERT INTO {NUMBERS} (person_id) SELECT id FROM people_person",  # noqa: S608 - our own names
    _FILL,
    f"CREATE TRIGGER {TRIGGERS[0]} AFTER INSERT ON people_person BEGIN {_ADD} END",
    _ON_CHANGE,
    f"CREATE TRIGGER {TRIGGERS[2]} AFTER DELETE ON people_person BEGIN {_REMOVE} END",
)
FUNCTION = "nestling_named_in"
# Under row-level security a comparison that is not leakproof never reaches an index: the function
# looks ids up as the owner, and only in the organisation that is in use. A name that thousands of
# an organisation bear is narrowed down to a team's families here, for every id costs its reader.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}(patterns text[], teams uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path FROM CURRENT AS $$
BEGIN
  RETURN QUERY EXECUTE (
    SELECT 'SELECT person.id FROM people_person person WHERE '
      || string_agg(format('('' '' || person.search_name) LIKE %L', pattern), ' AND ')
      || coalesce(' AND person.organisation_id = '
           || quote_literal(nullif(current_setting('nestling.organisation', true), '')), '')
      || CASE WHEN teams IS NULL THEN '' ELSE
           ' AND EXISTS (SELECT 1 FROM people_familymember member'
           ' JOIN people_family family ON family.id = member.family_id'
           ' WHERE member.person_id = person.id AND family.team_id = ANY ($1))' END
    FROM unnest(patterns) AS pattern) USING teams;
END $$"""  # noqa: S608 - our own names
_OLDER = "DROP FUNCTION IF EXISTS nestling_named(text[])"
_GIN = (
    "CREATE INDEX IF NOT EXISTS person_by_part_of_name ON people_person"
    " USING gin ((' ' || search_name) gin_trgm_ops)"
)
POSTGRESQL = ("CREATE EXTENSION IF NOT EXISTS pg_trgm", _GIN, _FUNCTION, _OLDER)


def put_in_place(**_: Any) -> None:
    """Make the index where it is missing: a table that was made anew has lost its triggers."""
    if "people_person" not in connection.introspection.table_names():
        return
    if _stands():
        _forget(there=True)
    elif connection.vendor == "postgresql":
        _on_postgresql()
    else:
        _on_sqlite()


def holding(words: Sequence[str], *, teams: Sequence[UUID] | None = None) -> Q:
    """The condition that a person's names hold every word; words as `words_to_find` gives them.

    With ``teams`` persons who belong to no family of these teams may be left out.
    """
    if not is_there():
        return Q(pk__in=reading(_persons(), words))
    if connection.vendor == "postgresql":
        patterns = [f"%{_escaped(_sought(word))}%" for word in words]
        given = [patterns, None if teams is None else list(teams)]
        return Q(pk__in=RawSQL(f"SELECT {FUNCTION}(%s, %s::uuid[])", given))  # noqa: S611 - our own name
    match = " ".join(f'"{_spaced(word)}"' for word in words)
    found = f"SELECT person_id FROM {WORDS} WHERE {WORDS} MATCH %s"  # noqa: S608 - our own names
    return Q(pk__in=RawSQL(found, [match]))  # noqa: S611 - our own names


def reading(persons: QuerySetT, words: Sequence[str]) -> QuerySetT:
    """Those of some persons whose names hold every word, without the index: each name is read."""
    spaced = Concat(Value(" "), F("search_name"), output_field=CharField())
    return persons.alias(spaced=spaced).filter(*map(_contained, words))


def is_there() -> bool:
    """Whether this database has the index; asked once."""
    known: bool | None = getattr(connection, "nestling_name_index", None)
    if known is None:
        known = _stands()
        connection.nestling_name_index = known  # type: ignore[attr-defined]
    return known


def _persons() -> Any:
    from nestling.people.models import Person  # noqa: PLC0415 - the model itself asks this module

    return Person._base_manager.order_by().values_list("pk")


def _contained(word: str) -> Q:
    return Q(spaced__contains=_sought(word))


def _sought(word: str) -> str:
    return word if len(word) >= TRIGRAM else f" {word}"


def _spaced(word: str) -> str:
    """A word as it stands in SQLite's index: short ones with the spaces before them."""
    return word if len(word) >= TRIGRAM else f"{' ' * (TRIGRAM - len(word))}{word}"


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _stands() -> bool:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT to_regproc(%s) IS NOT NULL", [FUNCTION])
        else:
            cursor.execute(
                "SELECT count(*) = 3 FROM sqlite_master WHERE type = 'trigger' AND name IN"
                " (%s, %s, %s)",
                TRIGGERS,
            )
        found = cursor.fetchone()
    return bool(found and found[0])


def _on_sqlite() -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in SQLITE:
                cursor.execute(statement)
    except DatabaseError:
        # This SQLite was built without FTS5: names are read one by one.
        _forget(there=False)
    else:
        _forget(there=True)


def _on_postgresql() -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in POSTGRESQL:
                cursor.execute(statement)
    except DatabaseError:
        # The extension is not installed, or this role may not create it.
        _forget(there=False)
    else:
        _forget(there=True)


def _forget(*, there: bool) -> None:
    connection.nestling_name_index = there  # type: ignore[attr-defined]
