"""Row-level security in a test's transaction: the policies, and work as the application's role."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from nestling.foundation.row_security import is_walled, policies, roles, use
from nestling.foundation.row_security.paths import Path, Way, path_of, quoted

ROLE = "nestling_test_application"


def put_up() -> None:
    """The policies and a role that they hold; gone with the test's transaction."""
    with connection.cursor() as cursor:
        # What waits to be checked would stand in the way of changing the tables.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP ROLE IF EXISTS {ROLE}")
        cursor.execute(f"CREATE ROLE {ROLE} NOBYPASSRLS")
        policies.put_in_place()
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    roles.grant_to(ROLE)


@contextmanager
def as_application(organisation_id: UUID | None = None) -> Iterator[None]:
    """Work as the application does; its rows stay, unless something is raised."""
    if not is_walled():
        yield
        return
    inner = transaction.atomic()
    # As in a test's own block: the access log's durable one may stand in it.
    inner._from_testcase = True  # type: ignore[attr-defined]
    with inner:
        say(f"SET LOCAL ROLE {ROLE}")
        use(organisation_id)
        yield
        say("RESET ROLE")
        use(None)


def say(statement: str, *values: Any) -> None:
    """Run a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def rows_in(model: type[models.Model]) -> int:
    """How many rows a plain SELECT of a table gives."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {quoted(model)}")  # noqa: S608 - our own tables
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def organisation_of(row: models.Model) -> UUID | None:
    """The organisation that a row's way leads to, walked row by row."""
    path: Path = path_of(type(row))
    field = next(one for one in row._meta.concrete_fields if one.column == path.column)
    if path.way in (Way.ORGANISATION, Way.LOG):
        return getattr(row, field.attname)  # type: ignore[no-any-return]
    target = getattr(row, field.name)
    if path.way is Way.PARENT:
        return organisation_of(target)
    return target.organisation_id  # type: ignore[no-any-return]
