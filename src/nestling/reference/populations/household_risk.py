"""Modelled household risk in England, and the index by which it moves an area's share in need."""

from functools import cache
from pathlib import Path

from nestling.reference.areas.lookup import areas, membership
from nestling.reference.areas.tables import number, rows_of
from nestling.reference.parameters import need_parameters
from nestling.reference.populations.babies import babies
from nestling.science.risk_weighting import RiskWeights, weights_keeping

SHIPPED = Path(__file__).parent / "data" / "household_risk_utla.csv"


class HouseholdRiskError(ValueError):
    """A file of household risk lacks what the weighting needs; says what."""


@cache
def household_risk(path: Path = SHIPPED) -> dict[str, dict[str, float]]:
    """Share of children in homes with each risk, by upper-tier authority; England by its code.

    Raises `HouseholdRiskError` for a file that cannot be read, or without the nation's own row.
    """
    try:
        found = _read(path)
    except FileNotFoundError as error:
        raise HouseholdRiskError(f"there is no file {path}") from error
    except (OSError, ValueError) as error:
        raise HouseholdRiskError(f"{path.name} cannot be read: {error}") from error
    weighting = need_parameters().risk_weighting
    held = found.get(weighting.nation, {})
    missing = [one.indicator for one in weighting.exposures if one.indicator not in held]
    if missing:
        raise HouseholdRiskError(
            f"{path.name} has no {', '.join(missing)} for {weighting.nation}, which holds the "
            "national baseline"
        )
    return found


def _read(path: Path) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    needs = ("utla_code", "indicator", "pct_children_0_17")
    for row in rows_of(path, needs=needs):
        share = number(row["pct_children_0_17"])
        if share is not None:
            found.setdefault(row["utla_code"], {})[row["indicator"]] = share / 100
    return found


@cache
def risk_weights(path: Path = SHIPPED) -> RiskWeights:
    """The weights with the one national baseline that keeps England at its own share."""
    rules = need_parameters()
    weighting = rules.risk_weighting
    return weights_keeping(
        rules.scenarios["risk_weighted"].prevalence.value(),
        exposed=household_risk(path)[weighting.nation],
        share_in_need={one.indicator: one.share_in_need for one in weighting.exposures},
    )


@cache
def risk_index(code: str, *, path: Path = SHIPPED) -> float | None:
    """An area's risk-weighted share in need against England's; None outside England.

    England has its own published row, so its index is 1. A district has its county's; any other
    area the mean of its districts, weighted by births.
    """
    weighting = need_parameters().risk_weighting
    risks = household_risk(path)
    if code in risks:
        national = need_parameters().scenarios["risk_weighted"].prevalence.value()
        return risk_weights(path).share(risks[code]) / national
    districts = areas().districts
    if any(districts[lad].country != weighting.nation for lad in membership(code)):
        return None
    return _mean_over_births(code, path=path)


def _mean_over_births(code: str, *, path: Path) -> float | None:
    """The index of an area that is made of districts; None where one has none."""
    risks = household_risk(path)
    total, births = 0.0, 0.0
    for lad, share in membership(code).items():
        county, counted = areas().districts[lad].utla, babies()[lad].births
        if county not in risks or counted is None:
            return None
        total += (risk_index(county, path=path) or 0.0) * counted * share
        births += counted * share
    return total / births if births else None
