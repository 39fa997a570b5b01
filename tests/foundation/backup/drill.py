"""A service of made-up people that is written to, copied, destroyed and put back."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nestling.foundation.backup import postgres_copy, sqlite_copy
from nestling.foundation.backup.contents import Contents
from nestling.foundation.backup.postgres_copy import Server

FAMILIES = 6
COMMAND = "from nestling.cli import main; raise SystemExit(main())"
WRITER = """
import django
django.setup()
from nestling.accounts.models import Team
from nestling.foundation import audit
number = 0
while True:
    team = Team.objects.order_by("slug")[0]
    audit.change(team, {"phone": str(number := number + 1)}, by=None)
    audit.record_event("noted", about=team, by=None)
    if number == 3:
        print("writing", flush=True)
"""


@dataclass(frozen=True)
class Service:
    """A data folder and, on PostgreSQL, the address of its database."""

    folder: Path
    url: str

    def environment(self) -> dict[str, str]:
        """What a command of this service reads."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("NESTLING_", "DJANGO_", "DATABASE_"))
        }
        return {
            **kept,
            "NESTLING_DATA_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "nestling.config.settings.demo",
            **({"DATABASE_URL": self.url} if self.url else {}),
        }

    def nestling(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command on this service."""
        return subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-c", COMMAND, *words, "--data-dir", str(self.folder)],
            env=self.environment(),
            check=False,
            capture_output=True,
            text=True,
        )

    def contents(self) -> Contents:
        """What its database holds."""
        if self.url:
            return postgres_copy.contents_of(Server.at(self.url))
        return sqlite_copy.contents_of(self.folder / "nestling.sqlite3")

    def destroy(self) -> None:
        """Lose everything but the keys."""
        for file in self.folder.glob("*.*"):
            file.unlink()
        if self.url:
            server = Server.at(self.url)
            postgres_copy.manage(server, "DROP DATABASE {}", server.name)

    @contextmanager
    def written_to(self) -> Iterator[None]:
        """Someone changes records and logs without a pause within this block."""
        with subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", WRITER],
            env=self.environment(),
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            try:
                assert writer.stdout is not None
                assert writer.stdout.readline() == "writing\n"
                yield
                assert writer.poll() is None, "the writer fell over"
            finally:
                writer.kill()


@contextmanager
def service(folder: Path, *, server_url: str) -> Iterator[Service]:
    """A service of made-up people; on PostgreSQL in a database of its own."""
    url = ""
    if server_url:
        home = Server.at(server_url)
        own = home.another(f"nestling_drill_{secrets.token_hex(4)}")
        postgres_copy.manage(home, "CREATE DATABASE {}", own.name)
        url = own.url
    made = Service(folder=folder, url=url)
    done = made.nestling("demo", "--no-serve", "--families", str(FAMILIES))
    assert done.returncode == 0, done.stderr
    try:
        yield made
    finally:
        if url:
            remove_all(Server.at(url))


def remove_all(server: Server) -> None:
    """Remove a drill's databases, also those that were put aside."""
    with server.another("postgres").connect() as connection:
        found = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{server.name}%"]
        ).fetchall()
    for (name,) in found:
        postgres_copy.manage(server, "DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def timed() -> Iterator[list[float]]:
    """How long a block took, in seconds."""
    took: list[float] = []
    started = time.monotonic()
    yield took
    took.append(time.monotonic() - started)
