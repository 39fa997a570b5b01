"""Making a copy: taken at one moment, sealed, put back in a scratch place, and only then kept."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from nestling.foundation.backup import archive, postgres_copy, retention, sqlite_copy
from nestling.foundation.backup.archive import DUMP_FILE, Manifest
from nestling.foundation.backup.contents import Contents
from nestling.foundation.backup.places import DATABASE_FILE, HEADS_FILE, Place
from nestling.foundation.backup.postgres_copy import Server
from nestling.foundation.backup.secret import Secret
from nestling.foundation.backup.verify import VerifyError, try_restored

Say = Callable[[str], None]


class NothingToCopyError(ValueError):
    """There is no service where one was looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A copy that was made and tried."""

    file: Path
    manifest: Manifest
    bytes: int
    verified: str
    removed: list[Path]


def make(
    place: Place, *, to: Path, secret: Secret, keep: int | None, at: datetime, say: Say
) -> Made:
    """A sealed copy that was put back once; until then it has no name of its own.

    Raises:
        NothingToCopyError: there is no database, or it holds no table of Nestling.
        VerifyError: what was put back is not what was copied; no file is left.
    """
    target = retention.name_for(to, on=at)
    if target.exists():
        raise NothingToCopyError(f"{target} exists: a copy never replaces another")
    unfinished = target.with_name(target.name + ".unfinished")
    try:
        with tempfile.TemporaryDirectory(prefix="nestling-copy-", dir=target.parent) as scratch:
            folder = Path(scratch)
            manifest = gather(place, folder, at=at, say=say)
            say("Sealing")
            archive.write(unfinished, secret=secret, manifest=manifest, folder=folder)
        verified = try_copy(unfinished, place=place, secret=secret, expected=manifest, say=say)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
    removed = retention.remove_older(target, keep=keep) if keep else []
    size = target.stat().st_size
    return Made(file=target, manifest=manifest, bytes=size, verified=verified, removed=removed)


def gather(place: Place, folder: Path, *, at: datetime, say: Say) -> Manifest:
    """Put the database and the heads of the logs into a folder, as they stand at one moment.

    The heads come first: a head that the database has already passed says nothing false, one that
    it has not reached would look as if rows were missing.
    """
    if place.heads_file.is_file():
        shutil.copyfile(place.heads_file, folder / HEADS_FILE)
    say("Copying the database")
    contents = copy_database(place, folder, say=say)
    if "django_migrations" not in contents.rows:
        raise NothingToCopyError("the database holds no tables of Nestling")
    return Manifest(
        made_at=at.isoformat(timespec="seconds"),
        database="postgresql" if place.database_url else "sqlite",
        version=version("nestling"),
        contents=contents,
    )


def copy_database(place: Place, folder: Path, *, say: Say) -> Contents:
    """Copy the database into a folder."""
    if place.database_url:
        return postgres_copy.take(Server.at(place.database_url), folder / DUMP_FILE)
    if not place.sqlite_file.is_file():
        raise NothingToCopyError(f"there is no database {place.sqlite_file}")

    def tell(done: float) -> None:
        say(f"Copying the database: {done:.0%}")

    return sqlite_copy.take(place.sqlite_file, folder / DATABASE_FILE, on_progress=tell)


def try_copy(file: Path, *, place: Place, secret: Secret, expected: Manifest, say: Say) -> str:
    """Open the sealed file again, put it back in a scratch place and compare; what was found.

    Raises:
        VerifyError: it is not what was copied.
    """
    say("Trying the copy")
    with tempfile.TemporaryDirectory(prefix="nestling-trial-", dir=file.parent) as scratch:
        folder = Path(scratch)
        manifest = archive.read(file, secret=secret, folder=folder)
        if manifest != expected:
            raise VerifyError(["the manifest is not the one that was written"])
        if manifest.database == "sqlite":
            return try_restored(place, folder=folder, server=None, expected=manifest.contents)
        with postgres_copy.scratch_database(Server.at(place.database_url)) as server:
            postgres_copy.restore(server, folder / DUMP_FILE)
            return try_restored(place, folder=folder, server=server, expected=manifest.contents)
