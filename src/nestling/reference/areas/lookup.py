"""Every area that we hold figures for, and which districts make it up."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from nestling.reference.areas.tables import number, rows_of

HERE = Path(__file__).parent / "data"
FIGURES = Path(__file__).parent.parent / "populations" / "data" / "areas_population_births.csv"
#: Two kinds of region share names in England; ours are the nine of official statistics.
NHS_REGION_NAME = "{name} NHS region"


class AreaType(StrEnum):
    """What kind of area a code stands for, in the words of the figures' file."""

    UK = "uk"
    COUNTRY = "country"
    REGION = "region"
    UTLA = "utla"
    LAD = "lad"
    ICB = "icb"
    SUBICB = "subicb"
    NHS_REGION = "nhs_region"
    LHB = "lhb"
    HB = "hb"
    HSCT = "hsct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One area: its code, its name, every kind of area that the code stands for."""

    code: str
    name: str
    types: tuple[AreaType, ...]

    def is_a(self, kind: AreaType) -> bool:
        """True when the code stands for this kind of area too."""
        return kind in self.types


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A local authority district and the areas around it."""

    code: str
    name: str
    welsh_name: str
    country: str
    region: str
    utla: str
    utla_name: str
    health_area: str
    nhs_region: str
    rurality: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """All areas by code, the districts, and each district's share in integrated care boards."""

    by_code: dict[str, Area]
    districts: dict[str, District]
    icb_shares: dict[str, dict[str, float]]

    def of_type(self, kind: AreaType) -> list[Area]:
        """Every area of one kind, in the order of its code."""
        found = [area for area in self.by_code.values() if area.is_a(kind)]
        return sorted(found, key=lambda area: area.code)


@cache
def areas() -> Areas:
    """The areas of May 2024: 361 districts and everything they add up to."""
    return Areas(by_code=_all(), districts=_districts(), icb_shares=_icb_shares())


@cache
def membership(code: str) -> dict[str, float]:
    """The districts that make up an area, each with the share of it that belongs.

    >>> membership("E08000035")
    {'E08000035': 1.0}
    """
    held = areas()
    if code in held.districts:
        return {code: 1.0}
    if code.startswith("K"):
        return dict.fromkeys(held.districts, 1.0)
    shares = {
        lad: within[code] for lad, within in held.icb_shares.items() if within.get(code, 0) > 0
    }
    return shares or {lad: 1.0 for lad, place in held.districts.items() if code in _around(place)}


def _around(place: District) -> set[str]:
    return {place.country, place.region, place.utla, place.health_area, place.nhs_region}


def _all() -> dict[str, Area]:
    found: dict[str, Area] = {}
    for row in rows_of(FIGURES, needs=("area_type", "area_code", "area_name")):
        kind, code = AreaType(row["area_type"]), row["area_code"]
        name = row["area_name"]
        if kind == AreaType.NHS_REGION:
            name = NHS_REGION_NAME.format(name=name)
        held = found.get(code)
        types = (*held.types, kind) if held else (kind,)
        found[code] = Area(code=code, name=held.name if held else name, types=types)
    return found


def _districts() -> dict[str, District]:
    needs = ("lad_code", "lad_name", "utla_code", "health_area_code", "long", "lat")
    return {
        row["lad_code"]: District(
            code=row["lad_code"],
            name=row["lad_name"],
            welsh_name=row["lad_name_welsh"],
            country=row["country_code"],
            region=row["region_code"],
            utla=row["utla_code"],
            utla_name=row["utla_name"],
            health_area=row["health_area_code"],
            nhs_region=row["nhs_region_code"],
            rurality=row["rural_urban_2021"],
            longitude=number(row["long"]) or 0.0,
            latitude=number(row["lat"]) or 0.0,
        )
        for row in rows_of(HERE / "lad_lookup.csv", needs=needs)
    }


def _icb_shares() -> dict[str, dict[str, float]]:
    """For each English district the share of it in each ICB, sub-ICB and NHS region."""
    regions = {
        row["icb_code"]: row["nhs_region_code"]
        for row in rows_of(HERE / "icb_lookup.csv", needs=("icb_code", "nhs_region_code"))
    }
    found: dict[str, dict[str, float]] = {}
    needs = ("lad_code", "subicb_code", "icb_code", "share_of_lad_pop_0_2")
    for row in rows_of(HERE / "lad_icb_overlap.csv", needs=needs):
        within = found.setdefault(row["lad_code"], {})
        share = float(row["share_of_lad_pop_0_2"])
        for code in (row["icb_code"], row["subicb_code"], regions[row["icb_code"]]):
            within[code] = within.get(code, 0.0) + share
    return found
