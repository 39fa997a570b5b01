"""The command `nestling audit`: whether the two logs are as they were written."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from nestling.cli.base import BadInputError, app

if TYPE_CHECKING:
    from nestling.foundation.chain_check import Report

DataDir = Annotated[
    Path, typer.Option("--data-dir", help="Folder of the database (nestling.sqlite3) and its keys.")
]
SETTINGS = "nestling.config.settings.service"
audit = typer.Typer(help="Check the log of changes and the log of looks.", no_args_is_help=True)
app.add_typer(audit, name="audit")


@audit.callback()
def root() -> None:
    """Check the log of changes and the log of looks."""


@audit.command(epilog="Example: nestling audit verify --data-dir /srv/nestling")
def verify(
    *,
    data_dir: DataDir = Path("var"),
    head_file: Annotated[
        Path | None, typer.Option(help="Another copy of the head file to hold the logs against.")
    ] = None,
) -> int:
    """Name the first place where a log was changed, removed, inserted, reordered or cut off.

    Exit status 0: both logs hold. 1: one does not. 2: they could not be checked. Writes nothing;
    the service may go on meanwhile. `DATABASE_URL` names a PostgreSQL database as for `serve`.
    """
    open_service(data_dir)
    if head_file is not None and not head_file.is_file():
        raise BadInputError(f"--head-file: there is no file {head_file}")
    reports = checked(head_file)
    for report in reports:
        typer.echo(words_of(report))
    return 1 if any(report.faults for report in reports) else 0


@audit.command(epilog="Example: nestling audit renew-heads --data-dir /srv/nestling")
def renew_heads(*, data_dir: DataDir = Path("var")) -> int:
    """Put the head file aside and begin a new one, if the logs themselves hold.

    After a restored copy, after a power cut that tore a line, or when the file has grown large.
    The old file is kept under a name with the time: keep it as evidence.
    """
    open_service(data_dir)
    from nestling.foundation import chain_heads  # noqa: PLC0415 - needs Django

    reports = checked(None, without_heads=True)
    faults = [fault for report in reports for fault in report.faults]
    if faults:
        for report in reports:
            typer.echo(words_of(report))
        return 1
    put_aside = chain_heads.renew()
    typer.echo("A new head file was begun.")
    if put_aside is not None:
        typer.echo(f"The old one is {put_aside}.")
    return 0


def open_service(data_dir: Path) -> None:
    """Set Django up on what is there; makes no folder, key or table.

    Raises:
        BadInputError: there is no service in the folder, or its key is missing.
    """
    if not data_dir.is_dir():
        raise BadInputError(f"--data-dir: there is no folder {data_dir}")
    database = data_dir / "nestling.sqlite3"
    elsewhere = any(map(os.environ.get, ("DATABASE_URL", "NESTLING_OWNER_DATABASE_URL")))
    if not elsewhere and not database.is_file():
        raise BadInputError(f"--data-dir: there is no database {database}")
    keys = Path(os.environ.get("NESTLING_KEYS_DIR", data_dir / "keys")) / "chain.key"
    if not keys.is_file() or not keys.read_text(encoding="ascii").split():
        raise BadInputError(f"the key that signed the logs is missing: {keys}")
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ["NESTLING_DATA_DIR"] = str(data_dir.resolve())
    import django  # noqa: PLC0415 - settings must be named first

    django.setup()


def checked(head_file: Path | None, *, without_heads: bool = False) -> "list[Report]":
    """Both logs verified, with a bar on standard error while it lasts."""
    from django.conf import settings  # noqa: PLC0415 - needs Django
    from django.db import DatabaseError, connection  # noqa: PLC0415

    from nestling.foundation.chain_check import FORMS, verify  # noqa: PLC0415
    from nestling.foundation.chain_rows import (  # noqa: PLC0415
        last_position,
        row_security_hides,
    )

    named = Path(settings.CHAIN_HEAD_FILE) if settings.CHAIN_HEAD_FILE else None
    columns = (TextColumn("Checking the logs"), BarColumn(), MofNCompleteColumn())
    try:
        if row_security_hides(connection):
            raise BadInputError(
                "this database role sees one organisation at a time:"
                " name the owner's address in NESTLING_OWNER_DATABASE_URL"
            )
        with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress:
            total = sum(last_position(connection, form) for form in FORMS)
            task = progress.add_task("", total=total)
            return verify(
                connection,
                keys=settings.CHAIN_KEYS,
                head_file=None if without_heads else head_file or named,
                on_progress=lambda rows: progress.advance(task, rows),
            )
    except DatabaseError as error:
        words = f"the logs cannot be read ({type(error).__name__}): {error}"
        raise BadInputError(words) from error


def words_of(report: "Report") -> str:
    """What a report says, as lines to print."""
    lines = [str(fault) for fault in report.faults]
    if not lines:
        lines = [f"{report.log} log: {report.rows:,} entries, unbroken."]
    elif report.rows:
        lines.append(f"{report.log} log: entries 1 to {report.rows:,} hold.")
    return "\n".join([*lines, *(f"{report.log} log: note: {note}" for note in report.notes)])
