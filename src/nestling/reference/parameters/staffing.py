"""Reads what a team is made of, and the costs that somebody entered with a date and a source."""

import csv
import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from nestling.reference.base import Entry, Place, Words, load
from nestling.science.staffing import Cost, CostBasis, Role, StaffingRules

HERE = Path(__file__).parent
COST_COLUMNS = ("item", "pounds_a_year", "as_of", "source")


class CostFileError(ValueError):
    """A file of costs cannot be read: every fault, with its line."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep the faults in the order of the file."""
        self.faults = list(faults)
        super().__init__("; ".join(self.faults))


class RoleRow(Entry):
    """One role: a share of those who see families, or a number in each team."""

    name: Words
    title: Words
    share: float = 0.0
    wte_per_team: float = 0.0
    minimum_level: int
    target_level: int
    sees_families: bool

    def build(self) -> Role:
        """The role that science computes with."""
        return Role(**self.model_dump())


class CostItem(Entry):
    """Something beside staff that a team pays for, and whether by team or by person."""

    name: Words
    title: Words
    per: CostBasis


class StaffingFile(Entry):
    """`staffing.yaml`."""

    roles: tuple[RoleRow, ...]
    level_source: Words
    level_rule: Words
    phases: tuple[float, ...]
    early_share: float
    settling_months: int
    settling_share: float
    sources: tuple[Words, ...]
    cost_items: tuple[CostItem, ...]

    def build(self) -> StaffingRules:
        """The rules that science computes with."""
        return StaffingRules(
            roles=tuple(role.build() for role in self.roles),
            phases=self.phases,
            early_share=self.early_share,
            settling_months=self.settling_months,
            settling_share=self.settling_share,
        )


@cache
def staffing_file(path: Path = HERE / "staffing.yaml") -> StaffingFile:
    """What a team is made of. Raises `ReferenceDataError` with each fault's line."""
    return load(path, StaffingFile, checks=[_shares_sum_to_one])


def read_costs(path: Path) -> dict[str, Cost]:
    """Costs by role or item, each with its date and source.

    Raises `CostFileError` with every fault and its line.
    """
    found: dict[str, Cost] = {}
    faults: list[str] = []
    for line, row in _rows(path):
        try:
            cost = _cost(row)
        except ValueError as fault:
            faults.append(f"{path.name}:{line}: {fault}")
            continue
        if cost.item in found:
            faults.append(f"{path.name}:{line}: {cost.item} has a cost already")
        found[cost.item] = cost
    if faults:
        raise CostFileError(faults)
    return found


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise CostFileError([f"there is no file {path}"]) from error
    except (UnicodeDecodeError, OSError) as error:
        raise CostFileError([f"{path.name} cannot be read as UTF-8 text"]) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COST_COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise CostFileError([f"{path.name}:1: no column {', '.join(missing)}"])
    for row in reader:
        yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}


def _cost(row: dict[str, str]) -> Cost:
    bases = _bases()
    if row["item"] not in bases:
        raise ValueError(f"item {row['item']!r} is not one of {', '.join(bases)}")
    for column in ("as_of", "source"):
        if not row[column]:
            raise ValueError(f"{column} is empty: a cost needs its date and its source")
    try:
        pounds = float(row["pounds_a_year"].replace("£", "").replace(",", ""))
    except ValueError as error:
        raise ValueError(f"pounds_a_year {row['pounds_a_year']!r} is not a number") from error
    if not 0 <= pounds < float("inf"):
        raise ValueError(f"pounds_a_year {row['pounds_a_year']!r} must be 0 or more")
    return Cost(
        item=row["item"],
        pence_a_year=round(pounds * 100),
        per=bases[row["item"]],
        as_of=row["as_of"],
        source=row["source"],
    )


def _bases() -> dict[str, CostBasis]:
    """What each cost is multiplied by: a role's by its WTE, an item's by team or person."""
    held = staffing_file()
    items = {item.name: item.per for item in held.cost_items}
    return {**{role.name: CostBasis.WTE for role in held.roles}, **items}


def _shares_sum_to_one(file: StaffingFile) -> Iterator[tuple[Place, str]]:
    if abs(sum(role.share for role in file.roles) - 1) > 1e-9:
        yield ("roles",), "the shares of those who see families must sum to 1"
    if list(file.phases) != sorted(file.phases) or file.phases[-1] != 1:
        yield ("phases",), "phases must rise to 1"
