"""The application's role: it reads and writes rows, owns no table, and goes round no wall."""

from django.apps import apps
from django.db import connection, transaction

from nestling.foundation.row_security.paths import quoted
from nestling.foundation.row_security.policies import APPEND_ONLY


class RoleError(ValueError):
    """A role cannot serve as the application's."""


@transaction.atomic
def grant_to(role: str) -> None:
    """Let a role read and write rows, and only add to the logs.

    Raises:
        RoleError: there is no such role, or no wall would hold it.
    """
    check_role(role)
    name = connection.ops.quote_name(role)
    logs = ", ".join(quoted(apps.get_model(label)) for label in APPEND_ONLY)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        cursor.execute(f"REVOKE UPDATE, DELETE ON {logs} FROM {name}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {name}")


def check_role(role: str) -> None:
    """Refuse a role that no policy would hold.

    Raises:
        RoleError: it does not exist, is a superuser, may bypass policies, or owns tables.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found is None:
            raise RoleError(f"there is no role {role}: CREATE ROLE {role} LOGIN PASSWORD '…'")
        if found[0]:
            raise RoleError(f"{role} is a superuser or has BYPASSRLS: no policy would hold it")
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = %s", [role]
        )
        owned = cursor.fetchone()
    if owned and owned[0]:
        raise RoleError(f"{role} owns {owned[0]} tables: an owner is not held by policies")


def holds_this_connection() -> bool:
    """Whether policies hold the role with which Nestling is connected now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        found = cursor.fetchone()
    try:
        check_role(str(found[0]) if found else "")
    except RoleError:
        return False
    return True
