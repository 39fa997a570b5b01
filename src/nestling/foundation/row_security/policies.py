"""The policies themselves: statements for PostgreSQL, put in place again after every migration.

A row is there for a transaction if its way leads to the transaction's organisation. It may be
written if, besides, everything that it names is there: no row of one organisation ever points at
a row of another. Policies speak to every role but the tables' owner, who migrates and backs up.

Ways are written so that they are worked out once a statement, not once a row: an organisation and
its teams as settings of the transaction. A row that hangs on another carries its organisation
(`carried`), so that to read it asks for no parent; to write it does.
"""

from collections.abc import Iterator

from django.db import connection, models, transaction

from nestling.foundation.row_security import carried
from nestling.foundation.row_security.paths import (
    LOGS,
    Path,
    Way,
    path_of,
    quote,
    quoted,
    references,
    walled_models,
)

POLICY = "nestling_wall"
ORGANISATION = "(SELECT nullif(current_setting('nestling.organisation', true), '')::uuid)"
TEAMS = "ANY ((SELECT nullif(current_setting('nestling.teams', true), '')::uuid[])::uuid[])"
"""Both are settings of the transaction (`scope.use`), read some forty times a page."""
APPEND_ONLY = tuple(sorted(LOGS))
FUNCTIONS = """
CREATE OR REPLACE FUNCTION nestling_organisation() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('nestling.organisation', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION nestling_new_team() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN
  PERFORM set_config('nestling.teams', array_append(
    coalesce(nullif(current_setting('nestling.teams', true), '')::uuid[], '{}'), NEW.id
  )::text, true) WHERE NEW.organisation_id = nestling_organisation();
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS nestling_new_team ON accounts_team;
CREATE TRIGGER nestling_new_team AFTER INSERT ON accounts_team
FOR EACH ROW EXECUTE FUNCTION nestling_new_team();
"""
"""A team that is made counts among its organisation's teams from that moment on."""


@transaction.atomic
def put_in_place() -> int:
    """Wall every table that holds something about a family; how many there are.

    Raises:
        NoPathError: a table leads to no organisation.
    """
    walled = walled_models()
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        carrying = [path for path in map(path_of, walled) if carried.carries(path)]
        for path in sorted(carrying, key=carried.depth_of):
            for statement in carried.statements_of(path):
                cursor.execute(statement)
            if cursor.rowcount > 0:
                # Before it had statistics of a column just filled in, a search took seconds.
                cursor.execute(f"ANALYZE {quoted(path.model)}")
        for model in walled:
            for statement in statements_of(model):
                cursor.execute(statement)
        cursor.execute("DROP FUNCTION IF EXISTS nestling_teams()")  # of older policies
    return len(walled)


def statements_of(model: type[models.Model]) -> Iterator[str]:
    """What walls one table, whatever stood there before."""
    table = quoted(model)
    path = path_of(model)
    if path.way is Way.LOG:
        yield from remember_the_writer(table)
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS {POLICY} ON {table}"
    yield (
        f"CREATE POLICY {POLICY} ON {table} "
        f"USING ({seen(path)}) WITH CHECK ({' AND '.join(may_be_written(path))})"
    )


def remember_the_writer(table: str) -> Iterator[str]:
    """A column of the database's own: a log's row about a row without organisation has one too.

    An event about, say, who was present at a contact names neither organisation nor team. The
    database notes for whom its transaction worked. The column is no part of what is signed.
    """
    yield f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS walled_by uuid"
    yield f"ALTER TABLE {table} ALTER COLUMN walled_by SET DEFAULT nestling_organisation()"


def seen(path: Path) -> str:
    """The condition under which a row is read: what it carries, or where its way leads."""
    if carried.carries(path):
        return f"{quoted(path.model)}.{carried.COLUMN} = {ORGANISATION}"
    return there(path)


def there(path: Path) -> str:
    """The condition under which a row is there for this transaction."""
    column = f"{quoted(path.model)}.{quote(path.column)}"
    match path.way:
        case Way.ORGANISATION:
            return f"{column} = {ORGANISATION}"
        case Way.TEAM:
            return f"{column} = {TEAMS}"
        case Way.LOG:
            return f"coalesce({column}, {quoted(path.model)}.walled_by) = {ORGANISATION}"
        case Way.USER:
            return f"{exists(path, column)} AND parent.organisation_id = {ORGANISATION})"
        case Way.PARENT:
            return f"{exists(path, column)})"


def exists(path: Path, column: str) -> str:
    """The beginning of a question whether the row that a column names is there."""
    if path.parent is None:
        raise ValueError(f"{path.model._meta.label} hangs on nothing")
    key = quote(path.parent._meta.pk.column)
    return f"EXISTS (SELECT 1 FROM {quoted(path.parent)} parent WHERE parent.{key} = {column}"  # noqa: S608 - our own tables


def may_be_written(path: Path) -> Iterator[str]:
    """The conditions under which a row may be written: it is there, and so is what it names."""
    yield there(path)
    if carried.carries(path):
        yield seen(path)
    for other in references(path.model):
        if other.column == path.column or leads_through(other, path.model):
            continue
        column = f"{quoted(path.model)}.{quote(other.column)}"
        yield f"({column} IS NULL OR {there(other)})"


def leads_through(path: Path, model: type[models.Model]) -> bool:
    """Whether a row's way comes by a model's own table: PostgreSQL refuses to go in circles."""
    while path.way is Way.PARENT and path.parent is not None:
        if path.parent is model:
            return True
        path = path_of(path.parent)
    return False
