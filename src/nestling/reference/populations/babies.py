"""Births in a year and children aged 0, 1 and 2, for every area."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nestling.reference.areas.lookup import membership
from nestling.reference.areas.tables import rows_of, whole

HERE = Path(__file__).parent / "data"
#: Where births are not published by council, the population aged 0 stands in for them.
PROXY = "proxy_population_age_0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Babies:
    """What is counted in one area. None means not available, never zero.

    `births_basis` is `births`, `proxy_population_age_0` or `mixed`; `exact` is False where
    districts were shared out between areas.
    """

    code: str
    name: str
    births: int | None
    births_basis: str
    births_period: str
    age_0: int | None
    age_1: int | None
    age_2: int | None
    population_date: str
    exact: bool

    @property
    def children_0_to_2(self) -> int | None:
        """Children up to their third birthday, on the population's date."""
        ages = [age for age in (self.age_0, self.age_1, self.age_2) if age is not None]
        return sum(ages) if len(ages) == 3 else None


@cache
def babies() -> dict[str, Babies]:
    """Births and ages of every area that we hold, by code."""
    needs = ("area_code", "births", "births_basis", "age_0", "age_1", "age_2", "population_date")
    return {
        row["area_code"]: _babies(row)
        for row in rows_of(HERE / "areas_population_births.csv", needs=needs)
    }


def _babies(row: dict[str, str]) -> Babies:
    return Babies(
        code=row["area_code"],
        name=row["area_name"],
        births=whole(row["births"]),
        births_basis=row["births_basis"],
        births_period=_period(row["area_code"]),
        age_0=whole(row["age_0"]),
        age_1=whole(row["age_1"]),
        age_2=whole(row["age_2"]),
        population_date=row["population_date"],
        exact=row["exact"] == "True",
    )


def _period(code: str) -> str:
    """The twelve months of an area's births; `mixed` where its districts differ."""
    found = {_periods().get(lad, "") for lad in membership(code)} - {""}
    return found.pop() if len(found) == 1 else "mixed" if found else ""


@cache
def _periods() -> dict[str, str]:
    needs = ("lad_code", "period_start", "period_end", "is_preferred")
    return {
        row["lad_code"]: f"{row['period_start']}/{row['period_end']}"
        for row in rows_of(HERE / "births_lad.csv", needs=needs)
        if row["is_preferred"] == "True"
    }
