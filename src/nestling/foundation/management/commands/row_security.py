"""`python -m django row_security --role nestling_app`: the second wall, put in place or renewed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nestling.foundation.row_security import is_walled, policies, roles


class Command(BaseCommand):
    """Walls every table that holds something about a family, by organisation."""

    help = "Puts row-level security in place (PostgreSQL). Run as the owner, after each migration."

    def add_arguments(self, parser: CommandParser) -> None:
        """The application's role."""
        parser.add_argument("--role", default="", help="the role that the application signs in as")

    def handle(self, *_: Any, role: str, **__: Any) -> None:
        """Put the policies in place and let the role work."""
        if not is_walled():
            self.stdout.write("SQLite has no row-level security: nothing to do.")
            return
        count = policies.put_in_place()
        try:
            if role:
                roles.grant_to(role)
        except roles.RoleError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} tables are walled by organisation.")
