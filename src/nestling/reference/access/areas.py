"""The areas of the health service in England, their populations of small children.

And the meanings of codes.
"""

import csv
import gzip
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ENGLAND = "England"
UNKNOWN = "UNKNOWN"
FOLDER = files("nestling.reference.access")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One region, integrated care board or sub-ICB location, by its ODS code."""

    type: str
    code: str
    name: str
    parent: str
    gss: str


@dataclass(frozen=True, slots=True)
class Areas:
    """Every area of one edition, in the order of type and code."""

    all: tuple[Area, ...]

    def of_type(self, kind: str) -> tuple[Area, ...]:
        """The areas of one type: ``region``, ``icb`` or ``sub_icb``."""
        return tuple(area for area in self.all if area.type == kind)

    def parent_of(self, code: str) -> str:
        """The area that holds this one, ``England`` for a region."""
        return next(area.parent for area in self.all if area.code == code)

    def name_of(self, kind: str, code: str) -> str:
        """The area's name, or its code where the list has none."""
        return next((area.name for area in self.of_type(kind) if area.code == code), code)

    def chain(self) -> list[tuple[str, str, str]]:
        """Each sub-ICB location with its integrated care board and region.

        >>> areas().chain()[0]
        ('00L', 'QHM', 'Y63')
        """
        region = {area.code: area.parent for area in self.of_type("icb")}
        return [(area.code, area.parent, region[area.parent]) for area in self.of_type("sub_icb")]


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of one of this folder's CSV files."""
    return list(csv.DictReader(io.StringIO(FOLDER.joinpath(name).read_text(encoding="utf-8"))))


@cache
def areas() -> Areas:
    """The 7 regions, 42 integrated care boards and 106 sub-ICB locations of April 2024."""
    return Areas(tuple(Area(**row) for row in rows_of("areas.csv")))


@cache
def populations() -> dict[tuple[str, str, str], int]:
    """Children by type of geography, its code and age (``0``, ``1``, ``2``, ``0-2``, ``3-4``).

    Mid-2023.

    >>> populations()[("country", "England", "0")]
    573100
    """
    return {
        (row["geography_type"], row["geography"], row["age"]): int(row["persons"])
        for row in rows_of("populations.csv")
    }


@cache
def populations_on() -> str:
    """The day that the populations describe."""
    return rows_of("populations.csv")[0]["on"]


@cache
def deciles() -> dict[str, int]:
    """The deprivation decile of each English LSOA of 2021; 1 is the most deprived tenth."""
    packed = FOLDER.joinpath("lsoa21_decile.csv.gz").read_bytes()
    lines = io.StringIO(gzip.decompress(packed).decode("utf-8"))
    return {row["lsoa21"]: int(row["decile"]) for row in csv.DictReader(lines)}


@cache
def meanings(code_list: str) -> dict[str, str]:
    """What the codes of one list mean.

    >>> meanings("ServTeamIntAgeGroup")["02"]
    'Children and young person'
    """
    return {row["code"]: row["meaning"] for row in rows_of("codes.csv") if row["list"] == code_list}
