"""The names of copies in a folder, and which of them are kept."""

import re
from datetime import datetime
from pathlib import Path

from nestling.foundation.backup.sealed_file import MAGIC

NAME = "nestling-{:%Y-%m-%dT%H%M%S}Z.backup"
OURS = re.compile(r"nestling-\d{4}-\d{2}-\d{2}T\d{6}Z\.backup", re.ASCII)


class RetentionError(ValueError):
    """Old copies cannot be told from other files."""


def name_for(to: Path, *, on: datetime) -> Path:
    """The file to write: in a folder one that is named by the moment."""
    return to / NAME.format(on) if to.is_dir() else to


def check_keep(to: Path) -> None:
    """Refuse to keep some of a single file.

    Raises:
        RetentionError: the copies have no folder of their own.
    """
    if not to.is_dir():
        raise RetentionError("--keep needs --to to be a folder: it keeps the newest copies in it")


def remove_older(newest: Path, *, keep: int) -> list[Path]:
    """Remove all but the newest copies beside a new one, and only what Nestling made and named."""
    copies = sorted(one for one in newest.parent.iterdir() if is_ours(one))
    removed = copies[:-keep]
    for one in removed:
        one.unlink()
    return removed


def is_ours(file: Path) -> bool:
    """Whether a file is a copy by its name and by its first bytes."""
    if not OURS.fullmatch(file.name) or not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC
