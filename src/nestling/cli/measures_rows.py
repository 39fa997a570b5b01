"""Answer sheets read from JSON lines or a table of text, with what is wrong with a row itself."""

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from nestling.cli.base import BadInputError
from nestling.science.scoring.answers import Fault, Reason, answer_from_text

ROW_KEYS = ("coding", "item_order")
JSON_SUFFIXES = (".jsonl", ".ndjson", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sheet as it was handed in."""

    responses: Mapping[str, object] = field(default_factory=dict)
    coding: str = "raw"
    item_order: str | None = None
    faults: tuple[Fault, ...] = ()
    #: Names that stand beside the answers and say nothing to the key.
    unread: tuple[str, ...] = ()


class Repeated(dict[str, object]):
    """An object in which a name stands twice: neither of its values can be trusted."""

    names: tuple[str, ...] = ()


def read_text(file: str) -> str:
    """The text of a file, or of standard input for “-”. Raises `BadInputError`."""
    try:
        return read_bytes(file).decode("utf-8-sig")
    except OSError as error:
        raise BadInputError(f"cannot read {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadInputError(f"{file} is not UTF-8 text (byte {error.start + 1})") from error


def read_bytes(file: str) -> bytes:
    """The bytes of a file or of standard input, which a caller may have put text in."""
    if file != "-":
        return Path(file).read_bytes()
    buffer = getattr(sys.stdin, "buffer", None)
    return bytes(buffer.read()) if buffer else sys.stdin.read().encode()


def json_rows(text: str) -> Iterator[object]:
    """What each line says; a line that is not JSON is a `Fault`. Blank lines are no rows."""
    for line in text.split("\n"):
        if line.strip():
            yield json_row(line)


def json_row(line: str) -> object:
    """What one line says, with numbers exactly as they were written."""
    try:
        return json.loads(line, parse_float=as_written, object_pairs_hook=once_each)
    except (ValueError, RecursionError):
        return Fault(None, Reason.WRONG_TYPE)


def as_written(text: str) -> Decimal:
    """A number as it was written; one that is beyond all bounds is not a number here."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object, marked when a name stands in it twice."""
    found = Repeated(pairs)
    names = [name for name, _ in pairs]
    found.names = tuple(dict.fromkeys(name for name in names if names.count(name) > 1))
    return found


def sheets(text: str, *, file: str, coding: str) -> Iterator[Row]:
    """Every sheet of a file, in order.

    Raises `BadInputError` for a table whose heading cannot be used.
    """
    if is_table(text, file):
        yield from table_sheets(text, coding=coding)
    else:
        yield from (json_sheet(said, coding=coding) for said in json_rows(text))


def is_table(text: str, file: str) -> bool:
    """Whether a text is a table of items: the file's name decides, or else its first line."""
    suffix = Path(file).suffix.lower()
    if suffix == ".csv" or suffix in JSON_SUFFIXES:
        return suffix == ".csv"
    first = next((line for line in text.splitlines() if line.strip()), "")
    return any(is_item(cell.strip().strip('"')) for cell in first.split(","))


def is_item(name: str) -> bool:
    """Whether a heading is the number of an item."""
    return name.isascii() and name.isdigit()


def json_sheet(said: object, *, coding: str) -> Row:
    """A sheet from what a line says."""
    if isinstance(said, Fault):
        return Row(faults=(said,))
    if not isinstance(said, dict):
        return Row(faults=(Fault(None, Reason.WRONG_TYPE),))
    responses = said.get("responses")
    if not isinstance(responses, dict):
        return Row(faults=(Fault("responses", Reason.WRONG_TYPE),))
    twice = [*names_twice(said), *names_twice(responses)]
    return Row(
        responses=responses,
        coding=text_of(said.get("coding"), default=coding) or coding,
        item_order=text_of(said.get("item_order"), default=None),
        faults=tuple(Fault(name, Reason.NOT_ALLOWED) for name in twice),
        unread=tuple(name for name in said if name not in ("responses", *ROW_KEYS)),
    )


def names_twice(said: dict[str, object]) -> tuple[str, ...]:
    """The names that stand twice in an object."""
    return said.names if isinstance(said, Repeated) else ()


def text_of(given: object, *, default: str | None) -> str | None:
    """A word of the row, or its default when there is none; a year may be given as a number."""
    return default if given is None else str(given)


def table_sheets(text: str, *, coding: str) -> Iterator[Row]:
    """Sheets from a table with a column for each item, and `coding` and `item_order` if wanted."""
    reader = csv.DictReader(io.StringIO(text), skipinitialspace=True)
    headings = [name.strip() for name in reader.fieldnames or []]
    twice = sorted({name for name in headings if headings.count(name) > 1 and name})
    if twice:
        raise BadInputError([f"the column “{name}” stands twice" for name in twice])
    reader.fieldnames = headings
    try:
        for cells in reader:
            yield table_sheet(cells, coding=coding)
    except csv.Error as error:
        raise BadInputError(f"after line {reader.line_num} of the table: {error}") from error


def table_sheet(cells: Mapping[str | None, str | list[str] | None], *, coding: str) -> Row:
    """A sheet from the cells of one row; an empty cell is no answer, whatever its column."""
    said = {name: text.strip() for name, text in cells.items() if name and isinstance(text, str)}
    answers = {name: answer_from_text(text) for name, text in said.items() if is_item(name)}
    extra = (Fault(None, Reason.UNKNOWN_ITEM),) if any(cells.get(None) or []) else ()
    return Row(
        responses={name: answer for name, answer in answers.items() if answer is not None},
        coding=said.get("coding") or coding,
        item_order=said.get("item_order") or None,
        faults=extra,
        unread=tuple(name for name in said if not is_item(name) and name not in ROW_KEYS),
    )
