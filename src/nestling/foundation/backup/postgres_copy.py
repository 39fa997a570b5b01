"""A PostgreSQL database dumped at one moment, and put back beside the one that is there."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import dj_database_url
import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from nestling.foundation.backup.contents import Contents

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


class PostgresError(RuntimeError):
    """PostgreSQL, or one of its programs, did not do what was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A database and how to sign in to it."""

    name: str
    user: str
    password: str
    host: str
    port: str

    @classmethod
    def at(cls, url: str) -> Self:
        """From an address such as `DATABASE_URL` holds."""
        found = dj_database_url.parse(url)
        values = {
            key: str(found.get(key) or "") for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")
        }
        return cls(**{key.lower(): value for key, value in values.items()})

    @property
    def url(self) -> str:
        """The address again."""
        word = f":{quote(self.password, safe='')}" if self.password else ""
        port = f":{self.port}" if self.port else ""
        host = quote(self.host, safe="")
        return f"postgres://{quote(self.user, safe='')}{word}@{host}{port}/{self.name}"

    def another(self, name: str) -> Self:
        """Another database of the same server."""
        return replace(self, name=name)

    def environment(self) -> dict[str, str]:
        """What PostgreSQL's programs read; a password on the command line could be seen."""
        named = {
            "PGDATABASE": self.name,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGHOST": self.host,
            "PGPORT": self.port,
        }
        return {**os.environ, **{key: value for key, value in named.items() if value}}

    def connect(self, **options: Any) -> psycopg.Connection[Any]:
        """An open connection.

        Raises:
            PostgresError: there is none to be had.
        """
        named = {"dbname": self.name, "user": self.user, "password": self.password}
        named |= {"host": self.host, "port": self.port}
        given = {key: value for key, value in named.items() if value}
        try:
            return psycopg.connect(make_conninfo(**given), **options)
        except psycopg.OperationalError as error:
            raise PostgresError(f"no connection to {self.name}: {first_line(error)}") from error


def first_line(error: Exception) -> str:
    """The first line of what a database says."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def take(server: Server, target: Path) -> Contents:
    """Dump a database as it stands at one moment, and count it at the same moment."""
    with server.connect() as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        found = connection.execute("SELECT pg_export_snapshot()").fetchone()
        contents = contents_in(connection)
        snapshot = str(found[0]) if found else ""
        run(
            server,
            "pg_dump",
            "-Fc",
            "--no-owner",
            "--no-acl",
            f"--snapshot={snapshot}",
            f"--file={target}",
        )
    return contents


def contents_of(server: Server) -> Contents:
    """What a database holds."""
    with server.connect() as connection:
        return contents_in(connection)


def contents_in(connection: psycopg.Connection[Any]) -> Contents:
    """What an open database holds."""
    # Without this a role that the policies hold would count nothing and say so to nobody.
    connection.execute("SET LOCAL row_security = off")
    names = [str(name) for (name,) in connection.execute(TABLES)]
    return Contents.counted(names, lambda question: list(connection.execute(question)))


def restore(server: Server, dump: Path) -> None:
    """Put a dump into an empty database: all of it, or nothing."""
    run(
        server,
        "pg_restore",
        "--no-owner",
        "--no-acl",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={server.name}",
        str(dump),
    )


@contextmanager
def scratch_database(server: Server) -> Iterator[Server]:
    """An empty database that is gone at the end, unless it was given another name.

    Raises:
        PostgresError: the role may not make databases.
    """
    scratch = server.another(f"nestling_scratch_{secrets.token_hex(6)}")
    manage(server, "CREATE DATABASE {} TEMPLATE template0", scratch.name)
    try:
        yield scratch
    finally:
        manage(server, "DROP DATABASE IF EXISTS {}", scratch.name)


def rename(server: Server, new_name: str) -> None:
    """Give a database another name; nobody may be connected to it."""
    manage(server, "ALTER DATABASE {} RENAME TO {}", server.name, new_name)


def exists(server: Server) -> bool:
    """Whether there is such a database."""
    with server.another("postgres").connect() as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [server.name])
        return found.fetchone() is not None


def is_empty(server: Server) -> bool:
    """Whether a database holds no table."""
    with server.connect() as connection:
        return connection.execute(TABLES).fetchone() is None


def manage(server: Server, statement: str, *names: str) -> None:
    """Run a statement about whole databases, from the server's own."""
    wanted = sql.SQL(statement).format(*(sql.Identifier(name) for name in names))
    with server.another("postgres").connect(autocommit=True) as connection:
        try:
            connection.execute(wanted)
        except psycopg.Error as error:
            raise PostgresError(first_line(error)) from error


def run(server: Server, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs.

    Raises:
        PostgresError: it is not installed, or it failed; with the end of what it said.
    """
    command = [found_program(program), *arguments]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        command, env=server.environment(), check=False, capture_output=True, text=True
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise PostgresError(f"{program}: {said[-1]}")


def found_program(name: str) -> str:
    """Where a program of PostgreSQL's is."""
    newest = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda one: int(one.parts[-3])
    )
    found = str(newest[-1]) if newest else shutil.which(name)
    if found is None:
        raise PostgresError(f"{name} is not installed: it comes with PostgreSQL's client programs")
    return found
