"""Commands that keep copies: `nestling backup` and `nestling restore`."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from nestling.cli.base import BadInputError, app

if TYPE_CHECKING:
    from nestling.foundation.backup.places import Place
    from nestling.foundation.backup.secret import Secret

DataDir = Annotated[
    Path, typer.Option("--data-dir", help="Folder of the database (nestling.sqlite3) and its keys.")
]
KeyFile = Annotated[
    Path | None, typer.Option(help="Key of the copies; otherwise backup.key in the keys' folder.")
]
PassphraseFile = Annotated[
    Path | None, typer.Option(help="File whose first line is a passphrase, in place of a key.")
]
console = Console(stderr=True)


@app.command(epilog="Example: nestling backup --to /srv/copies --keep 14 --data-dir /srv/nestling")
def backup(
    *,
    to: Annotated[Path, typer.Option(help="The file to write, or a folder of copies.")],
    data_dir: DataDir = Path("var"),
    key_file: KeyFile = None,
    passphrase_file: PassphraseFile = None,
    keep: Annotated[int | None, typer.Option(min=1, help="Keep so many copies in --to.")] = None,
) -> int:
    """Make a sealed copy while the service runs, and put it back once to see that it is whole.

    Exit status 0: made and tried. 1: what was put back is not what was copied; no file is left.
    The keys that open sealed fields are no part of it: keep them apart.
    """
    from nestling.foundation.backup import make, retention  # noqa: PLC0415 - not for other commands
    from nestling.foundation.backup.places import Place  # noqa: PLC0415
    from nestling.foundation.backup.verify import VerifyError  # noqa: PLC0415

    check_target(to)
    place = Place.from_environment(data_dir)
    started = time.monotonic()
    with refusals(), console.status("Making a copy…") as status:
        if keep:
            retention.check_keep(to)
        secret = secret_of(place, key_file, passphrase_file, may_make=True)
        try:
            made = make.make(place, to=to, secret=secret, keep=keep, at=moment(), say=status.update)
        except VerifyError as error:
            return not_whole(error.faults)
    typer.echo(f"{made.file}: {made.bytes:,} bytes, made and tried in {seconds(started)}.")
    typer.echo(made.verified)
    for old in made.removed:
        typer.echo(f"Removed {old}.")
    return 0


@app.command(
    epilog="Example: nestling restore /srv/copies/nestling-2026-03-10T020000Z.backup --data-dir new"
)
def restore(
    file: Annotated[Path, typer.Argument(help="The copy.")],
    *,
    data_dir: DataDir = Path("var"),
    key_file: KeyFile = None,
    passphrase_file: PassphraseFile = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put aside what is there.")] = False,
) -> int:
    """Put a copy back where nothing is, with the server stopped; every byte is checked first.

    Exit status 0: put back and verified. 1: it is not what was copied. 2: refused, nothing written.
    """
    from nestling.foundation.backup import restore as putting  # noqa: PLC0415
    from nestling.foundation.backup.places import Place  # noqa: PLC0415
    from nestling.foundation.backup.verify import VerifyError  # noqa: PLC0415

    if not file.is_file():
        raise BadInputError(f"there is no file {file}")
    place = Place.from_environment(data_dir)
    started = time.monotonic()
    with refusals(), console.status("Putting a copy back…") as status:
        secret = secret_of(place, key_file, passphrase_file, may_make=False)
        try:
            done = putting.restore(
                place, source=file, secret=secret, replace=replace, at=moment(), say=status.update
            )
        except VerifyError as error:
            return not_whole(error.faults)
    typer.echo(f"Put back the copy of {done.manifest.made_at} in {seconds(started)}.")
    typer.echo(done.verified)
    for name in done.put_aside:
        typer.echo(f"What was there is now {name}.")
    return 0


def check_target(to: Path) -> None:
    """Refuse a target in a folder that is not there."""
    if not to.is_dir() and not to.parent.is_dir():
        raise BadInputError(f"--to: there is no folder {to.parent}")


def secret_of(
    place: "Place", key_file: Path | None, passphrase_file: Path | None, *, may_make: bool
) -> "Secret":
    """What seals and opens: the passphrase or key that was named, else the place's own key."""
    from nestling.foundation.backup.secret import Secret  # noqa: PLC0415

    if key_file and passphrase_file:
        raise BadInputError("give --key-file or --passphrase-file, not both")
    if passphrase_file:
        return Secret.in_passphrase_file(passphrase_file)
    if key_file or not may_make:
        return Secret.in_key_file(key_file or place.keys_dir / "backup.key")
    return Secret.made_once(place.keys_dir / "backup.key")


class refusals:  # noqa: N801 - reads as a statement
    """Whatever was refused in this block, as plain lines and exit status 2."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """Say it plainly."""
        from nestling.foundation.backup import (  # noqa: PLC0415  # noqa: PLC0415
            make,
            postgres_copy,
            restore,
            retention,
            sealed_file,
            secret,
        )

        known = (
            *(make.NothingToCopyError, restore.RestoreError, retention.RetentionError),
            *(sealed_file.SealedFileError, secret.SecretError, postgres_copy.PostgresError),
        )
        if isinstance(error, known):
            raise BadInputError(str(error)) from error


def not_whole(faults: list[str]) -> int:
    """Say where a trial failed; the exit status is 1."""
    for fault in ("The copy was put back and is not what was copied:", *faults):
        console.print(fault, markup=False, highlight=False)
    return 1


def moment() -> datetime:
    """Now; without Django, which a restore must not need."""
    return datetime.fromtimestamp(time.time(), UTC)


def seconds(started: float) -> str:
    """How long it took."""
    return f"{time.monotonic() - started:.1f} s"
