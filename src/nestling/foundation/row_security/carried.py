"""Rows that carry their organisation: the database notes it as a row is added, from its parent.

A row that hangs on another belongs to that row's organisation. To ask for the parent each time a
row is read took a third of the time of the statement behind the waiting list, for parents hang on
parents. The database therefore keeps the organisation in a column of its own, ``walled_by``, of
which Django knows nothing; a trigger fills it in from the parent, whatever a statement says. It
follows that a row must not move to another organisation: nothing in Nestling does that.
"""

from collections.abc import Iterator

from nestling.foundation.row_security.paths import Path, Way, path_of, quote, quoted

COLUMN = "walled_by"


def carries(path: Path) -> bool:
    """Whether rows carry their organisation: those that hang on others."""
    return path.way is Way.PARENT


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
        f"NEW.{COLUMN} := (SELECT {found} FROM {parent} parent WHERE parent.{key} = NEW.{column}); "
        "RETURN NEW; END $$"
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
