"""What surrounds the babies of an area: child poverty, deprivation, town or country."""

from dataclasses import dataclass
from functools import cache

from nestling.reference.areas.lookup import areas
from nestling.reference.areas.tables import number, rows_of
from nestling.reference.populations.babies import HERE

POVERTY = "children_u16_relative_low_income_ahc"
#: The newest index of each nation; indices are not comparable between nations.
NEWEST_INDEX = ("IoD2025 (England)", "WIMD2019", "SIMD2020", "NIMDM2017")


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaContext:
    """One district's surroundings. None means not available.

    `poverty_share` is children under 16 in relative low income after housing costs; it is the one
    measure on the same basis in all four nations. `most_deprived_share` is the share of small
    areas in the nation's most deprived tenth.
    """

    code: str
    poverty_share: float | None
    poverty_year: int | None
    most_deprived_share: float | None
    deprivation_index: str
    rurality: str


@cache
def context() -> dict[str, AreaContext]:
    """The surroundings of every area that has any, by code."""
    poverty, deprived, districts = _poverty(), _deprived(), areas().districts
    codes = set(poverty) | set(deprived)
    return {
        code: AreaContext(
            code=code,
            poverty_share=poverty.get(code, (None, None))[0],
            poverty_year=poverty.get(code, (None, None))[1],
            most_deprived_share=deprived.get(code, (None, ""))[0],
            deprivation_index=deprived.get(code, (None, ""))[1],
            rurality=districts[code].rurality if code in districts else "",
        )
        for code in codes
    }


def _poverty() -> dict[str, tuple[float | None, int | None]]:
    found: dict[str, tuple[float | None, int | None]] = {}
    needs = ("area_code", "financial_year_ending", "indicator", "value_pct")
    for row in rows_of(HERE / "child_poverty.csv", needs=needs):
        year, value = int(row["financial_year_ending"]), number(row["value_pct"])
        newer = year > (found.get(row["area_code"], (None, 0))[1] or 0)
        if row["indicator"] == POVERTY and newer and value is not None:
            found[row["area_code"]] = (value / 100, year)
    return found


def _deprived() -> dict[str, tuple[float | None, str]]:
    needs = ("lad_code", "index", "prop_most_deprived_10pc")
    return {
        row["lad_code"]: (number(row["prop_most_deprived_10pc"]), row["index"])
        for row in rows_of(HERE / "deprivation_lad.csv", needs=needs)
        if row["index"].startswith(NEWEST_INDEX)
    }
