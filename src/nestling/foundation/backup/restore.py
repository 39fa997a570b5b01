"""Putting a copy back: tried beside the place first, moved into it last."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nestling.foundation.backup import archive, postgres_copy
from nestling.foundation.backup.archive import DUMP_FILE, Manifest
from nestling.foundation.backup.places import DATABASE_FILE, HEADS_FILE, Place
from nestling.foundation.backup.postgres_copy import Server
from nestling.foundation.backup.secret import Secret
from nestling.foundation.backup.verify import try_restored

BESIDE = ("-wal", "-shm")
"""Files that SQLite keeps beside a database; they belong to the one that goes."""
Say = Callable[[str], None]


class RestoreError(ValueError):
    """The copy may not be put there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A copy that was put back."""

    manifest: Manifest
    verified: str
    put_aside: list[str]


def restore(
    place: Place, *, source: Path, secret: Secret, replace: bool, at: datetime, say: Say
) -> Restored:
    """Put a copy back, all of it or nothing; what stood there is put aside, never deleted.

    Raises:
        RestoreError: the place is not empty, its keys are missing, or it is of the other kind.
        SealedFileError: the copy was altered or cut, or the key is another one.
        VerifyError: what was put back is not what was copied.
    """
    missing = place.missing_keys()
    if missing:
        raise RestoreError(f"put {' and '.join(missing)} into {place.keys_dir} first")
    say("Checking the copy")
    manifest = archive.look(source, secret=secret)
    check_kind(place, manifest)
    if not replace:
        refuse_what_is_there(place)
    place.data_dir.parent.mkdir(parents=True, exist_ok=True)
    beside = place.data_dir.parent
    with tempfile.TemporaryDirectory(prefix="nestling-restore-", dir=beside) as scratch:
        folder = Path(scratch)
        archive.read(source, secret=secret, folder=folder)
        say("Putting it back")
        mover = into_postgres if place.database_url else into_folder
        verified, put_aside = mover(place, folder=folder, manifest=manifest, moment=moment_of(at))
    return Restored(manifest=manifest, verified=verified, put_aside=put_aside)


def check_kind(place: Place, manifest: Manifest) -> None:
    """Refuse to put one kind of database into the other."""
    here = "postgresql" if place.database_url else "sqlite"
    if manifest.database != here:
        raise RestoreError(f"the copy is of {manifest.database}, and DATABASE_URL says {here}")


def refuse_what_is_there(place: Place) -> None:
    """Refuse a place that holds a record already."""
    found = [one for one in (place.sqlite_file, place.heads_file) if one.exists()]
    if place.database_url:
        server = Server.at(place.database_url)
        full = postgres_copy.exists(server) and not postgres_copy.is_empty(server)
        found = [Path(server.name)] if full else []
    if found:
        raise RestoreError(f"{found[0]} is there: say --replace to put it aside")


def into_folder(
    place: Place, *, folder: Path, manifest: Manifest, moment: str
) -> tuple[str, list[str]]:
    """Try a SQLite database, then move it into the data folder."""
    verified = try_restored(place, folder=folder, server=None, expected=manifest.contents)
    place.data_dir.mkdir(exist_ok=True, mode=0o700)
    aside = put_aside(place, moment=moment)
    (folder / DATABASE_FILE).chmod(0o600)
    (folder / DATABASE_FILE).replace(place.sqlite_file)
    move_heads(place, folder)
    return verified, aside


def into_postgres(
    place: Place, *, folder: Path, manifest: Manifest, moment: str
) -> tuple[str, list[str]]:
    """Try a database under another name, then give it the name of the one that was there."""
    server, aside = Server.at(place.database_url), []
    place.data_dir.mkdir(exist_ok=True, mode=0o700)
    with postgres_copy.scratch_database(server) as scratch:
        postgres_copy.restore(scratch, folder / DUMP_FILE)
        verified = try_restored(place, folder=folder, server=scratch, expected=manifest.contents)
        if postgres_copy.exists(server):
            name = f"{server.name}_before_{moment.lower()}"
            postgres_copy.rename(server, name)
            aside = [f"database {name}"]
        postgres_copy.rename(scratch, server.name)
    aside += put_aside(place, moment=moment, names=(place.heads_file,))
    move_heads(place, folder)
    return verified, aside


def put_aside(place: Place, *, moment: str, names: tuple[Path, ...] | None = None) -> list[str]:
    """Give what stands in the place another name."""
    files = names or (
        place.sqlite_file,
        *(place.sqlite_file.with_name(DATABASE_FILE + end) for end in BESIDE),
        place.heads_file,
    )
    moved = []
    for file in files:
        if file.exists():
            # The database and the files beside it keep one name between them.
            base, end = (
                (file.name[:-4], file.name[-4:]) if file.name.endswith(BESIDE) else (file.name, "")
            )
            aside = file.with_name(f"{base}.before-{moment}{end}")
            file.replace(aside)
            moved.append(str(aside))
    return moved


def move_heads(place: Place, folder: Path) -> None:
    """Put the heads of the logs where the place keeps them."""
    heads = folder / HEADS_FILE
    if heads.is_file():
        place.heads_file.write_bytes(heads.read_bytes())
        place.heads_file.chmod(0o600)


def moment_of(at: datetime) -> str:
    """A time, as part of a name."""
    return f"{at:%Y%m%dT%H%M%S}"
