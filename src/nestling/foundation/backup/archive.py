"""What stands in a sealed file: a manifest first, then the database and the files beside it."""

import gzip
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self, cast

from nestling.foundation.backup.contents import Contents
from nestling.foundation.backup.places import DATABASE_FILE, HEADS_FILE
from nestling.foundation.backup.sealed_file import (
    SealedReader,
    SealedWriter,
    TamperedError,
    check_whole,
)
from nestling.foundation.backup.secret import Secret

FORMAT = 1
MANIFEST = "manifest.json"
DUMP_FILE = "nestling.pgdump"
DATABASES = {"sqlite": DATABASE_FILE, "postgresql": DUMP_FILE}
COMPRESSION = 3
"""Low: most of what is large is sealed already and does not shrink."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a copy says of itself."""

    made_at: str
    database: str
    version: str
    contents: Contents

    @classmethod
    def read(cls, text: bytes) -> Self:
        """From its file.

        Raises:
            TamperedError: it is not one that this version can read.
        """
        values: dict[str, Any] = json.loads(text)
        if values.pop("format") != FORMAT:
            raise TamperedError("the copy was made by a version that is not known here")
        return cls(**{**values, "contents": Contents.from_record(values["contents"])})

    def text(self) -> bytes:
        """As its file holds it."""
        values = {
            "format": FORMAT,
            "made_at": self.made_at,
            "database": self.database,
            "version": self.version,
            "contents": self.contents.record(),
        }
        return json.dumps(values, indent=1, sort_keys=True).encode()


def write(target: Path, *, secret: Secret, manifest: Manifest, folder: Path) -> None:
    """Seal a manifest and the files of a folder into one file."""
    with target.open("wb") as file:
        target.chmod(0o600)
        with closing(SealedWriter(file, secret)) as sealed:
            pack(cast("IO[bytes]", sealed), manifest=manifest, folder=folder)
        file.flush()


def pack(sealed: IO[bytes], *, manifest: Manifest, folder: Path) -> None:
    """Write a manifest and the files of a folder, compressed."""
    with (
        gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=COMPRESSION, mtime=0) as smaller,
        tarfile.open(fileobj=smaller, mode="w|") as packed,
    ):
        text = manifest.text()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(text)
        packed.addfile(entry, io.BytesIO(text))
        for path in sorted(folder.iterdir()):
            packed.add(path, arcname=path.name)


def read(source: Path, *, secret: Secret, folder: Path) -> Manifest:
    """Open a sealed file into an empty folder, once every byte of it was checked.

    Raises:
        SealedFileError: it cannot be used; the folder is as it was.
    """
    with source.open("rb") as file:
        check_whole(file, secret)
    with opened(source, secret=secret) as packed:
        first = packed.next()
        manifest = manifest_in(packed, first)
        while entry := packed.next():
            if entry.name not in {DATABASES[manifest.database], HEADS_FILE} or not entry.isreg():
                raise TamperedError(f"the copy holds {entry.name}, which does not belong there")
            packed.extract(entry, folder, filter="data")
    return manifest


def look(source: Path, *, secret: Secret) -> Manifest:
    """What a copy says of itself."""
    with opened(source, secret=secret) as packed:
        return manifest_in(packed, packed.next())


def manifest_in(packed: tarfile.TarFile, entry: tarfile.TarInfo | None) -> Manifest:
    """The manifest, which stands first."""
    held = packed.extractfile(entry) if entry and entry.name == MANIFEST else None
    if held is None:
        raise TamperedError("the copy holds no manifest")
    return Manifest.read(held.read())


@contextmanager
def opened(source: Path, *, secret: Secret) -> Iterator[tarfile.TarFile]:
    """What is packed in a sealed file, read from its beginning."""
    with source.open("rb") as file:
        sealed = cast("IO[bytes]", SealedReader(file, secret))
        with (
            gzip.GzipFile(fileobj=sealed, mode="rb") as larger,
            tarfile.open(fileobj=larger, mode="r|") as packed,
        ):
            yield packed
