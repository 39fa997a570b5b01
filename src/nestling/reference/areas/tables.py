"""Reads a comma-separated table whose columns must be as they were when the code was written."""

import csv
from collections.abc import Iterator
from pathlib import Path


class TableError(ValueError):
    """A table lacks a column, or a cell is not what the column holds."""


def rows_of(path: Path, *, needs: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a table as text; an empty cell is an empty text.

    Raises `TableError` naming the columns that are missing.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = [name for name in needs if name not in (reader.fieldnames or [])]
        if missing:
            raise TableError(f"{path.name}: no column {', '.join(missing)}")
        yield from reader


def number(text: str) -> float | None:
    """A cell as a number; None where it is empty, which means not available.

    >>> number("12.5"), number("")
    (12.5, None)
    """
    return float(text) if text.strip() else None


def whole(text: str) -> int | None:
    """A cell as a whole number; None where it is empty."""
    return int(float(text)) if text.strip() else None
