"""Rows that carry their organisation: the database notes it as a row is added, from its parent.

A row that hangs on another belongs to that row's organisation. To ask for the parent each time a
row is read is the larger part of a long list's time, for parents hang on parents. The database
therefore keeps the organisation in a column of its own, ``walled_by``, of which Django knows
nothing; a trigger fills it in from the parent, whatever a statement says. No row changes its
organisation, nor does a row's parent.
"""

from collections.abc import Iterator

from django.db import connection, models

from nestling.foundation.row_security.paths import Path, Way, path_of

COLUMN = "walled_by"


def carries(path: Path) -> bool:
    """Whether rows carry their organisation: those that hang on others, but for shown records.

    The records of a look are many and always read by their entry; they ask for it.
    """
    if path.way is not Way.PARENT or path.parent is None:
        return False
    above = path_of(path.parent)
    return above.way in (Way.ORGANISATION, Way.TEAM) or carries(above)


def depth_of(path: Path) -> int:
    """How many rows lie between a row and the one that names an organisation or team."""
    return 0 if path.parent is None or path.way is not Way.PARENT else 1 + depth_of(above(path))


def above(path: Path) -> Path:
    """The way of the row on which another hangs.

    Raises:
        ValueError: it hangs on none.
    """
    if path.parent is None:
        raise ValueError(f"{path.model._meta.label} hangs on nothing")
    return path_of(path.parent)


def statements_of(path: Path) -> Iterator[str]:
    """The column, what fills it in as rows are added, and the rows that are there already."""
    table, parent = quoted(path.model), quoted(above(path).model)
    column, key = quote(path.column), quote(above(path).model._meta.pk.column)
    found = organisation_in("parent", above(path))
    name = quote(f"nestling_carry_{path.model._meta.db_table}"[:60])
    yield f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {COLUMN} uuid"
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608 - our own tables
        # Where the parent is yet to come, as when a copy is put back, what was copied stays.
        f"NEW.{COLUMN} := coalesce((SELECT {found} FROM {parent} parent "
        f"WHERE parent.{key} = NEW.{column}), NEW.{COLUMN}); RETURN NEW; END $$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER nestling_carry BEFORE INSERT OR UPDATE OF {column}, {COLUMN} "
        f"ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
    yield (
        f"UPDATE {table} row SET {COLUMN} = {found} FROM {parent} parent "  # noqa: S608 - our own tables
        f"WHERE row.{COLUMN} IS NULL AND parent.{key} = row.{column}"
    )


def organisation_in(name: str, path: Path) -> str:
    """A row's organisation, from the row itself under a name."""
    column = f"{name}.{quote(path.column)}"
    if path.way is Way.ORGANISATION:
        return column
    if path.way is Way.TEAM:
        return f"(SELECT team.organisation_id FROM accounts_team team WHERE team.id = {column})"  # noqa: S608 - our own tables
    return f"{name}.{COLUMN}"


def quoted(model: type[models.Model]) -> str:
    """The name of a model's table."""
    return quote(model._meta.db_table)


def quote(name: str) -> str:
    """A name as SQL takes it."""
    return connection.ops.quote_name(name)
