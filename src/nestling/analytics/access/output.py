"""Writes outputs whole or not at all."""

import os
import tempfile
from pathlib import Path

SUFFIX = {"table": "txt", "csv": "csv", "json": "json", "html": "html"}


class OutputError(Exception):
    """An output cannot be written where it was asked for."""


def names_of(out: Path, form: str) -> tuple[Path, str, str]:
    """The folder, the output's name and its manifest's.

    A path with an ending is a file, any other a folder.
    """
    if out.suffix and not out.is_dir():
        return out.parent, out.name, f"{out.name}.manifest.json"
    return out, f"access.{SUFFIX[form]}", "manifest.json"


def write_all(folder: Path, files: dict[str, bytes]) -> None:
    """Write every file of an output beside its final place, then move all into it.

    Raises ``OutputError``, and leaves nothing behind, where that cannot be done.
    """
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".nestling-") as waiting:
            for name, content in files.items():
                (Path(waiting) / name).write_bytes(content)
            for name in files:
                os.replace(Path(waiting) / name, folder / name)  # noqa: PTH105 - one call for both systems
    except OSError as error:
        if made and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        raise OutputError(f"{folder} cannot be written: {error.strerror or error}") from error
