"""Statements of provision: one team in one district, when it was said and by whom.

A district without a statement is not known. A statement without a number is not known either:
neither is ever counted as zero families.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nestling.reference.areas import AreaNameError, areas, membership, resolve
from nestling.reference.areas.tables import rows_of
from nestling.reference.base import Entry, Words, load

HERE = Path(__file__).parent
COLUMNS = ("lad_code", "team_name", "service_type", "families_per_year", "as_of", "source")
STARTER_NOTE = "not checked locally"


class ProvisionError(ValueError):
    """A file of provision cannot be read: every fault, with its line."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep the faults in the order of the file."""
        self.faults = list(faults)
        super().__init__("; ".join(self.faults))


class ServiceType(Entry):
    """One kind of service, and whether its families count as seen by specialised help."""

    name: Words
    title: Words
    counts: bool
    caution: str = ""
    aliases: tuple[Words, ...] = ()


class StatedFamilies(Entry):
    """Families a year that a source states for one team of the shipped list."""

    lad_code: Words
    team_name: Words
    families_per_year: int
    as_of: Words
    source: Words


class ProvisionFile(Entry):
    """`service_types.yaml`."""

    types: tuple[ServiceType, ...]
    stated_families: tuple[StatedFamilies, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One team's families a year in one district; None where the number was not said."""

    lad_code: str
    team_name: str
    service_type: str
    families_per_year: float | None
    as_of: str
    source: str

    @property
    def counts(self) -> bool:
        """True when its families are seen by specialised help."""
        return service_types()[self.service_type].counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Families seen in one area: None where any part of it is not known.

    `at_least` is the sum of what was stated; `state` is `known`, `partial` or `unknown`.
    """

    families: float | None
    at_least: float
    districts: int
    districts_known: int
    other_services: int

    @property
    def state(self) -> str:
        """Known; partial (some of it, or other kinds of service); or unknown."""
        if self.families is not None:
            return "known"
        return "partial" if self.districts_known or self.other_services else "unknown"


@cache
def provision_file() -> ProvisionFile:
    """Kinds of service and what the shipped list's sources state."""
    return load(HERE / "service_types.yaml", ProvisionFile)


@cache
def service_types() -> dict[str, ServiceType]:
    """Kinds of service by their names."""
    return {kind.name: kind for kind in provision_file().types}


@cache
def shipped_statements() -> tuple[Statement, ...]:
    """Teams named in published documents: a start, incomplete and not checked locally."""
    stated = {(s.lad_code, s.team_name): s for s in provision_file().stated_families}
    needs = ("team_name", "lad_code", "service_type", "as_of", "source")
    found = []
    for row in rows_of(HERE / "data" / "parent_infant_teams_starter.csv", needs=needs):
        said = stated.get((row["lad_code"], row["team_name"]))
        found.append(
            Statement(
                lad_code=row["lad_code"],
                team_name=row["team_name"],
                service_type=_type_named(row["service_type"]) or "related_programme",
                families_per_year=float(said.families_per_year) if said else None,
                as_of=said.as_of if said else row["as_of"],
                source=said.source if said else row["source"],
            )
        )
    return tuple(found)


def read_statements(path: Path) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """The statements of a file, and notes on the codes that were recoded.

    Raises `ProvisionError` with every fault and its line.
    """
    statements: list[Statement] = []
    notes: list[str] = []
    faults: list[str] = []
    for line, row in _rows(path):
        try:
            statement, note = _statement(row)
        except ValueError as fault:
            faults.append(f"{path.name}:{line}: {fault}")
        else:
            statements.append(statement)
            notes.extend(note)
    if faults:
        raise ProvisionError(faults)
    return tuple(statements), tuple(dict.fromkeys(notes))


def seen_in(code: str, *, statements: Sequence[Statement]) -> Seen:
    """Families seen in an area, from what was stated for the districts that make it up.

    A district shared between areas counts by the share of its youngest children in each.
    """
    parts = membership(code)
    counted = [one for one in statements if one.lad_code in parts and one.counts]
    known = _districts_known(counted)
    stated = sum((one.families_per_year or 0) * parts[one.lad_code] for one in counted)
    return Seen(
        families=stated if parts and known == set(parts) else None,
        at_least=stated,
        districts=len(parts),
        districts_known=len(known),
        other_services=sum(one.lad_code in parts and not one.counts for one in statements)
        + sum(one.families_per_year is None for one in counted),
    )


def _districts_known(counted: Sequence[Statement]) -> set[str]:
    """Districts where each team that counts has a number."""
    silent = {one.lad_code for one in counted if one.families_per_year is None}
    return {one.lad_code for one in counted} - silent


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ProvisionError([f"there is no file {path}"]) from error
    except (UnicodeDecodeError, OSError) as error:
        raise ProvisionError([f"{path.name} cannot be read as UTF-8 text"]) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise ProvisionError([f"{path.name}:1: no column {', '.join(missing)}"])
    return [(reader.line_num, {k: v or "" for k, v in row.items() if k}) for row in reader]


def _statement(row: dict[str, str]) -> tuple[Statement, tuple[str, ...]]:
    code, notes = _district(row["lad_code"])
    kind = _type_named(row["service_type"])
    if kind is None:
        known = ", ".join(service_types())
        raise ValueError(f"service_type {row['service_type']!r} is not one of {known}")
    for column in ("team_name", "as_of", "source"):
        if not row[column].strip():
            raise ValueError(f"{column} is empty: a statement needs it")
    return (
        Statement(
            lad_code=code,
            team_name=row["team_name"].strip(),
            service_type=kind,
            families_per_year=_families(row["families_per_year"]),
            as_of=row["as_of"].strip(),
            source=row["source"].strip(),
        ),
        notes,
    )


def _district(code: str) -> tuple[str, tuple[str, ...]]:
    try:
        found = resolve(code)
    except AreaNameError as error:
        raise ValueError(str(error)) from error
    if len(found.areas) != 1 or found.areas[0].code not in areas().districts:
        raise ValueError(f"lad_code {code} is not one local authority district")
    return found.areas[0].code, found.notes


def _families(text: str) -> float | None:
    """Families a year; None where the cell is empty, which means not known."""
    if not text.strip():
        return None
    try:
        families = float(text)
    except ValueError as error:
        raise ValueError(f"families_per_year {text!r} is not a number") from error
    if not 0 <= families < float("inf"):
        raise ValueError(f"families_per_year {text!r} must be 0 or more")
    return families


def _type_named(text: str) -> str | None:
    name = "_".join(text.casefold().replace("-", " ").replace("'", "").split())
    for kind in service_types().values():
        if name == kind.name or name in kind.aliases:
            return kind.name
    return None
