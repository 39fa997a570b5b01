"""Files that a user gives to a report: access by age, and who is trained."""

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ACCESS_COLUMNS = (
    "measure",
    "period_start",
    "period_end",
    "geography_type",
    "geography",
    "age",
    "value",
    "shown",
    "note",
)
WORKFORCE_COLUMNS = ("area_code", "profession", "level", "trained", "all", "as_of", "source")
HIDDEN = "*"
#: How the name of a measure ends in the rows that say by how much it changed.
CHANGE = "_change"
Row = TypeVar("Row")


class GivenFile(Protocol):
    """A file by its name and its text: a `Path`, or one that came with a form."""

    @property
    def name(self) -> str:
        """What its giver calls it."""

    def read_text(self, encoding: str) -> str:
        """Its text. Raises `UnicodeDecodeError` or `OSError`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file that came with a form."""

    name: str
    content: bytes

    def read_text(self, encoding: str) -> str:
        """Its text in an encoding."""
        return self.content.decode(encoding)


class GivenFileError(ValueError):
    """A file that was given cannot be read: every fault, with its line."""

    def __init__(self, faults: "Sequence[str]") -> None:
        """Keep the faults in the order of the file."""
        self.faults = list(faults)
        super().__init__("; ".join(self.faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRow:
    """One published count of access: `shown` is None where it is hidden."""

    measure: str
    period_start: str
    period_end: str
    geography_type: str
    geography: str
    age: str
    shown: float | None
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkforceRow:
    """How many of a profession are trained to a level, as somebody stated it."""

    area_code: str
    profession: str
    level: str
    trained: int
    all: int
    as_of: str
    source: str


def read_access(path: GivenFile) -> list[AccessRow]:
    """The rows of the output of `nestling access` that are not broken down further.

    Raises `GivenFileError` with every fault.
    """
    return [row for row in parsed(path, columns=ACCESS_COLUMNS, parse=access_row) if row]


def read_workforce(path: GivenFile) -> list[WorkforceRow]:
    """The statements of a workforce file. Raises `GivenFileError` with every fault."""
    return parsed(path, columns=WORKFORCE_COLUMNS, parse=workforce_row)


def parsed(
    path: GivenFile, *, columns: tuple[str, ...], parse: "Callable[[dict[str, str]], Row]"
) -> list[Row]:
    """Every row of a CSV file as its type, or every fault at once."""
    found, faults = [], []
    for line, row in rows_of(path, columns=columns):
        try:
            found.append(parse(row))
        except ValueError as fault:
            faults.append(f"{path.name}:{line}: {fault}")
    if not found and not faults:
        faults.append(f"{path.name}: there are no rows below the head")
    if faults:
        raise GivenFileError(faults)
    return found


def rows_of(path: GivenFile, *, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their line numbers; a missing column is a fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise GivenFileError([f"there is no file {path}"]) from error
    except (UnicodeDecodeError, OSError) as error:
        raise GivenFileError([f"{path.name} cannot be read as UTF-8 text"]) from error
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in columns if name not in (reader.fieldnames or [])]
    if missing:
        raise GivenFileError([f"{path.name}:1: no column {', '.join(missing)}"])
    return [
        (reader.line_num, {key: (value or "").strip() for key, value in row.items() if key})
        for row in reader
    ]


def access_row(row: dict[str, str]) -> AccessRow | None:
    """One row of access; None for a change or a further breakdown, which a report does not use."""
    further = [key for key in row if key not in ACCESS_COLUMNS and row[key]]
    if further or row["measure"].endswith(CHANGE):
        return None
    shown = row["shown"]
    return AccessRow(
        measure=row["measure"],
        period_start=row["period_start"],
        period_end=row["period_end"],
        geography_type=row["geography_type"],
        geography=row["geography"],
        age=row["age"],
        shown=None if shown in ("", HIDDEN) else number(shown, column="shown"),
        hidden=shown == HIDDEN,
    )


def workforce_row(row: dict[str, str]) -> WorkforceRow:
    """One statement; more trained than there are is a fault."""
    for column in ("area_code", "profession", "as_of", "source"):
        if not row[column]:
            raise ValueError(f"{column} is empty: a statement needs it")
    trained = int(number(row["trained"], column="trained"))
    whole = int(number(row["all"], column="all"))
    if trained > whole:
        raise ValueError(f"{trained} trained is more than all {whole}")
    return WorkforceRow(
        area_code=row["area_code"],
        profession=row["profession"],
        level=row["level"],
        trained=trained,
        all=whole,
        as_of=row["as_of"],
        source=row["source"],
    )


def number(text: str, *, column: str) -> float:
    """A count of nought or more."""
    try:
        value = float(text)
    except ValueError as error:
        raise ValueError(f"{column} {text!r} is not a number") from error
    if not 0 <= value < float("inf"):
        raise ValueError(f"{column} {text!r} must be 0 or more")
    return value
