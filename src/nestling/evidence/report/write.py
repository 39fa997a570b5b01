"""A report as a file, in the format that its name ends in; written whole or not at all."""

from importlib import import_module
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestling.evidence.report.model import Report

#: The endings that are written, with the module that writes each.
WRITERS = {".pdf": "pdf", ".html": "html", ".docx": "word", ".md": "markdown"}


class UnknownEndingError(ValueError):
    """A file name whose ending no writer knows."""


def writer_for(path: Path) -> "Callable[[Report], bytes]":
    """What turns a report into the bytes of this kind of file.

    Raises `UnknownEndingError` with the endings that are known.
    """
    name = WRITERS.get(path.suffix.lower())
    if name is None:
        raise UnknownEndingError(f"{path.name} must end in one of {', '.join(WRITERS)}")
    module = import_module(f"nestling.evidence.report.writers.{name}")
    return cast("Callable[[Report], bytes]", module.write)


def save(content: bytes, path: Path) -> None:
    """Put a file in its place in one move, so that half a file is never left."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as part:
        part.write(content)
    try:
        Path(part.name).chmod(0o644)
        Path(part.name).replace(path)
    except OSError:
        Path(part.name).unlink(missing_ok=True)
        raise
