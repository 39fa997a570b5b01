"""For which organisation the present transaction works."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest

SETTING = "nestling.organisation"
USE = """
SELECT set_config('nestling.organisation', %s::text, true),
  set_config('nestling.teams', coalesce((SELECT array_agg(id)::text FROM accounts_team
    WHERE organisation_id = nullif(%s::text, '')::uuid), ''), true)
"""
"""The organisation and its teams: the teams are read once, and not in each condition of a wall."""
SESSION_KEY = "row_security_organisation"
SAVEPOINT = "nestling_request"
"""The beginning of a request's work, and where a request says that it has one."""
ViewT = TypeVar("ViewT", bound=Callable[..., object])


def is_walled() -> bool:
    """Whether the database can hold the second wall."""
    return connection.vendor == "postgresql"


def use(organisation_id: UUID | str | None, *, savepoint: str = "") -> None:
    """From here to the end of the transaction only this organisation's rows are there.

    Outside a transaction it would be forgotten at once, so that is an error of the program. A
    ``savepoint`` of that name, one of our own, is set behind it in the same journey.
    """
    if not is_walled():
        return
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an organisation is set in a transaction")
    chosen = str(organisation_id or "")
    then = f"; SAVEPOINT {savepoint}" if savepoint else ""
    with connection.cursor() as cursor:
        cursor.execute(USE + then, [chosen, chosen])


def take_back(request: HttpRequest) -> None:
    """Undo all that a request did in its transaction, which can then be used again."""
    if not getattr(request, SAVEPOINT, False):
        return
    transaction.set_rollback(False)
    # What waited for the commit was about what is undone.
    connection.run_on_commit.clear()
    transaction.savepoint_rollback(SAVEPOINT)


def in_use() -> str:
    """The organisation of this transaction; empty where none is set."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [SETTING])
        found = cursor.fetchone()
    return str(found[0] or "") if found else ""


@contextmanager
def organisation(organisation_id: UUID | str | None) -> Iterator[None]:
    """A transaction that works for one organisation; for commands, and inside another's too.

    ``with row_security.organisation(team.organisation_id): …``
    """
    if not is_walled():
        yield
        return
    with transaction.atomic():
        before = in_use()
        use(organisation_id)
        yield
        use(before)


def for_visitors(view: ViewT) -> ViewT:
    """Mark a page without sign-in: its organisation is the one that the visitor chose."""
    view.for_visitors = True  # type: ignore[attr-defined]
    return view


def organisation_of(request: HttpRequest) -> UUID | str | None:
    """The organisation of whoever is signed in, else the one that a visitor chose."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return user.organisation_id  # type: ignore[no-any-return]
    session = getattr(request, "session", {})
    return session.get(SESSION_KEY)


def enter(request: HttpRequest, organisation_id: UUID) -> None:
    """A visitor without an account chose a team: work for its organisation, on later pages too."""
    request.session[SESSION_KEY] = str(organisation_id)
    use(organisation_id)
